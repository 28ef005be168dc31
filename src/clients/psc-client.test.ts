import { afterEach, beforeEach, expect, test } from 'vitest'
import { fetchOn } from '../../test/world-fetch.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { PscClient, type SessionPro } from './psc-client.ts'

const PRIMIDI = '899700979001'

let monde: TestWorld
let appels: string[]
let temps: number
let client: PscClient

beforeEach(async () => {
  monde = await createTestWorld()
  appels = []
  temps = 0
  const direct = fetchOn(monde.sandbox)
  const fetch: typeof globalThis.fetch = (input, init) => {
    appels.push(String(input).split('/').at(-1)!)
    return direct(input, init)
  }
  client = new PscClient({ base: '', fetch }, { chronometre: () => temps, attendre: async () => await monde.advance('PT2S') })
})
afterEach(() => monde.close())

async function ouvrir(): Promise<SessionPro> {
  const session = await client.connecter(PRIMIDI)
  if ('issue' in session) throw new Error(session.texte)
  return session
}

const jetonDe = async (session: SessionPro, refuse?: string): Promise<string> => {
  const jeton = await session.jeton(refuse)
  if (typeof jeton !== 'string') throw new Error(jeton.texte)
  return jeton
}

test('connects in two calls, and gives the same token without a call while it is fresh', async () => {
  const session = await ouvrir()
  const jeton = await jetonDe(session)
  expect(await jetonDe(session)).toBe(jeton)
  expect(appels).toEqual(['auth', 'token'])
  expect(await monde.world.ask.identiteDuJeton(jeton)).toMatchObject({ identifiant: PRIMIDI })
})

test('renews shortly before the end, once for all who ask', async () => {
  const session = await ouvrir()
  const avant = await jetonDe(session)
  temps = 211_000
  const [un, deux] = await Promise.all([jetonDe(session), jetonDe(session)])
  expect(un).not.toBe(avant)
  expect(deux).toBe(un)
  expect(appels).toEqual(['auth', 'token', 'token'])
})

test('asks for another token when the one it gave was refused', async () => {
  const session = await ouvrir()
  const avant = await jetonDe(session)
  await monde.send('POST', '/psc/api/expire')
  expect(await monde.world.ask.identiteDuJeton(avant)).toBe('expiré')
  const apres = await jetonDe(session, avant)
  expect(await monde.world.ask.identiteDuJeton(apres)).toMatchObject({ identifiant: PRIMIDI })
})

test('waits for the e-CPS, with the digits on both screens', async () => {
  await monde.send('PATCH', '/_sandbox/settings', { body: { 'PSC-CIBA-ACCEPTATION': 'manuelle' } })
  let montree = ''
  let attentes = 0
  const patient = new PscClient(
    { base: '', fetch: fetchOn(monde.sandbox) },
    {
      async attendre() {
        attentes += 1
        await monde.advance('PT2S')
        const { demandes } = (await monde.send('GET', '/psc/api/demandes')).json<{ demandes: { id: string; liaison: string }[] }>()
        expect(demandes.map(({ liaison }) => liaison)).toEqual([montree])
        if (attentes === 2) await monde.send('POST', `/psc/api/demandes/${demandes[0]!.id}/accepter`)
      },
    },
  )
  const session = await patient.connecter(PRIMIDI, { montrer: (liaison) => (montree = liaison) })
  expect('jeton' in session).toBe(true)
  expect(attentes).toBe(2)
})

test('says why nobody is connected', async () => {
  expect(await client.connecter('899700979999')).toMatchObject({ issue: 'refus', code: 'unknown_user_id' })
  await monde.send('PATCH', '/_sandbox/settings', { body: { 'PSC-CIBA-ACCEPTATION': 'manuelle' } })
  expect(await client.connecter(PRIMIDI)).toMatchObject({ issue: 'refus', code: 'expired_token' })
  await monde.send('POST', '/_sandbox/faults', { body: { kind: 'protocol', name: 'psc-indisponible' } })
  expect(await client.connecter(PRIMIDI)).toMatchObject({ issue: 'panne' })
})

test('once ended, by itself or by the sandbox, a session gives no token', async () => {
  const session = await ouvrir()
  const jeton = await jetonDe(session)
  await session.finir()
  expect(await session.jeton()).toMatchObject({ issue: 'refus', code: 'session_finie' })
  expect(await monde.world.ask.identiteDuJeton(jeton)).toBe('inconnu')
  const autre = await ouvrir()
  const dernier = await jetonDe(autre)
  await monde.send('POST', '/psc/api/expire', { body: { identifiant: PRIMIDI, quoi: 'sessions' } })
  expect(await autre.jeton(dernier)).toMatchObject({ issue: 'refus', code: 'invalid_grant' })
  expect(await autre.jeton()).toMatchObject({ issue: 'refus', code: 'invalid_grant' })
})
