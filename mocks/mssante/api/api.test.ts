import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DUODI, PRIMIDI } from '../../../test/conversation-rows.ts'
import { jetonPour } from '../../../test/jetons.ts'
import { boites, cleDossier, messages } from '../store.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../../test/world.ts'

const NADIA = '397900000100017/QUARTIDI'
const SECRETARIAT = 'secretariat.calendrier@medecins.bac.mssante.fr'
const APP = 'noreply-biologie@quatre-saisons.bac.mssante.fr'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

interface Demande {
  readonly qui?: string
  readonly certificat?: string
  readonly body?: string | object
}

async function appeler(method: string, suite: string, { qui = PRIMIDI.identifiant, certificat, body }: Demande = {}): Promise<TestAnswer> {
  const droit = certificat === undefined ? { Authorization: `Bearer ${await jetonPour(monde, qui)}` } : { 'X-Sandbox-Certificat': certificat }
  return await monde.send(method, `/mssante/api${suite}`, {
    headers: { ...droit, ...(typeof body === 'string' && { 'content-type': 'message/rfc822' }) },
    ...(body !== undefined && { body }),
  })
}

const courriel = (champs: readonly string[], corps = 'Bonjour'): string => [...champs, '', corps, ''].join('\r\n')
const versDuodi = (objet = 'Avis', de = PRIMIDI.adresse): string =>
  courriel([`From: ${de}`, `To: ${DUODI.adresse}`, `Subject: ${objet}`, `Message-ID: <${objet.replace(/\W/g, '')}@bac.test>`])
const envoyer = (body = versDuodi(), demande: Demande = {}, boite = PRIMIDI.adresse) =>
  appeler('POST', `/boites/${boite}/messages`, { ...demande, body })
const regle = ({ status, text }: TestAnswer) => [status, (JSON.parse(text) as { rule?: string }).rule]

interface Liste {
  messages: { id: string; objet: string; marques: string[]; uid: number; dossier: string }[]
  dossier: { messages: number; nonLus: number; modseq: number }
}
const lister = async (boite: string, suite = '', qui = PRIMIDI.identifiant) =>
  (await appeler('GET', `/boites/${boite}/messages${suite}`, { qui })).json<Liste>()

describe('qui ouvre une boîte', () => {
  test('MSS-JETON : sans jeton, avec un jeton inconnu ou expiré, 401 et la raison', async () => {
    const sans = await monde.send('GET', '/mssante/api/boites')
    expect([...regle(sans), sans.headers['www-authenticate']]).toEqual([401, 'MSS-JETON', 'Bearer realm="mssante"'])
    const faux = await monde.send('GET', '/mssante/api/boites', { headers: { Authorization: 'Bearer n-importe-quoi' } })
    expect([...regle(faux), faux.headers['www-authenticate']]).toEqual([401, 'MSS-JETON', 'Bearer realm="mssante", error="invalid_token"'])
    const jeton = await jetonPour(monde, PRIMIDI.identifiant)
    await monde.advance('PT10M')
    const tard = await monde.send('GET', '/mssante/api/boites', { headers: { Authorization: `Bearer ${jeton}` } })
    expect([...regle(tard), tard.text.includes('expiré')]).toEqual([401, 'MSS-JETON', true])
  })

  test('MSS-BAL-TITULAIRE : le médecin voit ses boîtes et celles qu’il partage, la secrétaire celle qu’on lui délègue', async () => {
    const siennes = async (qui: string) =>
      (await appeler('GET', '/boites', { qui })).json<{ boites: { adresse: string }[] }>().boites.map(({ adresse }) => adresse)
    expect(await siennes(PRIMIDI.identifiant)).toEqual(expect.arrayContaining([PRIMIDI.adresse, SECRETARIAT]))
    expect(await siennes(NADIA)).toEqual([SECRETARIAT])
    expect(regle(await appeler('GET', `/boites/${PRIMIDI.adresse}`, { qui: NADIA }))).toEqual([403, 'MSS-BAL-TITULAIRE'])
    expect(regle(await appeler('GET', '/boites/personne@medecins.bac.mssante.fr'))).toEqual([403, 'MSS-BAL-TITULAIRE'])
  })

  test('MSS-BAL-APP-CERTIFICAT : la boîte applicative s’ouvre avec le certificat de sa structure, pas avec un jeton', async () => {
    const { boites } = (await monde.send('GET', '/mssante/bac/boites')).json<{ boites: { adresse: string }[] }>()
    expect(boites.map(({ adresse }) => adresse)).toContain(APP)
    const structure = (await monde.world.ask.boitesMss()).find(({ adresse }) => adresse === APP)!.structure
    expect((await appeler('GET', `/boites/${APP}`, { certificat: structure })).status).toBe(200)
    expect(regle(await appeler('GET', `/boites/${APP}`, { certificat: '397900000999999' }))).toEqual([403, 'MSS-BAL-APP-CERTIFICAT'])
    expect(regle(await appeler('GET', `/boites/${APP}`))).toEqual([403, 'MSS-BAL-APP-CERTIFICAT'])
    expect(regle(await appeler('GET', `/boites/${PRIMIDI.adresse}`, { certificat: structure }))).toEqual([403, 'MSS-BAL-APP-CERTIFICAT'])
  })

  test('MSS-OPERATEUR-CONFORME : la boîte d’un opérateur non conforme ne s’ouvre pas', async () => {
    expect(regle(await appeler('GET', '/boites/claire.primidi@ancien.bac.mssante.fr'))).toEqual([403, 'MSS-OPERATEUR-CONFORME'])
  })

  test('MSS-BAC-OPERATEUR : fermée par son opérateur, une boîte ne s’ouvre plus et ne reçoit plus', async () => {
    expect((await monde.send('PATCH', `/mssante/bac/boites/${DUODI.adresse}`, { body: { fermee: true } })).status).toBe(200)
    expect(regle(await appeler('GET', `/boites/${DUODI.adresse}`, { qui: DUODI.identifiant }))).toEqual([403, 'MSS-BAL-FERMEE'])
    expect(regle(await envoyer())).toEqual([422, 'MSS-BAL-FERMEE'])
    expect((await monde.send('PATCH', `/mssante/bac/boites/${DUODI.adresse}`, { body: { fermee: 'oui' } })).status).toBe(400)
    expect((await monde.send('PATCH', '/mssante/bac/boites/personne@nulle.part', { body: {} })).status).toBe(404)
  })
})

describe('envoyer', () => {
  test('MSS-EXPEDITEUR-PROPRE : From est la boîte d’où l’on envoie, seule', async () => {
    expect((await envoyer()).status).toBe(202)
    for (const faux of [versDuodi('a', DUODI.adresse), versDuodi('b', `${PRIMIDI.adresse}, ${DUODI.adresse}`), courriel([`To: ${DUODI.adresse}`])])
      expect(regle(await envoyer(faux))).toEqual([422, 'MSS-EXPEDITEUR-PROPRE'])
    expect((await lister(DUODI.adresse, '', DUODI.identifiant)).messages).toHaveLength(1)
  })

  test('MSS-LISTE-BLANCHE : ni d’un domaine hors de la liste, ni vers lui', async () => {
    expect(regle(await envoyer(courriel([`From: ${PRIMIDI.adresse}`, 'To: ami@gmail.example'])))).toEqual([422, 'MSS-HORS-ESPACE'])
    await monde.world.atomically(async (inside) => {
      const { domaines } = await import('../store.ts')
      const domaine = (await inside.store.get(domaines, 'medecins.bac.mssante.fr'))!
      await inside.store.put(domaines, { ...domaine, listeBlanche: false })
    })
    expect(regle(await envoyer())).toEqual([422, 'MSS-LISTE-BLANCHE'])
  })

  test('MSS-TAILLE, MSS-BAL-PLEINE : trop gros pour l’opérateur, ou boîte pleine, rien ne part', async () => {
    expect(regle(await envoyer(versDuodi() + 'x'.repeat(10_000_001)))).toEqual([422, 'MSS-TAILLE'])
    await monde.send('PATCH', `/mssante/bac/boites/${PRIMIDI.adresse}`, { body: { quota: 10 } })
    expect(regle(await envoyer())).toEqual([422, 'MSS-BAL-PLEINE'])
    expect((await lister(DUODI.adresse, '', DUODI.identifiant)).messages).toEqual([])
  })

  test('MSS-NON-REMIS : sans destinataire, ou vers une boîte inconnue, l’expéditeur apprend pourquoi', async () => {
    expect(regle(await envoyer(courriel([`From: ${PRIMIDI.adresse}`, 'Subject: rien'])))).toEqual([422, 'MSS-NON-REMIS'])
    const ailleurs = await envoyer(courriel([`From: ${PRIMIDI.adresse}`, 'To: inconnu@decade.bac.mssante.fr']))
    expect(ailleurs.json()).toMatchObject({ remis: [], nonRemis: [{ smtp: '550 5.1.1', rule: 'MSS-NON-REMIS' }] })
    expect((await lister(PRIMIDI.adresse)).messages[0]).toMatchObject({ objet: 'Message non distribué' })
  })

  test('les destinataires en copie cachée reçoivent et ne sont pas montrés ; la copie reste dans Sent', async () => {
    const secret = courriel([
      `From: ${PRIMIDI.adresse}`,
      `To: ${DUODI.adresse}`,
      `bcc: ${SECRETARIAT},`,
      ' elise.tridi@medecins.bac.mssante.fr',
      'Subject: Caché',
    ])
    expect((await envoyer(secret)).json<{ remis: string[] }>().remis).toHaveLength(3)
    const { messages } = await lister(SECRETARIAT)
    const source = await appeler('GET', `/boites/${SECRETARIAT}/messages/${messages[0]!.id}`)
    expect(source.headers['content-type']).toBe('message/rfc822')
    expect(source.text).not.toMatch(/bcc|tridi/i)
    expect(source.text).toContain('Subject: Cach')
    expect((await lister(PRIMIDI.adresse, '?dossier=Sent')).messages).toMatchObject([{ objet: 'Caché', marques: ['\\Seen'] }])
  })
})

describe('lire et ranger', () => {
  test('opening a mailbox while messages come loses nothing of what it holds', async () => {
    const envois = Array.from({ length: 20 }, (_, n) => envoyer(versDuodi(`Avis ${n}`)))
    const ouvertures = Array.from({ length: 20 }, () => appeler('GET', `/boites/${DUODI.adresse}`, { qui: DUODI.identifiant }))
    await Promise.all([...envois, ...ouvertures])
    const tous = await monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(DUODI.adresse, 'INBOX')], limit: 100 })
    expect(tous).toHaveLength(20)
    expect((await monde.world.store.get(boites, DUODI.adresse))!.octets).toBe(tous.reduce((total, { taille }) => total + taille, 0))
  })

  test('les messages se listent par page, se cherchent, se marquent, se rangent et se suppriment', async () => {
    for (let n = 1; n <= 5; n++) await envoyer(versDuodi(`Avis ${n}`))
    const duodi = (suite: string) => lister(DUODI.adresse, suite, DUODI.identifiant)
    const page = await duodi('?limite=2')
    expect(page.messages.map(({ objet }) => objet)).toEqual(['Avis 5', 'Avis 4'])
    expect((await duodi(`?limite=2&avant=${page.messages[1]!.uid}`)).messages.map(({ objet }) => objet)).toEqual(['Avis 3', 'Avis 2'])
    expect((await duodi('?cherche=avis%203')).messages.map(({ objet }) => objet)).toEqual(['Avis 3'])
    const { id } = page.messages[0]!
    const changer = (body: object) => appeler('PATCH', `/boites/${DUODI.adresse}/messages/${id}`, { qui: DUODI.identifiant, body })
    expect((await changer({ ajouter: ['\\Seen', '$Traite'] })).json()).toMatchObject({ marques: ['\\Seen', '$Traite'] })
    expect((await duodi('?nonLus=true')).messages).toHaveLength(4)
    expect((await appeler('POST', `/boites/${DUODI.adresse}/dossiers`, { qui: DUODI.identifiant, body: { nom: 'À revoir' } })).status).toBe(201)
    const range = (await changer({ dossier: 'À revoir' })).json<{ id: string; dossier: string }>()
    expect(range.dossier).toBe('À revoir')
    expect((await duodi('')).messages).toHaveLength(4)
    const oter = (un: string) => appeler('DELETE', `/boites/${DUODI.adresse}/messages/${un}`, { qui: DUODI.identifiant })
    expect((await oter(range.id)).status).toBe(204)
    const [jete] = (await duodi('?dossier=Trash')).messages
    expect((await oter(jete!.id)).status).toBe(204)
    expect((await duodi('?dossier=Trash')).messages).toEqual([])
    expect((await appeler('DELETE', `/boites/${DUODI.adresse}/dossiers/${encodeURIComponent('À revoir')}`, { qui: DUODI.identifiant })).status).toBe(
      204,
    )
    expect((await appeler('DELETE', `/boites/${DUODI.adresse}/dossiers/INBOX`, { qui: DUODI.identifiant })).status).toBe(400)
  })

  test('les événements d’un dossier reprennent où l’on s’était arrêté', async () => {
    const depuis = async (modseq: number) =>
      (await appeler('GET', `/boites/${DUODI.adresse}/evenements?depuis=${modseq}`, { qui: DUODI.identifiant })).json<Liste & { jusqua: number }>()
    await envoyer(versDuodi('Un'))
    const premier = await depuis(0)
    expect(premier.messages.map(({ objet }) => objet)).toEqual(['Un'])
    expect((await depuis(premier.jusqua)).messages).toEqual([])
    await envoyer(versDuodi('Deux'))
    expect((await depuis(premier.jusqua)).messages.map(({ objet }) => objet)).toEqual(['Deux'])
  })

  test('une demande qui n’a pas de sens est refusée et ne change rien', async () => {
    await envoyer()
    const [message] = (await lister(DUODI.adresse, '', DUODI.identifiant)).messages
    const un = `/boites/${DUODI.adresse}/messages/${message!.id}`
    for (const body of [{ ajouter: 'x' }, { ajouter: ['a b'] }, { ajouter: ['\\Recent'] }, { dossier: 3 }, []])
      expect((await appeler('PATCH', un, { qui: DUODI.identifiant, body })).status).toBe(400)
    expect((await appeler('PATCH', un, { qui: DUODI.identifiant, body: { dossier: 'Nulle part' } })).status).toBe(404)
    for (const suite of ['?limite=0', '?limite=201', '?avant=x', `?cherche=${'x'.repeat(101)}`])
      expect((await appeler('GET', `/boites/${DUODI.adresse}/messages${suite}`, { qui: DUODI.identifiant })).status).toBe(400)
    expect((await appeler('GET', `/boites/${DUODI.adresse}/messages?dossier=Autre`, { qui: DUODI.identifiant })).status).toBe(404)
    expect((await appeler('GET', `/boites/${PRIMIDI.adresse}/messages/${message!.id}`)).status).toBe(404)
    expect((await appeler('POST', `/boites/${DUODI.adresse}/dossiers`, { qui: DUODI.identifiant, body: { nom: 'a*' } })).status).toBe(400)
    expect((await lister(DUODI.adresse, '', DUODI.identifiant)).messages).toEqual([message])
  })

  test('un brouillon se dépose dans un dossier sans partir', async () => {
    expect((await appeler('POST', `/boites/${PRIMIDI.adresse}/dossiers/Drafts/messages`, { body: versDuodi('Brouillon') })).status).toBe(201)
    expect((await lister(PRIMIDI.adresse, '?dossier=Drafts')).messages).toMatchObject([{ objet: 'Brouillon' }])
    expect((await lister(DUODI.adresse, '', DUODI.identifiant)).messages).toEqual([])
  })
})
