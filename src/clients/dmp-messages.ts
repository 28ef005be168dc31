import { TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { type IdentifiantNationalSante, matriculeIns } from '#standards/ins/traits.ts'
import { VIHF_CODES, type Vihf, writeVihf } from '#standards/saml/vihf.ts'
import { readSoapEnvelope, SOAP12, WSA } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { isMultipart, readMtom } from '#standards/soap/mtom.ts'
import type { MimePart } from '#standards/mime/multipart.ts'
import { readDtm, readXcn, readXon, writeCx } from '#standards/xds/identifiers.ts'
import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { vocabulary, writeXml } from '#standards/xml/write.ts'
import { type CarteProfessionnelle, enMinuscules } from './carte.ts'
import type { FicheDmp } from './dmp-port.ts'
import { type Panne, ReponseInattendue, type Refus, type ReponseHttp, texteDe } from './http.ts'

/** What this software says of itself to the DMP; the homologation number is fictive. @see EX_GEN-1180 */
const LPS = { nom: 'Cabinet du bac', version: '1.0', homologation: 'BAC-0001' }

export interface Appel {
  /** Called URL. */
  readonly to: string
  readonly action: string
  readonly carte: CarteProfessionnelle
  readonly ins: IdentifiantNationalSante
  /** Milliseconds since the Unix epoch. */
  readonly maintenant: number
  readonly newId: () => string
  /** Reason of an emergency access (bris de glace). */
  readonly brisDeGlace?: string
}

/** The envelope of a call: addressing, VIHF of whoever holds the card, payload. */
export function writeAppel(payload: XmlElement, { to, action, carte, ins, maintenant, newId, brisDeGlace }: Appel): string {
  const soap = vocabulary('soap', SOAP12)
  const wsa = vocabulary('wsa', WSA)
  return writeXml(
    soap(
      'Envelope',
      {},
      soap(
        'Header',
        {},
        wsa('Action', {}, action),
        wsa('MessageID', {}, `urn:uuid:${newId()}`),
        wsa('To', {}, to),
        wsa('ReplyTo', {}, wsa('Address', {}, `${WSA}/anonymous`)),
        writeVihf(vihf({ carte, ins, maintenant }, brisDeGlace), `_${newId()}`),
      ),
      soap('Body', {}, payload),
    ),
  )
}

/** Direct authentication: the card in the reader speaks, about one patient. @see dmp.md §2.2 */
function vihf({ carte, ins, maintenant }: Pick<Appel, 'carte' | 'ins' | 'maintenant'>, brisDeGlace: string | undefined): Vihf {
  const role = ({ code, systeme, libelle }: CarteProfessionnelle['profession']) => ({ code, codeSystem: systeme, displayName: libelle })
  return {
    issuer: `CN=${carte.identifiant},GN=${carte.prenom},SN=${carte.nom},OU=${carte.structure.identifiant},C=FR`,
    issueInstant: new Date(maintenant).toISOString(),
    nameId: carte.identifiant,
    structureId: carte.structure.identifiant,
    secteurActivite: `${carte.secteurActivite}^${VIHF_CODES.secteur}`,
    subjectId: `${carte.nom} ${carte.prenom}`.trim(),
    roles: [role(carte.profession), ...(carte.savoirFaire ? [role(carte.savoirFaire)] : [])],
    version: '3.0',
    mode: 'DIRECTE',
    resourceId: writeCx({ id: matriculeIns(ins), oid: ins.oid, type: 'NH' }),
    resourceUrn: 'urn:dmp',
    purposeOfUse: brisDeGlace === undefined ? 'normal' : 'bris_de_glace',
    motif: brisDeGlace ?? '',
    confidentialite: '',
    authnContextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI',
    lps: LPS,
    signed: true,
  }
}

/** A message of the DMP, opened: payload of the Body and binary parts. */
export interface Ouvert {
  readonly payload: XmlElement
  readonly parts: ReadonlyMap<string, MimePart>
}

/**
 * Opens an answer, plain or MTOM.
 * @returns the fault as a refusal, or as an outage when the service says that it is at fault itself.
 * @throws {XmlError | SoapShapeError | MimeError | ReponseInattendue} no answer of the DMP.
 */
export function ouvrirReponse(reponse: ReponseHttp): Ouvert | Refus | Panne {
  const mtom = isMultipart(reponse.contentType) ? readMtom(reponse.bytes, reponse.contentType) : undefined
  const envelope = readSoapEnvelope(mtom ? new TextDecoder().decode(mtom.root) : texteDe(reponse))
  const fault = readSoapFault(envelope)
  if (fault) {
    const texte = fault.reason || 'Le DMP a refusé la demande sans dire pourquoi.'
    if (fault.code === 'Receiver' || fault.code === 'Server') return { issue: 'panne', parti: true, texte: `Le DMP est en défaut : ${texte}` }
    return { issue: 'refus', code: fault.subcode || fault.code, texte }
  }
  if (!envelope.payload) throw new ReponseInattendue('corps vide')
  return { payload: envelope.payload, parts: mtom?.parts ?? new Map<string, MimePart>() }
}

/** The first error of a registry's answer, as a refusal. */
export function refusDuRegistre(errors: readonly { readonly code: string; readonly context: string }[]): Refus {
  const [erreur] = errors
  return { issue: 'refus', code: erreur?.code || 'XDSRegistryError', texte: erreur?.context || 'Le DMP a refusé sans dire pourquoi.' }
}

const STATUTS: Readonly<Record<string, FicheDmp['statut']>> = {
  [STATUS.Approved]: 'actuel',
  [STATUS.Deprecated]: 'remplacé',
  [STATUS.Archived]: 'archivé',
}

/** A line of the register, in the practice's words. */
export function ficheDe(entry: DocumentEntry): FicheDmp {
  const [auteur] = entry.authors
  const nom = auteur && readXcn(auteur.person)
  const structure = auteur?.institutions[0] ? readXon(auteur.institutions[0]) : undefined
  const cree = readDtm(entry.creationTime) ?? 0
  const porte = (confidentialite: string) => entry.confidentialityCodes.some(({ code }) => code === confidentialite)
  const docteur = auteur?.specialties.some((specialite) => specialite.startsWith('G15_10')) ? 'Dr ' : ''
  return {
    uniqueId: entry.uniqueId,
    entryUuid: entry.id,
    repositoryUniqueId: entry.repositoryUniqueId,
    titre: entry.title,
    typeCode: entry.typeCode?.code ?? '',
    typeLibelle: entry.typeCode?.display || TYPES_DOCUMENT.get(entry.typeCode?.code ?? '')?.display || '',
    classCode: entry.classCode?.code ?? '',
    formatCode: entry.formatCode?.code ?? '',
    mimeType: entry.mimeType,
    auteur: nom ? docteur + enMinuscules(`${nom.given} ${nom.family}`.trim()) : '',
    structure: structure?.name ?? '',
    structureId: structure?.id ?? '',
    auteurId: nom?.id ?? '',
    creeLe: cree,
    acteLe: readDtm(entry.serviceStartTime) ?? cree,
    statut: STATUTS[entry.availabilityStatus] ?? 'actuel',
    masquePs: porte('MASQUE_PS'),
    invisiblePatient: porte('INVISIBLE_PATIENT'),
    invisibleRepresentants: porte('INVISIBLE_REPRESENTANTS_LEGAUX'),
    taille: Number(entry.size) || 0,
  }
}

/** A metadata update leaves a deprecated version under the same lid: the document itself is not obsolete, the line would be there twice. */
export const sansVersionsPerimees = (entries: readonly DocumentEntry[]): DocumentEntry[] =>
  entries.filter(
    ({ logicalId, version, availabilityStatus }) =>
      availabilityStatus !== STATUS.Deprecated || !entries.some((autre) => autre.logicalId === logicalId && autre.version > version),
  )
