import { describe, expect, test } from 'vitest'
import {
  appliquerDelegation,
  connaitEvenement,
  type Delegation,
  ETATS_DELEGATION,
  type EtatDelegation,
  type EvenementDelegation,
} from './lifecycle.ts'

const LE = 1_000
const ETATS = Object.keys(ETATS_DELEGATION) as EtatDelegation[]
const en = (etat: EtatDelegation): Delegation => ({ etat, contexte: { demandeLe: 0, finLe: etat === 'PENDING' ? 2_000 : null, depuis: 0 } })

const EVENEMENTS: readonly EvenementDelegation[] = [
  { type: 'delegue.accepte', le: LE, attestation: true },
  { type: 'delegue.refuse', le: LE },
  { type: 'delegue.revoque', le: LE },
  { type: 'titulaire.admet', le: LE },
  { type: 'titulaire.revoque', le: LE },
  { type: 'delai.invitation', le: LE },
  { type: 'delai.majorite', le: LE },
]

/** Written from functional.md §2.5, beside the machine: where each event leads. */
const ATTENDU: Readonly<Partial<Record<EtatDelegation, Readonly<Partial<Record<EvenementDelegation['type'], EtatDelegation>>>>>> = {
  PENDING: {
    'delegue.accepte': 'ACCEPTED',
    'delegue.refuse': 'REFUSED',
    'titulaire.admet': 'ACCEPTED',
    'titulaire.revoque': 'REVOKED_BY_AIDE',
    'delai.invitation': 'EXPIRED',
    'delai.majorite': 'ENDED',
  },
  ACCEPTED: { 'delegue.revoque': 'REVOKED_BY_AIDANT', 'titulaire.revoque': 'REVOKED_BY_AIDE', 'delai.majorite': 'ENDED' },
}

describe('la machine d’une délégation', () => {
  test.each(ETATS.flatMap((etat) => EVENEMENTS.map((evenement) => [etat, evenement.type, evenement] as const)))(
    '%s, %s : le passage attendu, ou rien',
    (etat, type, evenement) => {
      const attendu = ATTENDU[etat]?.[type]
      expect(connaitEvenement(en(etat), type)).toBe(attendu !== undefined)
      const apres = appliquerDelegation(en(etat), evenement)
      expect(apres?.etat).toBe(attendu)
      expect(apres?.contexte).toEqual(attendu === undefined ? undefined : { demandeLe: 0, finLe: null, depuis: LE })
    },
  )

  test('accepter demande la déclaration, et d’être à temps', () => {
    expect(appliquerDelegation(en('PENDING'), { type: 'delegue.accepte', le: LE, attestation: false })).toBeUndefined()
    expect(appliquerDelegation(en('PENDING'), { type: 'delegue.accepte', le: 1_999, attestation: true })?.etat).toBe('ACCEPTED')
    expect(appliquerDelegation(en('PENDING'), { type: 'delegue.accepte', le: 2_000, attestation: true })).toBeUndefined()
  })
})
