import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../mocks/server.ts'
import { ROYAUME, SECRET_DU_BAC_A_SABLE } from '../../src/standards/psc/adresses.ts'

const PRIMIDI = '899700979001'
const RETOUR = 'http://localhost:5555/retour'

let server: RunningServer
let emetteur: string
const bugs: unknown[] = []
beforeAll(async () => {
  server = await startServer({ port: 0, onBug: (error) => bugs.push(error) })
  emetteur = `${server.origin}/w/atelier${ROYAUME}`
})
afterAll(() => server.stop())
afterEach(() => {
  const [bug] = bugs.splice(0)
  if (bug) throw bug
})

const decouvrir = (auth: client.ClientAuth): Promise<client.Configuration> =>
  client.discovery(new URL(emetteur), 'editeur', undefined, auth, { execute: [client.allowInsecureRequests] })

const sansEntites = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** Opens the page as a browser does, ticks a person and presses a button; gives back where the browser is sent. */
async function passerLaPage(adresse: URL, identifiant: string, geste: string): Promise<URL> {
  const page = await fetch(adresse, { redirect: 'manual' })
  expect(page.status).toBe(200)
  const html = await page.text()
  const action = sansEntites(/<form method="post" action="([^"]+)"/.exec(html)![1]!)
  const champs = new URLSearchParams()
  for (const [, nom, valeur] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) champs.set(nom!, sansEntites(valeur!))
  expect(html).toContain(`name="identifiant" value="${identifiant}"`)
  champs.set('identifiant', identifiant)
  champs.set('geste', geste)
  const retour = await fetch(action, { method: 'POST', body: champs, redirect: 'manual' })
  expect(retour.status).toBe(303)
  return new URL(retour.headers.get('location')!)
}

async function demander(config: client.Configuration, methode: 'S256' | 'plain') {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const expectedState = client.randomState()
  const expectedNonce = client.randomNonce()
  const adresse = client.buildAuthorizationUrl(config, {
    redirect_uri: RETOUR,
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    code_challenge: methode === 'plain' ? pkceCodeVerifier : await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: methode,
    state: expectedState,
    nonce: expectedNonce,
  })
  return { adresse, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } }
}

describe('openid-client, a stock client, over a real port', () => {
  for (const [titre, auth] of [
    ['secret by Basic', client.ClientSecretBasic(SECRET_DU_BAC_A_SABLE)],
    ['secret in the form', client.ClientSecretPost(SECRET_DU_BAC_A_SABLE)],
    ['public client', client.None()],
  ] as const)
    test(`connects by code with PKCE, reads who it is, renews and ends the session: ${titre}`, async () => {
      const config = await decouvrir(auth)
      const { adresse, checks } = await demander(config, 'S256')
      const retour = await passerLaPage(adresse, PRIMIDI, 'connecter')
      const jetons = await client.authorizationCodeGrant(config, retour, checks)
      const { sub } = jetons.claims()!
      expect(await client.fetchUserInfo(config, jetons.access_token, sub)).toMatchObject({ SubjectNameID: PRIMIDI, family_name: 'PRIMIDI' })

      const { payload } = await jwtVerify(jetons.access_token, createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri!)), {
        issuer: emetteur,
        audience: 'editeur',
        typ: 'at+jwt',
      })
      expect(payload).toMatchObject({ preferred_username: PRIMIDI, client_id: 'editeur' })

      const suite = await client.refreshTokenGrant(config, jetons.refresh_token!)
      expect(suite.access_token).not.toBe(jetons.access_token)
      const fin = client.buildEndSessionUrl(config, { id_token_hint: suite.id_token!, post_logout_redirect_uri: RETOUR, state: 'fini' })
      const sortie = await fetch(fin, { redirect: 'manual' })
      expect(new URL(sortie.headers.get('location')!).searchParams.get('state')).toBe('fini')
      await expect(client.fetchUserInfo(config, suite.access_token, sub)).rejects.toMatchObject({ status: 401 })
      await expect(client.refreshTokenGrant(config, suite.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    })

  test('asks with a plain challenge, introspects and revokes', async () => {
    const config = await decouvrir(client.ClientSecretBasic(SECRET_DU_BAC_A_SABLE))
    const { adresse, checks } = await demander(config, 'plain')
    const jetons = await client.authorizationCodeGrant(config, await passerLaPage(adresse, PRIMIDI, 'connecter'), checks)
    expect(await client.tokenIntrospection(config, jetons.access_token)).toMatchObject({ active: true, username: PRIMIDI })
    await client.tokenRevocation(config, jetons.access_token)
    expect(await client.tokenIntrospection(config, jetons.access_token)).toEqual({ active: false })
    expect(await client.tokenIntrospection(config, jetons.refresh_token!)).toMatchObject({ active: true })
    await client.tokenRevocation(config, jetons.refresh_token!)
    expect(await client.tokenIntrospection(config, jetons.refresh_token!)).toEqual({ active: false })
  })

  test('learns that the person refused', async () => {
    const config = await decouvrir(client.ClientSecretBasic(SECRET_DU_BAC_A_SABLE))
    const { adresse, checks } = await demander(config, 'S256')
    const retour = await passerLaPage(adresse, PRIMIDI, 'refuser')
    await expect(client.authorizationCodeGrant(config, retour, checks)).rejects.toMatchObject({ error: 'access_denied' })
  })

  test('connects by CIBA', async () => {
    const config = await decouvrir(client.ClientSecretBasic(SECRET_DU_BAC_A_SABLE))
    const demande = await client.initiateBackchannelAuthentication(config, {
      scope: 'openid scope_all',
      login_hint: PRIMIDI,
      binding_message: '07',
    })
    expect(demande.expires_in).toBe(120)
    const jetons = await client.pollBackchannelAuthenticationGrant(config, demande)
    expect(jetons.claims()).toMatchObject({ iss: emetteur, preferred_username: PRIMIDI })
  })
})
