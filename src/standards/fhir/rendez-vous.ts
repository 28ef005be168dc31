import { lireDate } from './dates.ts'
import { garder, objet, objets, texte } from './json.ts'
import type { Anomalie, Identifier, Objet } from './types.ts'

/** A meeting as a service sent it. */
export interface RendezVousLu {
  readonly titre: string
  readonly note: string
  readonly lieu: string
  /** Milliseconds. */
  readonly debut: number
  readonly fin?: number
  readonly statut: 'prévu' | 'annulé'
  /** First identifier, the one of the service. */
  readonly reference?: Identifier
  /** The patient among the participants: an idPe, with or without its system. */
  readonly patient?: Identifier
  readonly complement: Objet
}

const GARDES = ['identifier', 'serviceType', 'specialty', 'reasonCode', 'appointmentType', 'minutesDuration', 'participant', 'cancelationReason']

const STATUTS = ['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error', 'checked-in', 'waitlist']

/** @returns the meeting, or everything that is wrong with it. @see IG-fhir-gestion-agendas-partages, gap-fr-appointment ; functional.md §3.4 */
export function lireRendezVous(rdv: Objet): RendezVousLu | readonly Anomalie[] {
  const fautes: Anomalie[] = []
  const faute = (code: Anomalie['code'], diagnostics: string, element: string) => {
    fautes.push({ code, diagnostics, expression: `Appointment.${element}` })
  }
  const statut = rdv['status']
  if (typeof statut !== 'string' || !STATUTS.includes(statut)) faute('value', `« status » : ${STATUTS.join(', ')}.`, 'status')
  const titre = texte(rdv['description'], 100)
  if (!titre) faute('required', '« description » est le titre : 100 caractères au plus.', 'description')
  const note = rdv['comment'] === undefined ? '' : texte(rdv['comment'], 1_000)
  if (note === undefined) faute('too-long', '« comment » a 1 000 caractères au plus.', 'comment')
  const debut = lireInstant(rdv['start'])
  const fin = rdv['end'] === undefined ? undefined : lireInstant(rdv['end'])
  if (debut === undefined) faute('required', '« start » est un instant, avec l’heure et le décalage.', 'start')
  if ((rdv['end'] !== undefined && fin === undefined) || (debut !== undefined && fin !== undefined && fin < debut))
    faute('value', '« end » est un instant après « start ».', 'end')
  const participants = objets(rdv['participant'])
  if (participants.length === 0 || participants.length > 20) faute('required', 'De 1 à 20 « participant », dont le patient.', 'participant')
  const acteurs = participants.map((un) => objet(un['actor']))
  const patient = acteurs.map(patientDe).find((un) => un !== undefined)
  if (!patient)
    faute('required', 'Le patient est un participant : « actor.reference » = Patient/<idPe>, ou « actor.identifier ».', 'participant.actor')
  if (fautes.length > 0 || !titre || note === undefined || debut === undefined || !patient) return fautes
  const [premier] = objets(rdv['identifier'])
  const valeur = texte(premier?.['value'], 100)
  const systeme = texte(premier?.['system'], 200)
  return {
    titre,
    note,
    lieu:
      acteurs
        .filter((un) => un['reference'] === undefined || !String(un['reference']).startsWith('Patient/'))
        .map((un) => texte(un['display'], 100))
        .find(Boolean) ?? '',
    debut,
    ...(fin !== undefined && { fin }),
    statut: statut === 'cancelled' || statut === 'entered-in-error' || statut === 'noshow' ? 'annulé' : 'prévu',
    ...(valeur !== undefined && { reference: { value: valeur, ...(systeme !== undefined && { system: systeme }) } }),
    patient,
    complement: { ...garder(rdv, GARDES), status: statut },
  }
}

function lireInstant(value: unknown): number | undefined {
  const dit = texte(value, 40)
  return dit !== undefined && /T.*(Z|[+-]\d{2}:\d{2})$/.test(dit) ? lireDate(dit)?.debut : undefined
}

function patientDe(acteur: Objet): Identifier | undefined {
  const identifiant = objet(acteur['identifier'])
  const [system, value] = [texte(identifiant['system'], 200), texte(identifiant['value'], 100)]
  const reference = /^Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(texte(acteur['reference'], 100) ?? '')
  if (reference) return { value: reference[1]! }
  return value !== undefined && acteur['type'] === 'Patient' ? { value, ...(system !== undefined && { system }) } : undefined
}

export interface RendezVousAEcrire {
  readonly id: string
  readonly version: string
  readonly modifieLe: number
  readonly titre: string
  readonly note: string
  readonly lieu: string
  readonly debut: number
  readonly fin?: number
  readonly statut: 'prévu' | 'annulé'
  readonly sujet: Required<Identifier>
  /** Name of the service that wrote it, absent for the holder's own. */
  readonly service?: string
  readonly complement: Objet
}

export function ecrireRendezVous(rdv: RendezVousAEcrire): Objet {
  const { id, version, modifieLe, titre, note, lieu, debut, fin, statut, sujet, service, complement } = rdv
  return {
    resourceType: 'Appointment',
    id,
    meta: { versionId: version, lastUpdated: new Date(modifieLe).toISOString(), ...(service && { tag: [{ display: service }] }) },
    status: statut === 'annulé' ? 'cancelled' : 'booked',
    description: titre,
    ...(note && { comment: note }),
    start: new Date(debut).toISOString(),
    ...(fin !== undefined && { end: new Date(fin).toISOString() }),
    participant: [
      { actor: { reference: `Patient/${sujet.value}`, identifier: sujet }, status: 'accepted' },
      ...(lieu ? [{ actor: { display: lieu }, status: 'accepted' }] : []),
    ],
    ...garder(complement, [...GARDES, 'status']),
  }
}
