import { type XmlElement, child, childrenOf, textOf } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { CODES_CR, type CodeCr, INSI_RESULTAT } from './insi-names.ts'
import { isOidIns } from './oids.ts'
import type { IdentifiantNationalSante, Sexe, TraitsIdentite } from './traits.ts'

/** The one person found, as INSi returns her. */
export interface IndividuTrouve {
  readonly ins: IdentifiantNationalSante
  readonly historique: readonly IdentifiantNationalSante[]
  readonly traits: TraitsIdentite
  /** The CNDA files still carry the first given name; the live service stopped in October 2022. */
  readonly prenom?: string
}

/** `INDIVIDU` is present with code 00 only. @see INSi_RESULTAT_INS.xsd */
export interface ResultatInsi {
  readonly code: CodeCr
  readonly individu?: IndividuTrouve
}

const resultat = vocabulary('', INSI_RESULTAT)

/** Writes `RESULTAT` in the order of the schema, in the default namespace as the live service does. */
export function writeResultat({ code, individu }: ResultatInsi): XmlElement {
  const r = resultat
  return r(
    'RESULTAT',
    {},
    r('CR', {}, r('CodeCR', {}, code), r('LibelleCR', {}, CODES_CR[code])),
    individu &&
      r(
        'INDIVIDU',
        {},
        writeIns('INSACTIF', individu.ins),
        individu.historique.map((ins) => writeIns('INSHISTO', ins)),
        r(
          'TIQ',
          {},
          r('NomNaissance', {}, individu.traits.nomNaissance),
          individu.prenom !== undefined && r('Prenom', {}, individu.prenom),
          r('ListePrenom', {}, individu.traits.listePrenom),
          r('Sexe', {}, individu.traits.sexe),
          r('DateNaissance', {}, individu.traits.dateNaissance),
          r('LieuNaissance', {}, individu.traits.lieuNaissance),
        ),
      ),
  )
}

function writeIns(name: string, { matricule, cle, oid, dateDeb, dateFin }: IdentifiantNationalSante): XmlElement {
  const r = resultat
  return r(
    name,
    {},
    r('IdIndividu', {}, r('NumIdentifiant', {}, matricule), r('Cle', {}, cle)),
    r('OID', {}, oid),
    dateDeb !== undefined && r('DateDeb', {}, dateDeb),
    dateFin !== undefined && r('DateFin', {}, dateFin),
  )
}

/**
 * Reads a `RESULTAT` as a client must: whatever the prefixes, one or many INSHISTO, dates before or after the identifier (the CNDA file
 * 2.04 has them first), keys that do not compute.
 * @returns undefined when the element is no result that this interface describes.
 */
export function readResultat(payload: XmlElement): ResultatInsi | undefined {
  if (payload.name !== 'RESULTAT' || payload.ns !== INSI_RESULTAT) return undefined
  const cr = child(payload, INSI_RESULTAT, 'CR')
  const code = textOf(cr && child(cr, INSI_RESULTAT, 'CodeCR')).trim()
  if (code !== '00') return code === '01' || code === '02' ? { code } : undefined
  const individu = child(payload, INSI_RESULTAT, 'INDIVIDU')
  const actif = individu && child(individu, INSI_RESULTAT, 'INSACTIF')
  const tiq = individu && child(individu, INSI_RESULTAT, 'TIQ')
  const ins = actif && readIns(actif)
  const traits = tiq && readTiq(tiq)
  if (!individu || !ins || !traits) return undefined
  const historique = childrenOf(individu, INSI_RESULTAT, 'INSHISTO')
    .map(readIns)
    .filter((former) => former !== undefined)
  const prenom = child(tiq, INSI_RESULTAT, 'Prenom')
  return { code, individu: { ins, historique, traits, ...(prenom && { prenom: textOf(prenom) }) } }
}

function readIns(element: XmlElement): IdentifiantNationalSante | undefined {
  const id = child(element, INSI_RESULTAT, 'IdIndividu')
  const text = (parent: XmlElement | undefined, name: string) => textOf(parent && child(parent, INSI_RESULTAT, name)).trim()
  const oid = text(element, 'OID')
  const matricule = text(id, 'NumIdentifiant')
  if (!isOidIns(oid) || !matricule) return undefined
  const dateDeb = text(element, 'DateDeb')
  const dateFin = text(element, 'DateFin')
  return { matricule, cle: text(id, 'Cle'), oid, ...(dateDeb && { dateDeb }), ...(dateFin && { dateFin }) }
}

function readTiq(tiq: XmlElement): TraitsIdentite | undefined {
  const text = (name: string) => textOf(child(tiq, INSI_RESULTAT, name))
  const sexe = text('Sexe')
  if (sexe !== 'M' && sexe !== 'F') return undefined
  return {
    nomNaissance: text('NomNaissance'),
    // Before October 2022 a software had to make do with Prenom when the list was absent.
    listePrenom: text('ListePrenom') || text('Prenom'),
    sexe: sexe satisfies Sexe,
    dateNaissance: text('DateNaissance'),
    lieuNaissance: text('LieuNaissance'),
  }
}
