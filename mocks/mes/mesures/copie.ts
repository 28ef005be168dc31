import { MESURES_FHIR, type TypeMesure } from '#standards/fhir/mesures.ts'
import { type ObservationCda, readObservations } from '#standards/cda/observations.ts'
import { readDtm } from '#standards/xds/identifiers.ts'
import type { World, WorldEvent } from '../../world.ts'
import { notifier } from '../annoncer.ts'
import type { CodeNotification } from '../notifications.ts'
import { titulaireDe } from '../store.ts'
import { arrondir, refusMesure, type ValeurSaisie } from './rules.ts'
import { copieVoulue, mesures } from './store.ts'
import { MESURES } from './types.ts'

type Copiable = Extract<TypeMesure, 'GLUCOSE' | 'GLYCATED_HEMOGLOBIN' | 'HEIGHT' | 'WEIGHT' | 'HEAD_CIRCUMFERENCE'>

const NOTIFICATION: Readonly<Record<Copiable, CodeNotification>> = {
  GLUCOSE: 'COPIE_DOC_AJOUT_GLYCEMIE',
  GLYCATED_HEMOGLOBIN: 'COPIE_DOC_AJOUT_HBA1C',
  HEIGHT: 'COPIE_DOC_AJOUT_TAILLE',
  WEIGHT: 'COPIE_DOC_AJOUT_POIDS',
  HEAD_CIRCUMFERENCE: 'COPIE_DOC_AJOUT_PC',
}

const LOINC = '2.16.840.1.113883.6.1'

/** LOINC codes met in documents: those of the measures, then what laboratories write for the same thing. Which are really read is not published. */
const TYPES: ReadonlyMap<string, Copiable> = new Map([
  ...(Object.keys(NOTIFICATION) as Copiable[]).map((type) => [MESURES[type].code, type] as const),
  ['2345-7', 'GLUCOSE'],
  ['1558-6', 'GLUCOSE'],
  ['14749-6', 'GLUCOSE'],
  ['14771-0', 'GLUCOSE'],
])

/** What one unit is worth in the unit of the measure; undefined for a unit of something else. */
function facteurDe(type: TypeMesure, ucum: string): number | undefined {
  const { unite, autresUnites } = MESURES_FHIR[type]
  if (ucum === unite) return 1
  return Object.hasOwn(autresUnites, ucum) ? autresUnites[ucum] : undefined
}

/** A time of a CDA, `AAAAMMJJ…` and perhaps `±ZZzz`. Undefined when it is none. */
function instantDe(texte: string): number | undefined {
  const [, nombre = '', signe = '+', heures = '0', minutes = '0'] = /^(\d{4,14})(?:([+-])(\d\d)(\d\d))?$/.exec(texte) ?? []
  const decalage = (Number(heures) * 60 + Number(minutes)) * 60_000
  const time = readDtm(nombre)
  return time === undefined ? undefined : signe === '+' ? time - decalage : time + decalage
}

/** What can be kept of the entries of a document: one value of each kind, the last written. */
export function valeursACopier(observations: readonly ObservationCda[], maintenant: number): ValeurSaisie[] {
  const trouvees = new Map<Copiable, ValeurSaisie>()
  for (const { code, systeme, valeur, unite, le } of observations) {
    const type = systeme === LOINC ? TYPES.get(code) : undefined
    const facteur = type && facteurDe(type, unite)
    if (!type || facteur === undefined) continue
    const lue = { type, valeur: arrondir(type, valeur * facteur), le: instantDe(le) ?? maintenant }
    if (!refusMesure(lue, maintenant)) trouvees.set(type, lue)
  }
  return [...trouvees.values()]
}

/** A document that the patient sees has come: what it measures goes to the measures, unless the holder said no. */
export async function copier(event: Extract<WorldEvent, { type: 'document.ajoute' }>, world: World): Promise<void> {
  // A measure is read by whoever opens the profile: what is kept from a parent is not copied there.
  const titulaire = event.visiblePatient && !event.invisibleRepresentants ? await titulaireDe(world, event.matriculeIns) : undefined
  if (!titulaire || !(await copieVoulue(world, titulaire.matriculeIns))) return
  const { matriculeIns } = titulaire
  const lu = await world.ask.contenuPourPatient(matriculeIns, event.documentId)
  if (!lu?.mimeType.includes('xml')) return
  for (const valeur of valeursACopier(observationsDe(lu.bytes), world.now())) {
    await world.store.put(mesures, {
      id: world.newId(),
      matriculeIns,
      ...valeur,
      origine: 'document',
      auteur: event.titre,
      documentId: event.documentId,
      modifieLe: world.now(),
    })
    const { libelle, unite } = MESURES[valeur.type]
    const texte = `${libelle} : ${String(valeur.valeur).replace('.', ',')} ${unite}, copié de « ${event.titre} ».`
    await notifier(world, titulaire, { code: NOTIFICATION[valeur.type as Copiable], texte, documentId: event.documentId })
  }
}

/** A document that cannot be read measures nothing: the deposit stands. */
function observationsDe(bytes: Uint8Array): ObservationCda[] {
  try {
    return readObservations(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return []
  }
}
