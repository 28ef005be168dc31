import type { JournalSummary } from '../clients/sandbox-types.ts'

/** The columns of the thread, left to right. */
export const COLONNES = ['cabinet', 'psc', 'insi', 'dmp', 'mssante', 'mes', 'patient'] as const
export type Colonne = (typeof COLONNES)[number]

export const NOM_COLONNE: Readonly<Record<Colonne, string>> = {
  cabinet: 'Cabinet',
  psc: 'Pro Santé Connect',
  insi: 'INSi',
  dmp: 'DMP',
  mssante: 'MSSanté',
  mes: 'Mon espace santé',
  patient: 'Patient',
}

/** One exchange as an arrow between two columns. */
export interface Fleche {
  readonly de: Colonne
  readonly vers: Colonne
  /** Columns it spans, 1 to 7, first and last. */
  readonly debut: number
  readonly fin: number
  readonly versLaGauche: boolean
}

const SERVICE: Readonly<Record<string, Colonne>> = {
  insi: 'insi',
  dmp: 'dmp',
  mes: 'mes',
  mssante: 'mssante',
  'annuaire-sante': 'mssante',
  'pro-sante-connect': 'psc',
}

/** A practice asks the services of professionals; the patient's phone asks Mon espace santé. */
export function flecheDe({ service }: Pick<JournalSummary, 'service'>): Fleche {
  const vers = SERVICE[service] ?? 'mes'
  const de: Colonne = vers === 'mes' ? 'patient' : 'cabinet'
  const a = COLONNES.indexOf(de) + 1
  const b = COLONNES.indexOf(vers) + 1
  return { de, vers, debut: Math.min(a, b), fin: Math.max(a, b), versLaGauche: b < a }
}

/** What the phone, the mail desk and the trainer’s drawing read by themselves to stay up to date: on demand only, it would hide the rest. A connected service's reading is an act. */
export const estLectureDeSoi = ({ service, method, operation }: Pick<JournalSummary, 'service' | 'method' | 'operation'>): boolean =>
  method === 'GET' &&
  ((service === 'mes' && !operation.startsWith('Mon espace santé FHIR')) || service === 'mssante' || operation.endsWith('(propre au bac à sable)'))

export const TON = { accepté: 'ok', refusé: 'refus', 'en erreur': 'attention' } as const
