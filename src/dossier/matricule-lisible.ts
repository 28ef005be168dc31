import { OID_INS } from '#standards/ins/oids.ts'
import type { IdentifiantNationalSante } from '#standards/ins/traits.ts'

/** `1 09 07 63 220 834 89`: the 15 characters as people read them. */
export const matriculeLisible = ({ matricule, cle }: IdentifiantNationalSante): string =>
  `${matricule.slice(0, 1)} ${matricule.slice(1, 3)} ${matricule.slice(3, 5)} ${matricule.slice(5, 7)} ${matricule.slice(7, 10)} ${matricule.slice(10)} ${cle}`

/** Who assigned it, in words. */
export function autoriteLisible({ oid }: Pick<IdentifiantNationalSante, 'oid'>): string {
  switch (oid) {
    case OID_INS['INS-NIR']:
      return 'NIR'
    case OID_INS['INS-NIA']:
      return 'NIA, numéro d’attente'
    case OID_INS['INS-NIR-TEST']:
      return 'NIR de test'
    case OID_INS['INS-NIR-DEMO']:
      return 'NIR de démonstration'
  }
}
