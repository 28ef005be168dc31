import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GRANT_CIBA, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { proSanteConnect } from './service.ts'

let monde: TestWorld
beforeAll(async () => void (monde = await createTestWorld()))
afterAll(() => monde.close())

const NOMS = ['grant_type', 'code', 'code_verifier', 'redirect_uri', 'refresh_token', 'auth_req_id', 'token', 'id_token_hint', 'scope', 'state']
const champs = fc.dictionary(
  fc.oneof(fc.constantFrom(...NOMS, 'login_hint', 'binding_message', 'identifiant', 'geste', 'essais', 'demande', 'quoi'), fc.string()),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('openid', 'authorization_code', 'refresh_token', GRANT_CIBA, '__proto__', 'https://a.example/'),
  ),
)
const lieux = proSanteConnect.routes.map(({ method, path }) => ({ method, path: path.replace('{id}', '%00') }))

test('whatever is sent to any address, the answer is a refusal of the protocol, and nobody gets in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lieux), champs, fc.string(), async ({ method, path }, envoyes, porteur) => {
      const texte = new URLSearchParams({ client_id: 'x', client_secret: SECRET_DU_BAC_A_SABLE, ...envoyes }).toString()
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...(path.endsWith('userinfo') && { authorization: `Bearer ${porteur}` }),
      }
      const answer =
        method === 'GET' ? await monde.send(method, `${path}?${texte}`, { headers }) : await monde.send(method, path, { body: texte, headers })
      expect(answer.status).toBeLessThan(500)
      expect(answer.text).not.toContain('access_token')
    }),
    { numRuns: 500 },
  )
  expect((await monde.send('GET', '/psc/api/sessions')).json()).toEqual({ sessions: [] })
})
