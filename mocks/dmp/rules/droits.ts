import { type Refus, reglesDmp } from '../rules.ts'
import { type Appelant, type Genre, MEDECIN } from './vihf.ts'

export type Transaction = 'TD0.2' | 'TD0.3 ajout' | 'TD0.3 suppression' | 'TD2' | 'TD3.1' | 'TD3.1 référence' | 'TD3.2' | Modification

/** Mask, make visible, delete, archive. */
export type Modification = 'TD3.3a' | 'TD3.3b' | 'TD3.3c' | 'TD3.3d'

type Droits = Pick<Appelant, 'genre' | 'mode' | 'profession' | 'savoirFaire'>

/** What each way of authenticating opens. @see PDT-INF-526 v1.8 ; PDT-INF-606 v1.3 for AIR */
const DROITS: Readonly<Record<Genre, readonly Transaction[]>> = {
  CPS: ['TD0.2', 'TD0.3 ajout', 'TD0.3 suppression', 'TD2', 'TD3.1', 'TD3.1 référence', 'TD3.2', 'TD3.3a', 'TD3.3b', 'TD3.3c', 'TD3.3d'],
  CPE: ['TD0.2', 'TD0.3 ajout', 'TD2', 'TD3.1 référence', 'TD3.3c'],
  ES: ['TD0.2', 'TD2', 'TD3.1 référence', 'TD3.3c'],
  AIR: ['TD0.2', 'TD0.3 ajout', 'TD0.3 suppression', 'TD3.1', 'TD3.1 référence', 'TD3.2', 'TD3.3a', 'TD3.3b', 'TD3.3c', 'TD3.3d'],
}

/** Undefined when this caller may. */
export function controlerDroit(appelant: Droits, transaction: Transaction): Refus | undefined {
  const { genre, mode } = appelant
  if (!DROITS[genre].includes(transaction)) return refuser(pourquoi(genre, transaction))
  const habilitation = transaction.startsWith('TD0.3')
  if (habilitation && mode !== 'normal')
    return refuser({ rule: reglesDmp['DMP-DROITS'], about: 'les autorisations se gèrent en accès normal seulement' })
  const normalSeul = transaction === 'TD3.3a' || transaction === 'TD3.3b' || (transaction === 'TD3.3d' && appelant.profession !== MEDECIN)
  if (normalSeul && mode !== 'normal') return refuser({ rule: reglesDmp['DMP-DROITS'], about: `${transaction} n’est ouverte qu’en accès normal` })
  if ((habilitation || transaction === 'TD3.2') && estMedecinDuTravail(appelant))
    return refuser({ rule: reglesDmp['DMP-MEDECIN-DU-TRAVAIL'], about: `${transaction} n’est pas ouverte à un médecin du travail` })
  return undefined
}

/** Undefined when this caller may become, or cease to be, médecin traitant of the DMP. */
export const controlerMedecinTraitant = ({ genre, profession }: Droits): Refus | undefined =>
  (genre === 'CPS' || genre === 'AIR') && profession === MEDECIN
    ? undefined
    : refuser({ rule: reglesDmp['DMP-MEDECIN-TRAITANT'], about: 'le rôle MEDECIN_TRAITANT est réservé aux médecins' })

/** « Médecine du travail » in TRE_R01, under its three kinds of titles. */
const MEDECINE_DU_TRAVAIL: readonly string[] = ['SM25', 'SCH35', 'C41']
export const estMedecinDuTravail = ({ savoirFaire }: Pick<Droits, 'savoirFaire'>): boolean =>
  savoirFaire.some((code) => MEDECINE_DU_TRAVAIL.includes(code))

const refuser = (pourquoi: Pick<Refus, 'rule' | 'about'>): Refus => ({ refused: 'DMPAccessDeniedByRightsService', ...pourquoi })

function pourquoi(genre: Genre, transaction: Transaction): Pick<Refus, 'rule' | 'about'> {
  if (transaction === 'TD2')
    return { rule: reglesDmp['DMP-AIR-N-ALIMENTE-PAS'], about: 'l’authentification indirecte renforcée n’ouvre que la consultation' }
  if (transaction === 'TD0.3 suppression')
    return { rule: reglesDmp['DMP-SUPPRIMER-AUTORISATION'], about: 'seul un professionnel supprime son autorisation d’accès' }
  if (transaction.startsWith('TD3.3'))
    return { rule: reglesDmp['DMP-DROITS'], about: `${transaction} n’est pas ouverte à cette authentification ; supprimer (TD3.3c) l’est` }
  if (transaction === 'TD3.1')
    return {
      rule: reglesDmp[genre === 'CPE' ? 'DMP-CPE-NE-CONSULTE-PAS' : 'DMP-CERTIFICAT-NE-CONSULTE-PAS'],
      about: 'cette authentification n’ouvre pas la consultation ; une recherche par référence (ObjectRef) reste possible',
    }
  if (transaction === 'TD3.2')
    return {
      rule: reglesDmp[genre === 'CPE' ? 'DMP-CPE-NE-CONSULTE-PAS' : 'DMP-CERTIFICAT-NE-CONSULTE-PAS'],
      about: 'cette authentification n’ouvre pas la lecture',
    }
  return { rule: reglesDmp['DMP-DROITS'], about: `${transaction} n’est pas ouverte à cette authentification` }
}
