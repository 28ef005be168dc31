import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { histoireDeRang, PARTS_2026 } from '../database/histoires.ts'
import { personneDeRang, TAILLE_POPULATION } from '../database/population.ts'
import { CONTEXTE_INITIAL, type EtatProfil, type Profil, situationDossier, VUES, vueDesQuatre } from './etats.ts'
import { avancer, prochaineEcheance, rejouer } from './delais.ts'
import {
  appliquer,
  connaitEvenement,
  type ControleActivation,
  cycleDuProfil,
  etatDe,
  type EvenementProfil,
  instantane,
  type TypeEvenement,
  vivant,
} from './lifecycle.ts'
import { decrireProfil } from './machines.ts'

const ETATS = Object.keys(VUES) as EtatProfil[]
const LE = Date.UTC(2026, 10, 23, 8)
const BON: ControleActivation = { code: 'valide', identite: true, cguAcceptees: true }

const TYPES: readonly TypeEvenement[] = [
  'cnam.informe',
  'cnam.echoueNotice',
  'cnam.echoueOuverture',
  'cnam.suspend',
  'delai.opposition',
  'delai.suspension',
  'delai.suppression',
  'delai.archive',
  'patient.oppose',
  'patient.active',
  'patient.cree',
  'patient.refuseCgu',
  'patient.accepteCgu',
  'patient.ferme',
  'patient.fermeEtSupprime',
  'patient.rouvre',
  'patient.demandeSuppression',
  'patient.renonceSuppression',
  'patient.conteste',
  'etatCivil.deces',
]

const evenement = (type: TypeEvenement, le = LE): EvenementProfil => {
  if (type === 'patient.active' || type === 'patient.cree') return { type, le, controle: BON }
  return type === 'patient.conteste' ? { type, le, favorable: true } : { type, le }
}

const NEUF: Profil = { etat: 'notInformed', contexte: CONTEXTE_INITIAL }
const jour = (date: string): number => Date.parse(`${date}T08:00:00Z`)

/** Plays events in order, a second apart. @throws when one is refused */
function jouer(...types: TypeEvenement[]): Profil {
  let profil = NEUF
  for (const [rang, type] of types.entries()) {
    const suivant = appliquer(profil, evenement(type, LE + rang * 1000))
    if (!suivant) throw new Error(`${type} refused in ${profil.etat}`)
    profil = suivant
  }
  return profil
}

const chemins = getShortestPaths(cycleDuProfil, {
  fromState: instantane(NEUF),
  events: TYPES.map((type) => evenement(type)),
  serializeState: ({ value }) => JSON.stringify(value),
})

/** Each state, reached by its shortest path, replayed one event after the other. */
const atteints = chemins.map(({ steps }) => jouer(...steps.map(({ event }) => event.type as TypeEvenement).filter((type) => TYPES.includes(type))))

describe('la machine du profil', () => {
  test('chaque état s’atteint depuis un profil neuf, et le chemin se rejoue avec transition()', () => {
    expect(new Set(atteints.map(({ etat }) => etat))).toEqual(new Set(ETATS))
    expect(atteints.map(({ etat }) => etat)).toEqual(chemins.map(({ state }) => etatDe(state)))
  })

  test('MES-ACTE-ETAT : dans chaque état, un événement prévu change le profil, un autre est refusé sans rien changer', () => {
    for (const profil of atteints) {
      for (const type of TYPES) {
        const mort = type === 'patient.cree' && !vivant(profil.contexte)
        expect(appliquer(profil, evenement(type)) !== undefined).toBe(connaitEvenement(profil, type) && !mort)
      }
    }
    expect(connaitEvenement({ etat: 'opposed' }, 'patient.ferme')).toBe(false)
    expect(connaitEvenement({ etat: 'active.cguBlocked' }, 'patient.ferme')).toBe(true)
  })

  test('les transitions sont celles du tableau des états, et aucune autre', () => {
    const table = ETATS.flatMap((etat) =>
      TYPES.flatMap((type) => {
        const vers = appliquer({ etat, contexte: CONTEXTE_INITIAL }, evenement(type))?.etat
        return vers ? [`${etat} —${type}→ ${vers}`] : []
      }),
    )
    expect(table).toMatchInlineSnapshot(`
      [
        "notInformed —cnam.informe→ informed",
        "notInformed —patient.active→ active",
        "notInformed —etatCivil.deces→ deceased",
        "informed —cnam.echoueNotice→ informed",
        "informed —cnam.echoueOuverture→ informed",
        "informed —delai.opposition→ openNotActivated",
        "informed —patient.oppose→ opposed",
        "informed —patient.active→ active",
        "informed —etatCivil.deces→ deceased",
        "opposed —patient.cree→ active",
        "opposed —etatCivil.deces→ deceased",
        "openNotActivated —cnam.suspend→ suspended",
        "openNotActivated —patient.oppose→ closed",
        "openNotActivated —patient.active→ active",
        "openNotActivated —patient.ferme→ closed",
        "openNotActivated —etatCivil.deces→ deceased",
        "active —cnam.suspend→ suspended",
        "active —patient.refuseCgu→ active.cguBlocked",
        "active —patient.ferme→ closed",
        "active —patient.fermeEtSupprime→ deletionRequested",
        "active —etatCivil.deces→ deceased",
        "active.cguBlocked —cnam.suspend→ suspended",
        "active.cguBlocked —patient.accepteCgu→ active",
        "active.cguBlocked —patient.ferme→ closed",
        "active.cguBlocked —patient.fermeEtSupprime→ deletionRequested",
        "active.cguBlocked —etatCivil.deces→ deceased",
        "suspended —delai.suspension→ closed",
        "suspended —patient.conteste→ active",
        "suspended —etatCivil.deces→ deceased",
        "closed —delai.archive→ deleted",
        "closed —patient.rouvre→ active",
        "closed —patient.demandeSuppression→ deletionRequested",
        "deletionRequested —delai.suppression→ deleted",
        "deletionRequested —patient.rouvre→ active",
        "deletionRequested —patient.renonceSuppression→ closed",
        "deleted —patient.cree→ active",
        "deceased —delai.archive→ deleted",
      ]
    `)
  })

  test('une garde qui dit non laisse le profil où il est', () => {
    const informe = jouer('cnam.informe')
    for (const mauvais of [{ code: 'expiré' }, { code: 'inconnu' }, { code: 'déjà utilisé' }, { identite: false }, { cguAcceptees: false }] as const)
      expect(appliquer(informe, { type: 'patient.active', le: LE, controle: { ...BON, ...mauvais } })).toBeUndefined()
  })
})

describe('la description de la machine', () => {
  test('a les états et les transitions que la machine applique, ni plus ni moins', () => {
    const { initiaux, etats, transitions } = decrireProfil()
    expect([initiaux, new Set(etats.map(({ etat }) => etat))]).toEqual([['notInformed'], new Set(ETATS)])
    const appliquees = ETATS.flatMap((etat) =>
      TYPES.flatMap((type) => {
        const vers = appliquer({ etat, contexte: CONTEXTE_INITIAL }, evenement(type))?.etat
        return vers ? [`${etat} ${type} ${vers}`] : []
      }),
    )
    expect(transitions.map(({ de, evenement: type, vers }) => `${de} ${type} ${vers}`).toSorted()).toEqual(appliquees.toSorted())
  })
})

describe('ce que chacun voit', () => {
  test('MES-SITUATION-DOSSIER : l’état décide seul de ce que voient le professionnel, le secrétariat, l’expéditeur et le patient', () => {
    const vues = Object.fromEntries(
      atteints.map((profil) => {
        const { professionnel, secretariat, expediteur, patient } = vueDesQuatre(profil)
        expect(secretariat).toEqual({ ...professionnel, consulte: false })
        const oui = (mot: string, valeur: boolean) => (valeur ? mot : `pas ${mot}`)
        return [
          profil.etat,
          [professionnel.etat, oui('dépose', professionnel.depose), oui('consulte', professionnel.consulte), expediteur, patient].join(', '),
        ]
      }),
    )
    expect(vues).toEqual({
      notInformed: 'non créé, pas dépose, pas consulte, non remis, rien',
      informed: 'non créé, pas dépose, pas consulte, non remis, notice',
      opposed: 'non créé, pas dépose, pas consulte, non remis, preuve',
      openNotActivated: 'créé, dépose, consulte, remis, attente',
      active: 'créé, dépose, consulte, remis, tout',
      'active.cguBlocked': 'créé, dépose, consulte, remis, cgu',
      suspended: 'fermé, pas dépose, pas consulte, non remis, suspension',
      closed: 'fermé, pas dépose, pas consulte, non remis, rouvrir',
      deletionRequested: 'fermé, pas dépose, pas consulte, non remis, suppression',
      deleted: 'non créé, pas dépose, pas consulte, non remis, creer',
      // Shortest path: death before the opening. With a record, see MES-DECES.
      deceased: 'non créé, pas dépose, pas consulte, non remis, rien',
    })
  })

  test('MES-OPPOSITION-NON-DITE : un opposé et quelqu’un qui n’a jamais eu de dossier se ressemblent exactement', () => {
    expect(situationDossier(jouer('cnam.informe', 'patient.oppose'))).toEqual(situationDossier(NEUF))
  })

  test('MES-FERMETURE : un profil fermé dit sa date, son motif et sa raison', () => {
    const ferme = appliquer(jouer('cnam.informe', 'patient.active'), { type: 'patient.ferme', le: LE + 5000, raison: 'Je préfère le papier' })!
    expect(situationDossier(ferme)).toEqual({
      etat: 'fermé',
      rattacheEns: false,
      fermeLe: LE + 5000,
      motif: 'FERMETURE_DEMANDE_PATIENT',
      raison: 'Je préfère le papier',
    })
    expect(situationDossier(appliquer(ferme, evenement('patient.rouvre'))!)).toEqual({ etat: 'ouvert', rattacheEns: true })
  })

  test('MES-DECES : le décès ferme le dossier avec son motif ; sans dossier, il n’y a toujours rien', () => {
    const mort = jouer('cnam.informe', 'delai.opposition', 'etatCivil.deces')
    expect(situationDossier(mort)).toMatchObject({ etat: 'fermé', motif: 'FERMETURE_DECES' })
    expect(situationDossier(jouer('cnam.informe', 'etatCivil.deces'))).toEqual({ etat: 'inexistant', rattacheEns: false })
    expect(avancer(mort, jour('2036-11-24')).etat).toBe('deleted')
  })

  test('MES-CGU : refuser les nouvelles conditions bloque le titulaire seul, les accepter le rend', () => {
    const bloque = jouer('cnam.informe', 'patient.active', 'patient.refuseCgu')
    expect(VUES[bloque.etat]).toMatchObject({ patient: 'cgu', alimentation: true, consultation: true })
    expect(appliquer(bloque, evenement('patient.accepteCgu'))?.etat).toBe('active')
  })
})

describe('les délais', () => {
  const informe = (le: number) => appliquer(NEUF, { type: 'cnam.informe', le })!

  test('MES-OPPOSITION-6-SEMAINES : pas ouvert à 5 semaines et 6 jours, ouvert à 6 semaines', () => {
    const profil = informe(jour('2026-01-05'))
    expect(avancer(profil, jour('2026-02-15')).etat).toBe('informed')
    const ouvert = avancer(profil, jour('2026-02-16'))
    expect(ouvert).toMatchObject({ etat: 'openNotActivated', contexte: { ouvertLe: jour('2026-02-16') } })
    expect(avancer(profil, jour('2026-02-05'), { opposition: 'P1M' }).etat).toBe('openNotActivated')
  })

  test('MES-OPPOSITION : qui s’oppose à temps n’est jamais ouvert ; s’opposer après ferme', () => {
    const oppose = appliquer(informe(jour('2026-01-05')), evenement('patient.oppose', jour('2026-02-01')))!
    expect(avancer(oppose, jour('2040-01-01')).etat).toBe('opposed')
    expect(jouer('cnam.informe', 'delai.opposition', 'patient.oppose').etat).toBe('closed')
  })

  test('MES-INFORMATION : un courriel revenu repart par la poste et le délai avec lui', () => {
    const reparti = appliquer(informe(jour('2026-01-05')), { type: 'cnam.echoueNotice', le: jour('2026-01-19') })!
    expect(prochaineEcheance(reparti)).toEqual({ le: jour('2026-03-02'), evenement: 'delai.opposition', regle: 'MES-OPPOSITION-6-SEMAINES' })
  })

  test('MES-OUVERTURE-IMPOSSIBLE : rien ne s’ouvre', () => {
    expect(jouer('cnam.informe', 'cnam.echoueOuverture').etat).toBe('informed')
  })

  test('MES-SUSPENSION-6-SEMAINES : fermé sans réponse, et les dix ans partent de la fermeture', () => {
    const suspendu = appliquer(jouer('cnam.informe', 'patient.active'), { type: 'cnam.suspend', le: jour('2026-01-05') })!
    const ferme = avancer(suspendu, jour('2026-02-16'))
    expect(ferme).toMatchObject({ etat: 'closed', contexte: { fermeLe: jour('2026-02-16'), motif: 'FERMETURE_SUSPENSION' } })
    expect(prochaineEcheance(ferme)?.le).toBe(jour('2036-02-16'))
  })

  test('MES-SUSPENSION-CONTESTATION : le profil ne revient que si la vérification est favorable', () => {
    const suspendu = jouer('cnam.informe', 'patient.active', 'cnam.suspend')
    expect(appliquer(suspendu, { type: 'patient.conteste', le: LE, favorable: false })).toBeUndefined()
    expect(appliquer(suspendu, { type: 'patient.conteste', le: LE, favorable: true })).toMatchObject({ etat: 'active', contexte: { fermeLe: null } })
  })

  test('MES-ARCHIVE-10-ANS : rouvrir à 9 ans rend les données, à 11 ans il n’y a plus rien', () => {
    const ferme = appliquer(jouer('cnam.informe', 'patient.active'), evenement('patient.ferme', jour('2026-01-05')))!
    expect(appliquer(avancer(ferme, jour('2035-01-05')), evenement('patient.rouvre'))?.etat).toBe('active')
    const onzeAns = avancer(ferme, jour('2037-01-05'))
    expect(onzeAns).toEqual({ etat: 'deleted', contexte: { ...CONTEXTE_INITIAL, depuis: jour('2036-01-05') } })
    expect(appliquer(onzeAns, evenement('patient.rouvre'))).toBeUndefined()
  })

  test('MES-SUPPRESSION-3-MOIS : les données sont supprimées au terme des trois mois', () => {
    const demande = appliquer(jouer('cnam.informe', 'patient.active'), evenement('patient.fermeEtSupprime', jour('2026-01-05')))!
    expect(avancer(demande, jour('2026-04-04')).etat).toBe('deletionRequested')
    expect(avancer(demande, jour('2026-04-05')).etat).toBe('deleted')
  })

  test('MES-SUPPRESSION-RENONCE : rouvrir ou renoncer annule la demande ; l’archive garde sa date', () => {
    const ferme = appliquer(jouer('cnam.informe', 'patient.active'), evenement('patient.ferme', jour('2026-01-05')))!
    const demande = appliquer(ferme, evenement('patient.demandeSuppression', jour('2027-01-05')))!
    expect(appliquer(demande, evenement('patient.rouvre'))?.etat).toBe('active')
    const renonce = appliquer(demande, evenement('patient.renonceSuppression', jour('2027-02-01')))!
    expect(renonce.etat).toBe('closed')
    expect(prochaineEcheance(renonce)?.le).toBe(jour('2036-01-05'))
  })

  test('MES-CREATION-VIDE : après une opposition ou une suppression, un profil neuf', () => {
    for (const profil of [
      jouer('cnam.informe', 'patient.oppose'),
      jouer('cnam.informe', 'patient.active', 'patient.fermeEtSupprime', 'delai.suppression'),
    ])
      expect(appliquer(profil, evenement('patient.cree', LE + 9000))).toMatchObject({ etat: 'active', contexte: { ouvertLe: LE + 9000 } })
  })

  test('MES-NAISSANCE-1-MOIS : la notice prévue part à sa date, le profil s’ouvre six semaines après', () => {
    const ne: Profil = { etat: 'notInformed', contexte: { ...CONTEXTE_INITIAL, noticePrevueLe: jour('2026-01-05') } }
    expect(avancer(ne, jour('2026-01-04')).etat).toBe('notInformed')
    expect(avancer(ne, jour('2026-01-05'))).toMatchObject({ etat: 'informed', contexte: { noticePrevueLe: null } })
    expect(avancer(ne, jour('2026-02-16')).etat).toBe('openNotActivated')
  })

  test('MES-DELAIS-HORLOGE : avancer d’un coup ou par petits pas donne le même profil', () => {
    const depart = fc.constantFrom(...atteints)
    fc.assert(
      fc.property(depart, fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }), (profil, pas) => {
        let [parPas, le] = [profil, LE]
        for (const jours of pas) parPas = avancer(parPas, (le += jours * 86_400_000))
        expect(parPas).toEqual(avancer(profil, le))
      }),
      { numRuns: 300 },
    )
  })
})

describe('les profils que personne n’a touchés', () => {
  const profilLe = (rang: number, le: number) => rejouer(histoireDeRang(rang, personneDeRang(rang).dateNaissance), le, null)

  test('leurs parts sont celles de janvier 2026', () => {
    const nombre = 6_000
    const compte: Partial<Record<EtatProfil, number>> = {}
    for (let n = 0; n < nombre; n++) {
      const { etat } = profilLe((n * 11_003) % TAILLE_POPULATION, jour('2026-11-23'))
      compte[etat] = (compte[etat] ?? 0) + 1
    }
    const ouverts = (compte.active ?? 0) + (compte.openNotActivated ?? 0)
    expect(ouverts / nombre).toBeCloseTo(PARTS_2026.ouvert, 1)
    expect((compte.opposed ?? 0) / nombre).toBeCloseTo(PARTS_2026.oppose, 1)
    expect((compte.active ?? 0) / ouverts).toBeCloseTo(PARTS_2026.activeParmiOuverts, 1)
    expect(compte.closed).toBeGreaterThan(0)
    expect(compte.notInformed).toBeGreaterThan(0)
  })

  test('l’histoire d’un rang se suit sans contradiction, à toute date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: TAILLE_POPULATION - 1 }), fc.integer({ min: 2020, max: 2045 }), (rang, annee) => {
        const profil = profilLe(rang, Date.UTC(annee, 5, 1))
        expect(profil.contexte.depuis).toBeLessThanOrEqual(Date.UTC(annee, 5, 1))
        expect(avancer(profilLe(rang, Date.UTC(2026, 5, 1)), Date.UTC(annee + 30, 5, 1)).etat).toBe(profilLe(rang, Date.UTC(annee + 30, 5, 1)).etat)
      }),
      { numRuns: 300 },
    )
  })
})
