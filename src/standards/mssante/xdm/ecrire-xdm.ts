import { strToU8, zipSync } from 'fflate'
import { type CdaN1, writeCdaN1 } from '../../cda/cda.ts'
import { FORMAT_N1, FORMAT_N1_SYSTEM } from '../../dmp/identifiants.ts'
import { CLASS_SYSTEM, CLASSES_DOCUMENT, TYPES_DOCUMENT } from '../../dmp/types-document.ts'
import { LCM } from '../../xds/constants.ts'
import { rim, writeRegistryObjects } from '../../xds/ebrim.ts'
import { PS_IDNAT, writeCx, writeDtm, writeXcn, writeXon } from '../../xds/identifiers.ts'
import { ASSOCIATION, type Association, type Author, type Code, type DocumentEntry, type Metadata, STATUS } from '../../xds/metadata.ts'
import { sha1 } from '../../xds/sha1.ts'
import { vocabulary, writeXml } from '../../xml/write.ts'
import { LOT, OIDS_INS } from './xdm.ts'

interface DocumentAEcrire {
  readonly cda: CdaN1
  /** Its bytes as they already went elsewhere (the DMP): the same document everywhere. Written from `cda` when absent. */
  readonly octets?: Uint8Array
  /** The document is withdrawn by its author. @see MSS/va1.30, va1.37 */
  readonly supprime?: boolean
}

export interface EnvoiXdm {
  /** OID of this submission, and of the software. */
  readonly uniqueId: string
  readonly sourceId: string
  readonly titre: string
  /** Milliseconds. */
  readonly envoyeLe: number
  /** Of one and the same patient. */
  readonly documents: readonly DocumentAEcrire[]
}

const CONFIDENTIALITE: Code = { code: 'N', codingScheme: '2.16.840.1.113883.5.25', display: 'Normal' }
const CONSULTATIONS: Code = { code: '60', codingScheme: '1.2.250.1.213.2.2', display: 'Consultations et actes' }
const lcm = vocabulary('lcm', LCM)

/**
 * The bytes of IHE_XDM.ZIP; same envoi, same bytes.
 * @throws {RangeError} no document, or more than one patient.
 */
export async function ecrireXdm(envoi: EnvoiXdm): Promise<Uint8Array> {
  const { documents } = envoi
  const premier = documents[0]
  if (!premier || documents.length > 99) throw new RangeError('an archive carries from 1 to 99 documents')
  if (new Set(documents.map(({ cda: { patient } }) => `${patient.matriculeIns} ${patient.oid}`)).size > 1)
    throw new RangeError('an archive carries the documents of one patient')
  const lots = await Promise.all(
    documents.map(async (document, rang) => {
      const octets = document.octets ?? writeCdaN1(document.cda)
      const uri = `DOC${String(rang + 1).padStart(4, '0')}.XML`
      return { ...document, octets, uri, entry: await ficheDe(document, octets, `Document${String(rang + 1).padStart(2, '0')}`, uri) }
    }),
  )
  const metadata = metadataDe(envoi, lots)
  const xml = writeXml(lcm('SubmitObjectsRequest', {}, rim('RegistryObjectList', {}, writeRegistryObjects(metadata))), { declaration: true })
  const fichiers = Object.fromEntries(lots.map(({ uri, octets }) => [LOT + uri, octets]))
  return zipSync(
    { 'INDEX.HTM': strToU8(index(lots)), 'README.TXT': strToU8(lisezMoi(premier.cda, lots)), [`${LOT}METADATA.XML`]: strToU8(xml), ...fichiers },
    // The date of a file says nothing that METADATA.XML does not say: always the first that a zip can write.
    { mtime: new Date(1980, 0, 1) },
  )
}

interface Lot extends DocumentAEcrire {
  readonly octets: Uint8Array
  readonly uri: string
  readonly entry: DocumentEntry
}

const code = ({ code: lui, codeSystem, displayName = '' }: { code: string; codeSystem: string; displayName?: string }): Code => ({
  code: lui,
  codingScheme: codeSystem,
  display: displayName,
})

const personne = ({ auteur }: CdaN1): string => writeXcn({ id: auteur.id, family: auteur.nom, given: auteur.prenom, oid: PS_IDNAT, type: 'IDNPS' })

const auteurDe = (cda: CdaN1): Author => ({
  person: personne(cda),
  institutions: [writeXon({ name: cda.auteur.structure.nom, id: cda.auteur.structure.id })],
  roles: [],
  specialties: [`${cda.auteur.specialite.code}^${cda.auteur.specialite.displayName}^${cda.auteur.specialite.codeSystem}`],
})

/** A number that is no INS is the sender's own. */
const patientDe = ({ patient: { matriculeIns, oid } }: CdaN1): string =>
  writeCx({ id: matriculeIns, oid, type: oid.startsWith(OIDS_INS) ? 'NH' : 'PI' })

/** What METADATA.XML says of a document follows from its header. */
async function ficheDe({ cda, supprime }: DocumentAEcrire, octets: Uint8Array, id: string, uri: string): Promise<DocumentEntry> {
  const type = TYPES_DOCUMENT.get(cda.type.code)
  const redige = writeDtm(cda.redigeLe)
  const { patient } = cda
  return {
    id,
    availabilityStatus: supprime ? STATUS.Deleted : STATUS.Approved,
    logicalId: '',
    version: cda.version,
    mimeType: 'text/xml',
    patientId: patientDe(cda),
    uniqueId: cda.id,
    title: cda.titre,
    comments: '',
    authors: [auteurDe(cda)],
    legalAuthenticator: personne(cda),
    sourcePatientId: patientDe(cda),
    sourcePatientInfo: [
      `PID-5|${patient.nomNaissance}^${patient.listePrenom.split(' ')[0] ?? ''}^${patient.listePrenom}^^^^L`,
      `PID-7|${patient.dateNaissance.replaceAll('-', '')}`,
      `PID-8|${patient.sexe}`,
    ],
    classCode: type && { code: type.classCode, codingScheme: CLASS_SYSTEM, display: CLASSES_DOCUMENT.get(type.classCode) ?? '' },
    typeCode: code(cda.type),
    formatCode: { code: FORMAT_N1[cda.corps.mediaType] ?? '', codingScheme: FORMAT_N1_SYSTEM, display: '' },
    confidentialityCodes: [CONFIDENTIALITE],
    healthcareFacilityTypeCode: code(cda.lieuExercice),
    practiceSettingCode: code(cda.cadreExercice),
    eventCodes: [],
    creationTime: redige,
    serviceStartTime: redige,
    serviceStopTime: '',
    languageCode: 'fr-FR',
    hash: await sha1(octets),
    size: String(octets.length),
    repositoryUniqueId: '',
    referenceIds: [],
    uri,
  }
}

function metadataDe({ uniqueId, sourceId, titre, envoyeLe }: EnvoiXdm, lots: readonly Lot[]): Metadata {
  const { cda } = lots[0]!
  const associations: Association[] = lots.flatMap(({ entry, cda: { remplace } }, rang) => [
    { id: `Membre${rang + 1}`, type: ASSOCIATION.HasMember, source: 'Lot01', target: entry.id, slots: { SubmissionSetStatus: ['Original'] } },
    // The receiver has no registry: the version replaced is named by its uniqueId.
    ...(remplace === undefined
      ? []
      : [{ id: `Remplace${rang + 1}`, type: ASSOCIATION.RPLC, source: entry.id, target: `urn:oid:${remplace}`, slots: {} }]),
  ])
  return {
    submissionSet: {
      id: 'Lot01',
      patientId: patientDe(cda),
      uniqueId,
      sourceId,
      title: titre,
      comments: '',
      authors: [auteurDe(cda)],
      contentTypeCode: CONSULTATIONS,
      submissionTime: writeDtm(envoyeLe),
    },
    entries: lots.map(({ entry }) => entry),
    associations,
  }
}

const ENTITES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (texte: string): string => texte.replace(/[&<>"]/g, (un) => ENTITES[un]!)

const index = (lots: readonly Lot[]): string => `<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Documents transmis</title></head>
<body>
<h1>Documents transmis</h1>
<ul>
${lots.map(({ uri, cda }) => `<li><a href="${LOT}${uri}">${html(cda.titre)}</a></li>`).join('\n')}
</ul>
<p><a href="README.TXT">Mode d’emploi</a></p>
</body>
</html>
`

const lisezMoi = ({ auteur }: CdaN1, lots: readonly Lot[]): string =>
  `DOCUMENTS TRANSMIS PAR MESSAGERIE SECURISEE DE SANTE

Expediteur : ${auteur.structure.nom}
Application : Bac a sante (simulation, donnees fictives)

Ouvrez INDEX.HTM pour lire les documents, ou laissez votre logiciel les integrer.

Arborescence :
INDEX.HTM
README.TXT
${LOT}METADATA.XML
${lots.map(({ uri }) => LOT + uri).join('\n')}
`.replaceAll('\n', '\r\n')
