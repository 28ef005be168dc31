import type { Code } from '#standards/xds/metadata.ts'
import type { World } from '../world.ts'
import { nextDocument, nextVisibilite, type EvenementVisibilite, type VisibiliteDocument } from './lifecycle.ts'
import { masquable, porte } from './rules/lecture.ts'
import { type DocumentEnregistre, documents, versions } from './store.ts'

/** Where a document stands in the machine, from its codes and from what the patient was told. */
export const visibiliteDe = ({ entry, signaleLe }: Pick<DocumentEnregistre, 'entry' | 'signaleLe'>): VisibiliteDocument => ({
  professionnels: porte(entry, 'MASQUE_PS') ? 'masque' : 'visible',
  patient: !porte(entry, 'INVISIBLE_PATIENT') ? 'visible' : signaleLe === undefined ? 'invisible' : 'signale',
  representants: porte(entry, 'INVISIBLE_REPRESENTANTS_LEGAUX') ? 'invisible' : 'visible',
})

const SYSTEME = '1.2.250.1.213.1.1.4.13'

function codesDe({ professionnels, patient, representants }: VisibiliteDocument, codes: readonly Code[]): Code[] {
  const voulus: Readonly<Record<string, boolean>> = {
    MASQUE_PS: professionnels === 'masque',
    INVISIBLE_PATIENT: patient !== 'visible',
    INVISIBLE_REPRESENTANTS_LEGAUX: representants === 'invisible',
  }
  const gardes = codes.filter(({ code }) => voulus[code] !== false)
  const ajoutes = Object.keys(voulus).filter((code) => voulus[code] && !gardes.some((garde) => garde.code === code))
  return [...gardes, ...ajoutes.map((code) => ({ code, codingScheme: SYSTEME, display: '' }))]
}

/** The document after these events; the same object when none changes it. */
export function apres(document: DocumentEnregistre, events: readonly EvenementVisibilite['type'][]): DocumentEnregistre {
  const avant = visibiliteDe(document)
  const visibilite = events.reduce((etat, type) => nextVisibilite(etat, { type }) ?? etat, avant)
  return visibilite === avant
    ? document
    : { ...document, entry: { ...document.entry, confidentialityCodes: codesDe(visibilite, document.entry.confidentialityCodes) } }
}

/**
 * The same, for what may end the invisibility of a document: the patient who wants every new document masked wants this one too,
 * and it could not be masked before.
 */
export async function devenu(
  world: World,
  document: DocumentEnregistre,
  events: readonly EvenementVisibilite['type'][],
): Promise<DocumentEnregistre> {
  const suivant = apres(document, events)
  const decouvert = porte(document.entry, 'INVISIBLE_PATIENT') && masquable(suivant.entry)
  return decouvert && (await world.ask.masqueParDefaut(document.patient)) ? apres(suivant, ['patient.masque']) : suivant
}

/**
 * Registers a new version of an entry: a new entryUUID under the same logical one. The former stays known, deprecated. Inside a transaction.
 * @param lot uniqueId of the submission set that brings it
 */
export async function enregistrerVersion(world: World, ancienne: DocumentEnregistre, nouvelle: DocumentEnregistre, lot: string): Promise<void> {
  const entryUuid = `urn:uuid:${world.newId()}`
  await world.store.delete(documents, ancienne.entryUuid)
  await world.store.put(versions, { ...ancienne, etat: nextDocument('approved', { type: 'auteur.remplace' })! })
  await world.store.put(documents, { ...nouvelle, entryUuid, lot, entry: { ...nouvelle.entry, id: entryUuid, version: ancienne.entry.version + 1 } })
}
