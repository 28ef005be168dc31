import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { services } from '../../routes.ts'
import type { DepotDuPatient } from '../../world.ts'
import { EXEMPLES_DELEGATIONS } from './openapi.ts'

let monde: TestWorld
let matricules: ReadonlyMap<string, string>
let depots: { pour: string; depot: DepotDuPatient }[]

const PREUVE = '1.2.250.1.999.7'
/** Whoever files documents, here the test. */
const avecDepot = services.map((service) =>
  service.answers?.deposerPourPatient
    ? {
        ...service,
        answers: {
          ...service.answers,
          deposerPourPatient: async (_world: unknown, pour: string, depot: DepotDuPatient) => {
            depots.push({ pour, depot })
            return { documentId: PREUVE }
          },
        },
      }
    : service,
)

beforeEach(async () => {
  depots = []
  monde = await createTestWorld({ services: avecDepot })
  matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
})
afterEach(() => monde.close())

const de = (id: string): string => matricules.get(id) ?? id
const appeler = (method: string, id: string, suite = '', body?: object, auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const lire = async <T>(id: string, suite: string, auteur?: string): Promise<T> => (await appeler('GET', id, suite, undefined, auteur)).json<T>()
const regle = (answer: TestAnswer): unknown => answer.json()['rule']
const traits = async (id: string) => {
  const { personne } = (await castOf(monde.world)).patients.find((un) => un.id === id)!
  return { nom: personne.nomNaissance, prenom: personne.listePrenom.split(' ')[0]!, dateNaissance: personne.dateNaissance }
}
const inviter = async (id: string, qui: string, plus: object = {}, auteur?: string) =>
  appeler('POST', id, '/delegations', { ...(await traits(qui)), attestation: true, ...plus }, auteur)
interface Ligne {
  id: string
  etat: string
  cote: string
  delegue: string
  titulaire: string
  preuve: string | null
  actes: { acte: string }[]
}
const lignes = async (id: string, auteur?: string) => (await lire<{ delegations: Ligne[] }>(id, '/delegations', auteur)).delegations
const repondre = (id: string, delegation: string, acte: string, body: object = { attestation: true }, auteur?: string) =>
  appeler('POST', id, `/delegations/${delegation}/${acte}`, body, auteur)
/** Invites and accepts. */
const designer = async (id: string, qui: string): Promise<string> => {
  const invitation = (await inviter(id, qui)).json<{ id: string }>().id
  expect((await repondre(qui, invitation, 'accepter')).status).toBe(200)
  return invitation
}
const rattaches = async (id: string) =>
  (await lire<{ profils: { nomAffiche: string; qualite: string }[] }>(id, '/profils-rattaches')).profils.map(
    ({ nomAffiche, qualite }) => `${nomAffiche} (${qualite})`,
  )
const codes = async (id: string) => (await lire<{ notifications: { code: string }[] }>(id, '/notifications')).notifications.map(({ code }) => code)
const dernierActe = async (id: string) => (await lire<{ activites: { acteur: string; texte: string }[] }>(id, '/activites')).activites[0]

/** Adults of the cast with an activated profile. */
const ACTIFS = ['sophie-germinal', 'helene-prairial', 'claire-messidor', 'jean-baptiste-thermidor', 'lina-fructidor', 'felix-capucine']

describe('devenir aidant (T17)', () => {
  test('MES-DELEGATION-TROUVEE : par nom, prénom et date, ou par matricule et date ; la mauvaise date ne dit pas ce qui est faux', async () => {
    const faux = await inviter('camille-floreal', 'claire-messidor', { dateNaissance: '1990-01-01' })
    expect([faux.status, regle(faux)]).toEqual([422, 'MES-DELEGATION-TROUVEE'])
    const { dateNaissance } = await traits('claire-messidor')
    const parMatricule = (matricule: string, date = dateNaissance) =>
      appeler('POST', 'camille-floreal', '/delegations', { matricule, dateNaissance: date, attestation: true })
    const autre = await parMatricule(de('claire-messidor'), '1990-01-01')
    expect(autre.json()['detail']).toBe(faux.json()['detail'])
    expect((await inviter('camille-floreal', 'camille-floreal')).json()['detail']).toContain('titulaire du profil lui-même')
    const homonyme = await inviter('camille-floreal', 'nadia-vendemiaire')
    expect([regle(homonyme), homonyme.json()['detail']]).toEqual(['MES-DELEGATION-TROUVEE', expect.stringContaining('lusieurs personnes')])
    expect(await lignes('camille-floreal')).toEqual([])
    expect((await parMatricule(de('claire-messidor').slice(0, 13))).status).toBe(201)
    expect((await inviter('camille-floreal', 'lina-fructidor', { nom: 'fructidor', prenom: 'Lina' })).status).toBe(201)
  })

  test('un matricule qui pourrait être réel est refusé sans être gardé', async () => {
    const refus = await appeler('POST', 'camille-floreal', '/delegations', {
      matricule: '285057512345678',
      dateNaissance: '1985-05-01',
      attestation: true,
    })
    expect(regle(refus)).toBe('SANDBOX-FICTIF-SEULEMENT')
  })

  test('inviter, attendre, accepter : les deux sont prévenus, le profil s’ouvre, la preuve est rangée', async () => {
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    expect(await lignes('camille-floreal')).toMatchObject([
      { etat: 'PENDING', cote: 'titulaire', delegue: 'Claire Messidor', actes: [{ acte: 'retirer' }] },
    ])
    const [recue] = await lignes('claire-messidor')
    expect(recue).toMatchObject({ id, cote: 'délégué', titulaire: 'Camille Floréal', actes: [{ acte: 'accepter' }, { acte: 'refuser' }] })
    expect(await codes('claire-messidor')).toContain('PARTAGE_PROFIL_AIDANT')
    expect(regle(await appeler('GET', 'camille-floreal', '/documents', undefined, 'claire-messidor'))).toBe('MES-AUTEUR-LIEN')
    expect((await repondre('claire-messidor', id, 'accepter')).json()).toEqual({ id, etat: 'ACCEPTED', preuve: PREUVE })
    expect((await appeler('GET', 'camille-floreal', '/documents', undefined, 'claire-messidor')).status).toBe(200)
    expect(await codes('camille-floreal')).toContain('ACCORD_PARTAGE_PROFIL')
    expect(await rattaches('claire-messidor')).toEqual(['Jeanne Messidor (aidant)', 'Camille Floréal (aidant)'])
  })

  test('MES-DELEGATION-PREUVE : un document texte, dans ceux de la personne aidée, au nom de l’aidant', async () => {
    await designer('camille-floreal', 'claire-messidor')
    expect(depots).toHaveLength(1)
    const { pour, depot } = depots[0]!
    expect(pour).toBe(de('camille-floreal'))
    expect(depot).toMatchObject({ titre: 'Preuve de délégation : Claire Messidor', mimeType: 'text/plain', auteur: 'Claire Messidor' })
    expect(new TextDecoder().decode(depot.bytes)).toContain('Personne aidée : Camille Floréal')
  })

  test('refuser : l’invitation est close et qui invitait l’apprend', async () => {
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    expect((await repondre('claire-messidor', id, 'refuser')).json()['etat']).toBe('REFUSED')
    expect(await codes('camille-floreal')).toContain('REFUS_PARTAGE_PROFIL')
    expect(regle(await repondre('claire-messidor', id, 'accepter'))).toBe('MES-DELEGATION-ETAT')
    expect(depots).toEqual([])
  })

  test('MES-DELEGATION-ATTESTATION : sans déclaration sur l’honneur, ni invitation ni acceptation', async () => {
    const refus = await inviter('camille-floreal', 'claire-messidor', { attestation: false })
    expect([refus.status, regle(refus)]).toEqual([422, 'MES-DELEGATION-ATTESTATION'])
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    expect(regle(await repondre('claire-messidor', id, 'accepter', {}))).toBe('MES-DELEGATION-ATTESTATION')
    expect((await lignes('claire-messidor'))[0]?.etat).toBe('PENDING')
  })

  test('MES-DELEGATION-ACTIVE : qui n’a pas activé son profil n’est ni désigné ni accepté', async () => {
    for (const qui of ['hugo-brumaire', 'odile-frimaire', 'yann-nivose', 'remi-jonquille', 'lucien-ventose'])
      expect([qui, regle(await inviter('camille-floreal', qui))]).toEqual([qui, 'MES-DELEGATION-ACTIVE'])
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    await appeler('POST', 'claire-messidor', '/actes/fermer', {})
    expect((await repondre('claire-messidor', id, 'accepter')).status).toBe(403)
  })

  test('MES-DELEGATION-MAJEUR : un mineur n’est pas désigné', async () => {
    expect(regle(await inviter('camille-floreal', 'ines-germinal'))).toBe('MES-DELEGATION-MAJEUR')
  })

  test('MES-DELEGATION-DEJA, MES-DELEGATION-EN-ATTENTE : pas deux fois la même personne', async () => {
    expect(regle(await inviter('jeanne-messidor', 'claire-messidor'))).toBe('MES-DELEGATION-DEJA')
    await inviter('camille-floreal', 'claire-messidor')
    expect(regle(await inviter('camille-floreal', 'claire-messidor'))).toBe('MES-DELEGATION-EN-ATTENTE')
  })

  test('MES-DELEGATION-DEJA : celle de la distribution compte', async () => {
    expect(await lignes('jeanne-messidor')).toMatchObject([{ etat: 'ACCEPTED', delegue: 'Claire Messidor' }])
  })

  test('MES-DELEGATION-EN-ATTENTE : une invitation retirée ne compte plus', async () => {
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    expect((await repondre('camille-floreal', id, 'retirer')).json()['etat']).toBe('REVOKED_BY_AIDE')
    expect((await inviter('camille-floreal', 'claire-messidor')).status).toBe(201)
  })

  test('MES-DELEGATION-AUTRE : le tuteur, le curateur, le parent ne deviennent pas aidants', async () => {
    expect(regle(await inviter('paul-prairial', 'helene-prairial', {}, 'helene-prairial'))).toBe('MES-DELEGATION-AUTRE')
    expect(regle(await inviter('felix-capucine', 'helene-prairial'))).toBe('MES-DELEGATION-AUTRE')
    expect(regle(await inviter('tom-germinal', 'sophie-germinal', {}, 'sophie-germinal'))).toBe('MES-DELEGATION-AUTRE')
  })

  test('MES-DELEGATION-3-AIDANTS : le quatrième est refusé, invitations en attente comprises', async () => {
    for (const qui of ACTIFS.slice(0, 3)) expect((await inviter('camille-floreal', qui)).status).toBe(201)
    expect(regle(await inviter('camille-floreal', ACTIFS[3]!))).toBe('MES-DELEGATION-3-AIDANTS')
    const [premiere] = await lignes('camille-floreal')
    await repondre('camille-floreal', premiere!.id, 'retirer')
    expect((await inviter('camille-floreal', ACTIFS[3]!)).status).toBe(201)
  })

  test('MES-DELEGATION-5-AIDES : la sixième personne est refusée, à l’invitation comme à l’acceptation', async () => {
    const aides = ['camille-floreal', 'sophie-germinal', 'helene-prairial', 'jean-baptiste-thermidor', 'lina-fructidor', 'felix-capucine']
    // Claire already helps Jeanne.
    for (const aide of aides.slice(0, 3)) await designer(aide, 'claire-messidor')
    const [cinquieme, sixieme] = [await inviter(aides[3]!, 'claire-messidor'), await inviter(aides[4]!, 'claire-messidor')]
    expect((await repondre('claire-messidor', cinquieme.json<{ id: string }>().id, 'accepter')).status).toBe(200)
    expect(regle(await repondre('claire-messidor', sixieme.json<{ id: string }>().id, 'accepter'))).toBe('MES-DELEGATION-5-AIDES')
    expect(regle(await inviter(aides[5]!, 'claire-messidor'))).toBe('MES-DELEGATION-5-AIDES')
  })

  test('MES-DELEGATION-EXPIREE : sans réponse en trente jours, ou selon le réglage, l’invitation ne vaut plus', async () => {
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    await monde.advance('P29D')
    expect((await lignes('claire-messidor'))[0]?.etat).toBe('PENDING')
    await monde.advance('P1D')
    expect((await lignes('claire-messidor'))[0]).toMatchObject({ etat: 'EXPIRED', actes: [] })
    expect((await dernierActe('camille-floreal'))?.texte).toBe(
      'L’invitation faite à Claire Messidor pour devenir aidant de Camille Floréal a expiré.',
    )
    expect(regle(await repondre('claire-messidor', id, 'accepter'))).toBe('MES-DELEGATION-EXPIREE')
    expect((await inviter('camille-floreal', 'claire-messidor')).status).toBe(201)
  })

  test('MES-DELEGATION-EXPIREE : un délai raccourci vaut aussitôt, un délai rallongé repousse l’échéance', async () => {
    const regler = (valeur: string) => monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-DELAI-INVITATION': valeur } })
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    await monde.advance('P10D')
    await regler('P1W')
    expect(regle(await repondre('claire-messidor', id, 'accepter'))).toBe('MES-DELEGATION-EXPIREE')
    await regler('P2M')
    await monde.advance('P40D')
    expect((await repondre('claire-messidor', id, 'accepter')).status).toBe(200)
    await monde.advance('P1Y')
    expect((await lignes('camille-floreal'))[0]?.etat).toBe('ACCEPTED')
  })

  test('MES-DELEGATION-ETAT : chacun fait ce qui lui revient, sur ses délégations seulement', async () => {
    const { id } = (await inviter('camille-floreal', 'claire-messidor')).json<{ id: string }>()
    for (const [qui, acte] of [
      ['camille-floreal', 'accepter'],
      ['claire-messidor', 'retirer'],
    ] as const)
      expect([(await repondre(qui, id, acte)).status, regle(await repondre(qui, id, acte))]).toEqual([403, 'MES-DELEGATION-ETAT'])
    expect(regle(await repondre('claire-messidor', id, 'renoncer'))).toBe('MES-DELEGATION-ETAT')
    expect((await repondre('lina-fructidor', id, 'accepter')).status).toBe(404)
    for (const acte of ['constructor', '__proto__', 'delai.invitation']) expect((await repondre('claire-messidor', id, acte)).status).toBe(404)
    expect((await repondre('claire-messidor', 'inconnue', 'accepter')).status).toBe(404)
  })

  test('ce qui est mal écrit est refusé et ne change rien', async () => {
    const claire = await traits('claire-messidor')
    for (const corps of [
      {},
      { ...claire, dateNaissance: '' },
      { ...claire, dateNaissance: '1/2/1975' },
      { ...claire, dateNaissance: 19750101 },
      { ...claire, nom: '' },
      { ...claire, nom: 'x'.repeat(81) },
      { ...claire, prenom: ['CLAIRE'] },
      { ...claire, type: 'HEALTHCARE_PROFESSIONAL' },
      { ...claire, type: { toString: 'x' } },
      { ...claire, attestation: 'oui' },
      { ...claire, matricule: 'x'.repeat(15) },
    ])
      expect([corps, (await appeler('POST', 'camille-floreal', '/delegations', { attestation: true, ...corps })).status]).toEqual([corps, 400])
    expect(await lignes('camille-floreal')).toEqual([])
  })
})

describe('mettre fin', () => {
  test('MES-DELEGATION-FIN : la titulaire retire, l’aidante est prévenue et ne lit plus rien', async () => {
    const [celle] = await lignes('jeanne-messidor')
    expect((await repondre('jeanne-messidor', celle!.id, 'retirer')).json()['etat']).toBe('REVOKED_BY_AIDE')
    expect(await codes('claire-messidor')).toContain('REVOCATION_PAR_AIDE')
    expect(regle(await appeler('GET', 'jeanne-messidor', '/documents', undefined, 'claire-messidor'))).toBe('MES-AUTEUR-LIEN')
    expect(await rattaches('claire-messidor')).toEqual([])
    expect((await dernierActe('jeanne-messidor'))?.texte).toBe('Claire Messidor n’est plus aidant.')
    expect((await inviter('jeanne-messidor', 'claire-messidor')).status).toBe(201)
  })

  test('MES-DELEGATION-FIN : l’aidante renonce, la titulaire est prévenue', async () => {
    const [celle] = await lignes('claire-messidor')
    expect((await repondre('claire-messidor', celle!.id, 'renoncer')).json()['etat']).toBe('REVOKED_BY_AIDANT')
    expect(await codes('jeanne-messidor')).toContain('REVOCATION_PAR_AIDANT')
    expect(await rattaches('claire-messidor')).toEqual([])
    const { courriers } = await lire<{ courriers: { objet: string; texte: string }[] }>('jeanne-messidor', '/boite-personnelle')
    expect(courriers[0]?.objet).toBe('Mon espace santé : du nouveau pour vos aidants')
    expect(courriers[0]?.texte).not.toContain('Claire')
  })

  test('MES-AIDANT-ACTIF : l’aidante dont le profil est fermé n’agit plus, et retrouve son accès en le rouvrant', async () => {
    await appeler('POST', 'claire-messidor', '/actes/fermer', {})
    expect(regle(await appeler('GET', 'jeanne-messidor', '/documents', undefined, 'claire-messidor'))).toBe('MES-AIDANT-ACTIF')
    expect(await rattaches('claire-messidor')).toEqual([])
    await appeler('POST', 'claire-messidor', '/actes/rouvrir', {})
    expect((await appeler('GET', 'jeanne-messidor', '/documents', undefined, 'claire-messidor')).status).toBe(200)
  })

  test('la suppression des données de l’une ou de l’autre met fin à la délégation, et l’autre est prévenue', async () => {
    const autre = await designer('camille-floreal', 'claire-messidor')
    await appeler('POST', 'jeanne-messidor', '/actes/fermer-et-supprimer', {})
    await monde.advance('P3M')
    expect(await codes('claire-messidor')).toContain('REVOCATION_PAR_AIDE')
    expect(await rattaches('claire-messidor')).toEqual(['Camille Floréal (aidant)'])
    await appeler('POST', 'jeanne-messidor', '/actes/creer', {})
    expect(await lignes('jeanne-messidor')).toEqual([])
    expect(regle(await appeler('GET', 'jeanne-messidor', '/documents', undefined, 'claire-messidor'))).toBe('MES-AUTEUR-LIEN')
    await appeler('POST', 'claire-messidor', '/actes/fermer-et-supprimer', {})
    await monde.advance('P3M')
    expect((await lignes('camille-floreal')).find(({ id }) => id === autre)?.etat).toBe('REVOKED_BY_AIDANT')
    await appeler('POST', 'claire-messidor', '/actes/creer', {})
    expect(regle(await appeler('GET', 'camille-floreal', '/documents', undefined, 'claire-messidor'))).toBe('MES-AUTEUR-LIEN')
  })
})

describe('second représentant légal', () => {
  const SECOND = { type: 'LEGAL_REPRESENTATION' }

  test('MES-DELEGATION-SECOND-RL : le premier invite et voit « en attente », le second accepte, tous deux sont prévenus', async () => {
    const invitation = await inviter('tom-germinal', 'jean-baptiste-thermidor', SECOND, 'sophie-germinal')
    expect(invitation.status).toBe(201)
    expect(await lignes('tom-germinal', 'sophie-germinal')).toMatchObject([{ etat: 'PENDING', libelle: 'En attente de réponse' }])
    const { id } = invitation.json<{ id: string }>()
    expect(regle(await repondre('jean-baptiste-thermidor', id, 'accepter', {}))).toBe('MES-DELEGATION-ATTESTATION')
    expect((await repondre('jean-baptiste-thermidor', id, 'accepter')).status).toBe(200)
    for (const prevenu of ['sophie-germinal', 'jean-baptiste-thermidor', 'tom-germinal'])
      expect(await codes(prevenu)).toContain('ACCORD_PARTAGE_PROFIL')
    expect(await rattaches('jean-baptiste-thermidor')).toEqual(['Tom Germinal (représentant légal)'])
    expect((await appeler('POST', 'tom-germinal', '/actes/fermer', {}, 'jean-baptiste-thermidor')).status).toBe(200)
    expect(depots).toEqual([])
  })

  test('MES-DELEGATION-SECOND-RL : ni un adulte ni le mineur lui-même n’en nomment un', async () => {
    const refus = await inviter('camille-floreal', 'jean-baptiste-thermidor', SECOND)
    expect([refus.status, regle(refus)]).toEqual([403, 'MES-DELEGATION-SECOND-RL'])
    expect(regle(await inviter('tom-germinal', 'jean-baptiste-thermidor', SECOND))).toBe('MES-MINEUR-REPRESENTANT')
    expect(regle(await inviter('tom-germinal', 'hugo-brumaire', SECOND, 'sophie-germinal'))).toBe('MES-DELEGATION-ACTIVE')
    expect(regle(await inviter('tom-germinal', 'sophie-germinal', SECOND, 'sophie-germinal'))).toBe('MES-DELEGATION-DEJA')
  })

  test('MES-COURRIER-ENFANT : le code du nouveau-né arrive chez son père, qui active ou s’oppose pour lui', async () => {
    expect(await rattaches('hugo-brumaire')).toEqual(['Ève Brumaire (représentant légal)'])
    expect((await appeler('POST', 'eve-brumaire', '/code-provisoire', {}, 'hugo-brumaire')).status).toBe(202)
    const { courriers } = await lire<{ courriers: { pour: string; texte: string }[] }>('hugo-brumaire', '/boite-personnelle')
    expect(courriers[0]).toMatchObject({ pour: 'Ève Brumaire', texte: expect.stringMatching(/\d{8}$/) })
    const code = /\d{8}$/.exec(courriers[0]!.texte)![0]
    const { dateNaissance } = await traits('eve-brumaire')
    expect((await appeler('POST', 'eve-brumaire', '/actes/activer', { code, dateNaissance, cgu: true }, 'hugo-brumaire')).json()).toMatchObject({
      etat: 'active',
    })
  })

  test('le père s’oppose pour elle dès qu’elle est informée', async () => {
    await monde.advance('P1M')
    expect((await appeler('POST', 'eve-brumaire', '/actes/s-opposer', {}, 'hugo-brumaire')).json()).toMatchObject({ etat: 'opposed' })
  })
})

describe('curatelle', () => {
  test('MES-PROTEGE-CURATEUR : la personne décide seule ; la curatrice n’entre que si elle l’a voulu, avec les droits d’un aidant', async () => {
    const lecture = () => appeler('GET', 'felix-capucine', '/documents', undefined, 'helene-prairial')
    expect([(await lecture()).status, regle(await lecture())]).toEqual([403, 'MES-PROTEGE-CURATEUR'])
    expect(await rattaches('helene-prairial')).toEqual(['Paul Prairial (tuteur)'])
    const ouvert = await appeler('POST', 'felix-capucine', '/delegations', { type: 'ASSISTANCE' })
    expect([ouvert.status, ouvert.json()['etat']]).toEqual([201, 'ACCEPTED'])
    expect(regle(await appeler('POST', 'felix-capucine', '/delegations', { type: 'ASSISTANCE' }))).toBe('MES-DELEGATION-DEJA')
    expect((await lecture()).status).toBe(200)
    expect(await rattaches('helene-prairial')).toEqual(['Paul Prairial (tuteur)', 'Félix Capucine (curateur)'])
    expect(regle(await appeler('POST', 'felix-capucine', '/actes/fermer', {}, 'helene-prairial'))).toBe('MES-PROTEGE-CURATEUR')
    await repondre('felix-capucine', ouvert.json<{ id: string }>().id, 'retirer')
    expect(regle(await lecture())).toBe('MES-PROTEGE-CURATEUR')
    expect((await appeler('POST', 'felix-capucine', '/actes/fermer', {})).status).toBe(200)
    expect((await appeler('POST', 'camille-floreal', '/delegations', { type: 'ASSISTANCE' })).status).toBe(404)
  })
})

describe('le document de l’interface', () => {
  test('les exemples ont les noms que le service rend vraiment', async () => {
    await inviter('camille-floreal', 'claire-messidor')
    const noms = (value: object) => Object.keys(value).sort()
    const liste = await lire<typeof EXEMPLES_DELEGATIONS.liste>('camille-floreal', '/delegations')
    expect(noms(liste)).toEqual(noms(EXEMPLES_DELEGATIONS.liste))
    expect(noms(liste.delegations[0])).toEqual(noms(EXEMPLES_DELEGATIONS.liste.delegations[0]))
    const { profils } = await lire<typeof EXEMPLES_DELEGATIONS.rattaches>('claire-messidor', '/profils-rattaches')
    expect(noms(profils[0])).toEqual(noms(EXEMPLES_DELEGATIONS.rattaches.profils[0]))
  })
})
