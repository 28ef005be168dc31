import type { JournalSummary } from '../clients/sandbox-types.ts'
import type { Envoi } from '../dossier/database.ts'
import type { DocumentLocal } from '../dossier/document.ts'
import type { PatientLocal } from '../dossier/patient.ts'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { Etape, Verification } from './scenario.ts'

/** What really happened, gathered from the three sides: the wire, the practice's records, the patient's phone. */
export interface Constats {
  /** Exchanges since the scenario began. */
  readonly journal: readonly JournalSummary[]
  /** The file of the person followed, when it exists. */
  readonly patient: PatientLocal | undefined
  readonly documents: readonly DocumentLocal[]
  readonly envois: readonly Envoi[]
  readonly carte: CarteProfessionnelle | null
  readonly dossierOuvert: string | null
  /** On the patient's side, since the scenario began; null when not asked or not readable. */
  readonly mes: { readonly documents: readonly string[]; readonly notifications: number; readonly consultations: number } | null
}

/** A check and whether it holds. */
export interface Controle {
  readonly texte: string
  readonly fait: boolean
}

export const controler = (etape: Etape, constats: Constats): Controle[] =>
  etape.verifications.map((verification) => ({ texte: verification.texte, fait: verifie(verification, constats) }))

function verifie(verification: Verification, constats: Constats): boolean {
  switch (verification.genre) {
    case 'fiche':
      return verifieFiche(verification, constats.patient)
    case 'journal':
      return constats.journal.some((exchange) => correspond(verification, exchange) && exchange.outcome === (verification.issue ?? 'accepté'))
    case 'absence':
      return !constats.journal.some((exchange) => correspond(verification, exchange))
    case 'envoi':
      return constats.envois.some(({ etat }) => etat === verification.etat)
    case 'patient':
      return verifiePatient(verification.voit, constats)
    case 'poste':
      return (
        constats.carte?.genre === (verification.acteur === 'medecin' ? 'CPS' : 'CPE') &&
        (!verification.dossierOuvert || (constats.patient !== undefined && constats.dossierOuvert === constats.patient.id))
      )
  }
}

const correspond = ({ service, operation }: { service: string; operation?: string }, exchange: JournalSummary): boolean =>
  exchange.service === service && (operation === undefined || exchange.operation.includes(operation))

function verifieFiche(
  { statut, preuve, information, accord }: Extract<Verification, { genre: 'fiche' }>,
  patient: PatientLocal | undefined,
): boolean {
  if (!patient) return false
  if (statut && !statut.includes(patient.identite.statut)) return false
  if (preuve && !patient.identite.contexte.preuve) return false
  if (information && !patient.volontes.information) return false
  return accord === undefined || patient.volontes.consultation?.accord === accord
}

function verifiePatient(voit: 'document' | 'notification' | 'consultation', { mes, documents }: Constats): boolean {
  if (!mes) return false
  if (voit === 'document') return documents.some(({ uniqueId }) => mes.documents.includes(uniqueId))
  return voit === 'notification' ? mes.notifications > 0 : mes.consultations > 0
}
