import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { Base64Error } from '#standards/mime/base64.ts'
import { PS_IDNAT, writeXcn, writeXon } from '#standards/xds/identifiers.ts'
import { ASSOCIATION, type Code, type DocumentEntry, type SubmissionSet } from '#standards/xds/metadata.ts'
import { writeGetDocuments } from '#standards/xds/iti-18.ts'
import { readRegistryResponse } from '#standards/xds/registry-response.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { castFor } from '../database/cast.ts'
import {
  ACTIONS,
  AUTRE_MEDECIN,
  CERTIFICAT,
  CONTENT_TYPE,
  type Depot,
  depotBase64,
  depotDe,
  depotMtom,
  DMP_PATHS,
  enveloppe,
  HOPITAL,
  lire,
  MEDECIN,
  patientCx,
  rechercher,
  td03,
  texte,
  vihfDe,
  visibilite,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'

const { patients } = castFor(Date.parse(TEST_DATE))
const personne = (id: string): PersonneIdentifiee => patients.find((un) => un.id === id)!.personne
const CAMILLE = personne('camille-floreal')
const CX = patientCx(CAMILLE)
const MATRICULE = CAMILLE.ins.matricule + CAMILLE.ins.cle
const UID = '1.2.250.1.999.42.1'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const envoyer = (depot: Depot, vihf = vihfDe(CX), base64?: string): Promise<TestAnswer> =>
  monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depot, vihf, base64), headers: CONTENT_TYPE })
const deposer = (change: Partial<DocumentEntry> = {}, lot: Partial<SubmissionSet> = {}, uniqueId = UID) => envoyer(depotDe(CX, uniqueId, change, lot))
const reponse = ({ text }: TestAnswer) => readRegistryResponse(readSoapEnvelope(text).payload!)
const etat = async () => JSON.stringify(await monde.running.store.dump())

/** The deposit is refused with this code, by this rule, and the world is as it was. */
async function refuse(envoi: () => Promise<TestAnswer>, code: string, regle: string): Promise<void> {
  const avant = await etat()
  const { status, errors } = reponse(await envoi())
  expect(status).toBe('Failure')
  expect(errors.map((error) => error.code)).toContain(code)
  expect((await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map((rule) => rule.code)).toContain(regle)
  expect(await etat()).toBe(avant)
}

describe('un dépôt bien formé', () => {
  test('est enregistré, annoncé au patient, et relu octet pour octet', async () => {
    expect(reponse(await deposer()).status).toBe('Success')
    const { documents } = (await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents`)).json<{ documents: { id: string; auteur: string }[] }>()
    expect(documents[0]).toMatchObject({ id: UID, auteur: 'CLAIRE PRIMIDI', structure: 'Cabinet du Vendémiaire', titre: 'Consultation' })
    const { notifications } = (await monde.send('GET', `/mes/api/profils/${MATRICULE}/notifications`)).json<{ notifications: object[] }>()
    expect(notifications).toMatchObject([{ code: 'AJOUT_DOCUMENT', documentId: UID, lue: false }])
    expect((await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents/${UID}/contenu`)).text).toBe(
      '<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
    )
  })

  test('avec empreinte et taille justes passe aussi', async () => {
    const depot = depotDe(CX, UID, { hash: '', size: String(depotDe(CX, UID).contenu.length) })
    expect(reponse(await envoyer(depot)).status).toBe('Success')
  })
})

describe('ce qui se dépose', () => {
  test('DMP-UNIQUEID-UNIQUE : un uniqueId déjà enregistré est refusé avec XDSDuplicateUniqueIdInRegistry', async () => {
    await deposer()
    await refuse(() => deposer({}, { uniqueId: '1.2.3.4' }), 'XDSDuplicateUniqueIdInRegistry', 'DMP-UNIQUEID-UNIQUE')
  })

  test('DMP-UNIQUEID-UNIQUE : un lot déjà enregistré est refusé aussi', async () => {
    await deposer()
    await refuse(() => deposer({}, { uniqueId: `${UID}.9` }, '1.2.3.5'), 'XDSDuplicateUniqueIdInRegistry', 'DMP-UNIQUEID-UNIQUE')
  })

  test('DMP-UNIQUEID-UNIQUE : deux dépôts simultanés du même document n’en laissent qu’un', async () => {
    const reponses = await Promise.all([1, 2, 3].map((n) => deposer({}, { uniqueId: `1.2.3.${n}` })))
    expect(reponses.map((une) => reponse(une).status).toSorted()).toEqual(['Failure', 'Failure', 'Success'])
  })

  test.each(['abc', '1.02', '1.2.250^ext', `1.${'2.'.repeat(80)}1`])('DMP-UNIQUEID-OID : « %s » n’est pas un uniqueId', async (uniqueId) => {
    await refuse(() => deposer({ uniqueId }), 'XDSRegistryMetadataError', 'DMP-UNIQUEID-OID')
  })

  test('DMP-LOT : sans lot, ou sans association HasMember, le dépôt est refusé', async () => {
    await refuse(() => envoyer({ ...depotDe(CX, UID), associations: [] }), 'XDSRegistryMetadataError', 'DMP-LOT')
    await refuse(() => envoyer({ ...depotDe(CX, UID), lot: undefined as unknown as SubmissionSet }), 'XDSRegistryMetadataError', 'DMP-LOT')
  })

  test.each<[string, Partial<DocumentEntry>]>([
    ['classCode', { classCode: undefined }],
    ['typeCode', { typeCode: undefined }],
    ['formatCode', { formatCode: undefined }],
    ['confidentialityCode', { confidentialityCodes: [] }],
    ['healthcareFacilityTypeCode', { healthcareFacilityTypeCode: undefined }],
    ['practiceSettingCode', { practiceSettingCode: undefined }],
    ['creationTime', { creationTime: '' }],
    ['serviceStartTime', { serviceStartTime: '' }],
    ['languageCode', { languageCode: '' }],
    ['legalAuthenticator', { legalAuthenticator: '' }],
    ['author', { authors: [] }],
    ['sourcePatientId', { sourcePatientId: '' }],
    ['title', { title: '' }],
    ['uniqueId', { uniqueId: '' }],
  ])('DMP-METADONNEES : %s manque, la fiche est refusée et l’attribut nommé', async (attribut, change) => {
    const avant = await etat()
    const { errors } = reponse(await deposer(change))
    expect(errors.map(({ code, context }) => [code, context])).toContainEqual(['XDSRegistryMetadataError', `${attribut} obligatoire et absent`])
    expect(await etat()).toBe(avant)
  })

  test('DMP-METADONNEES : une date qui n’en est pas une est refusée', async () => {
    await refuse(() => deposer({ creationTime: '20260230080000' }), 'XDSRegistryMetadataError', 'DMP-METADONNEES')
  })

  test('DMP-METADONNEES : un titre a 128 caractères au plus', async () => {
    await refuse(() => deposer({ title: 'é'.repeat(129) }), 'XDSRegistryMetadataError', 'DMP-METADONNEES')
    expect(reponse(await deposer({ title: 'é'.repeat(128) })).status).toBe('Success')
  })

  test('DMP-PATIENT-DU-LOT : un matricule typé comme un numéro local n’est pas le patient du VIHF', () =>
    refuse(() => deposer({ patientId: CX.replace('^NH', '^PI') }), 'XDSPatientIdDoesNotMatch', 'DMP-PATIENT-DU-LOT'))

  test('DMP-PATIENT-DU-LOT : un lot pour un autre patient que le VIHF est refusé', async () => {
    const autre = patientCx(personne('hugo-brumaire'))
    await refuse(() => deposer({ patientId: autre }), 'XDSPatientIdDoesNotMatch', 'DMP-PATIENT-DU-LOT')
    await refuse(() => deposer({}, { patientId: autre }), 'XDSPatientIdDoesNotMatch', 'DMP-PATIENT-DU-LOT')
  })

  test('DMP-FICHE-ET-DOCUMENT : une fiche sans document, un document vide, un document sans fiche', async () => {
    await refuse(() => envoyer({ ...depotDe(CX, UID), contenu: texte('') }), 'XDSMissingDocument', 'DMP-FICHE-ET-DOCUMENT')
    const body = depotBase64(depotDe(CX, UID), vihfDe(CX)).replace('Document id="Doc01"', 'Document id="Autre"')
    await refuse(
      () => monde.send('POST', DMP_PATHS.repository, { body, headers: CONTENT_TYPE }),
      'XDSMissingDocumentMetadata',
      'DMP-FICHE-ET-DOCUMENT',
    )
  })

  test('DMP-EMPREINTE : une empreinte ou une taille qui n’est pas celle du document', async () => {
    await refuse(() => deposer({ hash: 'a'.repeat(40) }), 'XDSNonIdenticalHash', 'DMP-EMPREINTE')
    await refuse(() => deposer({ size: '1' }), 'XDSNonIdenticalSize', 'DMP-EMPREINTE')
  })

  test('DMP-TYPE-ADMIS : un type hors du domaine d’affinité est refusé, avec le texte du DMP', async () => {
    const { errors } = reponse(await deposer({ typeCode: { code: 'PIECE-IDENTITE', codingScheme: '1.2.250.1.213.1.1.4.12', display: '' } }))
    expect(errors[0]!.context).toContain("Le code 'PIECE-IDENTITE' ne fait pas partie du domaine d’affinité")
  })

  test.each(['EXPPAT_3', 'DOCPAT03', 'REMB', '11369-6'])('DMP-TYPE-RESERVE : le type %s n’est pas déposé par un professionnel', async (code) => {
    await refuse(
      () => deposer({ typeCode: { code, codingScheme: '1.2.250.1.213.1.1.4.12', display: '' } }),
      'XDSRegistryMetadataError',
      'DMP-TYPE-RESERVE',
    )
  })

  test('DMP-CLASSE-DEDUITE : une classe qui n’est pas celle du type est refusée, sauf réglage', async () => {
    const classCode = { code: '11', codingScheme: '1.2.250.1.213.1.1.4.1', display: '' }
    await refuse(() => deposer({ classCode }), 'XDSRegistryMetadataError', 'DMP-CLASSE-DEDUITE')
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-CLASSE-STRICTE': false } })
    expect(reponse(await deposer({ classCode })).status).toBe('Success')
  })

  test('DMP-CODES-ADMIS : format, lieu, cadre et type de lot hors des listes', async () => {
    const code = { code: 'INCONNU', codingScheme: '1.2', display: '' }
    for (const change of [{ formatCode: code }, { healthcareFacilityTypeCode: code }, { practiceSettingCode: code }])
      await refuse(() => deposer(change), 'XDSRegistryMetadataError', 'DMP-CODES-ADMIS')
    await refuse(() => deposer({}, { contentTypeCode: code }), 'XDSRegistryMetadataError', 'DMP-CODES-ADMIS')
  })

  test('DMP-CODES-ADMIS : un code connu sous un autre système de codage est refusé, et le système attendu est dit', async () => {
    const ailleurs = (code: Code | undefined) => ({ ...code!, codingScheme: '1.2.3' })
    const { fiche, lot } = depotDe(CX, UID)
    for (const change of [
      { classCode: ailleurs(fiche.classCode) },
      { formatCode: ailleurs(fiche.formatCode) },
      { healthcareFacilityTypeCode: ailleurs(fiche.healthcareFacilityTypeCode) },
      { practiceSettingCode: ailleurs(fiche.practiceSettingCode) },
    ])
      await refuse(() => deposer(change), 'XDSRegistryMetadataError', 'DMP-CODES-ADMIS')
    await refuse(() => deposer({}, { contentTypeCode: ailleurs(lot.contentTypeCode) }), 'XDSRegistryMetadataError', 'DMP-CODES-ADMIS')
    const { errors } = reponse(await deposer({ practiceSettingCode: ailleurs(fiche.practiceSettingCode) }))
    expect(errors[0]!.context).toContain('système de codage « 1.2.3 » reçu, 1.2.250.1.213.1.1.4.9 attendu')
  })

  test('DMP-CODES-ADMIS : une classe inconnue est refusée même quand la classe n’est plus comparée au type', async () => {
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-CLASSE-STRICTE': false } })
    const classCode = { code: '99', codingScheme: '1.2.250.1.213.1.1.4.1', display: '' }
    await refuse(() => deposer({ classCode }), 'XDSRegistryMetadataError', 'DMP-CODES-ADMIS')
  })

  test('DMP-CONFIDENTIALITE : un code sous un autre système de codage est refusé', async () => {
    const [n] = visibilite()
    await refuse(() => deposer({ confidentialityCodes: [{ ...n!, codingScheme: '1.2.3' }] }), 'XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE')
  })

  test('DMP-CONFIDENTIALITE : un seul niveau parmi N, R, V', async () => {
    const [n] = visibilite()
    await refuse(() => deposer({ confidentialityCodes: [n!, { ...n!, code: 'R' }] }), 'XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE')
    await refuse(() => deposer({ confidentialityCodes: visibilite('MASQUE_PS').slice(1) }), 'XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE')
    await refuse(() => deposer({ confidentialityCodes: visibilite('AUTRE') }), 'XDSRegistryMetadataError', 'DMP-CONFIDENTIALITE')
  })

  test('DMP-MASQUE-ET-INVISIBLE : masqué et invisible ensemble sont refusés, sauf paramètre', async () => {
    const confidentialityCodes = visibilite('MASQUE_PS', 'INVISIBLE_PATIENT')
    await refuse(() => deposer({ confidentialityCodes }), 'XDSRegistryMetadataError', 'DMP-MASQUE-ET-INVISIBLE')
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-CUMUL-MASQUE-INVISIBLE': true } })
    expect(reponse(await deposer({ confidentialityCodes })).status).toBe('Success')
  })

  test('DMP-AUTEUR : qui n’est ni auteur ni responsable ne dépose pas', async () => {
    await refuse(() => envoyer(depotDe(CX, UID), vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId })), 'XDSRegistryMetadataError', 'DMP-AUTEUR')
    await refuse(
      () => envoyer(depotDe(CX, UID), vihfDe(CX, { ...CERTIFICAT, structureId: HOPITAL.structureId })),
      'XDSRegistryMetadataError',
      'DMP-AUTEUR',
    )
  })

  test.each(['QUJ', 'QU*=', '====', 'PD94='])('un document en base64 tronqué (%s) reçoit un fault et ne change rien', async (base64) => {
    const avant = await etat()
    const { status, text } = await envoyer(depotDe(CX, UID), vihfDe(CX), base64)
    expect(status).toBe(500)
    expect(text).toContain('Message illisible')
    expect(new Base64Error('x')).toBeInstanceOf(Error)
    expect(await etat()).toBe(avant)
  })

  test('une partie MTOM absente reçoit un fault et ne change rien', async () => {
    const avant = await etat()
    const { body, contentType } = depotMtom(depotDe(CX, UID), vihfDe(CX))
    const bent = new TextDecoder().decode(body).replace('Content-ID: <doc@essai>', 'Content-ID: <autre@essai>')
    expect((await monde.send('POST', DMP_PATHS.repository, { body: bent, headers: { 'content-type': contentType } })).text).toContain(
      'absente du message',
    )
    expect(await etat()).toBe(avant)
  })
})

describe('un remplacement', () => {
  const entryUuid = async (uniqueId: string) => {
    const body = enveloppe(ACTIONS.iti18, writeGetDocuments({ uniqueIds: [uniqueId] }, 'ObjectRef'), vihfDe(CX))
    return /ObjectRef id="([^"]+)"/.exec((await monde.send('POST', DMP_PATHS.registry, { body, headers: CONTENT_TYPE })).text)?.[1] ?? ''
  }
  const remplacer = async (cible: string, change: Partial<DocumentEntry> = {}, vihf = vihfDe(CX), uniqueId = '1.2.250.1.999.42.2') => {
    const depot = depotDe(CX, uniqueId, change)
    depot.associations.push({ id: 'A2', type: ASSOCIATION.RPLC, source: depot.fiche.id, target: cible, slots: {} })
    return await envoyer(depot, vihf)
  }

  test('DMP-REMPLACEMENT : le nouveau prend la place, l’ancien devient obsolète, le patient est prévenu', async () => {
    await deposer()
    expect(reponse(await remplacer(await entryUuid(UID))).status).toBe('Success')
    const { documents } = (await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents`)).json<{ documents: { id: string; statut: string }[] }>()
    expect(documents.find(({ id }) => id === UID)).toMatchObject({ statut: 'remplacé' })
    const { notifications } = (await monde.send('GET', `/mes/api/profils/${MATRICULE}/notifications`)).json<{ notifications: { code: string }[] }>()
    expect(notifications.map(({ code }) => code)).toContain('MODIF_DOCUMENT')
  })

  test('DMP-REMPLACEMENT : un document inconnu, ou déjà remplacé, ne se remplace pas', async () => {
    await refuse(() => remplacer('urn:uuid:00000000-0000-4000-8000-000000000000'), 'XDSReplaceFailed', 'DMP-REMPLACEMENT')
    await deposer()
    const cible = await entryUuid(UID)
    await remplacer(cible)
    await refuse(() => remplacer(cible, {}, vihfDe(CX), '1.2.250.1.999.42.3'), 'XDSRegistryDeprecatedDocumentError', 'DMP-REMPLACEMENT')
  })

  test('DMP-REMPLACEMENT-AUTEUR : un autre médecin ne remplace pas', async () => {
    await deposer()
    const autre = writeXcn({ id: AUTRE_MEDECIN.nameId, family: 'DUODI', given: 'BASTIEN', oid: PS_IDNAT, type: 'IDNPS' })
    const authors = [{ person: autre, institutions: [writeXon({ name: 'C', id: MEDECIN.structureId })], roles: [], specialties: [] }]
    const cible = await entryUuid(UID)
    await refuse(
      () => remplacer(cible, { authors, legalAuthenticator: autre }, vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId })),
      'XDSReplaceFailed',
      'DMP-REMPLACEMENT-AUTEUR',
    )
  })

  test('DMP-VISIBLE-SANS-RETOUR : un document visible ne redevient pas invisible', async () => {
    await deposer()
    const cible = await entryUuid(UID)
    await refuse(() => remplacer(cible, { confidentialityCodes: visibilite('INVISIBLE_PATIENT') }), 'XDSReplaceFailed', 'DMP-VISIBLE-SANS-RETOUR')
  })
})

describe('ce qui se lit', () => {
  const appel = (path: string, action: string, payload: Parameters<typeof enveloppe>[1], vihf = vihfDe(CX)) =>
    monde.send('POST', path, { body: enveloppe(action, payload, vihf), headers: CONTENT_TYPE })
  const autoriser = (vihf = vihfDe(CX)) => appel(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), vihf)
  const chercher = async (vihf = vihfDe(CX)) => (await appel(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX), vihf)).text
  const lireDocument = async (uniqueId: string, vihf = vihfDe(CX), entrepot?: string) =>
    (await appel(DMP_PATHS.repository, ACTIONS.iti43, lire(uniqueId, entrepot), vihf)).text
  const autre = () => vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId })
  const infirmier = () => vihfDe(CX, { nameId: '899700979555', roles: [{ code: '60', codeSystem: '1.2.250.1.71.1.2.7', displayName: 'Infirmier' }] })

  test('DMP-MASQUE-PS : un document masqué n’est vu que de son auteur et dans l’urgence', async () => {
    await deposer({ confidentialityCodes: visibilite('MASQUE_PS') })
    await autoriser(autre())
    expect(await chercher(autre())).not.toContain(UID)
    expect(await lireDocument(UID, autre())).toContain('XDSDocumentUniqueIdError')
    await autoriser()
    expect(await chercher()).toContain(UID)
    expect(await chercher(vihfDe(CX, { nameId: AUTRE_MEDECIN.nameId, purposeOfUse: 'bris_de_glace', motif: 'coma' }))).toContain(UID)
  })

  test('DMP-INVISIBLE-PATIENT : le patient ne voit rien et n’est pas prévenu, le professionnel voit', async () => {
    await deposer({ confidentialityCodes: visibilite('INVISIBLE_PATIENT') })
    expect((await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents`)).text).not.toContain(UID)
    expect((await monde.send('GET', `/mes/api/profils/${MATRICULE}/notifications`)).json()).toEqual({ notifications: [] })
    expect((await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents/${UID}/contenu`)).status).toBe(404)
    await autoriser()
    expect(await chercher()).toContain(UID)
  })

  test('DMP-MATRICE : un infirmier ne voit pas un type que la matrice lui ferme, un médecin oui', async () => {
    const typeCode = { code: '89601-9', codingScheme: '2.16.840.1.113883.6.1', display: '' }
    await deposer({ typeCode, classCode: { code: '52', codingScheme: '1.2.250.1.213.1.1.4.1', display: '' } })
    await autoriser(infirmier())
    await autoriser(autre())
    expect(await chercher(infirmier())).not.toContain(UID)
    expect(await chercher(autre())).toContain(UID)
  })

  test('DMP-SIGNATURE-CACHEE : la signature du lot est acceptée et n’est montrée à personne', async () => {
    const classCode = { code: 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', codingScheme: 'URN', display: '' }
    const typeCode = { code: 'E1762', codingScheme: 'ASTM', display: '' }
    expect(reponse(await deposer({ classCode, typeCode })).status).toBe('Success')
    await autoriser()
    expect(await chercher()).not.toContain(UID)
    expect((await monde.send('GET', `/mes/api/profils/${MATRICULE}/documents`)).text).not.toContain(UID)
  })

  test('DMP-SIGNATURE-FICHE : un compte rendu sous la classe de signature est refusé, personne ne le verrait plus', async () => {
    const classCode = { code: 'urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1', codingScheme: 'URN', display: '' }
    await refuse(() => deposer({ classCode }), 'XDSRegistryMetadataError', 'DMP-SIGNATURE-FICHE')
  })

  test('DMP-SIGNATURE-FICHE : le type de signature n’est pas celui d’un compte rendu, même quand la classe n’est plus comparée', async () => {
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-CLASSE-STRICTE': false } })
    const typeCode = { code: 'E1762', codingScheme: 'ASTM', display: '' }
    await refuse(() => deposer({ typeCode }), 'XDSRegistryMetadataError', 'DMP-SIGNATURE-FICHE')
  })

  test('DMP-REFERENCE-SEULE : un établissement n’obtient que la référence de ses propres documents', async () => {
    await deposer()
    const reference = (structureId: string) => {
      const body = enveloppe(ACTIONS.iti18, writeGetDocuments({ uniqueIds: [UID] }, 'ObjectRef'), vihfDe(CX, { ...CERTIFICAT, structureId }))
      return monde.send('POST', DMP_PATHS.registry, { body, headers: CONTENT_TYPE })
    }
    expect((await reference(MEDECIN.structureId)).text).toContain('ObjectRef')
    expect((await reference(HOPITAL.structureId)).text).not.toContain('ObjectRef')
  })

  test('DMP-REQUETE : paramètres manquants, valeurs mal écrites et requêtes inconnues ont leur code', async () => {
    await autoriser()
    const bent = async (change: (text: string) => string) => {
      const body = change(enveloppe(ACTIONS.iti18, rechercher(CX), vihfDe(CX)))
      return (await monde.send('POST', DMP_PATHS.registry, { body, headers: CONTENT_TYPE })).text
    }
    expect(await bent((text) => text.replace('$XDSDocumentEntryPatientId', '$Autre'))).toContain('XDSStoredQueryMissingParam')
    expect(await bent((text) => text.replace('$XDSDocumentEntryStatus', '$Autre'))).toContain('XDSStoredQueryMissingParam')
    expect(await bent((text) => text.replace(/14d4debf-8f97-4251-9a74-a90016b0af0d/, '00000000-0000-0000-0000-000000000000'))).toContain(
      'XDSUnknownStoredQuery',
    )
    expect(await bent((text) => text.replace(/14d4debf-8f97-4251-9a74-a90016b0af0d/, 'f26abbcb-ac74-4422-8a30-edb644bbc1a9'))).toContain(
      'pas encore simulée',
    )
    expect(await bent((text) => text.replace("('urn:oasis", '(urn:oasis'))).toContain('XDSRegistryError')
  })

  test('DMP-DOCUMENT-CONNU : un uniqueId inconnu, un autre entrepôt, le document d’un autre', async () => {
    await deposer()
    await autoriser()
    expect(await lireDocument('1.2.3')).toContain('XDSDocumentUniqueIdError')
    expect(await lireDocument(UID, vihfDe(CX), '1.2.3')).toContain('XDSUnknownRepositoryId')
    const hugo = vihfDe(patientCx(personne('hugo-brumaire')))
    expect((await appel(DMP_PATHS.repository, ACTIONS.iti43, lire(UID), hugo)).text).toContain('XDSDocumentUniqueIdError')
    expect(await lireDocument(UID)).toContain('<ClinicalDocument')
  })

  test('la lecture est tracée chez le patient, qui est prévenu', async () => {
    await deposer()
    await autoriser()
    await lireDocument(UID)
    const { notifications } = (await monde.send('GET', `/mes/api/profils/${MATRICULE}/notifications`)).json<{ notifications: { code: string }[] }>()
    expect(notifications.map(({ code }) => code).toSorted()).toEqual(['ACCES_DMP_PS', 'AJOUT_DOCUMENT', 'CONSULT_DOCUMENT'])
  })
})
