import { enveloppeService } from '#standards/ins/insi-enveloppe.ts'
import { type CodeCr, INSI_LOT, INSI_VERIFICATION, INSI_VERIFICATION_RESULTAT } from '#standards/ins/insi-names.ts'
import { type IndividuAVerifier, readIndividuAVerifier } from '#standards/ins/insi-requete.ts'
import { type XmlElement, child, childrenOf, textOf } from '#standards/xml/element.ts'
import { vocabulary } from '#standards/xml/write.ts'
import type { Lot } from './store.ts'

/**
 * Forms of the verification, unit and batch. Only the existence of the operations and a few names are public (insi.md §1.6): what follows
 * is the sandbox's own, and the answers say so (`X-Sandbox-Forme`).
 */
const LIBELLES_VERIFICATION: Readonly<Record<CodeCr, string>> = {
  '00': 'OK',
  '01': 'INS et traits non concordants',
  '02': 'Plusieurs identites trouvees',
}

export function writeReponseVerification(code: CodeCr): XmlElement {
  const p = vocabulary('p', INSI_VERIFICATION_RESULTAT)
  return enveloppeService(p('RESULTAT', {}, p('CR', {}, p('CodeCR', {}, code), p('LibelleCR', {}, LIBELLES_VERIFICATION[code]))))
}

/** Lines of a deposit, in order. */
export const readDepot = (payload: XmlElement): IndividuAVerifier[] =>
  childrenOf(payload, INSI_VERIFICATION, 'IndividuVerifie').map(readIndividuAVerifier)

export const readNumeroLot = (payload: XmlElement): string => textOf(child(payload, INSI_LOT, 'NumeroLot')).trim()

const dateTime = (millis: number): string => new Date(millis).toISOString()

export function writeReponseDepot({ id, lignes, disponibleLe }: Lot): XmlElement {
  const l = vocabulary('l', INSI_LOT)
  return enveloppeService(
    l('DEPOTRESULTAT', {}, l('NumeroLot', {}, id), l('NombreLignes', {}, lignes.length), l('DisponibleLe', {}, dateTime(disponibleLe))),
  )
}

export function writeReponseRecuperation({ id, etat, disponibleLe, lignes }: Lot): XmlElement {
  const l = vocabulary('l', INSI_LOT)
  return enveloppeService(
    l(
      'RECUPERATIONRESULTAT',
      {},
      l('NumeroLot', {}, id),
      l('Etat', {}, etat === 'depose' ? 'EN COURS' : 'DISPONIBLE'),
      l('DisponibleLe', {}, dateTime(disponibleLe)),
      lignes.map(
        ({ rang, code }) =>
          code !== undefined && l('Ligne', { rang }, l('CR', {}, l('CodeCR', {}, code), l('LibelleCR', {}, LIBELLES_VERIFICATION[code]))),
      ),
    ),
  )
}
