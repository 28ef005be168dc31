import { LIEUX_EXERCICE } from '#standards/dmp/listes.ts'
import type { Rule } from '#standards/rule.ts'
import type { Vihf } from '#standards/saml/vihf.ts'
import { VIHF_CODES } from '#standards/saml/vihf.ts'
import { reglesDmp } from '../rules.ts'

/** How the caller was authenticated, and so what is open to it. `ES`: certificate of an establishment. */
export type Genre = 'CPS' | 'CPE' | 'ES' | 'AIR'

export type ModeAcces = 'normal' | 'bris_de_glace' | 'centre_15'

/** Who calls, once the VIHF is accepted. */
export interface Appelant {
  readonly genre: Genre
  /** PS_IdNat, or the identifier in the card. */
  readonly nameId: string
  /** Struct_IdNat. */
  readonly structureId: string
  /** As the VIHF says it: `PRIMIDI CLAIRE`. */
  readonly nom: string
  /** TRE_G15, `''` for a secretary or a certificate. */
  readonly profession: string
  /** TRE_R01 codes: the speciality a doctor acts in. */
  readonly savoirFaire: readonly string[]
  readonly mode: ModeAcces
  /** Reason of a bris de glace, `''` otherwise. */
  readonly motif: string
  /** CX of the record called. */
  readonly resourceId: string
}

/** The VIHF is not acceptable: a SOAP fault, never a RegistryResponse. */
export interface RefusVihf {
  /** Subcode of the fault. */
  readonly fault: 'DMPInvalidCertificate' | 'DMPInvalidVIHF'
  readonly rule: Rule
  readonly about: string
}

export interface ReglageVihf {
  readonly signatureExigee: boolean
  /** Minutes; 0: never too old. */
  readonly dureeMinutes: number
}

const GENRES: Readonly<Record<string, Genre>> = { DIRECTE: 'CPS', INDIRECTE: 'ES', INDIRECTE_RENFORCEE: 'AIR' }
const MODES: readonly string[] = ['normal', 'bris_de_glace', 'centre_15']
/** @see dmp.md §2.2 */
const MODES_PAR_GENRE: Readonly<Record<Genre, readonly ModeAcces[]>> = {
  CPS: ['normal', 'bris_de_glace', 'centre_15'],
  CPE: ['normal'],
  ES: ['normal', 'centre_15'],
  AIR: ['normal', 'bris_de_glace', 'centre_15'],
}
/** TRE_G15. */
export const MEDECIN = '10'

/** Reads who calls, or says in French what the VIHF lacks. @param now simulated milliseconds */
export function identifierAppelant(vihf: Vihf | undefined, reglage: ReglageVihf, now: number): Appelant | RefusVihf {
  if (!vihf) return refus('DMP-VIHF-PRESENT', 'aucun VIHF (wsse:Security / saml:Assertion) dans l’en-tête')
  if (reglage.signatureExigee && !vihf.signed)
    return {
      fault: 'DMPInvalidCertificate',
      rule: reglesDmp['DMP-VIHF-SIGNE'],
      about: 'Le certificat ayant signé le VIHF est invalide : aucune signature dans l’assertion',
    }
  const emis = Date.parse(vihf.issueInstant)
  if (Number.isNaN(emis)) return refus('DMP-VIHF-CHAMPS', `IssueInstant « ${vihf.issueInstant.slice(0, 40)} » illisible`)
  if (reglage.dureeMinutes > 0 && Math.abs(now - emis) > reglage.dureeMinutes * 60_000)
    return refus('DMP-VIHF-FRAIS', `VIHF émis le ${vihf.issueInstant}, il est ${new Date(now).toISOString()}`)
  const manque = manquant(vihf)
  if (manque) return refus('DMP-VIHF-CHAMPS', manque)
  const logiciel = logicielManquant(vihf)
  if (logiciel) return refus('DMP-VIHF-LOGICIEL', logiciel)
  const declare = GENRES[vihf.mode]!
  const profession = vihf.roles.find(({ codeSystem }) => codeSystem === VIHF_CODES.profession)?.code ?? ''
  const nonPs = vihf.roles.some(({ codeSystem }) => codeSystem === VIHF_CODES.nonPs)
  // A direct VIHF whose role is no profession is the card of an employee: a CPE. @see dmp.md §2.3
  const genre = declare === 'CPS' && profession === '' && nonPs ? 'CPE' : declare
  const savoirFaire = vihf.roles.filter(({ codeSystem }) => codeSystem === VIHF_CODES.savoirFaire).map(({ code }) => code)
  if (genre !== 'ES' && profession === MEDECIN && savoirFaire.length === 0)
    return refus('DMP-VIHF-SPECIALITE', 'Aucune spécialité dans le vihf. Spécialité obligatoire pour les Médecins.')
  if (genre !== 'CPS' && vihf.subjectId === '') return refus('DMP-VIHF-CHAMPS', 'subject-id absent : le nom de l’utilisateur, ou de l’automate')
  if (genre === 'CPS' && profession === '') return refus('DMP-VIHF-CHAMPS', 'aucune profession (TRE_G15) parmi les rôles')
  const mode = vihf.purposeOfUse as ModeAcces
  if (!MODES_PAR_GENRE[genre].includes(mode)) return refus('DMP-MODE-ACCES', `purposeofuse « ${mode} » : pas ouvert à cette authentification`)
  if (mode === 'bris_de_glace' && vihf.motif === '') return refus('DMP-BRIS-DE-GLACE-MOTIF', 'bris de glace sans motif (Mode_Acces_Raison)')
  return {
    genre,
    nameId: vihf.nameId,
    structureId: vihf.structureId,
    nom: vihf.subjectId || vihf.nameId,
    profession,
    savoirFaire,
    mode,
    motif: vihf.motif,
    resourceId: vihf.resourceId,
  }
}

const VERSIONS: readonly string[] = ['3.0', '4.0']

/** `SA07^1.2.250.1.71.4.2.4`, of JDV_J61. */
function estSecteur(texte: string): boolean {
  const [code = '', systeme = ''] = texte.split('^')
  return systeme === VIHF_CODES.secteur && (LIEUX_EXERCICE.get(code)?.includes(systeme) ?? false)
}

/** The software names itself as its « à propos » does, with the number of its homologation. @see EX_GEN-1180 */
function logicielManquant({ lps }: Vihf): string | undefined {
  if (lps.nom === '') return 'LPS_Nom absent'
  if (lps.version === '') return 'LPS_Version absent'
  return lps.homologation === '' ? 'LPS_ID_HOMOLOGATION_DMP absent' : undefined
}

function manquant(vihf: Vihf): string | undefined {
  if (!Object.hasOwn(GENRES, vihf.mode))
    return `Authentification_mode « ${vihf.mode.slice(0, 40)} » : DIRECTE, INDIRECTE ou INDIRECTE_RENFORCEE attendu`
  if (vihf.nameId === '') return 'NameID absent'
  if (vihf.structureId === '') return 'Identifiant_Structure absent : Structure introuvable ou Inactive'
  if (!estSecteur(vihf.secteurActivite))
    return `Secteur_Activite « ${vihf.secteurActivite.slice(0, 60)} » : un code SAxx du DMP suivi de ^${VIHF_CODES.secteur} attendu`
  if (!VERSIONS.includes(vihf.version)) return `VIHF_Version « ${vihf.version.slice(0, 20)} » : 3.0 ou 4.0 attendu`
  if (vihf.roles.length === 0) return 'aucun rôle (subject:role)'
  if (vihf.resourceUrn !== 'urn:dmp') return `Ressource_URN « ${vihf.resourceUrn.slice(0, 40)} » : urn:dmp attendu`
  if (vihf.resourceId === '') return 'Le champ Resource_id est incorrect : absent'
  if (!MODES.includes(vihf.purposeOfUse)) return `purposeofuse « ${vihf.purposeOfUse.slice(0, 40)} » : normal, bris_de_glace ou centre_15 attendu`
  return undefined
}

function refus(
  code:
    | 'DMP-VIHF-PRESENT'
    | 'DMP-VIHF-CHAMPS'
    | 'DMP-VIHF-LOGICIEL'
    | 'DMP-VIHF-SPECIALITE'
    | 'DMP-VIHF-FRAIS'
    | 'DMP-BRIS-DE-GLACE-MOTIF'
    | 'DMP-MODE-ACCES',
  about: string,
): RefusVihf {
  return { fault: 'DMPInvalidVIHF', rule: reglesDmp[code], about }
}

export const estRefusVihf = (value: object): value is RefusVihf => 'fault' in value
