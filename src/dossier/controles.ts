import { reglesRniv } from '#standards/ins/rules-rniv.ts'
import type { Rule } from '#standards/rule.ts'
import type { SituationDmp } from '../clients/dmp-port.ts'
import type { VisibiliteDocument } from './document.ts'
import type { MotifBlocage } from './envoi.ts'
import { insCommunicable } from './identite.ts'
import type { PatientLocal } from './patient.ts'
import { reglesControle } from './rules.ts'

/** What the practice knows by itself that keeps a document from leaving; null when nothing does. */
export function motifLocal(patient: Pick<PatientLocal, 'identite' | 'volontes'>): MotifBlocage | null {
  if (!insCommunicable(patient.identite)) return 'identite-non-qualifiee'
  if (patient.volontes.opposition) return 'opposition'
  if (!patient.volontes.information) return 'patient-non-informe'
  return null
}

/** What the DMP says of the record that keeps a document from leaving. Access authorisation is not needed to feed. @see dmp.md §0.5 */
export function motifDmp({ etat }: Pick<SituationDmp, 'etat'>): MotifBlocage | null {
  if (etat === 'inexistant') return 'dmp-inexistant'
  return etat === 'ferme' ? 'dmp-ferme' : null
}

/** Why a document is not kept away for ever: cause, then next act, in plain French. */
export const MOTIFS: Readonly<Record<MotifBlocage, { cause: string; suite: string; regle: Rule | null }>> = {
  'identite-non-qualifiee': {
    cause: 'L’identité n’est pas qualifiée.',
    suite: 'Interrogez INSi et vérifiez une pièce d’identité : l’envoi partira de lui-même.',
    regle: reglesRniv['RNIV-INS-QUALIFIEE-SEULE'],
  },
  'patient-non-informe': {
    cause: 'Le patient n’a pas encore été informé.',
    suite: 'Informez-le et notez-le dans sa fiche : l’envoi partira de lui-même.',
    regle: reglesControle['CABINET-ENVOI-PATIENT-INFORME'],
  },
  opposition: {
    cause: 'Le patient s’est opposé à l’envoi de ses documents.',
    suite: 'Le document reste au cabinet. Si le patient change d’avis, levez l’opposition dans sa fiche.',
    regle: reglesControle['CABINET-ENVOI-OPPOSITION'],
  },
  'dmp-inexistant': {
    cause: 'Le patient n’a pas de DMP (ou s’est opposé à son ouverture).',
    suite: 'Remettez le document au patient autrement. Le cabinet ne peut pas ouvrir un DMP.',
    regle: reglesControle['CABINET-ENVOI-DMP-ACTIF'],
  },
  'dmp-ferme': {
    cause: 'Le DMP du patient est fermé.',
    suite: 'Remettez le document au patient autrement. Lui seul peut rouvrir Mon espace santé.',
    regle: reglesControle['CABINET-ENVOI-DMP-ACTIF'],
  },
  'carte-absente': {
    cause: 'Aucune carte professionnelle n’est dans le lecteur.',
    suite: 'Insérez une carte : l’envoi partira de lui-même.',
    regle: null,
  },
}

/** The rule broken by this draft, or null when it may be validated. */
export function refusDeValider(brouillon: { readonly titre: string; readonly texte: string; readonly visibilite: VisibiliteDocument }): Rule | null {
  if (!brouillon.titre.trim() || !brouillon.texte.trim()) return reglesControle['CABINET-ENVOI-NON-VIDE']
  if (brouillon.visibilite.masquePs && brouillon.visibilite.invisiblePatient) return reglesControle['CABINET-ENVOI-VISIBILITE']
  return null
}
