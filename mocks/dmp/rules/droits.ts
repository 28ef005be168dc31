import { type Refus, reglesDmp } from '../rules.ts'
import type { Appelant, Genre } from './vihf.ts'

export type Transaction = 'TD0.2' | 'TD0.3 ajout' | 'TD0.3 suppression' | 'TD2' | 'TD3.1' | 'TD3.1 référence' | 'TD3.2'

/** What each way of authenticating opens. @see PDT-INF-526 v1.8 ; PDT-INF-606 v1.3 for AIR */
const DROITS: Readonly<Record<Genre, readonly Transaction[]>> = {
  CPS: ['TD0.2', 'TD0.3 ajout', 'TD0.3 suppression', 'TD2', 'TD3.1', 'TD3.1 référence', 'TD3.2'],
  CPE: ['TD0.2', 'TD0.3 ajout', 'TD2', 'TD3.1 référence'],
  ES: ['TD0.2', 'TD2', 'TD3.1 référence'],
  AIR: ['TD0.2', 'TD0.3 ajout', 'TD0.3 suppression', 'TD3.1', 'TD3.1 référence', 'TD3.2'],
}

/** Undefined when this caller may. */
export function controlerDroit({ genre }: Pick<Appelant, 'genre'>, transaction: Transaction): Refus | undefined {
  if (DROITS[genre].includes(transaction)) return undefined
  return { refused: 'DMPAccessDeniedByRightsService', ...pourquoi(genre, transaction) }
}

function pourquoi(genre: Genre, transaction: Transaction): Pick<Refus, 'rule' | 'about'> {
  if (transaction === 'TD2') return { rule: reglesDmp['DMP-AIR-N-ALIMENTE-PAS'], about: 'l’authentification indirecte renforcée n’ouvre que la consultation' }
  if (transaction === 'TD0.3 suppression')
    return { rule: reglesDmp['DMP-SUPPRIMER-AUTORISATION'], about: 'seul un professionnel supprime son autorisation d’accès' }
  if (transaction === 'TD3.1')
    return {
      rule: reglesDmp[genre === 'CPE' ? 'DMP-CPE-NE-CONSULTE-PAS' : 'DMP-CERTIFICAT-NE-CONSULTE-PAS'],
      about: 'cette authentification n’ouvre pas la consultation ; une recherche par référence (ObjectRef) reste possible',
    }
  if (transaction === 'TD3.2')
    return { rule: reglesDmp[genre === 'CPE' ? 'DMP-CPE-NE-CONSULTE-PAS' : 'DMP-CERTIFICAT-NE-CONSULTE-PAS'], about: 'cette authentification n’ouvre pas la lecture' }
  return { rule: reglesDmp['DMP-DROITS'], about: `${transaction} n’est pas ouverte à cette authentification` }
}
