import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { castFor } from '../database/cast.ts'
import { OID_INS } from '#standards/ins/oids.ts'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import type { Vihf } from '#standards/saml/vihf.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import {
  ACTIONS,
  AIR,
  AUTRE_MEDECIN,
  CERTIFICAT,
  CONTENT_TYPE,
  CPE,
  depotBase64,
  depotDe,
  depotMtom,
  DMP_PATHS,
  enveloppe,
  lire,
  MEDECIN,
  patientCx,
  rechercher,
  td02,
  td03,
  vihfDe,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'

const { patients } = castFor(Date.parse(TEST_DATE))
const personne = (id: string): PersonneIdentifiee => patients.find((un) => un.id === id)!.personne
const CAMILLE = personne('camille-floreal')
const CX = patientCx(CAMILLE)

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const appeler = (path: string, action: string, payload: XmlElement, vihf: Vihf | undefined = vihfDe(CX)): Promise<TestAnswer> =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
const existence = (vihf: Vihf | undefined, qui: Pick<PersonneIdentifiee, 'ins'> = CAMILLE) =>
  appeler(DMP_PATHS.patients, ACTIONS.td02, td02(qui), vihf)
const autoriser = (action = 'AJOUT', vihf?: Vihf) => appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03(action), vihf)
const chercher = (vihf?: Vihf, cx = CX) => appeler(DMP_PATHS.registry, ACTIONS.iti18, rechercher(cx), vihf)
const deposer = (uniqueId: string, vihf: Vihf = vihfDe(CX), cx = vihf.resourceId) =>
  monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depotDe(cx, uniqueId), vihf), headers: CONTENT_TYPE })
const regles = async () => (await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map(({ code }) => code)

const fault = (reponse: TestAnswer) => ({
  status: reponse.status,
  texte: /<soap:Text[^>]*>([^<]*)/.exec(reponse.text)?.[1] ?? '',
  subcode: /<soap:Subcode><soap:Value>soap:([^<]*)/.exec(reponse.text)?.[1],
})

describe('le message', () => {
  const enveloppeVide = '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>'
  test.each([
    ['XML mal formé', '<a', CONTENT_TYPE],
    ['DOCTYPE et entités', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', CONTENT_TYPE],
    ['imbrication de 200 niveaux', '<a>'.repeat(200) + '</a>'.repeat(200), CONTENT_TYPE],
    ['enveloppe d’un autre espace de noms', '<Envelope><Body/></Envelope>', CONTENT_TYPE],
    ['corps vide', enveloppeVide, CONTENT_TYPE],
    ['limite MTOM absente', enveloppeVide, { 'content-type': 'multipart/related; type="application/xop+xml"' }],
    ['limite MTOM fausse', '--b\r\n\r\nx\r\n--b--', { 'content-type': 'multipart/related; boundary=autre' }],
    ['partie MTOM non terminée', '--b\r\nContent-Type: application/xop+xml\r\n\r\n<a/>', { 'content-type': 'multipart/related; boundary=b' }],
    ['jeu de caractères inconnu', enveloppeVide, { 'content-type': 'application/soap+xml; charset=klingon' }],
    ['type de contenu étranger', '{}', { 'content-type': 'application/json' }],
  ])('DMP-MESSAGE-LISIBLE : %s reçoit un fault et ne change rien', async (_, body, headers) => {
    const avant = JSON.stringify(await monde.running.store.dump())
    const reponse = await monde.send('POST', DMP_PATHS.repository, { body, headers })
    expect(reponse.status).toBe(500)
    expect(reponse.text).toContain(':Fault>')
    expect(await regles()).toEqual(['DMP-MESSAGE-LISIBLE'])
    expect(JSON.stringify(await monde.running.store.dump())).toBe(avant)
  })

  test('DMP-MESSAGE-LISIBLE : SOAP 1.1 est renvoyé à SOAP 1.2', async () => {
    const body = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x/></s:Body></s:Envelope>'
    expect((await monde.send('POST', DMP_PATHS.patients, { body, headers: { 'content-type': 'text/xml' } })).text).toContain('VersionMismatch')
  })

  test('DMP-OPERATION : une demande étrangère à l’adresse reçoit un fault', async () => {
    expect(fault(await appeler(DMP_PATHS.registry, ACTIONS.td02, td02(CAMILLE)))).toMatchObject({ status: 500 })
    expect(await regles()).toEqual(['DMP-OPERATION'])
  })

  test('DMP-OPERATION : une transaction pas encore simulée le dit', async () => {
    const body = enveloppe('urn:x', { ns: 'urn:si-dmp-patients', name: 'patientList', prefix: 'p', attributes: {}, children: [] }, vihfDe(CX))
    expect(fault(await monde.send('POST', DMP_PATHS.patientsSpecific, { body, headers: CONTENT_TYPE })).texte).toContain('TD0.4 : pas encore simulée')
  })

  test('DMP-RETIRE : TD0.0 et l’API v1 répondent qu’elles sont retirées', async () => {
    for (const path of [DMP_PATHS.patientCertif, '/dmp/si-dmp-server/v1/services/repository'])
      expect(fault(await monde.send('POST', path, { body: '<a/>' }))).toMatchObject({ status: 500, subcode: 'DMPServiceRetire' })
    expect(await regles()).toEqual(['DMP-RETIRE'])
  })

  test('chaque adresse se décrit, une pile SOAP y lit son adresse', async () => {
    for (const path of [DMP_PATHS.patients, DMP_PATHS.habilitations, DMP_PATHS.registry, DMP_PATHS.repository])
      expect((await monde.send('GET', `${path}?wsdl`)).text).toContain(`location="http://bac.test${path}"`)
    expect((await monde.send('GET', DMP_PATHS.patients)).status).toBe(405)
  })
})

describe('qui appelle', () => {
  test('DMP-VIHF-PRESENT : un appel sans VIHF est refusé', async () => {
    const reponse = await monde.send('POST', DMP_PATHS.patients, { body: enveloppe(ACTIONS.td02, td02(CAMILLE), undefined), headers: CONTENT_TYPE })
    expect(fault(reponse)).toMatchObject({ status: 500, subcode: 'DMPInvalidVIHF' })
    expect(await regles()).toEqual(['DMP-VIHF-PRESENT'])
  })

  test('DMP-VIHF-SIGNE : un VIHF sans signature est refusé, sauf réglage contraire', async () => {
    expect(fault(await existence(vihfDe(CX, { signed: false })))).toMatchObject({ subcode: 'DMPInvalidCertificate' })
    expect(await regles()).toEqual(['DMP-VIHF-SIGNE'])
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-SIGNATURE-EXIGEE': false } })
    expect((await existence(vihfDe(CX, { signed: false }))).status).toBe(200)
  })

  test.each<[string, Partial<Vihf>]>([
    ['sans NameID', { nameId: '' }],
    ['sans structure', { structureId: '' }],
    ['sans rôle', { roles: [] }],
    ['sans profession', { roles: [{ code: 'SM54', codeSystem: '1.2.250.1.71.4.2.5', displayName: '' }] }],
    ['d’un mode inconnu', { mode: 'AUTRE' }],
    ['pour une autre ressource', { resourceUrn: 'urn:autre' }],
    ['sans dossier', { resourceId: '' }],
    ['d’un usage inconnu', { purposeOfUse: 'curiosite' }],
    ['sans secteur d’activité', { secteurActivite: '' }],
    ['d’un secteur inconnu', { secteurActivite: 'SA00^1.2.250.1.71.4.2.4' }],
    ['d’un secteur sans sa terminologie', { secteurActivite: 'SA07' }],
    ['sans version', { version: '' }],
    ['d’une version inconnue', { version: '2.0' }],
    ['de secrétaire sans son nom', { ...CPE, subjectId: '' }],
    ['d’établissement sans utilisateur', { ...CERTIFICAT, subjectId: '' }],
    ['d’une date illisible', { issueInstant: 'hier' }],
  ])('DMP-VIHF-CHAMPS : un VIHF %s est refusé', async (_, change) => {
    expect(fault(await existence(vihfDe(CX, change)))).toMatchObject({ subcode: 'DMPInvalidVIHF' })
    expect(await regles()).toEqual(['DMP-VIHF-CHAMPS'])
  })

  test('DMP-VIHF-CHAMPS : avec une CPS, le nom est dans la carte et le VIHF s’en passe ; la version 4.0 est reçue aussi', async () => {
    expect((await existence(vihfDe(CX, { subjectId: '', version: '4.0' }))).status).toBe(200)
  })

  test.each<[string, Partial<Vihf['lps']>]>([
    ['LPS_Nom', { nom: '' }],
    ['LPS_Version', { version: '' }],
    ['LPS_ID_HOMOLOGATION_DMP', { homologation: '' }],
  ])('DMP-VIHF-LOGICIEL : sans %s, le VIHF est refusé et l’attribut nommé', async (nom, change) => {
    const { lps } = vihfDe(CX)
    expect(fault(await existence(vihfDe(CX, { lps: { ...lps, ...change } })))).toMatchObject({
      subcode: 'DMPInvalidVIHF',
      texte: `${nom} absent (sous-code propre au bac à sable)`,
    })
    expect(await regles()).toEqual(['DMP-VIHF-LOGICIEL'])
  })

  test('DMP-VIHF-SPECIALITE : un médecin sans savoir-faire est refusé', async () => {
    const reponse = await existence(vihfDe(CX, { roles: [{ code: '10', codeSystem: '1.2.250.1.71.1.2.7', displayName: 'Médecin' }] }))
    expect(fault(reponse).texte).toContain('Spécialité obligatoire pour les Médecins')
    expect(await regles()).toEqual(['DMP-VIHF-SPECIALITE'])
  })

  test('DMP-VIHF-FRAIS : un VIHF trop vieux est refusé quand une durée est réglée', async () => {
    expect((await existence(vihfDe(CX, { issueInstant: '2020-01-01T00:00:00Z' }))).status).toBe(200)
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-DUREE-VIHF': 30 } })
    expect((await existence(vihfDe(CX))).status).toBe(200)
    expect(fault(await existence(vihfDe(CX, { issueInstant: '2026-11-23T07:00:00Z' })))).toMatchObject({ subcode: 'DMPInvalidVIHF' })
    expect(await regles()).toEqual(['DMP-VIHF-FRAIS'])
  })

  test('DMP-BRIS-DE-GLACE-MOTIF : un bris de glace sans motif est refusé, avec motif il lit sans autorisation', async () => {
    expect(fault(await chercher(vihfDe(CX, { purposeOfUse: 'bris_de_glace' })))).toMatchObject({ subcode: 'DMPInvalidVIHF' })
    expect(await regles()).toEqual(['DMP-BRIS-DE-GLACE-MOTIF'])
    expect((await chercher(vihfDe(CX, { purposeOfUse: 'bris_de_glace', motif: 'Patient inconscient' }))).text).toContain('ResponseStatusType:Success')
  })

  test.each([
    ['de forme étrangère', '12345'],
    ['typé comme un numéro local', CX.replace('^NH', '^PI')],
    ['sans type', CX.replace('^NH', '')],
    ['trop court', `${CAMILLE.ins.matricule}^^^&${CAMILLE.ins.oid}&ISO^NH`],
    ['d’un OID étranger', `${CAMILLE.ins.matricule}${CAMILLE.ins.cle}^^^&1.2.250.1.71.4.2.1&ISO^NH`],
    ['de clé fausse', `${CAMILLE.ins.matricule}${CAMILLE.ins.cle === '01' ? '02' : '01'}^^^&${CAMILLE.ins.oid}&ISO^NH`],
  ])('DMP-INS-QUALIFIEE : un INS %s est refusé', async (_, resourceId) => {
    expect(fault(await existence(vihfDe(resourceId))).texte).toContain('Le champ Resource_id est incorrect')
    expect(await regles()).toEqual(['DMP-INS-QUALIFIEE'])
  })

  test('un matricule qui pourrait être celui de quelqu’un est refusé', async () => {
    const reponse = await existence(vihfDe(`255081416802538^^^&${OID_INS['INS-NIR']}&ISO^NH`))
    expect(fault(reponse).texte).toContain('personne réelle')
    expect(await regles()).toEqual(['SANDBOX-FICTIF-SEULEMENT'])
    expect(JSON.stringify(await monde.lastExchange())).not.toContain('255081416802538')
    expect(JSON.stringify(await monde.running.store.dump())).not.toContain('255081416802538')
  })

  test('SANDBOX-FICTIF-SEULEMENT : le côté patient refuse aussi, et le journal ne garde pas l’adresse', async () => {
    const reponse = await monde.send('GET', '/mes/api/profils/255081416802538/documents')
    expect(reponse.status).toBe(409)
    expect(reponse.json()).toMatchObject({ rule: 'SANDBOX-FICTIF-SEULEMENT' })
    expect(JSON.stringify(await monde.lastExchange())).not.toContain('255081416802538')
  })

  test('DMP-VIHF-PATIENT : le dossier du VIHF est celui de la demande', async () => {
    expect(fault(await existence(vihfDe(CX), personne('hugo-brumaire')))).toMatchObject({ subcode: 'DMPInvalidVIHF' })
    expect(await regles()).toEqual(['DMP-VIHF-PATIENT'])
    expect((await chercher(vihfDe(CX), patientCx(personne('hugo-brumaire')))).text).toContain('XDSPatientIdDoesNotMatch')
  })
})

describe('ce qu’il peut faire', () => {
  test('DMP-CPE-NE-CONSULTE-PAS : la secrétaire alimente, ne cherche ni ne lit', async () => {
    const cpe = vihfDe(CX, CPE)
    expect((await deposer('1.2.999.1', cpe)).text).toContain('ResponseStatusType:Success')
    expect((await monde.lastExchange()).operation).toContain('TD2.2')
    expect((await chercher(cpe)).text).toContain('DMPAccessDeniedByRightsService')
    expect(await regles()).toEqual(['DMP-CPE-NE-CONSULTE-PAS'])
    expect((await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire('1.2.999.1'), cpe)).text).toContain('DMPAccessDeniedByRightsService')
  })

  test('DMP-CERTIFICAT-NE-CONSULTE-PAS : un établissement alimente, ne cherche ni ne lit', async () => {
    const certificat = vihfDe(CX, CERTIFICAT)
    expect((await deposer('1.2.999.1', certificat)).text).toContain('ResponseStatusType:Success')
    expect((await chercher(certificat)).text).toContain('DMPAccessDeniedByRightsService')
    expect(await regles()).toEqual(['DMP-CERTIFICAT-NE-CONSULTE-PAS'])
  })

  test('DMP-AIR-N-ALIMENTE-PAS : l’AIR consulte et n’alimente pas', async () => {
    const air = vihfDe(CX, AIR)
    expect((await deposer('1.2.999.1', air)).text).toContain('DMPAccessDeniedByRightsService')
    expect(await regles()).toEqual(['DMP-AIR-N-ALIMENTE-PAS'])
    await autoriser('AJOUT', air)
    expect((await chercher(air)).text).toContain('ResponseStatusType:Success')
  })

  test('DMP-DROITS : un certificat n’ajoute pas d’autorisation', async () => {
    expect((await autoriser('AJOUT', vihfDe(CX, CERTIFICAT))).text).toContain('DMPAccessDeniedByRightsService')
    expect(await regles()).toEqual(['DMP-DROITS'])
  })

  test('DMP-SUPPRIMER-AUTORISATION : la secrétaire ajoute pour la structure, ne supprime pas', async () => {
    expect((await autoriser('AJOUT', vihfDe(CX, CPE))).text).toContain('DMPOk')
    expect((await chercher()).text).toContain('ResponseStatusType:Success')
    expect((await autoriser('SUPPRESSION', vihfDe(CX, CPE))).text).toContain('DMPAccessDeniedByRightsService')
    expect(await regles()).toEqual(['DMP-SUPPRIMER-AUTORISATION'])
  })
})

describe('sur quel dossier', () => {
  const de = (id: string) => vihfDe(patientCx(personne(id)))

  test('DMP-PATIENT-INCONNU : sans dossier, NF ; l’opposition n’est pas dite', async () => {
    const opposee = personne('odile-frimaire')
    const reponse = await existence(de('odile-frimaire'), opposee)
    expect(reponse.text).toContain('<queryResponseCode code="NF"/>')
    expect(reponse.text).not.toMatch(/oppos/i)
    expect((await deposer('1.2.999.1', de('odile-frimaire'))).text).toContain('XDSUnknownPatientId')
    expect(await regles()).toEqual(['DMP-PATIENT-INCONNU'])
    expect((await chercher(de('odile-frimaire'), patientCx(opposee))).text).toContain('XDSUnknownPatientId')
  })

  test('DMP-DOSSIER-FERME : fermé, TD0.2 le dit avec la date et le motif, dépôt et recherche sont refusés', async () => {
    const ferme = personne('yann-nivose')
    const reponse = await existence(de('yann-nivose'), ferme)
    expect(reponse.text).toContain('<statusCode code="terminated"/>')
    expect(reponse.text).toMatch(/<effectiveTime value="\d{14}"\/>/)
    expect(reponse.text).toContain('FERMETURE_DEMANDE_PATIENT')
    expect((await deposer('1.2.999.1', de('yann-nivose'))).text).toContain('DMPClosed')
    expect(await regles()).toEqual(['DMP-DOSSIER-FERME'])
    expect((await chercher(de('yann-nivose'), patientCx(ferme))).text).toContain('DMPClosed')
  })

  test('DMP-NIA : une identité d’attente n’a pas de DMP', async () => {
    const nia = patients.find((un) => un.personne.ins.oid === OID_INS['INS-NIA'])!.personne
    expect((await existence(vihfDe(patientCx(nia)), nia)).text).toContain('<queryResponseCode code="NF"/>')
    expect((await deposer('1.2.999.1', vihfDe(patientCx(nia)))).text).toContain('XDSUnknownPatientId')
  })

  test('DMP-CONSULTER-AUTORISE : sans autorisation la recherche est refusée, avec elle réussit', async () => {
    expect((await existence(vihfDe(CX))).text).toContain('code="NON_EXISTE"')
    expect((await chercher()).text).toContain('DMPAccessForbidden')
    expect(await regles()).toEqual(['DMP-CONSULTER-AUTORISE'])
    await autoriser()
    expect((await existence(vihfDe(CX))).text).toContain('code="VALIDE"')
    expect((await chercher()).text).toContain('ResponseStatusType:Success')
    expect((await chercher(vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId }))).text).toContain('DMPAccessForbidden')
  })

  test('DMP-ALIMENTER-SANS-AUTORISATION : le dépôt ne demande aucune autorisation, même bloqué', async () => {
    const matricule = CAMILLE.ins.matricule + CAMILLE.ins.cle
    await monde.send('PUT', `/mes/api/profils/${matricule}/blocages/${MEDECIN.nameId}`, { body: {} })
    expect((await existence(vihfDe(CX))).text).toContain('code="INTERDIT"')
    expect((await deposer('1.2.999.1')).text).toContain('ResponseStatusType:Success')
  })

  test('DMP-BLOQUE : un professionnel bloqué ne consulte pas, même en urgence, et ne s’autorise pas', async () => {
    await autoriser()
    await monde.send('PUT', `/mes/api/profils/${CAMILLE.ins.matricule}${CAMILLE.ins.cle}/blocages/${MEDECIN.nameId}`, { body: {} })
    expect((await chercher()).text).toContain('DMPAccessForbidden')
    expect(await regles()).toEqual(['DMP-BLOQUE'])
    expect((await chercher(vihfDe(CX, { purposeOfUse: 'bris_de_glace', motif: 'urgence' }))).text).toContain('DMPAccessForbidden')
    expect((await autoriser()).text).toContain('DMPAccessForbidden')
  })

  test('DMP-AUTORISATION-EXPIRE : l’autorisation expire à sa date, et se renouvelle', async () => {
    await autoriser()
    await monde.advance('P11M')
    expect((await existence(vihfDe(CX))).text).toContain('code="VALIDE"')
    await monde.advance('P2M')
    expect((await existence(vihfDe(CX))).text).toContain('code="EXPIRE"')
    expect((await chercher()).text).toContain('DMPAccessForbidden')
    await autoriser()
    expect((await existence(vihfDe(CX))).text).toContain('code="VALIDE"')
  })

  test('DMP-AUTORISATION-REPETEE : ajouter deux fois réussit et ne change rien', async () => {
    await autoriser()
    const deuxieme = await autoriser()
    expect(deuxieme.text).toContain('DMPOk')
    expect(deuxieme.text).toContain('rien n’a été fait')
    expect((await autoriser('SUPPRESSION')).text).toContain('DMPOk')
    expect((await existence(vihfDe(CX))).text).toContain('code="NON_EXISTE"')
  })

  test('l’accusé répète l’identifiant du message, MTOM et base64 donnent le même dépôt', async () => {
    const vihf = vihfDe(CX)
    const mtom = depotMtom(depotDe(CX, '1.2.999.7'), vihf)
    const reponse = await monde.send('POST', DMP_PATHS.repository, { body: mtom.body, headers: { 'content-type': mtom.contentType } })
    expect(reponse.text).toContain('<wsa:RelatesTo>urn:uuid:00000000-0000-4000-8000-00000000abcd</wsa:RelatesTo>')
    expect(reponse.text).toContain('ResponseStatusType:Success')
    await autoriser()
    const lu = await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire('1.2.999.7'))
    expect(lu.headers['content-type']).toContain('multipart/related')
    expect(lu.text).toContain('<ClinicalDocument xmlns="urn:hl7-org:v3"/>')
  })
})
