import { readDtm } from '#standards/xds/identifiers.ts'
import { type AdhocQuery, STORED_QUERY } from '#standards/xds/iti-18.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import { type Refus, reglesDmp } from '../rules.ts'

const P = '$XDSDocumentEntry'

const DATES: readonly string[] = ['CreationTime', 'ServiceStartTime', 'ServiceStopTime'].flatMap((nom) => [`${P}${nom}From`, `${P}${nom}To`])

/** Most identifiers in one query: the limit the guide gives for entryUUID. @see DEVBOX, migration 7.0 */
const IDENTIFIANTS = 88

/** Undefined when the registry serves this query and its compulsory parameters are there. */
export function controlerRequete({ id, parameters, malformed }: AdhocQuery): Refus | undefined {
  const rule = reglesDmp['DMP-REQUETE']
  const un = (nom: string): Refus | undefined => {
    const combien = parameters[nom]?.length ?? 0
    if (combien === 0) return { refused: 'XDSStoredQueryMissingParam', rule, about: `${nom} obligatoire et absent` }
    return combien > 1 ? { refused: 'XDSStoredQueryParamNumber', rule, about: `${nom} : une seule valeur` } : undefined
  }
  if (malformed.length > 0) return { refused: 'XDSRegistryError', rule, about: `valeur de ${malformed[0]} mal écrite : 'texte' ou ('a','b') attendu` }
  const date = DATES.find((nom) => parameters[nom] && readDtm(parameters[nom]![0] ?? '') === undefined)
  if (date) return { refused: 'XDSRegistryError', rule, about: `${date} : une date AAAAMMJJHHMMSS, complète ou non, est attendue` }
  if (id === STORED_QUERY.FindDocuments)
    return (
      un(`${P}PatientId`) ??
      ((parameters[`${P}Status`]?.length ?? 0) > 0
        ? undefined
        : { refused: 'XDSStoredQueryMissingParam', rule, about: `${P}Status obligatoire et absent` })
    )
  if (id === STORED_QUERY.GetDocuments) {
    const ids = [...(parameters[`${P}UniqueId`] ?? []), ...(parameters[`${P}EntryUUID`] ?? [])]
    if (ids.length === 0) return { refused: 'XDSStoredQueryMissingParam', rule, about: `${P}UniqueId ou ${P}EntryUUID attendu` }
    return ids.length > IDENTIFIANTS ? { refused: 'XDSRegistryError', rule, about: `${IDENTIFIANTS} identifiants au plus` } : undefined
  }
  const nom = Object.entries(STORED_QUERY).find(([, urn]) => urn === id)?.[0]
  return {
    refused: 'XDSUnknownStoredQuery',
    rule,
    about: nom ? `${nom} : pas encore simulée par le bac à sable` : `requête ${id.slice(0, 80)} inconnue`,
  }
}

/** The patient of a FindDocuments, `''` for a query that names none. */
export const patientDe = ({ parameters }: AdhocQuery): string => parameters[`${P}PatientId`]?.[0] ?? ''

/** Whether an entry answers a FindDocuments. @see IHE ITI TF-2 §3.18.4.1.2.3.7.1 */
export function repond(entry: DocumentEntry, { parameters }: AdhocQuery): boolean {
  const parmi = (nom: string, valeur: string | undefined) => !parameters[P + nom] || parameters[P + nom]!.includes(valeur ?? '')
  const code = (un: { code: string; codingScheme: string } | undefined) => un && `${un.code}^^${un.codingScheme}`
  return (
    parmi('Status', entry.availabilityStatus) &&
    parmi('TypeCode', code(entry.typeCode)) &&
    parmi('ClassCode', code(entry.classCode)) &&
    parmi('FormatCode', code(entry.formatCode)) &&
    parmi('PracticeSettingCode', code(entry.practiceSettingCode)) &&
    parmi('HealthcareFacilityTypeCode', code(entry.healthcareFacilityTypeCode)) &&
    (!parameters[`${P}ConfidentialityCode`] || entry.confidentialityCodes.some((un) => parameters[`${P}ConfidentialityCode`]!.includes(code(un)!))) &&
    (!parameters[`${P}EventCodeList`] || entry.eventCodes.some((un) => parameters[`${P}EventCodeList`]!.includes(code(un)!))) &&
    auteur(entry, parameters[`${P}AuthorPerson`]) &&
    entre(entry.creationTime, parameters, 'CreationTime') &&
    entre(entry.serviceStartTime, parameters, 'ServiceStartTime') &&
    entre(entry.serviceStopTime, parameters, 'ServiceStopTime')
  )
}

/** `%` stands for any text in an author. */
function auteur({ authors }: DocumentEntry, cherches: readonly string[] | undefined): boolean {
  if (!cherches || cherches.length === 0) return true
  return cherches.some((cherche) => {
    const morceaux = cherche.split('%')
    return authors.some(({ person }) => (morceaux.length === 1 ? person === cherche : contientDansLOrdre(person, morceaux)))
  })
}

function contientDansLOrdre(texte: string, morceaux: readonly string[]): boolean {
  if (!texte.startsWith(morceaux[0]!) || !texte.endsWith(morceaux.at(-1)!)) return false
  let at = 0
  for (const morceau of morceaux) {
    const trouve = texte.indexOf(morceau, at)
    if (trouve < 0) return false
    at = trouve + morceau.length
  }
  return true
}

/** From included, to excluded; partial dates stand for their first instant. An entry without the date is left out. */
function entre(valeur: string, parameters: AdhocQuery['parameters'], nom: string): boolean {
  const depuis = parameters[`${P}${nom}From`]?.[0]
  const jusqua = parameters[`${P}${nom}To`]?.[0]
  if (depuis === undefined && jusqua === undefined) return true
  const time = readDtm(valeur)
  if (time === undefined) return false
  return (depuis === undefined || time >= (readDtm(depuis) ?? -Infinity)) && (jusqua === undefined || time < (readDtm(jusqua) ?? Infinity))
}
