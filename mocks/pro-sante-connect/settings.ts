import type { Setting } from '../kit/service.ts'
import type { World } from '../world.ts'

/** What the sources leave open, and where we stand. */
export const reglages = {
  'PSC-JETON-DUREE': {
    title: 'Durée de vie d’un jeton d’accès, en secondes du temps simulé',
    initial: 240,
    source: 'mssante.md §8 : 120 s dans un exemple de l’ANS, « 4-5 minutes » chez un éditeur',
  },
  'PSC-SESSION-DUREE': {
    title: 'Durée de vie d’une session et de son jeton de renouvellement, en secondes du temps simulé',
    initial: 14_400,
    source: 'propre au bac à sable',
  },
  'PSC-CIBA-ACCEPTATION': {
    title: 'Demandes sur l’e-CPS simulée : acceptées d’elles-mêmes (« automatique »), ou par quelqu’un (« manuelle »)',
    initial: 'automatique',
    source: 'propre au bac à sable',
  },
  'PSC-SANS-PAGE': {
    title: 'Une demande d’autorisation avec login_hint aboutit sans montrer la page, pour les tests automatiques',
    initial: false,
    source: 'propre au bac à sable',
  },
} as const satisfies Record<string, Setting>

/** Seconds, 1 to `maximum`. */
const duree = (world: World, code: keyof typeof reglages, maximum: number): number =>
  Math.min(Math.max(Math.floor(Number(world.setting(code))) || 1, 1), maximum)

export const dureeJeton = (world: World): number => duree(world, 'PSC-JETON-DUREE', 86_400)
export const dureeSession = (world: World): number => duree(world, 'PSC-SESSION-DUREE', 31_536_000)
export const accepteSeule = (world: World): boolean => world.setting('PSC-CIBA-ACCEPTATION') !== 'manuelle'
export const sansPage = (world: World): boolean => world.setting('PSC-SANS-PAGE') === true
