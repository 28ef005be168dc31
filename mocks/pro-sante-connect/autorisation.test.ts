import { afterEach, beforeEach, expect, test } from 'vitest'
import { ADRESSES_PSC, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { CONNEXION } from './autorisation.ts'
import type { ReponseJeton } from './jetons.ts'

const PRIMIDI = '899700979001'
const RETOUR = 'https://editeur.example/retour?ecran=1'
const VERIFIER = 'a'.repeat(43)
/** SHA-256 of the verifier, base64url, computed apart. */
const DEFI = 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

type Champs = Record<string, string>

const demande: Champs = { response_type: 'code', client_id: 'logiciel', redirect_uri: RETOUR, scope: 'openid scope_all', state: 'é&"<' }

const formulaire = (path: string, champs: Champs): Promise<TestAnswer> =>
  monde.send('POST', path, {
    body: new URLSearchParams(champs).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

const autoriser = (champs: Champs = {}) => monde.send('GET', `${ADRESSES_PSC.autorisation}?${new URLSearchParams({ ...demande, ...champs })}`)
const repondre = (champs: Champs = {}) => formulaire(CONNEXION, { ...demande, identifiant: PRIMIDI, geste: 'connecter', essais: '0', ...champs })
const echanger = (champs: Champs) =>
  formulaire(ADRESSES_PSC.jeton, {
    grant_type: 'authorization_code',
    client_id: 'logiciel',
    client_secret: SECRET_DU_BAC_A_SABLE,
    redirect_uri: RETOUR,
    ...champs,
  })

const retourDe = (answer: TestAnswer): URLSearchParams => new URL(answer.headers['location'] ?? 'about:blank').searchParams

async function codeDe(champs: Champs = {}): Promise<string> {
  const code = retourDe(await repondre(champs)).get('code')
  if (code === null) throw new Error('no code')
  return code
}

const regler = (reglages: Record<string, unknown>) => monde.send('PATCH', '/_sandbox/settings', { body: reglages })

test('the page offers every fictive person who has a name, without script and marked as a simulation', async () => {
  const page = await autoriser({ client_id: '<script>alert(1)</script>' })
  expect(page.status).toBe(200)
  expect(page.text).toContain('Dr Claire Primidi')
  expect(page.text).toContain('Nadia Quartidi')
  expect(page.text).not.toContain('carte sans nom')
  expect(page.text).toContain('Simulation')
  expect(page.text).not.toContain('<script')
  expect(page.headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' https://editeur.example; base-uri 'none'; frame-ancestors 'self'",
  )
})

test('the answer keeps the query of redirect_uri and the state', async () => {
  const { headers } = await repondre()
  const url = new URL(headers['location']!)
  expect(url.origin + url.pathname).toBe('https://editeur.example/retour')
  expect(url.searchParams.get('ecran')).toBe('1')
  expect(url.searchParams.get('state')).toBe('é&"<')
})

test('PSC-REFUS : who refuses, or fails three times at the code, gives nothing', async () => {
  expect(retourDe(await repondre({ geste: 'refuser' })).get('error')).toBe('access_denied')
  const premier = await repondre({ geste: 'mauvais-code' })
  expect(premier.text).toContain('Il reste 2 essais')
  expect(premier.text).toContain('name="essais" value="1"')
  expect((await repondre({ geste: 'mauvais-code', essais: '1' })).text).toContain('Il reste un essai')
  const bloque = retourDe(await repondre({ geste: 'mauvais-code', essais: '2' }))
  expect(bloque.get('error')).toBe('access_denied')
  expect(bloque.has('code')).toBe(false)
})

test('PSC-REDIRECTION : nobody is sent to an address that is none, nor to another one than asked for', async () => {
  for (const redirect_uri of [
    '',
    '/retour',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://a.example/#f',
    'https://moi:secret@a.example/',
    'https://a.example;script-src x/',
    'exemple://retour',
    `https://a.example/${'x'.repeat(2_000)}`,
  ])
    for (const answer of [await autoriser({ redirect_uri }), await repondre({ redirect_uri })]) {
      expect([redirect_uri, answer.status]).toEqual([redirect_uri, 400])
      expect(answer.headers).not.toHaveProperty('location')
    }
  expect((await repondre({ redirect_uri: 'fr.editeur.logiciel:/retour' })).headers['location']).toMatch(/^fr\.editeur\.logiciel:\/retour\?code=/)
  expect((await echanger({ code: await codeDe(), redirect_uri: 'https://editeur.example/autre' })).json()).toMatchObject({ error: 'invalid_grant' })
})

test('what the request asks and is not done here is told at redirect_uri', async () => {
  for (const [champs, error] of [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'form_post' }, 'invalid_request'],
    [{ request: 'x.y.z' }, 'request_not_supported'],
    [{ request_uri: 'https://a.example' }, 'request_uri_not_supported'],
    [{ nonce: 'n'.repeat(2_001) }, 'invalid_request'],
    [{ prompt: 'none' }, 'login_required'],
    [{ code_challenge: 'court' }, 'invalid_request'],
    [{ code_challenge: DEFI, code_challenge_method: 'S512' }, 'invalid_request'],
  ] as const) {
    const retour = retourDe(await autoriser(champs))
    expect([champs, retour.get('error')]).toEqual([champs, error])
    expect(retour.get('error_description')).toMatch(/^[\x20-\x7e]+$/)
    expect(retour.get('state')).toBe('é&"<')
  }
})

test('PSC-SCOPE : a request without openid is refused', async () => {
  for (const scope of ['', 'scope_all', 'openid "']) expect(retourDe(await autoriser({ scope })).get('error')).toBe('invalid_scope')
})

test('huge or doubled parameters are refused before anything is read of them', async () => {
  expect((await autoriser({ state: 'x'.repeat(9_000) })).status).toBe(400)
  expect((await monde.send('GET', `${ADRESSES_PSC.autorisation}?${new URLSearchParams(demande)}&client_id=autre`)).status).toBe(400)
  expect((await repondre({ state: 'x'.repeat(20_000) })).status).toBe(400)
  expect((await autoriser({ client_id: 'x'.repeat(101) })).status).toBe(400)
  expect((await echanger({ code: 'x'.repeat(20_000) })).json()).toMatchObject({ error: 'invalid_request' })
  expect((await echanger({ code: '../../x' })).json()).toMatchObject({ error: 'invalid_grant' })
})

test('PSC-PKCE : only the verifier that answers the challenge, S256 or plain, gives the tokens', async () => {
  const s256 = { code_challenge: DEFI, code_challenge_method: 'S256' }
  const code = await codeDe(s256)
  for (const code_verifier of ['b'.repeat(43), DEFI, 'a'.repeat(42), 'é'.repeat(43), 'a'.repeat(129)])
    expect((await echanger({ code, code_verifier })).json()).toMatchObject({ error: 'invalid_grant' })
  expect((await echanger({ code })).json()).toMatchObject({ error: 'invalid_grant' })
  expect((await echanger({ code, code_verifier: VERIFIER })).status).toBe(200)
  expect((await echanger({ code: await codeDe({ code_challenge: VERIFIER }), code_verifier: VERIFIER })).status).toBe(200)
  expect((await echanger({ code: await codeDe(), code_verifier: VERIFIER })).json()).toMatchObject({ error: 'invalid_grant' })
})

test('PSC-CODE-UNIQUE : a code used again ends the session it opened; after a minute it is worth nothing', async () => {
  const code = await codeDe()
  const { access_token } = (await echanger({ code })).json<ReponseJeton>()
  expect(await monde.world.ask.identiteDuJeton(access_token)).toMatchObject({ identifiant: PRIMIDI })
  expect((await echanger({ code, client_id: 'autre' })).json()).toMatchObject({ error: 'invalid_grant' })
  expect(await monde.world.ask.identiteDuJeton(access_token)).toMatchObject({ identifiant: PRIMIDI })
  expect((await echanger({ code })).json()).toMatchObject({ error: 'invalid_grant' })
  expect(await monde.world.ask.identiteDuJeton(access_token)).toBe('inconnu')
  const tard = await codeDe()
  await monde.advance('PT60S')
  expect((await echanger({ code: tard })).json()).toMatchObject({ error: 'invalid_grant' })
})

test('PSC-CLIENT, PSC-CLIENT-PUBLIC : a wrong secret is refused; without secret, only a code with PKCE', async () => {
  expect((await echanger({ code: await codeDe(), client_secret: 'faux' })).status).toBe(401)
  const sans = (champs: Champs) =>
    formulaire(ADRESSES_PSC.jeton, { grant_type: 'authorization_code', client_id: 'logiciel', redirect_uri: RETOUR, ...champs })
  expect((await sans({ code: await codeDe() })).json()).toMatchObject({ error: 'invalid_grant' })
  const s256 = { code_challenge: DEFI, code_challenge_method: 'S256' }
  const premier = (await sans({ code: await codeDe(s256), code_verifier: VERIFIER })).json<ReponseJeton>()
  expect(await monde.world.ask.identiteDuJeton(premier.access_token)).toMatchObject({ identifiant: PRIMIDI })
  const confidentiel = (await echanger({ code: await codeDe() })).json<ReponseJeton>()
  const renouveler = (refresh_token: string) => formulaire(ADRESSES_PSC.jeton, { grant_type: 'refresh_token', client_id: 'logiciel', refresh_token })
  expect((await renouveler(confidentiel.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' })
  expect((await renouveler(premier.refresh_token)).status).toBe(200)
  expect((await formulaire(ADRESSES_PSC.ciba, { client_id: 'logiciel', scope: 'openid', login_hint: PRIMIDI, binding_message: '00' })).status).toBe(
    401,
  )
  expect((await formulaire(ADRESSES_PSC.introspection, { client_id: 'logiciel', token: 'x' })).status).toBe(401)
})

test('with the setting, a request that names somebody skips the page', async () => {
  await regler({ 'PSC-SANS-PAGE': true })
  expect(retourDe(await autoriser({ login_hint: PRIMIDI })).has('code')).toBe(true)
  expect(retourDe(await autoriser({ login_hint: '899700979999' })).get('error')).toBe('access_denied')
  expect((await autoriser()).status).toBe(200)
})
