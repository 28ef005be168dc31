import { REFUS_MATRICULE_REEL, estMatriculeFictif } from '#standards/ins/fictif.ts'
import { cleAdmise, estMatricule } from '#standards/ins/matricule-ins.ts'
import { isOidIns, OID_INS, type Oid } from '#standards/ins/oids.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import { readCx } from '#standards/xds/identifiers.ts'
import { reglesDmp } from '../rules.ts'
import type { RefusVihf } from './vihf.ts'

/** The record called, by its INS. */
export interface Dossier {
  /** 15 characters. */
  readonly matriculeIns: string
  readonly oid: Oid
  /** A provisional number: nobody has a DMP under it. */
  readonly nia: boolean
}

/** Reads the patient a VIHF names. A number that could be a real person's is refused before anything else looks at it. */
export function lireDossier(resourceId: string): Dossier | RefusVihf {
  const cx = readCx(resourceId)
  const refus = (about: string): RefusVihf => ({
    fault: 'DMPInvalidVIHF',
    rule: reglesDmp['DMP-INS-QUALIFIEE'],
    about: `Le champ Resource_id est incorrect : ${about}`,
  })
  if (cx?.type !== 'NH') return refus('la forme INS^^^&OID&ISO^NH est attendue')
  const matricule = cx.id.slice(0, 13)
  if (cx.id.length !== 15 || !estMatricule(matricule)) return refus('un matricule INS compte 15 caractères')
  if (!isOidIns(cx.oid)) return refus(`l’OID ${cx.oid} n’est pas celui d’une autorité d’affectation de l’INS`)
  if (!cleAdmise(matricule, cx.id.slice(13))) return refus('la clé ne correspond pas au matricule')
  if (!estMatriculeFictif({ matricule, oid: cx.oid }))
    return { fault: 'DMPInvalidVIHF', rule: reglesIns['SANDBOX-FICTIF-SEULEMENT'], about: REFUS_MATRICULE_REEL }
  return { matriculeIns: cx.id, oid: cx.oid, nia: cx.oid === OID_INS['INS-NIA'] }
}

/** Whether a CX of the message names this record; a date after the type is ignored. */
export function memePatient(texte: string, { matriculeIns, oid }: Dossier): boolean {
  const cx = readCx(texte)
  return cx?.id === matriculeIns && cx.oid === oid && cx.type === 'NH'
}
