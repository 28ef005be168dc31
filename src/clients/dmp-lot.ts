import { FORMAT_N1, FORMAT_N1_SYSTEM, OID_LOGICIEL } from '#standards/dmp/identifiants.ts'
import { CLASS_SYSTEM, CLASSES_DOCUMENT, TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { PS_IDNAT, writeCx, writeDtm, writeXcn, writeXon } from '#standards/xds/identifiers.ts'
import { UPDATE_SLOT } from '#standards/xds/iti-57.ts'
import { ASSOCIATION, type Author, type Code, type DocumentEntry, type Metadata, type SubmissionSet } from '#standards/xds/metadata.ts'
import type { CarteProfessionnelle } from './carte.ts'
import type { ActeDmp, Depot } from './dmp-port.ts'

/** Ids of the objects within one submission: the registry gives its own. */
export const DOCUMENT = 'Document01'
const LOT = 'Lot01'

const code = (code: string, codingScheme: string, display: string): Code => ({ code, codingScheme, display })

const NORMAL = code('N', '2.16.840.1.113883.5.25', 'Normal')
const MASQUE_PS = code('MASQUE_PS', '1.2.250.1.213.1.1.4.13', 'Masqué aux professionnels de santé')
const INVISIBLE_PATIENT = code('INVISIBLE_PATIENT', '1.2.250.1.213.1.1.4.13', 'Non visible par le patient')
const CONSULTATIONS = code('60', '1.2.250.1.213.2.2', 'Consultations et actes')
const AMBULATOIRE = code('AMBULATOIRE', '1.2.250.1.213.1.1.4.9', 'Ambulatoire')

/** Specialties of authors. @see JDV_J01 */
const SPECIALITES = '1.2.250.1.213.1.1.4.5'
const SECTEURS = '1.2.250.1.71.4.2.4'

/** `G15_10/SM26`, `SECRETARIAT_MEDICAL`. */
export function specialite({ profession, savoirFaire, genre }: CarteProfessionnelle): { code: string; codeSystem: string; displayName: string } {
  if (genre === 'CPE') return { code: profession.code, codeSystem: profession.systeme, displayName: profession.libelle }
  const suffixe = savoirFaire ? { code: `/${savoirFaire.code}`, libelle: ` - ${savoirFaire.libelle}` } : { code: '', libelle: '' }
  return { code: `G15_${profession.code}${suffixe.code}`, codeSystem: SPECIALITES, displayName: profession.libelle + suffixe.libelle }
}

const personne = ({ identifiant, nom, prenom }: CarteProfessionnelle): string =>
  writeXcn({ id: identifiant, family: nom, given: prenom, oid: PS_IDNAT, type: 'IDNPS' })

function auteur(carte: CarteProfessionnelle): Author {
  const { code, codeSystem, displayName } = specialite(carte)
  return {
    person: personne(carte),
    institutions: [writeXon({ name: carte.structure.nom, id: carte.structure.identifiant })],
    roles: [],
    specialties: [`${code}^${displayName}^${codeSystem}`],
  }
}

/**
 * The metadata of one document and of its submission. The document's author is the professional who validated it; the submission's is
 * whoever sends, as in the VIHF. @see dmp.md §3.2, §3.3 ; EX_2.1-1140
 * @param remplace entryUUID of the version in force that it takes the place of
 * @param empreinte SHA-1 in hexadecimal, `''` where the platform cannot compute one.
 */
export function metadonnees(depot: Depot, emetteur: CarteProfessionnelle, empreinte: string, maintenant: number, remplace?: string): Metadata {
  const patientId = writeCx({ id: matriculeIns(depot.ins), oid: depot.ins.oid, type: 'NH' })
  return {
    submissionSet: lot(patientId, depot.lotUniqueId, depot.lotTitre, emetteur, maintenant),
    entries: [fiche(depot, patientId, empreinte)],
    associations: [
      { id: 'Association01', type: ASSOCIATION.HasMember, source: LOT, target: DOCUMENT, slots: { SubmissionSetStatus: ['Original'] } },
      ...(remplace === undefined ? [] : [{ id: 'Association02', type: ASSOCIATION.RPLC, source: DOCUMENT, target: remplace, slots: {} }]),
    ],
  }
}

const lot = (patientId: string, uniqueId: string, title: string, emetteur: CarteProfessionnelle, maintenant: number): SubmissionSet => ({
  id: LOT,
  patientId,
  uniqueId,
  sourceId: OID_LOGICIEL,
  title,
  comments: '',
  authors: [auteur(emetteur)],
  contentTypeCode: CONSULTATIONS,
  submissionTime: writeDtm(maintenant),
})

/** What one update says besides what it changes. */
interface Modification {
  readonly ins: Depot['ins']
  readonly emetteur: CarteProfessionnelle
  readonly lotUniqueId: string
  readonly maintenant: number
}

const lotDe = ({ ins, emetteur, lotUniqueId, maintenant }: Modification, titre: string): SubmissionSet =>
  lot(writeCx({ id: matriculeIns(ins), oid: ins.oid, type: 'NH' }), lotUniqueId, titre, emetteur, maintenant)

/** TD3.3c and d. @param entryUuid of the current version @see dmp.md §3.8 */
export const changementDeStatut = (modification: Modification, entryUuid: string, de: string, vers: string): Metadata => ({
  submissionSet: lotDe(modification, 'Changement de statut'),
  entries: [],
  associations: [
    {
      id: 'Association01',
      type: ASSOCIATION.UpdateAvailabilityStatus,
      source: LOT,
      target: entryUuid,
      slots: { [UPDATE_SLOT.OriginalStatus]: [de], [UPDATE_SLOT.NewStatus]: [vers] },
    },
  ],
})

/** TD3.3a and b: the whole entry again, with other codes of visibility. @param entry the current version, as the registry gives it */
export const changementDeVisibilite = (modification: Modification, entry: DocumentEntry, acte: ActeVisibilite): Metadata => ({
  submissionSet: lotDe(modification, entry.title),
  entries: [
    {
      ...entry,
      id: DOCUMENT,
      availabilityStatus: '',
      version: 0,
      confidentialityCodes:
        acte === 'masquer' ? [...entry.confidentialityCodes, MASQUE_PS] : entry.confidentialityCodes.filter(({ code: un }) => un !== LEVE[acte]),
    },
  ],
  associations: [
    {
      id: 'Association01',
      type: ASSOCIATION.HasMember,
      source: LOT,
      target: DOCUMENT,
      slots: { SubmissionSetStatus: ['Original'], [UPDATE_SLOT.PreviousVersion]: [String(entry.version)] },
    },
  ],
})

export type ActeVisibilite = Extract<ActeDmp, 'masquer' | 'demasquer' | `montrer${string}`>

/** The code that each act takes away. */
const LEVE: Readonly<Record<Exclude<ActeVisibilite, 'masquer'>, string>> = {
  demasquer: 'MASQUE_PS',
  montrerPatient: 'INVISIBLE_PATIENT',
  montrerRepresentants: 'INVISIBLE_REPRESENTANTS_LEGAUX',
}

function fiche({ document, traits, auteur: professionnel }: Depot, patientId: string, empreinte: string): DocumentEntry {
  const type = TYPES_DOCUMENT.get(document.typeCode)
  const prenoms = traits.listePrenom.split(' ')
  const redige = writeDtm(document.redigeLe)
  return {
    id: DOCUMENT,
    availabilityStatus: '',
    logicalId: '',
    version: 0,
    mimeType: 'text/xml',
    patientId,
    uniqueId: document.uniqueId,
    title: document.titre,
    comments: '',
    authors: [auteur(professionnel)],
    legalAuthenticator: personne(professionnel),
    sourcePatientId: patientId,
    sourcePatientInfo: [
      `PID-5|${traits.nomNaissance}^${prenoms[0] ?? ''}^${traits.listePrenom}^^^^L`,
      `PID-7|${traits.dateNaissance.replaceAll('-', '')}`,
      `PID-8|${traits.sexe}`,
    ],
    classCode: type && code(type.classCode, CLASS_SYSTEM, CLASSES_DOCUMENT.get(type.classCode) ?? ''),
    typeCode: type && code(type.code, type.codingScheme, type.display),
    formatCode: code(FORMAT_N1['text/plain']!, FORMAT_N1_SYSTEM, 'Texte'),
    confidentialityCodes: [NORMAL, ...(document.masquePs ? [MASQUE_PS] : []), ...(document.invisiblePatient ? [INVISIBLE_PATIENT] : [])],
    healthcareFacilityTypeCode: code(professionnel.secteurActivite, SECTEURS, ''),
    practiceSettingCode: AMBULATOIRE,
    eventCodes: [],
    creationTime: redige,
    serviceStartTime: redige,
    serviceStopTime: '',
    languageCode: 'fr-FR',
    hash: empreinte,
    size: String(document.cda.length),
    repositoryUniqueId: '',
    referenceIds: [],
  }
}
