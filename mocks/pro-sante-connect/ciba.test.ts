import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ADRESSES_PSC, GRANT_CIBA, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { mondeDuJeton } from '#standards/psc/jeton.ts'
import { jetonPour } from '../../test/jetons.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../test/world.ts'
import type { ReponseJeton } from './jetons.ts'

const PRIMIDI = '899700979001'
const QUARTIDI = '397900000100017/QUARTIDI'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const envoyer = (path: string, champs: Record<string, string>): Promise<TestAnswer> =>
  monde.send('POST', path, {
    body: new URLSearchParams({ client_id: 'logiciel', client_secret: SECRET_DU_BAC_A_SABLE, ...champs }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

const demander = (champs: Record<string, string> = {}) =>
  envoyer(ADRESSES_PSC.ciba, { scope: 'openid scope_all', login_hint: PRIMIDI, binding_message: '42', ...champs })

const reprendre = (auth_req_id: string) => envoyer(ADRESSES_PSC.jeton, { grant_type: GRANT_CIBA, auth_req_id })

async function connecter(champs: Record<string, string> = {}): Promise<ReponseJeton> {
  const { auth_req_id } = (await demander(champs)).json<{ auth_req_id: string }>()
  return (await reprendre(auth_req_id)).json<ReponseJeton>()
}

const identite = (jeton: string) => monde.world.ask.identiteDuJeton(jeton)

test('two calls give a token that says who the professional is', async () => {
  const { access_token, expires_in } = await connecter()
  expect(expires_in).toBe(240)
  expect(mondeDuJeton(access_token)).toBe('default')
  expect(await identite(access_token)).toEqual({ identifiant: PRIMIDI, nom: 'Dr Claire PRIMIDI', expireLe: monde.world.now() + 240_000 })
})

test('PSC-IDENTITE-CONNUE : an employee registered by the structure is known, a card without a name and a stranger are not', async () => {
  expect(await identite((await connecter({ login_hint: QUARTIDI })).access_token)).toMatchObject({ identifiant: QUARTIDI, nom: 'Nadia QUARTIDI' })
  for (const login_hint of ['397900000100017/ACCUEIL1', '899700979999', ''])
    expect((await demander({ login_hint })).json()).toMatchObject({ error: 'unknown_user_id' })
})

test('PSC-JETON-COURT : after its four minutes a token is expired', async () => {
  const jeton = await jetonPour(monde, PRIMIDI)
  await monde.advance('PT239S')
  expect(await identite(jeton)).toMatchObject({ identifiant: PRIMIDI })
  await monde.advance('PT1S')
  expect(await identite(jeton)).toBe('expiré')
})

test('PSC-CIBA-LIAISON : the binding message has two digits', async () => {
  for (const binding_message of ['', '1', '100', 'ab', '٤٢'])
    expect((await demander({ binding_message })).json()).toMatchObject({ error: 'invalid_binding_message' })
})

test('PSC-RENOUVELLEMENT-UNIQUE : a refresh token gives new tokens once; given twice it ends the session', async () => {
  const premier = await connecter()
  const renouveler = (refresh_token: string) => envoyer(ADRESSES_PSC.jeton, { grant_type: 'refresh_token', refresh_token })
  const second = (await renouveler(premier.refresh_token)).json<ReponseJeton>()
  expect(await identite(second.access_token)).toMatchObject({ identifiant: PRIMIDI })
  expect((await renouveler(premier.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' })
  expect(await identite(second.access_token)).toBe('inconnu')
  expect((await renouveler(second.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' })
})

test('a token of another world is unknown', async () => {
  const jeton = await jetonPour(await monde.sandbox.open('ailleurs'), PRIMIDI)
  expect(mondeDuJeton(jeton)).toBe('ailleurs')
  expect(await identite(jeton)).toBe('inconnu')
})

describe('with somebody at the e-CPS', () => {
  beforeEach(() => monde.send('PATCH', '/_sandbox/settings', { body: { 'PSC-CIBA-ACCEPTATION': 'manuelle' } }))

  const attendre = async (): Promise<string> => (await demander()).json<{ auth_req_id: string }>().auth_req_id
  const erreur = async (id: string) => (await reprendre(id)).json()['error']

  test('PSC-CIBA-DELAI : after 120 seconds without an answer the request is over', async () => {
    const id = await attendre()
    await monde.advance('PT119S')
    expect(await erreur(id)).toBe('authorization_pending')
    await monde.advance('PT1S')
    expect(await erreur(id)).toBe('expired_token')
    expect((await monde.send('POST', `/psc/api/demandes/${id}/accepter`)).status).toBe(409)
    expect(await erreur(id)).toBe('expired_token')
  })

  test('PSC-CIBA-RYTHME : a client in haste is told to slow down', async () => {
    const id = await attendre()
    expect(await erreur(id)).toBe('authorization_pending')
    await monde.advance('PT1S')
    expect(await erreur(id)).toBe('slow_down')
    await monde.advance('PT2S')
    expect(await erreur(id)).toBe('authorization_pending')
  })

  test('PSC-CIBA-REFUS : refused on the e-CPS, no token is given', async () => {
    const id = await attendre()
    expect((await monde.send('POST', `/psc/api/demandes/${id}/refuser`)).status).toBe(200)
    expect(await erreur(id)).toBe('access_denied')
    expect((await monde.send('POST', `/psc/api/demandes/${id}/accepter`)).status).toBe(409)
  })

  test('the page shows the two digits and takes the answer; the tokens are given once, to who asked', async () => {
    const id = await attendre()
    const page = await monde.send('GET', '/psc/ecps')
    expect(page.text).toContain('Accepter 42')
    expect(page.text).toContain('Dr Claire PRIMIDI')
    const repondre = (demande: string) =>
      monde.send('POST', '/psc/ecps', { body: `geste=accepter&demande=${demande}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect((await repondre('autre')).text).toContain('attend plus')
    expect((await repondre(id)).text).toContain('Demande 42 acceptée')
    expect((await envoyer(ADRESSES_PSC.jeton, { grant_type: GRANT_CIBA, auth_req_id: id, client_id: 'autre' })).json()).toMatchObject({
      error: 'invalid_grant',
    })
    expect((await reprendre(id)).status).toBe(200)
    expect(await erreur(id)).toBe('invalid_grant')
  })
})
