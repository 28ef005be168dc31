import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../../test/world.ts'
import { personneDeRang } from '../../database/population.ts'
import { castOf } from '../../database/registre.ts'
import { estRefus, type Famille, qualiteDe, refusDeQualite } from '../rules.ts'
import { profils } from '../store.ts'

let monde: TestWorld
let matricules: ReadonlyMap<string, string>

beforeEach(async () => {
  monde = await createTestWorld()
  matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
})
afterEach(() => monde.close())

const de = (id: string): string => matricules.get(id) ?? id
const appeler = (method: string, id: string, suite = '', body?: object, auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const lire = async <T>(id: string, suite: string): Promise<T> => (await appeler('GET', id, suite)).json<T>()
const regle = (answer: TestAnswer): unknown => answer.json()['rule']
const notificationsDe = async (id: string) =>
  (await lire<{ notifications: { id: string; code: string; le: number }[] }>(id, '/notifications')).notifications

/** Whose profile, who acts, and what each family of acts answers: `oui`, or the rule that says no. */
const CAPACITES = [
  ['titulaire', 'camille-floreal', undefined, 'oui', 'oui', 'oui'],
  ['représentant légal', 'tom-germinal', 'sophie-germinal', 'oui', 'oui', 'oui'],
  ['tuteur', 'paul-prairial', 'helene-prairial', 'oui', 'oui', 'oui'],
  ['aidant', 'jeanne-messidor', 'claire-messidor', 'oui', 'oui', 'MES-AIDANT-LIMITES'],
  ['curateur admis', 'felix-capucine', 'helene-prairial', 'oui', 'oui', 'MES-PROTEGE-CURATEUR'],
  ['personne sous curatelle', 'felix-capucine', undefined, 'oui', 'oui', 'oui'],
  ['mineur seul', 'ines-germinal', undefined, 'oui', 'MES-MINEUR-REPRESENTANT', 'MES-MINEUR-REPRESENTANT'],
  ['personne sous tutelle, seule', 'paul-prairial', undefined, 'oui', 'MES-PROTEGE-TUTEUR', 'MES-PROTEGE-TUTEUR'],
  ['inconnu', 'jeanne-messidor', 'camille-floreal', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN'],
  ['aidé qui voudrait l’inverse', 'claire-messidor', 'jeanne-messidor', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN'],
  ['enfant chez son parent', 'sophie-germinal', 'ines-germinal', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN', 'MES-AUTEUR-LIEN'],
] as const

/** Each act of the interface with its family; the body makes it well formed, so that only the capacity can refuse it. */
const ACTES: readonly (readonly [Famille, string, string, object | undefined])[] = [
  ['lecture', 'GET', '/documents', undefined],
  ['lecture', 'GET', '/notifications', undefined],
  ['lecture', 'GET', '/activites', undefined],
  ['lecture', 'GET', '/acces', undefined],
  ['lecture', 'GET', '/delegations', undefined],
  ['gestion', 'POST', '/blocages', { identifiant: '899700979003' }],
  ['gestion', 'PUT', '/preferences', { NOTIF_DOCUMENT: false }],
  ['gestion', 'PUT', '/preferences', { courriel: 'autre@courriel.example' }],
  ['gestion', 'POST', '/delegations', { nom: 'FRUCTIDOR', prenom: 'LINA', dateNaissance: '2004-10-23', attestation: true }],
  ['gestion', 'POST', '/actes/refuser-cgu', {}],
  ['gestion', 'POST', '/actes/accepter-cgu', {}],
  ['gestion', 'POST', '/actes/fermer-et-supprimer', {}],
  ['gestion', 'POST', '/actes/renoncer-suppression', {}],
  ['gestion', 'POST', '/actes/rouvrir', {}],
]

describe('qui fait quoi', () => {
  test.each(CAPACITES)('MES-AIDANT-LIMITES, chaque acte et chaque qualité : %s', async (_qualite, qui, auteur, lecture, contenu, gestion) => {
    await appeler('POST', 'felix-capucine', '/delegations', { type: 'ASSISTANCE' })
    const { patients } = await castOf(monde.world)
    const titulaire = { ...patients.find(({ id }) => id === qui)!, age: qui === 'ines-germinal' ? 16 : qui === 'tom-germinal' ? 9 : 40 }
    const garde = await monde.world.store.get(profils, de(qui))
    const en = qualiteDe({ age: titulaire.age, liens: garde!.liens }, auteur)
    const attendus = { lecture, contenu, gestion }
    for (const famille of ['lecture', 'contenu', 'gestion'] as const) {
      const refus = estRefus(en) ? en : refusDeQualite({ age: titulaire.age, liens: garde!.liens }, en, famille)
      expect([famille, refus?.refused.code ?? 'oui']).toEqual([famille, attendus[famille]])
    }
    for (const [famille, method, suite, body] of ACTES) {
      const answer = await appeler(method, qui, suite, body, auteur)
      const obtenu = answer.status < 300 ? 'oui' : String(regle(answer))
      // Once allowed, an act may still meet a rule of its own (nobody of this name).
      const permis = attendus[famille] === 'oui' && obtenu === 'MES-DELEGATION-TROUVEE' ? 'oui' : obtenu
      expect([suite, permis]).toEqual([suite, attendus[famille]])
    }
  })

  test('MES-AIDANT-SIGNATURE : l’historique dit qui a agi et pour qui', async () => {
    await appeler('POST', 'tom-germinal', '/blocages', { identifiant: '899700979003' }, 'sophie-germinal')
    const { activites } = await lire<{ activites: { acteur: string }[] }>('tom-germinal', '/activites')
    expect(activites[0]?.acteur).toBe('Sophie Germinal, pour Tom Germinal')
    await appeler('POST', 'camille-floreal', '/blocages', { identifiant: '899700979003' })
    expect((await lire<{ activites: { acteur: string }[] }>('camille-floreal', '/activites')).activites[0]?.acteur).toBe('Camille Floréal')
  })

  test('MES-BOITE-PERSONNELLE : l’aidante ne lit ni le courrier ni le téléphone de sa mère', async () => {
    const refus = await appeler('GET', 'jeanne-messidor', '/boite-personnelle', undefined, 'claire-messidor')
    expect([refus.status, regle(refus)]).toEqual([403, 'MES-BOITE-PERSONNELLE'])
    expect((await appeler('GET', 'tom-germinal', '/boite-personnelle', undefined, 'sophie-germinal')).status).toBe(200)
  })

  test('les coordonnées se changent avec les préférences, et ce qui n’en est pas est refusé', async () => {
    const changer = (body: object) => appeler('PUT', 'camille-floreal', '/preferences', body)
    expect((await changer({ telephone: '06 39 98 00 00', courriel: '' })).json()).toMatchObject({ telephone: '06 39 98 00 00', courriel: '' })
    for (const telephone of ['x', '0'.repeat(30), 12, '06--39']) expect((await changer({ telephone })).status).toBe(400)
    expect(await lire('camille-floreal', '')).toMatchObject({ telephone: '06 39 98 00 00', courriel: '' })
  })
})

describe('dix-huit ans (T09)', () => {
  const dans = (annees: number, mois: number) => monde.advance(`P${annees}Y${mois}M`)

  test('MES-MAJORITE-RAPPEL : la fille et la mère sont prévenues le jour même, une seule fois', async () => {
    await dans(1, 8)
    expect((await notificationsDe('ines-germinal')).map(({ code }) => code)).toEqual([])
    await dans(0, 2)
    // The same birthday brings a recommended exam.
    const sansExamens = async () => (await notificationsDe('ines-germinal')).filter(({ code }) => !code.startsWith('RAPPEL_RDV_PREV'))
    const [une, ...autres] = await sansExamens()
    expect([une?.code, autres]).toEqual(['RAPPEL_CONSENT_PASSAGE_MAJO', []])
    const { dateNaissance } = await lire<{ dateNaissance: string }>('ines-germinal', '')
    expect(new Date(une!.le).toISOString()).toBe(`${Number(dateNaissance.slice(0, 4)) + 18}${dateNaissance.slice(4)}T00:00:00.000Z`)
    expect((await notificationsDe('sophie-germinal')).map(({ code }) => code)).toEqual(['RAPPEL_CONSENT_RL_PASSAGE_MAJO'])
    await dans(1, 0)
    expect(await sansExamens()).toHaveLength(1)
  })

  test('MES-MAJORITE-FIN-RL : les représentants perdent l’accès, le second comme le premier, et la délégation est close', async () => {
    const { personne } = (await castOf(monde.world)).patients.find(({ id }) => id === 'lina-fructidor')!
    const { nomNaissance: nom, dateNaissance } = personne
    const invitation = { type: 'LEGAL_REPRESENTATION', nom, prenom: 'Lina', dateNaissance, attestation: true }
    const { id } = (await appeler('POST', 'ines-germinal', '/delegations', invitation, 'sophie-germinal')).json<{ id: string }>()
    await appeler('POST', 'lina-fructidor', `/delegations/${id}/accepter`, { attestation: true })
    expect((await appeler('GET', 'ines-germinal', '/documents', undefined, 'lina-fructidor')).status).toBe(200)
    await dans(2, 0)
    for (const parent of ['sophie-germinal', 'lina-fructidor']) {
      expect(regle(await appeler('GET', 'ines-germinal', '/documents', undefined, parent))).toBe('MES-AUTEUR-LIEN')
      expect((await notificationsDe(parent)).map(({ code }) => code)).toContain('RAPPEL_CONSENT_RL_PASSAGE_MAJO')
    }
    expect(await lire('ines-germinal', '/delegations')).toMatchObject({ delegations: [{ etat: 'ENDED', actes: [] }] })
    expect((await appeler('POST', 'ines-germinal', '/actes/fermer', {})).status).toBe(200)
  })

  test('MES-MAJORITE-RAPPEL : quelqu’un que personne n’a touché l’apprend en ouvrant, daté du jour, une seule fois même effacé', async () => {
    const depuis = Date.UTC(2008, 11, 1)
    let rang = 0
    const mineure = async () => {
      const { dateNaissance, ins } = personneDeRang(rang)
      const naissance = Date.parse(dateNaissance)
      if (naissance < depuis || naissance > depuis + 300 * 86_400_000) return undefined
      return (await lire<{ etat: string }>(matriculeIns(ins), ''))['etat'] === 'active' ? matriculeIns(ins) : undefined
    }
    let matricule: string | undefined
    for (; matricule === undefined; rang++) matricule = await mineure()
    expect(await notificationsDe(matricule)).toEqual([])
    await dans(3, 0)
    const [une] = await notificationsDe(matricule)
    expect(une?.code).toBe('RAPPEL_CONSENT_PASSAGE_MAJO')
    expect(une!.le).toBeLessThan(monde.world.now())
    expect((await appeler('DELETE', matricule, `/notifications/${une!.id}`)).status).toBe(204)
    expect(await notificationsDe(matricule)).toEqual([])
    expect(await monde.world.store.get(profils, matricule)).toBeUndefined()
  })

  test('un profil ouvert après les dix-huit ans n’a rien à confirmer', async () => {
    expect(await notificationsDe('camille-floreal')).toEqual([])
  })
})
