import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import type { WorldEvent } from '../../world.ts'
import { activites } from '../store.ts'
import { EXEMPLES_CONFIDENTIALITE } from './openapi-exemples.ts'
import { ongletDe } from './rules.ts'

let monde: TestWorld
let matricules: ReadonlyMap<string, string>

beforeEach(async () => {
  monde = await createTestWorld()
  matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
})
afterEach(() => monde.close())

const CAMILLE = 'camille-floreal'
const PRIMIDI = '899700979001'
const DUODI = '899700979002'
const TRIDI = '899700979003'
const QUINTIDI = '899700979005'
const SEXTIDI = '899700979006'
const PHARMACIE = '1979000030'

const de = (id: string): string => matricules.get(id) ?? id
const appeler = (method: string, suite: string, body?: object, id = CAMILLE, auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const lire = async <T = Record<string, unknown>>(suite: string, id = CAMILLE): Promise<T> => (await appeler('GET', suite, undefined, id)).json<T>()
const refus = (answer: TestAnswer): unknown[] => [answer.status, answer.json()['rule']]
const dit = (event: object) =>
  monde.world.tell({ matriculeIns: de(CAMILLE), acteur: 'PRIMIDI CLAIRE', structure: '397900000100017', ...event } as WorldEvent)

interface Ligne {
  readonly id: string
  readonly le: number
  readonly texte: string
  readonly typeActeur: string
  readonly signale: boolean
}
interface Page {
  readonly activites: Ligne[]
  readonly suite: string | null
}
const historique = (demande = '', id = CAMILLE) => lire<Page>(`/activites${demande}`, id)
const textes = async (demande = '', id = CAMILLE) => (await historique(demande, id)).activites.map(({ texte }) => texte)
const courriels = async (id = CAMILLE) =>
  (await lire<{ courriers: { objet: string; texte: string; canal: string }[] }>('/boite-personnelle', id)).courriers
const dump = async () => JSON.stringify(await monde.running.store.dump())

describe('choisir un professionnel', () => {
  const chercher = async (query: string) =>
    (await monde.send('GET', `/mes/api/professionnels${query}`)).json<{ professionnels: { identifiant: string; genre: string; nom: string }[] }>()
      .professionnels

  test('par le nom sans accent, la profession, la structure, le genre ; jamais une secrétaire', async () => {
    expect((await chercher('?nom=decadi')).map(({ nom }) => nom)).toEqual(['Dr Mona Décadi'])
    expect((await chercher('?nom=sage-femme')).map(({ identifiant }) => identifiant)).toContain(QUINTIDI)
    expect((await chercher('?nom=moisson&genre=ORGANISATION')).map(({ identifiant }) => identifiant)).toEqual([PHARMACIE])
    expect((await chercher('')).some(({ nom }) => nom.includes('Quartidi'))).toBe(false)
    expect(await chercher('?nom=personne%20de%20ce%20nom')).toEqual([])
  })

  test('une recherche trop longue ou d’un genre inconnu est refusée', async () => {
    expect((await monde.send('GET', `/mes/api/professionnels?nom=${'x'.repeat(101)}`)).status).toBe(400)
    expect((await monde.send('GET', '/mes/api/professionnels?genre=ROBOT')).status).toBe(400)
  })
})

describe('mes professionnels', () => {
  test('MES-LISTE-SANS-ACCES : ajouter un professionnel ne lui donne aucun accès', async () => {
    expect((await appeler('PUT', `/professionnels/${TRIDI}`, {})).json()).toMatchObject({ nom: 'Dr Élise Tridi', genre: 'PS' })
    expect(await lire('/professionnels')).toMatchObject({ professionnels: [{ identifiant: TRIDI, structure: 'Cabinet du Dr Tridi' }] })
    expect(await lire('/acces')).toEqual({ autorises: [], bloques: [] })
    expect(await textes()).toContain('Dr Élise Tridi est dans votre liste de professionnels, sans accès à votre dossier.')
    expect((await appeler('DELETE', `/professionnels/${TRIDI}`)).status).toBe(204)
    expect((await appeler('DELETE', `/professionnels/${TRIDI}`)).status).toBe(404)
  })

  test('MES-MEDECIN-TRAITANT-ASSURANCE-MALADIE : il se lit, ne se change pas', async () => {
    expect(await lire('/professionnels')).toMatchObject({ medecinTraitant: { identifiant: PRIMIDI, nom: 'Dr Claire Primidi' } })
    for (const method of ['PUT', 'DELETE'])
      expect(refus(await appeler(method, '/roles/medecin-traitant', { identifiant: DUODI }))).toEqual([403, 'MES-MEDECIN-TRAITANT-ASSURANCE-MALADIE'])
  })

  test('MES-ROLE-PROFESSION : une sage-femme est sage-femme référente, un pharmacien est pharmacien correspondant', async () => {
    expect((await appeler('PUT', '/roles/sage-femme-referente', { identifiant: QUINTIDI })).status).toBe(200)
    expect((await appeler('PUT', '/roles/pharmacien-correspondant', { identifiant: SEXTIDI })).status).toBe(200)
    expect(await lire('/professionnels')).toMatchObject({
      roles: [
        { role: 'pharmacien-correspondant', nom: 'Omar Sextidi' },
        { role: 'sage-femme-referente', nom: 'Rose Quintidi' },
      ],
    })
    const avant = await dump()
    expect(refus(await appeler('PUT', '/roles/sage-femme-referente', { identifiant: SEXTIDI }))).toEqual([422, 'MES-ROLE-PROFESSION'])
    // A stranger to the cast has no known profession.
    expect(refus(await appeler('PUT', '/roles/pharmacien-correspondant', { identifiant: '899700979777' }))).toEqual([422, 'MES-ROLE-PROFESSION'])
    expect(await dump()).toBe(avant)
  })

  test('MES-ADMINISTRATEUR : un seul, un professionnel ; le nommer remplace, le relever retire', async () => {
    expect(await monde.world.ask.estAdministrateur(de(CAMILLE), DUODI)).toBe(false)
    await appeler('PUT', '/roles/administrateur', { identifiant: TRIDI })
    await appeler('PUT', '/roles/administrateur', { identifiant: DUODI })
    expect(await monde.world.ask.estAdministrateur(de(CAMILLE), DUODI)).toBe(true)
    expect(await monde.world.ask.estAdministrateur(de(CAMILLE), TRIDI)).toBe(false)
    expect(refus(await appeler('PUT', '/roles/administrateur', { identifiant: PHARMACIE }))).toEqual([422, 'MES-ADMINISTRATEUR'])
    expect((await appeler('DELETE', '/roles/administrateur')).status).toBe(204)
    expect(await monde.world.ask.estAdministrateur(de(CAMILLE), DUODI)).toBe(false)
    expect((await appeler('DELETE', '/roles/administrateur')).status).toBe(404)
  })

  test('MES-ADMINISTRATEUR-NON-BLOQUE : un bloqué n’est pas nommé, le bloquer lui retire son rôle', async () => {
    await appeler('PUT', `/blocages/${TRIDI}`, {})
    expect(refus(await appeler('PUT', '/roles/administrateur', { identifiant: TRIDI }))).toEqual([409, 'MES-ADMINISTRATEUR-NON-BLOQUE'])
    await appeler('PUT', '/roles/administrateur', { identifiant: DUODI })
    await appeler('PUT', `/blocages/${DUODI}`, {})
    expect(await lire('/professionnels')).toMatchObject({ roles: [] })
  })

  test('MES-ADMINISTRATEUR-BLOQUE : l’administrateur bloque pour le titulaire, qui en garde la trace et débloque', async () => {
    await appeler('PUT', '/roles/administrateur', { identifiant: DUODI })
    const bloquer = (professionnel: string, identifiant: string) => appeler('POST', '/administrateur/blocages', { professionnel, identifiant })
    const avant = await dump()
    expect(refus(await bloquer(PRIMIDI, TRIDI))).toEqual([403, 'MES-ADMINISTRATEUR-BLOQUE'])
    expect(refus(await bloquer(DUODI, DUODI))).toEqual([409, 'MES-ADMINISTRATEUR-BLOQUE'])
    expect(await dump()).toBe(avant)
    expect((await bloquer(DUODI, TRIDI)).status).toBe(201)
    expect((await monde.lastExchange()).from).toBe('Dr Bastien Duodi (administrateur)')
    expect(await monde.world.ask.estBloque(de(CAMILLE), TRIDI)).toBe(true)
    expect((await textes('?onglet=professionnels'))[0]).toContain('Dr Bastien Duodi, administrateur de votre dossier, l’a bloqué pour vous')
    expect((await appeler('DELETE', `/blocages/${TRIDI}`)).status).toBe(204)
  })

  test('MES-SITUATION-DOSSIER : l’administrateur d’un dossier fermé ne bloque personne', async () => {
    await appeler('PUT', '/roles/administrateur', { identifiant: DUODI })
    await appeler('POST', '/actes/fermer', {})
    expect(refus(await appeler('POST', '/administrateur/blocages', { professionnel: DUODI, identifiant: TRIDI }))[1]).toBe('MES-SITUATION-DOSSIER')
  })

  test('MES-AIDANT-LIMITES : un aidant ne gère ni la liste, ni les rôles, ni l’urgence, ni les signalements', async () => {
    for (const [method, suite, body] of [
      ['PUT', `/professionnels/${TRIDI}`, {}],
      ['PUT', '/roles/administrateur', { identifiant: TRIDI }],
      ['PUT', '/urgence', { BTG: false }],
      ['POST', '/activites/x/signalement', {}],
    ] as const)
      expect(refus(await appeler(method, suite, body, 'jeanne-messidor', 'claire-messidor'))).toEqual([403, 'MES-AIDANT-LIMITES'])
  })

  test('ce qui est mal demandé ne change rien', async () => {
    const avant = await dump()
    for (const identifiant of ['', 'a b', 'a|b', 'x'.repeat(101), 12, null])
      expect((await appeler('PUT', '/roles/administrateur', { identifiant })).status).toBe(400)
    for (const role of ['roi', 'constructor', '__proto__']) expect((await appeler('PUT', `/roles/${role}`, { identifiant: TRIDI })).status).toBe(404)
    expect((await appeler('PUT', '/professionnels/a%7Cb', {})).status).toBe(400)
    expect((await appeler('PUT', `/professionnels/${TRIDI}`, { nom: 'x'.repeat(101) })).status).toBe(400)
    expect((await appeler('POST', '/administrateur/blocages', { identifiant: TRIDI })).status).toBe(400)
    for (const body of [{ BTG: 'oui' }, { INCONNU: true }, { constructor: true }]) expect((await appeler('PUT', '/urgence', body)).status).toBe(400)
    for (const demande of ['?onglet=x', '?typeActeur=x', '?groupe=x', '?limite=0', '?limite=501', '?limite=x', '?avant=x', '?avant=1_', '?avant='])
      expect((await appeler('GET', `/activites${demande}`)).status).toBe(400)
    expect(await dump()).toBe(avant)
  })
})

describe('urgence', () => {
  test('MES-URGENCE-PAR-DEFAUT : tout est permis tant que le titulaire n’a rien dit', async () => {
    expect(await lire('/urgence')).toEqual({ ETREAT: true, BTG: true, MASKED: true })
    expect(await monde.world.ask.reglagesUrgence(de('hugo-brumaire'))).toEqual({ ETREAT: true, BTG: true, MASKED: true })
  })

  test('MES-URGENCE-REGLAGES : chaque réglage se change seul, l’historique le dit, rien ne s’inscrit quand rien ne change', async () => {
    expect((await appeler('PUT', '/urgence', { BTG: false })).json()).toEqual({ ETREAT: true, BTG: false, MASKED: true })
    expect((await textes('?onglet=moi'))[0]).toBe('Accès en urgence des autres professionnels (bris de glace) : refusé.')
    const avant = await dump()
    await appeler('PUT', '/urgence', { BTG: false })
    expect(await dump()).toBe(avant)
    expect(await monde.world.ask.reglagesUrgence(de(CAMILLE))).toMatchObject({ BTG: false })
  })

  const BRIS = { type: 'acces.brisDeGlace', acteur: 'DECADI MONA', structure: '1979000011', motif: 'Patiente inconsciente' }
  const avis = async (medecin = PRIMIDI) =>
    (await monde.send('GET', `/mes/api/professionnels/${medecin}/avis`)).json<{ avis: { mode: string; acteur: string }[] }>().avis

  test('MES-URGENCE-AVIS : courriel au titulaire sans contenu, avis au médecin traitant, ligne d’historique', async () => {
    await dit(BRIS)
    expect(await avis()).toMatchObject([
      { mode: 'bris de glace', acteur: 'Dr Mona Décadi', motif: 'Patiente inconsciente', matriculeIns: de(CAMILLE) },
    ])
    expect(await avis(DUODI)).toEqual([])
    const [courriel] = await courriels()
    expect(courriel).toMatchObject({ canal: 'courriel', objet: 'Mon espace santé : un accès à votre dossier' })
    expect(courriel?.texte).not.toMatch(/Décadi|inconsciente/)
    expect((await textes('?onglet=professionnels'))[0]).toContain('en urgence (bris de glace). Motif donné : Patiente inconsciente')
  })

  test('MES-URGENCE-AVIS : un appel du centre 15 se dit de même', async () => {
    await dit({ type: 'acces.regulation', acteur: 'DECADI MONA', structure: '1979000011' })
    expect(await avis()).toMatchObject([{ mode: 'centre 15', motif: '' }])
    expect((await courriels())[0]).toMatchObject({ objet: 'Mon espace santé : un accès à votre dossier' })
  })

  test('MES-URGENCE-UN-ACCES : la même urgence dans l’heure ne s’écrit qu’une fois, un autre motif ou une heure après si', async () => {
    await dit(BRIS)
    await dit(BRIS)
    expect(await avis()).toHaveLength(1)
    await dit({ ...BRIS, motif: 'Deuxième malaise' })
    expect(await avis()).toHaveLength(2)
    await monde.advance('PT61M')
    await dit(BRIS)
    expect(await avis()).toHaveLength(3)
    expect((await monde.send('GET', '/mes/api/professionnels/a%20b/avis')).status).toBe(400)
  })

  test('un profil supprimé ne laisse ni rôle, ni réglage, ni signalement', async () => {
    await appeler('PUT', '/roles/administrateur', { identifiant: DUODI })
    await appeler('PUT', `/professionnels/${TRIDI}`, {})
    await appeler('PUT', '/urgence', { BTG: false })
    await dit(BRIS)
    await appeler('POST', `/activites/${(await historique('?onglet=professionnels')).activites[0]!.id}/signalement`, {})
    await appeler('POST', '/actes/fermer-et-supprimer', {})
    await monde.advance('P3M')
    const { collections } = await monde.running.store.dump()
    for (const nom of ['mes-roles', 'mes-professionnels', 'mes-urgence', 'mes-acces-urgence', 'mes-signalements'])
      expect(collections[nom]).toEqual([])
  })
})

describe('historique d’activité', () => {
  test('MES-HISTORIQUE-ONGLETS : professionnels, moi, mes représentants, services synchronisés', async () => {
    await dit({ type: 'dossier.recherche' })
    await appeler('PUT', '/urgence', { BTG: false })
    expect((await historique('?onglet=professionnels')).activites.map(({ typeActeur }) => typeActeur)).toEqual(['HEALTHCARE_PROFESSIONAL'])
    expect(await textes('?onglet=moi')).toEqual(['Accès en urgence des autres professionnels (bris de glace) : refusé.'])
    expect(await textes('?onglet=services')).toEqual([])
    expect(await textes('?typeActeur=SYSTEM&groupe=GENERAL')).not.toEqual([])
    await appeler('PUT', '/urgence', { BTG: false }, 'ines-germinal', 'sophie-germinal')
    expect(await textes('?onglet=representants', 'ines-germinal')).toEqual(['Accès en urgence des autres professionnels (bris de glace) : refusé.'])
    expect(await textes('?onglet=moi', 'ines-germinal')).toEqual([])
    expect(ongletDe({ typeActeur: 'SERVICE_TIERS', acteur: 'x' }, 'x')).toBe('services')
    expect(ongletDe({ typeActeur: 'SYSTEM', acteur: 'x' }, 'x')).toBeUndefined()
  })

  test('les pages se suivent sans trou ni doublon, même quand tout arrive au même instant', async () => {
    const matricule = de(CAMILLE)
    const ligne = (n: number) => ({
      id: `ligne-${String(n).padStart(4, '0')}`,
      matriculeIns: matricule,
      le: monde.world.now() - (n < 700 ? 0 : n),
      typeActeur: n % 2 ? ('PATIENT' as const) : ('HEALTHCARE_PROFESSIONAL' as const),
      groupe: 'GENERAL' as const,
      acteur: 'x',
      structure: '',
      texte: `${n}`,
    })
    await monde.world.store.putAll(
      activites,
      Array.from({ length: 1_200 }, (_, n) => ligne(n)),
    )
    const total = await monde.world.store.count(activites, { index: 'parProfil', equals: [matricule] })
    const lues: string[] = []
    let suite: string | null = ''
    while (suite !== null) {
      const page: Page = await historique(`?limite=90${suite && `&avant=${suite}`}`)
      lues.push(...page.activites.map(({ id }) => id))
      suite = page.suite
    }
    expect([lues.length, new Set(lues).size]).toEqual([total, total])
    const professionnels = await historique('?onglet=professionnels&limite=500')
    expect(professionnels.activites).toHaveLength(500)
    const reste = await historique(`?onglet=professionnels&limite=500&avant=${professionnels.suite}`)
    expect([reste.activites.length, reste.suite]).toEqual([100, null])
  })

  test('MES-SIGNALEMENT : gardé, accusé de réception, ligne d’historique ; une seule fois, et seulement l’acte d’un professionnel', async () => {
    await dit({ type: 'dossier.recherche' })
    const [acces] = (await historique('?onglet=professionnels')).activites
    const signaler = (id: string, body: object = { motif: 'Je ne connais pas ce médecin.' }, patient = CAMILLE) =>
      appeler('POST', `/activites/${id}/signalement`, body, patient)
    expect((await signaler(acces!.id)).json()).toMatchObject({ statut: 'reçu', par: 'Camille Floréal', texte: acces!.texte })
    expect(await lire('/signalements')).toMatchObject({ signalements: [{ id: acces!.id, motif: 'Je ne connais pas ce médecin.' }] })
    expect((await historique('?onglet=professionnels')).activites[0]).toMatchObject({ id: acces!.id, signale: true })
    const [ligne] = (await historique('?onglet=moi')).activites
    expect(ligne?.texte).toContain('Accès signalé')
    expect((await courriels())[0]?.objet).toBe('Mon espace santé : votre signalement est reçu')
    const avant = await dump()
    expect(refus(await signaler(acces!.id))).toEqual([409, 'MES-SIGNALEMENT'])
    expect(refus(await signaler(ligne!.id))).toEqual([422, 'MES-SIGNALEMENT'])
    expect((await signaler('inconnue')).status).toBe(404)
    expect((await signaler(acces!.id, {}, 'jean-baptiste-thermidor')).status).toBe(404)
    expect((await signaler(acces!.id, { motif: 'x'.repeat(501) })).status).toBe(400)
    expect(await dump()).toBe(avant)
  })
})

test('les exemples du document ont les noms que le service rend vraiment', async () => {
  const noms = (value: unknown) => Object.keys(value as object).sort()
  const memes = (rendu: unknown, exemple: unknown) => expect(noms(rendu)).toEqual(noms(exemple))
  const { annuaire, professionnels, acces, urgence, avis, activites: page, ...reponses } = EXEMPLES_CONFIDENTIALITE
  memes((await monde.send('GET', '/mes/api/professionnels')).json<typeof annuaire>().professionnels[0], annuaire.professionnels[0])
  memes((await appeler('PUT', `/professionnels/${TRIDI}`, {})).json(), reponses.ajoute)
  memes((await appeler('PUT', '/roles/administrateur', { identifiant: TRIDI })).json(), reponses.role)
  memes(await lire('/professionnels'), professionnels)
  await dit({ type: 'acces.autorise', premier: true, identifiant: PRIMIDI })
  memes((await appeler('PUT', `/blocages/${DUODI}`, {})).json(), reponses.blocage)
  const vus = await lire<typeof acces>('/acces')
  memes(vus.autorises[0], acces.autorises[0])
  memes(vus.bloques[0], acces.bloques[0])
  memes(await lire('/urgence'), urgence)
  await dit({ type: 'acces.brisDeGlace', motif: 'x' })
  memes((await monde.send('GET', `/mes/api/professionnels/${PRIMIDI}/avis`)).json<typeof avis>().avis[0], avis.avis[0])
  const lignes = await historique('?onglet=professionnels')
  memes(lignes, page)
  memes(lignes.activites[0], page.activites[0])
  memes((await appeler('POST', `/activites/${lignes.activites[0]!.id}/signalement`, {})).json(), reponses.signalement)
})
