import { type CdaLu, readCda } from '../../cda/read-cda.ts'
import { Base64Error } from '../../mime/base64.ts'
import { LCM, RIM } from '../../xds/constants.ts'
import { readRegistryObjects } from '../../xds/ebrim.ts'
import { type Cx, readCx, readDtm, readXcn, readXon } from '../../xds/identifiers.ts'
import { ASSOCIATION, type DocumentEntry, type Metadata, STATUS } from '../../xds/metadata.ts'
import { sha1 } from '../../xds/sha1.ts'
import { child } from '../../xml/element.ts'
import { readXml, XmlError } from '../../xml/read.ts'
import { readZip, ZipError, type ZipFile, type ZipLimits } from '../../zip/read-zip.ts'
import { type CodeIntegration, LOT, OIDS_INS } from './xdm.ts'

/** Who the archive says that its documents are about. What is absent is `''`. */
export interface PatientXdm {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly oid: string
  readonly nomNaissance: string
  readonly premierPrenom: string
  readonly listePrenom: string
  readonly sexe: string
  /** `AAAA-MM-JJ`. */
  readonly dateNaissance: string
  /** Code INSEE, from the header of the document. */
  readonly lieuNaissance: string
}

export interface DocumentXdm {
  readonly uniqueId: string
  readonly titre: string
  readonly type: { readonly code: string; readonly libelle: string }
  /** Milliseconds; null when unreadable. */
  readonly redigeLe: number | null
  readonly auteur: string
  readonly structure: { readonly nom: string; readonly id: string }
  readonly mimeType: string
  readonly octets: Uint8Array
  /** From 1; 0 when not given. */
  readonly version: number
  /** uniqueId of the version whose place it takes, `''` for a first one. */
  readonly remplace: string
  /** Its author withdraws it. */
  readonly supprime: boolean
}

export interface LotXdm {
  readonly titre: string
  readonly patient: PatientXdm
  readonly documents: readonly DocumentXdm[]
}

/** No, with the code of an integration refusal. */
export interface RefusXdm {
  readonly code: CodeIntegration
  /** French. */
  readonly texte: string
}

export const estRefusXdm = (value: LotXdm | RefusXdm): value is RefusXdm => 'code' in value

/** A mail to Mon espace santé weighs 25 Mo at most; what it carries inflates to twice that at most. */
const BORNES: ZipLimits = { entries: 200, fileSize: 25_000_000, totalSize: 50_000_000 }
const MAX_DOCUMENTS = 99
const BORNES_METADATA = { maxDepth: 32, maxLength: 2_000_000, maxAttributes: 64, maxElements: 50_000 }

/**
 * Reads IHE_XDM.ZIP: one patient, METADATA.XML and the documents it lists, whatever the case of the names. Nothing is opened that it does not
 * list; an archive within the archive stays shut.
 * @throws nothing: what cannot be read is a refusal.
 */
export async function lireXdm(octets: Uint8Array): Promise<LotXdm | RefusXdm> {
  try {
    return await lire(octets)
  } catch (error) {
    if (error instanceof ZipError) return autre(`Archive refusée : ${error.message}.`)
    if (error instanceof XmlError) return autre('METADATA.XML ou un document n’est pas un XML lisible.')
    if (error instanceof Base64Error) return autre('Le corps d’un document est illisible.')
    if (error instanceof Refus) return error.refus
    throw error
  }
}

const autre = (texte: string): RefusXdm => ({ code: 906, texte })

class Refus extends Error {
  readonly refus: RefusXdm
  constructor(refus: RefusXdm) {
    super(refus.texte)
    this.refus = refus
  }
}

const refuser = (texte: string, code: CodeIntegration = 906): never => {
  throw new Refus({ code, texte })
}

async function lire(octets: Uint8Array): Promise<LotXdm | RefusXdm> {
  const fichiers = readZip(octets, BORNES)
  const lots = new Set(fichiers.map(({ name }) => /^ihe_xdm\/([^/]+)\/metadata\.xml$/i.exec(name)?.[1]?.toLowerCase()).filter(Boolean))
  if (lots.size !== 1) return autre(lots.size === 0 ? 'L’archive n’a pas de METADATA.XML sous IHE_XDM/SUBSET01.' : 'L’archive porte plusieurs lots.')
  const dossier = `${LOT.split('/')[0]}/${[...lots][0]}/`.toLowerCase()
  const duLot = new Map(
    fichiers
      .filter(({ name }) => name.toLowerCase().startsWith(dossier))
      .map((fichier) => [fichier.name.toLowerCase().slice(dossier.length), fichier]),
  )
  const metadata = lireMetadata(duLot.get('metadata.xml')!)
  const { entries } = metadata
  if (entries.length === 0) return autre('METADATA.XML ne décrit aucun document.')
  if (entries.length > MAX_DOCUMENTS) return autre(`METADATA.XML décrit ${entries.length} documents, ${MAX_DOCUMENTS} admis.`)
  const ins = unSeulPatient(metadata)
  const lus = await Promise.all(entries.map((entry) => lireDocument(entry, metadata, duLot, ins)))
  return {
    titre: metadata.submissionSet?.title ?? '',
    patient: patientDe(entries[0]!, ins, lus[0]!.cda),
    documents: lus.map(({ document }) => document),
  }
}

function lireMetadata({ bytes }: ZipFile): Metadata {
  const racine = readXml(new TextDecoder().decode(bytes), BORNES_METADATA)
  const liste = racine.ns === LCM && racine.name === 'SubmitObjectsRequest' ? child(racine, RIM, 'RegistryObjectList') : undefined
  return liste ? readRegistryObjects(liste) : refuser('METADATA.XML n’est pas un SubmitObjectsRequest.')
}

/** The same in every sheet and in the submission. @see ECO.2.1.1, ECO.2.1.2 */
function unSeulPatient({ entries, submissionSet }: Metadata): Cx {
  const dits = new Set([...entries.map(({ patientId }) => patientId), ...(submissionSet?.patientId ? [submissionSet.patientId] : [])].map(memeCx))
  if (dits.size > 1) return refuser('L’archive porte les documents de plusieurs patients.')
  return readCx(entries[0]!.patientId) ?? refuser('METADATA.XML ne dit pas de quel patient il s’agit.', 903)
}

const memeCx = (texte: string): string => {
  const cx = readCx(texte)
  return cx ? `${cx.id} ${cx.oid}` : texte
}

async function lireDocument(
  entry: DocumentEntry,
  { associations }: Metadata,
  duLot: ReadonlyMap<string, ZipFile>,
  ins: Cx,
): Promise<{ document: DocumentXdm; cda: CdaLu | undefined }> {
  const nom = entry.uri ?? ''
  const fichier = duLot.get(nom.toLowerCase().replace(/^\.\//, ''))
  if (!fichier || nom === '') return refuser(`Le document « ${entry.title.slice(0, 80)} » n’est pas dans l’archive.`)
  const { bytes } = fichier
  if (entry.size !== '' && entry.size !== String(bytes.length)) return refuser(`« ${nom} » n’a pas la taille annoncée.`)
  if (entry.hash !== '' && entry.hash !== (await sha1(bytes))) return refuser(`« ${nom} » n’a pas l’empreinte annoncée.`)
  const cda = /xml/.test(entry.mimeType) ? readCda(new TextDecoder().decode(bytes)) : undefined
  if (cda && cda.patient.oid.startsWith(OIDS_INS) && (cda.patient.ins !== ins.id || cda.patient.oid !== ins.oid))
    return refuser(`« ${nom} » est d’un autre patient que METADATA.XML.`)
  if (cda && cda.id !== '' && entry.uniqueId !== '' && cda.id !== entry.uniqueId) return refuser(`« ${nom} » n’a pas l’identifiant annoncé.`)
  const auteur = readXcn(entry.authors[0]?.person ?? '')
  const structure = readXon(entry.authors[0]?.institutions[0] ?? '')
  const remplace = associations.find(({ type, source }) => type === ASSOCIATION.RPLC && source === entry.id)?.target.replace(/^urn:oid:/, '')
  const document: DocumentXdm = {
    uniqueId: entry.uniqueId || (cda?.id ?? ''),
    titre: entry.title || (cda?.titre ?? ''),
    type: { code: entry.typeCode?.code ?? cda?.typeCode ?? '', libelle: entry.typeCode?.display ?? '' },
    redigeLe: readDtm(entry.creationTime) ?? null,
    auteur: auteur ? `${auteur.given} ${auteur.family}`.trim() : (cda?.auteur ?? ''),
    structure: { nom: structure?.name ?? cda?.structure ?? '', id: structure?.id ?? '' },
    mimeType: entry.mimeType,
    octets: bytes,
    version: cda?.version || entry.version,
    remplace: cda?.remplace || (remplace ?? ''),
    supprime: entry.availabilityStatus === STATUS.Deleted,
  }
  return { document, cda }
}

/** `PID-5|NOM^PRENOM^LISTE^^^^L` → its components. */
const pid = (entry: DocumentEntry, rang: 5 | 7 | 8): string[] =>
  (entry.sourcePatientInfo.find((un) => un.startsWith(`PID-${rang}|`)) ?? '').slice(`PID-${rang}|`.length).split('^')

function patientDe(entry: DocumentEntry, ins: Cx, cda: CdaLu | undefined): PatientXdm {
  const [nom = '', premier = '', liste = ''] = pid(entry, 5)
  const [naissance = ''] = pid(entry, 7)
  const [sexe = ''] = pid(entry, 8)
  const listePrenom = cda?.patient.prenoms || liste || premier
  return {
    matriculeIns: ins.type === 'PI' ? '' : ins.id,
    oid: ins.type === 'PI' ? '' : ins.oid,
    nomNaissance: nom || (cda?.patient.nom ?? ''),
    premierPrenom: premier || (listePrenom.split(' ')[0] ?? ''),
    listePrenom,
    sexe,
    dateNaissance: /^\d{8}/.test(naissance) ? `${naissance.slice(0, 4)}-${naissance.slice(4, 6)}-${naissance.slice(6, 8)}` : '',
    lieuNaissance: cda?.patient.lieuNaissance ?? '',
  }
}
