import type { CodeCr } from '#standards/ins/insi-names.ts'
import type { IndividuAVerifier } from '#standards/ins/insi-requete.ts'
import { defineRules } from '#standards/rule.ts'
import { type VerificationDemandee, controlerVerification } from './champs.ts'
import { type RefusInsi, estRefusInsi } from './fautes.ts'

/** Most lines in one batch. */
export const LIGNES_MAX = 500

export const reglesLot = defineRules('mocks/insi/rules/lot.ts', {
  'INSI-LOT-DEPOT': {
    sentence: 'Un lot de vérification compte de 1 à 500 lignes ; une ligne refusée refuse tout le lot, et rien n’en est gardé.',
    source: 'Seule l’existence de l’opération est publique',
    certainty: 'propre au bac à sable',
  },
  'INSI-LOT-DIFFERE': {
    sentence: 'Un lot est traité en différé : il se récupère par son numéro, une fois le délai passé à l’horloge simulée.',
    source: 'Opération asynchrone, dépôt puis récupération, selon insi.md §1.1 ; délai propre au bac à sable',
    certainty: 'propre au bac à sable',
  },
  'INSI-LOT-DEPOSITAIRE': {
    sentence: 'Seul celui qui a déposé un lot le récupère ; pour tout autre, son numéro est inconnu.',
    source: 'Forme de l’opération inconnue',
    certainty: 'propre au bac à sable',
  },
})

export interface LigneLot {
  /** From 1, in the order of the deposit. */
  readonly rang: number
  readonly demandee: VerificationDemandee
  /** Absent until the batch is treated. */
  readonly code?: CodeCr
}

/** All the lines, or the first one refused. */
export function controlerDepot(individus: readonly IndividuAVerifier[]): LigneLot[] | RefusInsi {
  if (individus.length === 0 || individus.length > LIGNES_MAX)
    return { refused: 'insi_920', rule: reglesLot['INSI-LOT-DEPOT'], about: `${individus.length} lignes, de 1 à ${LIGNES_MAX} attendues` }
  const lignes: LigneLot[] = []
  for (const individu of individus) {
    const demandee = controlerVerification(individu)
    if (estRefusInsi(demandee)) return { ...demandee, about: `ligne ${lignes.length + 1} : ${demandee.about}` }
    lignes.push({ rang: lignes.length + 1, demandee })
  }
  return lignes
}

/** Whether this caller may see this batch. */
export function controlerRecuperation<Lot extends { readonly depositaire: string }>(lot: Lot | undefined, emetteur: string): Lot | RefusInsi {
  if (lot && lot.depositaire === emetteur) return lot
  return { refused: 'insi_921', rule: reglesLot['INSI-LOT-DEPOSITAIRE'], about: 'aucun lot de ce numéro n’a été déposé par cet émetteur' }
}
