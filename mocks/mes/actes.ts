import type { Profil } from './etats.ts'
import { appliquer, connaitEvenement, type EvenementProfil, type TypeEvenement } from './lifecycle.ts'
import { regles } from './register.ts'
import type { Refus } from './rules.ts'

/** An act of the holder on the profile, as the phone offers it. */
interface Acte {
  readonly libelle: string
  readonly evenement: Extract<TypeEvenement, `patient.${string}`>
}

/** By the name used in the path. The phone already knows who holds it: code and birth date are those of the holder. */
export const ACTES: Readonly<Record<string, Acte>> = {
  activer: { libelle: 'Activer mon profil', evenement: 'patient.active' },
  creer: { libelle: 'Créer mon profil', evenement: 'patient.cree' },
  's-opposer': { libelle: 'M’opposer à l’ouverture', evenement: 'patient.oppose' },
  fermer: { libelle: 'Fermer mon profil', evenement: 'patient.ferme' },
  'fermer-et-supprimer': { libelle: 'Fermer et supprimer mes données', evenement: 'patient.fermeEtSupprime' },
  rouvrir: { libelle: 'Rouvrir mon profil', evenement: 'patient.rouvre' },
  'demander-suppression': { libelle: 'Demander la suppression de mes données', evenement: 'patient.demandeSuppression' },
  'renoncer-suppression': { libelle: 'Renoncer à la suppression', evenement: 'patient.renonceSuppression' },
  'refuser-cgu': { libelle: 'Refuser les nouvelles conditions', evenement: 'patient.refuseCgu' },
  'accepter-cgu': { libelle: 'Accepter les nouvelles conditions', evenement: 'patient.accepteCgu' },
  contester: { libelle: 'Contester la suspension', evenement: 'patient.conteste' },
}

export const actesPossibles = (profil: Profil): { acte: string; libelle: string }[] =>
  Object.entries(ACTES)
    .filter(([, { evenement }]) => connaitEvenement(profil, evenement))
    .map(([acte, { libelle }]) => ({ acte, libelle }))

function evenementDe(type: Acte['evenement'], le: number): EvenementProfil {
  const controle = { code: 'valide', identite: true, cguAcceptees: true } as const
  switch (type) {
    case 'patient.active':
    case 'patient.cree':
      return { type, le, controle }
    case 'patient.conteste':
      return { type, le, favorable: true }
    default:
      return { type, le }
  }
}

/** The profile after the act, or why not. */
export function agir(profil: Profil, acte: Acte, le: number): Profil | Refus {
  return (
    appliquer(profil, evenementDe(acte.evenement, le)) ?? {
      refused: regles['MES-ACTE-ETAT'],
      about: `« ${acte.libelle} » n’est pas possible dans l’état présent du profil`,
    }
  )
}
