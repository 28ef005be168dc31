import { describe, expect, test } from 'vitest'
import { readVihf } from '#standards/saml/vihf.ts'
import { headerOf, readSoapEnvelope, SOAP12, WSA } from '#standards/soap/envelope.ts'
import { readBinary, readMtom } from '#standards/soap/mtom.ts'
import { child, textOf } from '#standards/xml/element.ts'
import { readProvideAndRegisterDocumentSet } from '#standards/xds/iti-41.ts'
import { CPE, CPS, countedIds, MATIN, RENDUE } from '../../test/cabinet.ts'
import { DmpClient } from './dmp-client.ts'
import type { Depot } from './dmp-port.ts'

const DEPOT: Depot = {
  ins: RENDUE.ins,
  traits: RENDUE.traits,
  lotUniqueId: '1.2.250.1.999.1.1.7.2.5',
  lotTitre: 'Consultation',
  document: {
    uniqueId: '1.2.250.1.999.1.1.7.1.4',
    typeCode: '11488-4',
    titre: 'Consultation',
    masquePs: true,
    invisiblePatient: false,
    redigeLe: MATIN,
    cda: new TextEncoder().encode('<a/>'),
  },
  auteur: CPS,
}

/** Answers always the same thing, and keeps what it was asked. */
function dmpQui(repondre: () => Response) {
  const appels: { url: string; contentType: string; bytes: Uint8Array }[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(new URL(String(input), 'http://bac.test'), init as RequestInit)
    appels.push({ url: String(input), contentType: request.headers.get('content-type') ?? '', bytes: new Uint8Array(await request.arrayBuffer()) })
    return repondre()
  }
  return { appels, dmp: new DmpClient({ acces: { base: '/w/x', fetch }, now: () => MATIN, newId: countedIds() }) }
}

const soap = (corps: string, status = 200) =>
  new Response(`<s:Envelope xmlns:s="${SOAP12}"><s:Body>${corps}</s:Body></s:Envelope>`, {
    status,
    headers: { 'content-type': 'application/soap+xml' },
  })

const registre = (status: string, erreurs = '') =>
  soap(
    `<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:${status}">${erreurs}</r:RegistryResponse>`,
  )

const DOUBLON = registre(
  'Failure',
  '<r:RegistryErrorList><r:RegistryError errorCode="XDSDuplicateUniqueIdInRegistry" codeContext="déjà connu" severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error" location=""/></r:RegistryErrorList>',
)

describe('alimentation', () => {
  test('le dépôt part en MTOM, l’auteur est le médecin, le lot porte celui qui envoie', async () => {
    const { dmp, appels } = dmpQui(() => registre('Success'))
    expect(await dmp.deposer(DEPOT, CPE)).toEqual({ issue: 'accepte' })
    const [appel] = appels
    expect(appel!.url).toBe('/w/x/dmp/si-dmp-server/v2/services/repository')
    const { root, parts } = readMtom(appel!.bytes, appel!.contentType)
    const envelope = readSoapEnvelope(new TextDecoder().decode(root))
    expect(readVihf(envelope.headers)).toMatchObject({
      nameId: CPE.identifiant,
      mode: 'DIRECTE',
      resourceId: '109076322083489^^^&1.2.250.1.213.1.4.8&ISO^NH',
      roles: [{ code: 'SECRETARIAT_MEDICAL' }],
    })
    const lot = readProvideAndRegisterDocumentSet(envelope.payload!)
    if ('missing' in lot) throw new Error(lot.missing)
    expect(lot.submissionSet?.authors[0]?.person).toContain(CPE.identifiant)
    const [fiche] = lot.entries
    expect(fiche).toMatchObject({
      uniqueId: DEPOT.document.uniqueId,
      classCode: { code: '10' },
      confidentialityCodes: [{ code: 'N' }, { code: 'MASQUE_PS' }],
      hash: expect.stringMatching(/^[0-9a-f]{40}$/),
      size: '4',
      sourcePatientInfo: ['PID-5|ECETINSI^PIERRE-ALAIN^PIERRE-ALAIN MURIEL FLORIANT^^^^L', 'PID-7|20090714', 'PID-8|M'],
    })
    expect(fiche?.authors[0]?.person).toContain(CPS.identifiant)
    expect(new TextDecoder().decode(readBinary([...lot.documents.values()][0]!, parts))).toBe('<a/>')
  })

  test('un refus du registre garde son code, une faute SOAP aussi', async () => {
    expect(await dmpQui(() => DOUBLON.clone()).dmp.deposer(DEPOT, CPS)).toEqual({
      issue: 'refus',
      code: 'XDSDuplicateUniqueIdInRegistry',
      texte: 'déjà connu',
    })
    const faute = (valeur: string) =>
      dmpQui(() =>
        soap(
          `<s:Fault><s:Code><s:Value>s:${valeur}</s:Value><s:Subcode><s:Value>s:DMPInvalidCertificate</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="fr">VIHF invalide</s:Text></s:Reason></s:Fault>`,
          500,
        ),
      ).dmp.deposer(DEPOT, CPS)
    expect(await faute('Sender')).toEqual({ issue: 'refus', code: 'DMPInvalidCertificate', texte: 'VIHF invalide' })
    expect(await faute('Receiver')).toMatchObject({ issue: 'panne', parti: true })
  })

  test.each([
    ['une page d’erreur', () => new Response('<html>', { status: 503 })],
    ['un multipart cassé', () => new Response('x', { headers: { 'content-type': 'multipart/related; boundary=a' } })],
    ['une réponse d’un autre service', () => soap('<autre/>')],
  ])('%s est une panne, jamais une exception', async (_, repondre) => {
    expect(await dmpQui(repondre).dmp.deposer(DEPOT, CPS)).toMatchObject({ issue: 'panne', parti: true })
  })
})

test('chaque appel est adressé et numéroté', async () => {
  const { dmp, appels } = dmpQui(() =>
    soap(
      '<h:setAuthorizationResponse xmlns:h="urn:si-dmp-habilitations"><h:output><h:status>DMPOk</h:status><h:context>déjà autorisé</h:context></h:output></h:setAuthorizationResponse>',
    ),
  )
  expect(await dmp.autoriser(RENDUE.ins, CPS, 'AJOUT')).toEqual({ issue: 'fait', texte: 'déjà autorisé' })
  const envelope = readSoapEnvelope(new TextDecoder().decode(appels[0]!.bytes))
  expect(textOf(headerOf(envelope, WSA, 'To'))).toBe('/w/x/dmp/si-dmp-server/v2/services/habilitations')
  expect(textOf(headerOf(envelope, WSA, 'MessageID'))).toMatch(/^urn:uuid:/)
  expect(textOf(child(headerOf(envelope, WSA, 'ReplyTo')!, WSA, 'Address'))).toContain('anonymous')
})

test('CABINET-BRIS-DE-GLACE-MOTIF : le motif et le mode d’accès partent dans le VIHF de la recherche et de la lecture, et d’elles seules', async () => {
  const { dmp, appels } = dmpQui(() => new Response('', { status: 503 }))
  await dmp.chercher(RENDUE.ins, CPS, { brisDeGlace: 'Patient inconscient' })
  await dmp.lire(RENDUE.ins, CPS, { uniqueId: '1.2.3', repositoryUniqueId: '1' }, 'Patient inconscient')
  await dmp.chercher(RENDUE.ins, CPS, {})
  const modes = appels.map(({ bytes }) => readVihf(readSoapEnvelope(new TextDecoder().decode(bytes)).headers)!)
  expect(modes.map(({ purposeOfUse, motif }) => [purposeOfUse, motif])).toEqual([
    ['bris_de_glace', 'Patient inconscient'],
    ['bris_de_glace', 'Patient inconscient'],
    ['normal', ''],
  ])
})
