import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ADRESSES_PSC, GRANT_CIBA, ROYAUME, SECRET_DU_BAC_A_SABLE } from '#standards/psc/adresses.ts'
import { chargeDuJeton, mondeDeLEmetteur, mondeDuJeton } from '#standards/psc/jeton.ts'
import { jetonPour } from '../../test/jetons.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { CLE_DU_BAC_A_SABLE } from './cle.ts'
import type { ReponseJeton } from './jetons.ts'

const PRIMIDI = '899700979001'
const QUARTIDI = '397900000100017/QUARTIDI'
const SEXTIDI = '899700979006'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const envoyer = (path: string, champs: Record<string, string>): Promise<TestAnswer> =>
  monde.send('POST', path, {
    body: new URLSearchParams({ client_id: 'logiciel', client_secret: SECRET_DU_BAC_A_SABLE, ...champs }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

async function connecter(login_hint = PRIMIDI): Promise<ReponseJeton> {
  const demande = await envoyer(ADRESSES_PSC.ciba, { scope: 'openid scope_all', login_hint, binding_message: '42' })
  const { auth_req_id } = demande.json<{ auth_req_id: string }>()
  return (await envoyer(ADRESSES_PSC.jeton, { grant_type: GRANT_CIBA, auth_req_id })).json<ReponseJeton>()
}

const userinfo = (jeton: string) => monde.send('GET', ADRESSES_PSC.identite, { headers: { authorization: `Bearer ${jeton}` } })
const identite = (jeton: string) => monde.world.ask.identiteDuJeton(jeton)

describe('userinfo', () => {
  test('PSC-USERINFO : a doctor, under the names of the published samples', async () => {
    expect((await userinfo((await connecter()).access_token)).json()).toMatchObject({
      sub: `f:bac-a-sable:${PRIMIDI}`,
      SubjectNameID: PRIMIDI,
      preferred_username: PRIMIDI,
      given_name: 'CLAIRE',
      family_name: 'PRIMIDI',
      SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
      Secteur_Activite: 'SA08^1.2.250.1.71.4.2.4',
      SubjectOrganization: 'Cabinet médical du Calendrier',
      SubjectOrganizationID: '397900000100017',
      otherIds: [{ identifiant: PRIMIDI, origine: 'RPPS', qualite: 1 }],
      SubjectRefPro: {
        exercices: [
          {
            codeProfession: '10',
            codeCategorieProfessionnelle: 'C',
            codeTypeSavoirFaire: 'S',
            codeSavoirFaire: 'SM26',
            activities: [{ codeSecteurDactivite: 'SA08', codeModeExercice: 'L', numeroSiretSite: '97900000100017', numeroSirenSite: '979000001' }],
          },
        ],
      },
    })
    const pharmacien = (await userinfo((await connecter(SEXTIDI)).access_token)).json()
    expect(pharmacien).toMatchObject({
      SubjectRole: ['21^1.2.250.1.213.1.1.5.5'],
      SubjectRefPro: { exercices: [{ codeTypeSavoirFaire: '', activities: [{ codeSectionPharmacien: 'A', numeroFinessSite: '979000030' }] }] },
    })
  })

  test('PSC-EMPLOYE : a secretary has the role of the card and no exercise', async () => {
    expect((await userinfo((await connecter(QUARTIDI)).access_token)).json()).toMatchObject({
      SubjectNameID: QUARTIDI,
      SubjectRole: ['SECRETARIAT_MEDICAL^1.2.250.1.213.1.1.4.6'],
      SubjectRefPro: { exercices: [] },
    })
  })

  test('without a token, or with one worth nothing, the answer is a challenge', async () => {
    const sans = await monde.send('GET', ADRESSES_PSC.identite)
    expect([sans.status, sans.headers['www-authenticate']]).toEqual([401, 'Bearer realm="esante-wallet"'])
    const jeton = await jetonPour(monde, PRIMIDI)
    await monde.advance('PT5M')
    const tard = await userinfo(jeton)
    expect(tard.status).toBe(401)
    expect(tard.headers['www-authenticate']).toContain('error="invalid_token"')
  })
})

describe('a token that is not ours', () => {
  const charge = (iss: string) => ({ iss, sid: 's', jti: 'j', preferred_username: PRIMIDI, exp: Math.floor(monde.world.now() / 1_000) + 100 })
  const ISS = `http://bac.test${ROYAUME}`

  test('is unknown: alg none, HMAC with our public key, another key, an id_token, bytes, a giant', async () => {
    const json = (value: object) => base64url.encode(JSON.stringify(value))
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const signe = (entete: { alg: string; typ?: string }, cle: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(charge(ISS)).setProtectedHeader(entete).sign(cle)
    const modulo = new TextEncoder().encode(CLE_DU_BAC_A_SABLE.n)
    const { id_token, access_token } = await connecter()
    const [entete, , signature] = access_token.split('.')
    for (const jeton of [
      `${json({ alg: 'none', typ: 'at+jwt' })}.${json(charge(ISS))}.`,
      await signe({ alg: 'HS256', typ: 'at+jwt' }, modulo),
      await signe({ alg: 'RS256', typ: 'at+jwt' }, await exportJWK(privateKey)),
      await signe({ alg: 'PS256', typ: 'at+jwt' }, { ...CLE_DU_BAC_A_SABLE, alg: 'PS256' }),
      await signe({ alg: 'RS256', typ: 'at+jwt' }, CLE_DU_BAC_A_SABLE),
      `${entete}.${json(charge(ISS))}.${signature}`,
      id_token,
      '',
      '..',
      'a.b.c',
      'é',
      `a.${'b'.repeat(1_000_000)}.c`,
    ]) {
      expect([jeton.slice(0, 60), await identite(jeton)]).toEqual([jeton.slice(0, 60), 'inconnu'])
      expect((await userinfo(encodeURIComponent(jeton.slice(0, 9_000)))).status).toBe(401)
    }
  })
})

describe('the end of a token', () => {
  test('PSC-JETON-RETIRE : revoked, or of an ended session, it is unknown at once', async () => {
    const { access_token, refresh_token } = await connecter()
    expect((await envoyer(ADRESSES_PSC.revocation, { token: access_token, client_id: 'autre' })).status).toBe(200)
    expect(await identite(access_token)).toMatchObject({ identifiant: PRIMIDI })
    await envoyer(ADRESSES_PSC.revocation, { token: access_token })
    expect(await identite(access_token)).toBe('inconnu')
    const suite = (await envoyer(ADRESSES_PSC.jeton, { grant_type: 'refresh_token', refresh_token })).json<ReponseJeton>()
    await envoyer(ADRESSES_PSC.revocation, { token: suite.refresh_token })
    expect(await identite(suite.access_token)).toBe('inconnu')
    expect((await envoyer(ADRESSES_PSC.revocation, { token: 'x'.repeat(9_000) })).status).toBe(200)
  })

  test('PSC-DECONNEXION : only an id_token of ours ends a session and sends the browser on', async () => {
    const { access_token, id_token } = await connecter()
    const finir = (champs: Record<string, string>) => monde.send('GET', `${ADRESSES_PSC.deconnexion}?${new URLSearchParams(champs)}`)
    const retour = { post_logout_redirect_uri: 'https://editeur.example/fin' }
    for (const faux of [retour, { ...retour, id_token_hint: access_token }, { ...retour, id_token_hint: `${id_token}x` }]) {
      const answer = await finir(faux)
      expect([answer.status, answer.headers['location']]).toEqual([200, undefined])
    }
    expect(await identite(access_token)).toMatchObject({ identifiant: PRIMIDI })
    await monde.advance('PT1H')
    expect((await finir({ ...retour, id_token_hint: id_token })).headers['location']).toBe('https://editeur.example/fin')
    expect((await monde.send('GET', '/psc/api/sessions')).json()).toEqual({ sessions: [] })
  })

  test('the sandbox ends the tokens, or the sessions, of one person', async () => {
    const medecin = await connecter()
    const secretaire = await connecter(QUARTIDI)
    await monde.send('POST', '/psc/api/expire', { body: { identifiant: PRIMIDI } })
    expect(await identite(medecin.access_token)).toBe('expiré')
    expect((await envoyer(ADRESSES_PSC.introspection, { token: medecin.access_token })).json()).toEqual({ active: false })
    expect(await identite(secretaire.access_token)).toMatchObject({ identifiant: QUARTIDI })
    await monde.send('POST', '/psc/api/expire', { body: { identifiant: QUARTIDI, quoi: 'sessions' } })
    expect(await identite(secretaire.access_token)).toBe('inconnu')
    for (const body of ['{', '[]', '{"quoi":"tout"}', '{"identifiant":1}', `{"identifiant":"${'x'.repeat(2_000)}"}`])
      expect((await monde.send('POST', '/psc/api/expire', { body })).status).toBe(400)
  })

  test('faults can be asked for by name', async () => {
    const { access_token, refresh_token } = await connecter()
    const panne = (path: string, champs: Record<string, string>) => envoyer(`/sim/psc-jeton-expire${path}`, champs)
    expect((await panne(ADRESSES_PSC.introspection, { token: access_token })).json()).toEqual({ active: false })
    expect((await panne(ADRESSES_PSC.jeton, { grant_type: 'refresh_token', refresh_token })).json()).toMatchObject({ error: 'invalid_grant' })
    expect((await envoyer(`/sim/psc-refus${ADRESSES_PSC.jeton}`, { grant_type: GRANT_CIBA, auth_req_id: 'x' })).json()).toMatchObject({
      error: 'access_denied',
    })
    expect((await envoyer(`/sim/psc-indisponible${ADRESSES_PSC.ciba}`, {})).status).toBe(503)
  })
})

describe('the world of a token', () => {
  test('is read in iss, behind any origin and any fault', async () => {
    for (const [iss, world] of [
      [`https://a.example${ROYAUME}`, 'default'],
      [`http://localhost:8080/w/atelier${ROYAUME}`, 'atelier'],
      [`http://localhost:8080/w/atelier/sim/latency-5${ROYAUME}`, 'atelier'],
      [`http://localhost:8080/sim/latency-5/w/atelier${ROYAUME}`, 'atelier'],
      [`http://localhost:8080/w/ATELIER${ROYAUME}`, undefined],
      [`http://localhost:8080/x/w/atelier${ROYAUME}`, undefined],
      [`http://localhost:8080/w/atelier${ROYAUME}/x`, undefined],
      [`ftp://a.example${ROYAUME}`, undefined],
      [`http://${'a'.repeat(600)}${ROYAUME}`, undefined],
    ] as const)
      expect([iss.slice(0, 90), mondeDeLEmetteur(iss)]).toEqual([iss.slice(0, 90), world])
    for (const jeton of ['', 'a', 'a.b.c', `a.${btoa('[]')}.c`, `a.${btoa('{"iss":1}')}.c`]) expect(mondeDuJeton(jeton)).toBeUndefined()
    expect(chargeDuJeton(await jetonPour(monde, PRIMIDI))).toMatchObject({ SubjectNameID: PRIMIDI, aud: 'essai' })
  })

  test('the same seed gives the same token', async () => {
    const autre = await createTestWorld()
    expect(await jetonPour(autre, PRIMIDI)).toBe(await jetonPour(monde, PRIMIDI))
    await autre.close()
  })
})
