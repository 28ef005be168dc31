import { estMatricule } from '../ins/matricule-ins.ts'

/** Domain of the mailboxes of Mon espace santé. @see mssante.md §3.1 */
export const DOMAINE_PATIENT = 'patient.mssante.fr'

/** A mail address in two parts, in lower case: no domain of the trust space tells letters apart by their case. */
export interface Adresse {
  readonly locale: string
  readonly domaine: string
}

/** 64 characters before the @, 254 in all, dot-atoms of ASCII only. @returns undefined for anything else. @see RFC 5321 §4.5.3.1 */
export function readAdresse(texte: string): Adresse | undefined {
  if (texte.length > 254) return undefined
  const [, locale = '', domaine = ''] = /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@([A-Za-z0-9.-]+)$/.exec(texte) ?? []
  if (locale.length > 64 || !/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i.test(domaine))
    return undefined
  return { locale: locale.toLowerCase(), domaine: domaine.toLowerCase() }
}

/** @param matriculeIns 15 characters, the key included */
export const adressePatient = (matriculeIns: string): string => `${matriculeIns.toLowerCase()}@${DOMAINE_PATIENT}`

/** The matricule (15 characters, upper case) of a patient's address; undefined when the local part is none. A Corsican one has a letter. */
export function matriculeDeLAdresse({ locale, domaine }: Adresse): string | undefined {
  const matricule = locale.toUpperCase()
  return domaine === DOMAINE_PATIENT && /^[0-9AB]{15}$/.test(matricule) && estMatricule(matricule.slice(0, 13)) ? matricule : undefined
}
