import { afterEach, describe, expect, test } from 'vitest'
import { getSimplePaths } from 'xstate/graph'
import { readReponseTd02 } from '#standards/hl7v3/td02.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { ACTIONS, CONTENT_TYPE, CPE, depotBase64, depotDe, DMP_PATHS, enveloppe, patientCx, rechercher, td02, td03, vihfDe } from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestWorld } from '../../test/world.ts'
import { castFor } from '../database/cast.ts'
import { ACTES } from './actes.ts'
import { CONTEXTE_INITIAL, type EtatProfil } from './etats.ts'
import { connaitEvenement, cycleDuProfil, etatDe, type EvenementProfil, instantane, type TypeEvenement, vivant } from './lifecycle.ts'

/**
 * Every way from a newborn's profile to each state, then every transition out of it, done through the wire: acts by the API, delays by the
 * clock. What the four audiences see is compared with the table below, written from functional.md §2.2 and not from the code.
 */
interface Attendu {
  /** TD0.2, when the record was open once. */
  readonly td02: 'inexistant' | 'ouvert' | 'fermé'
  readonly depose: boolean
  readonly consulte: boolean
  readonly courriel: 'remis' | 'non remis'
  /** Whether the holder reads documents, and what they get. */
  readonly lit: boolean
  readonly patient: string
}

const SANS = { td02: 'inexistant', depose: false, consulte: false, courriel: 'non remis', lit: false } as const
const OUVERT = { td02: 'ouvert', depose: true, consulte: true, courriel: 'remis', lit: false } as const
const FERME = { td02: 'fermé', depose: false, consulte: false, courriel: 'non remis', lit: false } as const

const TABLEAU: Readonly<Record<EtatProfil, Attendu>> = {
  notInformed: { ...SANS, patient: 'rien' },
  informed: { ...SANS, patient: 'notice' },
  opposed: { ...SANS, patient: 'preuve' },
  openNotActivated: { ...OUVERT, patient: 'attente' },
  active: { ...OUVERT, lit: true, patient: 'tout' },
  'active.cguBlocked': { ...OUVERT, patient: 'cgu' },
  suspended: { ...FERME, patient: 'suspension' },
  closed: { ...FERME, patient: 'rouvrir' },
  deletionRequested: { ...FERME, patient: 'suppression' },
  deleted: { ...SANS, patient: 'creer' },
  deceased: { ...FERME, patient: 'rien' },
}

/** Open once and not erased since: a death before the opening leaves no record. */
const aUnDossier = (chemin: readonly TypeEvenement[]): boolean => {
  const ouvre = chemin.findLastIndex((type) => ['delai.opposition', 'patient.active', 'patient.cree'].includes(type))
  return ouvre >= 0 && !chemin.slice(ouvre).some((type) => type === 'delai.archive' || type === 'delai.suppression')
}

const LE = Date.parse(TEST_DATE)
const BON = { code: 'valide', identite: true, cguAcceptees: true } as const
const evenement = (type: TypeEvenement): EvenementProfil => {
  if (type === 'patient.active' || type === 'patient.cree') return { type, le: LE, controle: BON }
  return type === 'patient.conteste' ? { type, le: LE, favorable: true } : { type, le: LE }
}
const DELAIS_DE_LA_MACHINE = ['delai.opposition', 'delai.suspension', 'delai.suppression', 'delai.archive'] as const
const TYPES: readonly TypeEvenement[] = [...new Set([...ACTES.values()].map(({ evenement: type }) => type)), ...DELAIS_DE_LA_MACHINE]
const ACTE = new Map<TypeEvenement, string>([...ACTES].map(([nom, { evenement: type }]) => [type, nom]))

const EVE = castFor(LE).patients.find(({ id }) => id === 'eve-brumaire')!.personne
const HUGO = matriculeIns(castFor(LE).patients.find(({ id }) => id === 'hugo-brumaire')!.personne.ins)
const MATRICULE = matriculeIns(EVE.ins)
const CX = patientCx(EVE)

const chemins = getSimplePaths(cycleDuProfil, {
  fromState: instantane({ etat: 'notInformed', contexte: CONTEXTE_INITIAL }),
  events: TYPES.map(evenement),
  // The dead stay so, also once their data are erased.
  serializeState: ({ value, context }) => JSON.stringify([value, vivant(context)]),
}).map(({ state, steps }) => ({
  etat: etatDe(state),
  chemin: steps.map(({ event }) => event.type as TypeEvenement).filter((type) => TYPES.includes(type)),
}))

let monde: TestWorld
afterEach(() => monde.close())

interface Vu {
  etat: EtatProfil
  patient: string
  echeance: { le: number } | null
  vues: { expediteur: Attendu['courriel'] }
  actes: { acte: string }[]
  actesAdministration: { acte: string }[]
}

const profil = async (auteur?: string): Promise<Vu> =>
  (await monde.send('GET', `/mes/api/profils/${MATRICULE}`, { headers: auteur ? { 'X-Mes-Auteur': auteur } : {} })).json<Vu>()

/** One step: an act by whoever may, or the clock up to the delay. */
async function faire(type: TypeEvenement): Promise<void> {
  const acte = ACTE.get(type)
  if (acte === undefined) {
    const { echeance } = await profil()
    await monde.running.time.set(echeance!.le, 'frozen')
    return
  }
  const parent = type.startsWith('patient.') ? { 'X-Mes-Auteur': HUGO } : {}
  const { status, text } = await monde.send('POST', `/mes/api/profils/${MATRICULE}/actes/${acte}`, { body: {}, headers: parent })
  if (status !== 200) throw new Error(`${type} : ${text}`)
}

const soap = (path: string, action: string, payload: Parameters<typeof enveloppe>[1], vihf = vihfDe(CX)) =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
const reussit = (text: string): boolean => /ResponseStatusType:Success/.test(text)
let rang = 0

async function deposer(qui: Parameters<typeof vihfDe>[1]): Promise<boolean> {
  const depot = depotDe(CX, `1.2.250.1.999.77.${++rang}`)
  return reussit((await monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depot, vihfDe(CX, qui)), headers: CONTENT_TYPE })).text)
}

/** What the four audiences get, through the services they use. */
async function constater(): Promise<Omit<Attendu, 'patient' | 'lit'> & { secretariat: object; lit: boolean; patient: string }> {
  const { patient, vues } = await profil()
  const reponse = readReponseTd02(readSoapEnvelope((await soap(DMP_PATHS.patients, ACTIONS.td02, td02(EVE))).text).payload!)
  await soap(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
  return {
    td02: etatTd02(reponse),
    depose: await deposer({}),
    consulte: reussit((await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX))).text),
    secretariat: {
      depose: await deposer(CPE),
      consulte: reussit((await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX), vihfDe(CX, CPE))).text),
    },
    courriel: vues.expediteur,
    lit: (await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents`)).status === 200,
    patient,
  }
}

function etatTd02(reponse: ReturnType<typeof readReponseTd02>): Attendu['td02'] {
  if (!reponse?.dossier) return 'inexistant'
  return reponse.dossier.ouvert ? 'ouvert' : 'fermé'
}

/** What the four audiences get, and what the table says. */
async function comparer(etat: EtatProfil, chemin: readonly TypeEvenement[]): Promise<{ vu: object; attendu: object }> {
  const { lit, patient, ...attendu } = TABLEAU[etat]
  const dossier = aUnDossier(chemin) ? attendu : { ...attendu, td02: 'inexistant' as const }
  return {
    vu: { chemin, etat: (await profil()).etat, ...(await constater()) },
    attendu: { chemin, etat, ...dossier, lit, patient, secretariat: { depose: attendu.depose, consulte: false } },
  }
}

describe('chaque chemin de la machine du profil, par le fil', () => {
  test('les chemins mènent à tous les états', () => {
    monde = { close: async () => {} } as TestWorld
    expect(new Set(chemins.map(({ etat }) => etat))).toEqual(new Set(Object.keys(TABLEAU)))
    expect(chemins.length).toBeGreaterThan(50)
  })

  test.each(chemins.map((un) => [un.etat, un.chemin.join(' → ') || 'sans rien faire', un] as const))(
    'MES-SITUATION-DOSSIER, MES-ACTE-ETAT : %s par %s',
    async (_etat, _chemin, { etat, chemin }) => {
      monde = await createTestWorld()
      for (const type of chemin) await faire(type)
      const { vu, attendu } = await comparer(etat, chemin)
      expect(vu).toEqual(attendu)
    },
  )

  const parEtat = [...new Map(chemins.map((un) => [`${un.etat}${un.chemin.includes('etatCivil.deces')}`, un])).values()]

  const transitions = parEtat.flatMap(({ etat, chemin }) =>
    TYPES.filter((type) => connaitEvenement({ etat }, type) && !(type === 'patient.cree' && chemin.includes('etatCivil.deces'))).map(
      (type) => [etat, type, chemin] as const,
    ),
  )

  test('chaque transition de la machine est parcourue au moins une fois', () => {
    monde = { close: async () => {} } as TestWorld
    const faites = new Set(transitions.map(([etat, type]) => `${etat} ${type}`))
    for (const etat of Object.keys(TABLEAU) as EtatProfil[])
      for (const type of TYPES) expect(faites.has(`${etat} ${type}`)).toBe(connaitEvenement({ etat }, type))
  })

  test.each(transitions)('MES-SITUATION-DOSSIER, MES-ACTE-ETAT : dans l’état %s, %s', async (_etat, type, chemin) => {
    monde = await createTestWorld()
    for (const un of chemin) await faire(un)
    await faire(type)
    const { vu, attendu } = await comparer((await profil()).etat, [...chemin, type])
    expect(vu).toEqual(attendu)
  })

  test.each(parEtat.map((un) => [un.etat, un.chemin.includes('etatCivil.deces') ? 'après un décès' : 'vivant', un] as const))(
    'MES-ACTE-ETAT : dans l’état %s (%s), tout acte qui n’est pas proposé est refusé et ne change rien',
    async (_etat, _vie, { chemin }) => {
      monde = await createTestWorld()
      for (const type of chemin) await faire(type)
      const { actes, actesAdministration } = await profil(HUGO)
      const proposes = new Set([...actes, ...actesAdministration].map(({ acte }) => acte))
      const avant = await monde.running.store.dump()
      const refus = []
      for (const acte of ACTES.keys()) {
        if (proposes.has(acte)) continue
        const { status, text } = await monde.send('POST', `/mes/api/profils/${MATRICULE}/actes/${acte}`, {
          body: {},
          headers: { 'X-Mes-Auteur': HUGO },
        })
        refus.push([acte, status, JSON.parse(text).rule !== undefined])
      }
      expect(refus).toEqual(refus.map(([acte]) => [acte, 409, true]))
      expect(refus.length + proposes.size).toBe(ACTES.size)
      expect(await monde.running.store.dump()).toEqual(avant)
    },
  )
})
