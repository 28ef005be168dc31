import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Vihf } from '#standards/saml/vihf.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readAdhocQueryResponse, writeFindDocuments, writeGetDocuments } from '#standards/xds/iti-18.ts'
import { ITI57_RESPONSE_ACTION } from '#standards/xds/iti-57.ts'
import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import { readRegistryResponse } from '#standards/xds/registry-response.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { castFor } from '../database/cast.ts'
import {
  ACTIONS,
  AUTRE_MEDECIN,
  CERTIFICAT,
  changementDeFiche,
  changementDeStatut,
  CONTENT_TYPE,
  CPE,
  depotBase64,
  depotDe,
  DMP_PATHS,
  enveloppe,
  HOPITAL,
  lire,
  MEDECIN,
  patientCx,
  td03,
  vihfDe,
  visibilite,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { documents, entryDe, parUniqueId, versions } from './store.ts'

const CAMILLE = castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'camille-floreal')!.personne
const CX = patientCx(CAMILLE)
const MATRICULE = CAMILLE.ins.matricule + CAMILLE.ins.cle
const UID = '1.2.250.1.999.57.1'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

type Qui = Partial<Vihf>
const appeler = (path: string, action: string, payload: XmlElement, qui: Qui = {}): Promise<TestAnswer> =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihfDe(CX, qui)), headers: CONTENT_TYPE })
const payloadDe = ({ text }: TestAnswer): XmlElement => readSoapEnvelope(text).payload!
const modifier = (payload: XmlElement, qui: Qui = {}) => appeler(DMP_PATHS.registry, ACTIONS.iti57, payload, qui)
const reponse = (answer: TestAnswer) => readRegistryResponse(payloadDe(answer))
const autoriser = (qui: Qui = {}) => appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), qui)
const deposer = (...codes: string[]) =>
  monde.send('POST', DMP_PATHS.repository, {
    body: depotBase64(depotDe(CX, UID, { confidentialityCodes: visibilite(...codes) }), vihfDe(CX)),
    headers: CONTENT_TYPE,
  })
const courant = async () => (await parUniqueId(monde.world, UID))[0]!
const fiche = async (...codes: string[]): Promise<DocumentEntry> => ({ ...entryDe(await courant()), confidentialityCodes: visibilite(...codes) })
const chercher = async (statuses: string[], qui: Qui = {}) =>
  readAdhocQueryResponse(payloadDe(await appeler(DMP_PATHS.registry, ACTIONS.iti18, writeFindDocuments({ patientId: CX, statuses }), qui)))!.entries
const notifications = async () =>
  (await monde.send('GET', `/mes/api/profils/${MATRICULE}/notifications`)).json<{ notifications: { code: string; documentId?: string }[] }>()
    .notifications
const etat = async () => JSON.stringify(await monde.running.store.dump())

/** Refused with this code, by this rule, and the world is as it was. */
async function refuse(envoi: () => Promise<TestAnswer>, code: string, regle: string): Promise<void> {
  const avant = await etat()
  const { status, errors } = reponse(await envoi())
  expect([status, errors.map((error) => error.code)]).toEqual(['Failure', expect.arrayContaining([code])])
  expect((await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map((rule) => rule.code)).toContain(regle)
  expect(await etat()).toBe(avant)
}

describe('masquer et démasquer (TD3.3a)', () => {
  beforeEach(async () => {
    await deposer()
    await autoriser()
  })

  test('DMP-VERSION-COURANTE : masquer laisse une nouvelle version sous le même lid ; l’ancienne reste connue, obsolète', async () => {
    const avant = await courant()
    const answer = await modifier(changementDeFiche(CX, await fiche('MASQUE_PS')))
    expect(reponse(answer).status).toBe('Success')
    expect(answer.text).toContain(ITI57_RESPONSE_ACTION)
    const apres = await courant()
    expect(apres.entry).toMatchObject({ logicalId: avant.entry.logicalId, version: 2, confidentialityCodes: visibilite('MASQUE_PS') })
    expect(apres.entryUuid).not.toBe(avant.entryUuid)
    expect(await monde.world.store.get(documents, avant.entryUuid)).toBeUndefined()
    expect((await monde.world.store.get(versions, avant.entryUuid))?.etat).toBe('deprecated')
    expect((await chercher([STATUS.Approved])).filter(({ uniqueId }) => uniqueId === UID)).toHaveLength(1)
    expect((await chercher([STATUS.Deprecated])).map(({ id }) => id)).toEqual([avant.entryUuid])
    const parUuid = await appeler(DMP_PATHS.registry, ACTIONS.iti18, writeGetDocuments({ entryUuids: [avant.entryUuid] }, 'LeafClass'))
    expect(parUuid.text).toContain(avant.entryUuid)
  })

  test('DMP-VERSION-COURANTE : un lid ou une version qui ne sont pas ceux du document sont refusés', async () => {
    const masque = await fiche('MASQUE_PS')
    await refuse(
      () => modifier(changementDeFiche(CX, { ...masque, logicalId: 'urn:uuid:00000000-0000-4000-8000-000000000000' })),
      'XDSMetadataIdentifierError',
      'DMP-VERSION-COURANTE',
    )
    await refuse(() => modifier(changementDeFiche(CX, masque, '1.2.3.57', '7')), 'XDSMetadataVersionError', 'DMP-VERSION-COURANTE')
    await modifier(changementDeFiche(CX, masque))
    await refuse(
      () => modifier(changementDeFiche(CX, { ...masque, confidentialityCodes: visibilite() }, '1.2.3.58')),
      'XDSMetadataVersionError',
      'DMP-VERSION-COURANTE',
    )
  })

  test('DMP-MODIFIER-CONFIDENTIALITE : le titre, le type ou l’auteur ne se modifient pas, et une fiche inchangée est refusée', async () => {
    const base = await fiche('MASQUE_PS')
    for (const change of [
      { title: 'Autre' },
      { typeCode: { ...base.typeCode!, code: '11502-2' } },
      { authors: [] },
      { hash: '0'.repeat(40) },
      { confidentialityCodes: base.confidentialityCodes.map((un) => (un.code === 'N' ? { ...un, code: 'R' } : un)) },
    ])
      await refuse(() => modifier(changementDeFiche(CX, { ...base, ...change })), 'XDSMetadataUpdateError', 'DMP-MODIFIER-CONFIDENTIALITE')
    await refuse(async () => modifier(changementDeFiche(CX, await fiche())), 'XDSMetadataUpdateError', 'DMP-MODIFIER-CONFIDENTIALITE')
  })

  test('DMP-DEMASQUER : un médecin autorisé masque le document d’un autre ; seuls l’auteur et le médecin traitant le démasquent', async () => {
    await autoriser(AUTRE)
    await modifier(changementDeFiche(CX, await fiche('MASQUE_PS')), AUTRE)
    expect((await courant()).entry.version).toBe(2)
    // Hidden from him now: unknown.
    await refuse(async () => modifier(changementDeFiche(CX, await fiche(), '1.2.3.58'), AUTRE), 'UnresolvedReferenceException', 'DMP-MASQUE-PS')
    expect(reponse(await modifier(changementDeFiche(CX, await fiche(), '1.2.3.59'))).status).toBe('Success')
    expect((await courant()).entry.version).toBe(3)
  })

  test('DMP-MODIFIER-AUTORISE : sans autorisation d’accès, même l’auteur ne masque pas', async () => {
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('SUPPRESSION'))
    await refuse(async () => modifier(changementDeFiche(CX, await fiche('MASQUE_PS'))), 'DMPAccessForbidden', 'DMP-MODIFIER-AUTORISE')
  })

  test('DMP-MASQUE-ET-INVISIBLE et DMP-RENDRE-VISIBLE-SANS-RETOUR : un document visible ne redevient pas invisible', async () => {
    for (const code of ['INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX'])
      await refuse(async () => modifier(changementDeFiche(CX, await fiche(code))), 'XDSMetadataUpdateError', 'DMP-RENDRE-VISIBLE-SANS-RETOUR')
  })

  test('DMP-DROITS : le secrétariat et un certificat ne masquent pas, ni personne en bris de glace', async () => {
    const bris = { purposeOfUse: 'bris_de_glace', motif: 'urgence' }
    for (const qui of [CPE, CERTIFICAT, bris])
      await refuse(async () => modifier(changementDeFiche(CX, await fiche('MASQUE_PS')), qui), 'DMPAccessDeniedByRightsService', 'DMP-DROITS')
  })

  test('basculer vingt-cinq fois n’est pas borné', async () => {
    for (let n = 0; n < 25; n += 1) await modifier(changementDeFiche(CX, await fiche(...(n % 2 ? [] : ['MASQUE_PS'])), `1.2.3.57.${n}`))
    expect((await courant()).entry.version).toBe(26)
  })
})

const AUTRE: Qui = { nameId: AUTRE_MEDECIN.nameId, subjectId: AUTRE_MEDECIN.nom, structureId: '397900000199999' }

describe('supprimer et archiver (TD3.3c, TD3.3d)', () => {
  const statut = async (de: keyof typeof STATUS, vers: keyof typeof STATUS, qui: Qui = {}, lot = '1.2.3.57') =>
    modifier(changementDeStatut(CX, (await courant()).entryUuid, de, vers, lot), qui)
  beforeEach(() => deposer())

  test('DMP-SUPPRIMER-SANS-AUTORISATION : l’auteur supprime sans autorisation ; le document n’est plus lu, le patient en est prévenu', async () => {
    expect(reponse(await statut('Approved', 'Deleted')).status).toBe('Success')
    expect((await courant()).etat).toBe('deleted')
    expect((await notifications()).map(({ code }) => code).toSorted()).toEqual(['AJOUT_DOCUMENT', 'SUPP_DOC'])
    await autoriser()
    expect((await appeler(DMP_PATHS.repository, ACTIONS.iti43, lire(UID))).text).toContain('XDSDocumentUniqueIdError')
    await refuse(() => statut('Deleted', 'Approved', {}, '1.2.3.58'), 'UnresolvedReferenceException', 'DMP-STATUT')
  })

  test('DMP-SUPPRIMER-AUTEUR : un autre médecin, même autorisé, une autre structure, ne suppriment pas ; la structure de l’auteur, si', async () => {
    await autoriser(AUTRE)
    for (const qui of [AUTRE, { ...CERTIFICAT, structureId: HOPITAL.structureId }])
      await refuse(() => statut('Approved', 'Deleted', qui), 'DMPAccessDeniedByRightsService', 'DMP-SUPPRIMER-AUTEUR')
    expect(reponse(await statut('Approved', 'Deleted', { ...CPE, structureId: MEDECIN.structureId })).status).toBe('Success')
  })

  test('DMP-STATUT : archiver puis désarchiver ou supprimer ; aucun autre passage, ni depuis un statut qui n’est pas le sien', async () => {
    await autoriser()
    await refuse(() => statut('Archived', 'Approved'), 'XDSMetadataUpdateError', 'DMP-STATUT')
    await refuse(() => statut('Approved', 'Deprecated'), 'XDSMetadataUpdateError', 'DMP-STATUT')
    expect(reponse(await statut('Approved', 'Archived')).status).toBe('Success')
    expect((await chercher([STATUS.Archived])).map(({ uniqueId }) => uniqueId)).toEqual([UID])
    expect(reponse(await statut('Archived', 'Approved', {}, '1.2.3.58')).status).toBe('Success')
    await statut('Approved', 'Archived', {}, '1.2.3.59')
    expect(reponse(await statut('Archived', 'Deleted', {}, '1.2.3.60')).status).toBe('Success')
  })

  test('DMP-ARCHIVER : tout médecin autorisé archive ; réglé autrement, l’auteur seul', async () => {
    await autoriser(AUTRE)
    expect(reponse(await statut('Approved', 'Archived', AUTRE)).status).toBe('Success')
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-ARCHIVER-TOUT-MEDECIN': false } })
    await refuse(() => statut('Archived', 'Approved', AUTRE, '1.2.3.58'), 'DMPAccessDeniedByRightsService', 'DMP-ARCHIVER')
  })

  test('DMP-DOCUMENT-DU-PATIENT : un médecin autorisé n’archive pas ce que le patient a déposé', async () => {
    await autoriser(AUTRE)
    const document = await courant()
    const [auteur] = document.entry.authors
    const person = `${MATRICULE}^FLOREAL^CAMILLE^^^^^^&1.2.250.1.213.1.4.10&ISO^D^^^NH`
    await monde.world.store.put(documents, {
      ...document,
      entry: { ...document.entry, legalAuthenticator: '', authors: [{ ...auteur!, person, institutions: [] }] },
    })
    for (const vers of ['Archived', 'Deleted'] as const)
      await refuse(() => statut('Approved', vers, AUTRE), 'DMPAccessDeniedByRightsService', 'DMP-DOCUMENT-DU-PATIENT')
  })

  test('DMP-MISE-A-JOUR : sans lot, sans demande, deux fois le même document, ou chez un autre patient, rien ne change', async () => {
    const { entryUuid } = await courant()
    await refuse(() => modifier(changementDeStatut(CX, 'urn:uuid:inconnu', 'Approved', 'Deleted')), 'UnresolvedReferenceException', 'DMP-MISE-A-JOUR')
    const vide = changementDeFiche(CX, depotDe(CX, UID).fiche)
    const [liste] = vide.children as XmlElement[]
    const sans = (...noms: string[]): XmlElement => ({
      ...vide,
      children: [{ ...liste!, children: liste!.children.filter((un) => typeof un === 'string' || !noms.includes(un.name)) }],
    })
    await refuse(() => modifier(sans('ExtrinsicObject', 'Association')), 'XDSMetadataUpdateError', 'DMP-MISE-A-JOUR')
    await refuse(() => modifier(sans('Association')), 'XDSMetadataUpdateError', 'DMP-MISE-A-JOUR')
    await refuse(() => modifier(sans('ExtrinsicObject')), 'UnresolvedReferenceException', 'DMP-MISE-A-JOUR')
    const statutDe = changementDeStatut(CX, entryUuid, 'Approved', 'Deleted')
    const [deux] = statutDe.children as XmlElement[]
    const repete = { ...statutDe, children: [{ ...deux!, children: [...deux!.children, deux!.children.at(-1)!] }] }
    await refuse(() => modifier(repete), 'XDSMetadataUpdateError', 'DMP-MISE-A-JOUR')
  })

  test('DMP-DOSSIER-FERME : un dossier fermé ne change plus', async () => {
    const ferme = patientCx(castFor(Date.parse(TEST_DATE)).patients.find(({ id }) => id === 'yann-nivose')!.personne)
    const { entryUuid } = await courant()
    await refuse(() => modifier(changementDeStatut(ferme, entryUuid, 'Approved', 'Deleted'), { resourceId: ferme }), 'DMPClosed', 'DMP-DOSSIER-FERME')
  })
})

test('un message écrit à la main, sans nos outils, supprime un document', async () => {
  await deposer()
  const { entryUuid } = await courant()
  const entete = /<soap:Header>.*<\/soap:Header>/s.exec(enveloppe(ACTIONS.iti57, changementDeStatut(CX, 'x', 'Approved', 'Deleted'), vihfDe(CX)))![0]
  const id = (scheme: string, value: string) =>
    `<ExternalIdentifier id="${scheme.slice(0, 4)}" registryObject="SS" identificationScheme="urn:uuid:${scheme}" value="${value.replaceAll('&', '&amp;')}"/>`
  const classe = (scheme: string, noeud: string, slots: string) =>
    `<Classification id="${scheme.slice(0, 4)}" classificationScheme="urn:uuid:${scheme}" classifiedObject="SS" nodeRepresentation="${noeud}">${slots}</Classification>`
  const slot = (name: string, value: string) => `<Slot name="${name}"><ValueList><Value>${value.replaceAll('&', '&amp;')}</Value></ValueList></Slot>`
  const body = `<?xml version="1.0"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://www.w3.org/2005/08/addressing">
${entete}
<env:Body><l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><RegistryObjectList>
 <RegistryPackage id="SS">
  ${slot('submissionTime', '20261123080000')}
  ${classe('a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d', '', slot('authorPerson', depotDe(CX, UID).lot.authors[0]!.person))}
  ${classe('aa543740-bdda-424e-8c96-df4873be8500', '07', slot('codingScheme', '1.2.250.1.213.2.2'))}
  ${id('6b5aea1a-874d-4603-a4bc-96a0a7b38446', CX)}${id('554ac39e-e3fe-47fe-b233-965d2a147832', '1.2.250.1.999.1')}${id('96fdda7c-d067-4183-912e-bf5ee74998a8', '1.2.250.1.999.1.57')}
 </RegistryPackage>
 <Classification id="c" classifiedObject="SS" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>
 <Association id="a" associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="SS" targetObject="${entryUuid}">
  ${slot('OriginalStatus', 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')}${slot('NewStatus', 'urn:asip:ci-sis:2010:StatusType:Deleted')}
 </Association>
</RegistryObjectList></l:SubmitObjectsRequest></env:Body></env:Envelope>`
  const answer = await monde.send('POST', DMP_PATHS.registry, { body, headers: CONTENT_TYPE })
  expect(reponse(answer)).toEqual({ status: 'Success', errors: [] })
  expect((await courant()).etat).toBe('deleted')
  expect((await monde.lastExchange()).operation).toContain('TD3.3c supprimer')
})
