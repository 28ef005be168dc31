import type { Rule } from '#standards/rule.ts'
import type { Lien } from '../database/distribution.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import type { DocumentPourPatient } from '../world.ts'
import { VUES, type EtatProfil } from './etats.ts'
import type { ControleActivation } from './lifecycle.ts'
import { regles } from './rules-register.ts'

/** No, and why. `about` is French and may be shown to the person who asked. */
export interface Refus {
  readonly refused: Rule
  readonly about: string
  /** HTTP status, when the rule does not settle it: 403 may not, 409 not now (the default), 413 and 415 a file, 422 what was given is wrong. */
  readonly statut?: 403 | 409 | 413 | 415 | 422
}

export const estRefus = (value: unknown): value is Refus => typeof value === 'object' && value !== null && 'refused' in value

/** A one-use code sent by mail, text message or post. Times are simulated milliseconds. */
export interface CodeProvisoire {
  readonly code: string
  readonly emisLe: number
  readonly utiliseLe: number | null
}

const VALIDITE_DU_CODE = readDuration('P6W')!

export const finDuCode = ({ emisLe }: CodeProvisoire): number => addDuration(emisLe, VALIDITE_DU_CODE)

/** @param connu the last code sent; an older one is unknown */
export function verifierCode(connu: CodeProvisoire | undefined, saisi: string, maintenant: number): ControleActivation['code'] {
  if (!connu || connu.code !== saisi.replace(/\s/g, '')) return 'inconnu'
  if (connu.utiliseLe !== null) return 'déjà utilisé'
  return maintenant >= finDuCode(connu) ? 'expiré' : 'valide'
}

const CODE_REFUSE = {
  expiré: 'le code provisoire a plus de six semaines : demandez-en un nouveau',
  'déjà utilisé': 'ce code provisoire a déjà servi : demandez-en un nouveau',
  inconnu: 'ce n’est pas le dernier code envoyé : vérifiez-le, ou demandez-en un nouveau',
} as const

export function refusActivation({ code, identite, cguAcceptees }: ControleActivation): Refus | undefined {
  if (code !== 'valide') return { refused: regles['MES-CODE-PROVISOIRE'], about: CODE_REFUSE[code] }
  if (!identite) return { refused: regles['MES-ACTIVATION-IDENTITE'], about: 'la date de naissance donnée n’est pas celle du titulaire' }
  if (!cguAcceptees) return { refused: regles['MES-CGU'], about: 'les conditions d’utilisation n’ont pas été acceptées' }
  return undefined
}

/** Only an activated profile reads; also the answer to a holder who refused the terms of use. */
export function refusLecture(etat: EtatProfil): Refus | undefined {
  const { patient, annonce } = VUES[etat]
  if (patient === 'tout') return undefined
  return { refused: regles[patient === 'cgu' ? 'MES-CGU' : 'MES-LECTURE-PROFIL-ACTIVE'], about: annonce }
}

/** In what capacity somebody acts on a profile. */
export type Qualite = 'titulaire' | 'représentant légal' | 'tuteur' | 'curateur' | 'aidant'

export interface Titulaire {
  /** Whole years on the day of the act. */
  readonly age: number
  readonly liens: readonly { readonly lien: Lien; readonly patient: string }[]
}

export const AGE_DE_LA_MAJORITE = 18

/** @param auteur id of the person who acts when it is not the holder */
export function qualiteDe({ age, liens }: Titulaire, auteur: string | undefined): Qualite | Refus {
  if (auteur === undefined) return 'titulaire'
  const siens = new Set(liens.filter(({ patient }) => patient === auteur).map(({ lien }) => lien))
  if (siens.has('parent') && age < AGE_DE_LA_MAJORITE) return 'représentant légal'
  if (siens.has('tuteur')) return 'tuteur'
  if (siens.has('curateur admis')) return 'curateur'
  if (siens.has('aidant')) return 'aidant'
  if (siens.has('curateur')) return { refused: regles['MES-PROTEGE-CURATEUR'], about: 'le titulaire n’a pas ouvert son profil à son curateur' }
  return { refused: regles['MES-AUTEUR-LIEN'], about: 'cette personne n’est ni représentant légal, ni tuteur, ni aidant du titulaire' }
}

/**
 * `lecture`: reading and the notification centre. `contenu`: writing data, documents and messages. `gestion`: opening, closing, terms of use,
 * accesses, settings, download of everything.
 */
export type Famille = 'lecture' | 'contenu' | 'gestion'

/** Whether this capacity may do this. A minor whose representative is not known acts alone: the caller is taken for the representative. */
export function refusDeQualite({ age, liens }: Titulaire, qualite: Qualite, famille: Famille): Refus | undefined {
  if (famille === 'lecture') return undefined
  if (qualite === 'curateur')
    return famille === 'contenu' ? undefined : { refused: regles['MES-PROTEGE-CURATEUR'], about: 'le titulaire fait lui-même cet acte' }
  if (qualite === 'aidant')
    return famille === 'contenu' ? undefined : { refused: regles['MES-AIDANT-LIMITES'], about: 'un aidant ne fait pas cet acte' }
  if (qualite !== 'titulaire') return undefined
  if (age < AGE_DE_LA_MAJORITE && liens.some(({ lien }) => lien === 'parent'))
    return { refused: regles['MES-MINEUR-REPRESENTANT'], about: `le titulaire a ${age} ans : son représentant légal fait cet acte` }
  if (liens.some(({ lien }) => lien === 'tuteur')) return { refused: regles['MES-PROTEGE-TUTEUR'], about: 'le tuteur fait cet acte' }
  return undefined
}

/** Whole years between a birth date (`AAAA-MM-JJ`, unknown parts `00`) and a time. */
export function ageLe(dateNaissance: string, le: number): number {
  const [annee, jour] = [Number(dateNaissance.slice(0, 4)), dateNaissance.slice(5)]
  const jourPresent = new Date(le).toISOString()
  return Number(jourPresent.slice(0, 4)) - annee - (jourPresent.slice(5, 10) < jour ? 1 : 0)
}

/** Who put it there. */
export function origineDe({ duPatient, duSysteme, classCode }: Pick<DocumentPourPatient, 'duPatient' | 'duSysteme' | 'classCode'>) {
  if (duSysteme) return 'mon espace santé' as const
  if (duPatient) return 'patient' as const
  return classCode === REMBOURSEMENTS ? ('assurance maladie' as const) : ('professionnel' as const)
}

/** Class of the documents that the Assurance maladie alone writes. @see EX_2.1-1010 */
const REMBOURSEMENTS = '60'

/** Whether somebody acting in this capacity sees what is told of a document. */
export const visiblePour = (qualite: Qualite, { invisibleRepresentants = false }: { readonly invisibleRepresentants?: boolean }): boolean =>
  !invisibleRepresentants || qualite !== 'représentant légal'
