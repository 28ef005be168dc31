import { objet, objets, texte } from '#standards/fhir/json.ts'
import { MESURES_FHIR, type TypeMesure, UCUM } from '#standards/fhir/mesures.ts'
import type { Acces } from '../http.ts'
import { ApiRefusal } from '../json.ts'

/** A token lent to whoever plays the service. */
export interface JetonPrete {
  readonly access_token: string
  readonly idPe: string
}

interface Joue {
  readonly acces: Acces
  readonly jeton: JetonPrete
  /** Of the solution. */
  readonly oid: string
  /** Simulated milliseconds. */
  readonly maintenant: number
}

/** One thing the application of a service may try: what is asked of whom, and the purpose it needs. */
export interface Essai {
  readonly libelle: string
  /** @returns what happened, in French. @throws {ApiRefusal} */
  readonly jouer: (joue: Joue) => Promise<string>
}

async function appeler({ acces, jeton }: Joue, method: string, chemin: string, corps?: object): Promise<Readonly<Record<string, unknown>>> {
  const response = await acces.fetch(`${acces.base}/mes/fhir${chemin}`, {
    method,
    headers: {
      Accept: 'application/fhir+json',
      Authorization: `Bearer ${jeton.access_token}`,
      ...(corps && { 'Content-Type': 'application/fhir+json' }),
    },
    ...(corps && { body: JSON.stringify(corps) }),
  })
  const lu = objet(await response.json().catch(() => undefined))
  if (response.ok) return lu
  const [faute] = objets(lu['issue'])
  const regle = texte(objets(objet(faute?.['details'])['coding'])[0]?.['code'])
  throw new ApiRefusal(response.status, texte(faute?.['diagnostics']) ?? `HTTP ${response.status}`, regle)
}

const envoyerMesure =
  (type: TypeMesure, value: number, dit: string): Essai['jouer'] =>
  async (joue) => {
    const { code, systeme, profil, unite } = MESURES_FHIR[type]
    const resource = {
      resourceType: 'Observation',
      meta: { profile: [profil] },
      status: 'final',
      code: { coding: [{ system: systeme, code }] },
      subject: { identifier: { system: `urn:oid:${joue.oid}`, value: joue.jeton.idPe } },
      effectiveDateTime: new Date(joue.maintenant).toISOString(),
      valueQuantity: { value, unit: unite, system: UCUM, code: unite },
    }
    const entry = [{ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001', resource, request: { method: 'POST', url: 'Observation' } }]
    await appeler(joue, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
    return `${dit} : ajouté à vos mesures.`
  }

const JOUR = 86_400_000

const prendreRendezVous: Essai['jouer'] = async (joue) => {
  const start = new Date(Math.ceil(joue.maintenant / JOUR) * JOUR + 6 * JOUR + 9 * 3_600_000).toISOString()
  await appeler(joue, 'POST', '/Appointment', {
    resourceType: 'Appointment',
    status: 'booked',
    description: 'Consultation de suivi',
    start,
    participant: [
      { actor: { reference: `Patient/${joue.jeton.idPe}` }, status: 'accepted' },
      { actor: { display: 'Cabinet médical du Calendrier' }, status: 'accepted' },
    ],
  })
  return 'Rendez-vous ajouté à votre agenda.'
}

const compter =
  (type: string, mot: string): Essai['jouer'] =>
  async (joue) => {
    const { total } = await appeler(joue, 'GET', `/${type}?_count=5`)
    return `${Number(total)} ${mot}, lus par le service.`
  }

const lireIdentite: Essai['jouer'] = async (joue) => {
  const patient = await appeler(joue, 'GET', `/Patient/${joue.jeton.idPe}`)
  const nom = objets(patient['name'])[0]
  return `Le service sait votre nom (${texte(nom?.['family']) ?? ''}) et votre date de naissance, pas votre matricule.`
}

const ESSAIS: Readonly<Record<string, Essai>> = {
  MESURES_ECRITURE: { libelle: 'envoie 6 000 pas', jouer: envoyerMesure('STEPS_BY_DAY', 6_000, '6 000 pas') },
  MESURES_LECTURE: { libelle: 'lit vos mesures', jouer: compter('Observation', 'mesure(s)') },
  AGENDA_ECRITURE: { libelle: 'prend un rendez-vous', jouer: prendreRendezVous },
  AGENDA_LECTURE: { libelle: 'lit votre agenda', jouer: compter('Appointment', 'rendez-vous') },
  PATIENT_LECTURE: { libelle: 'demande qui vous êtes', jouer: lireIdentite },
}

const TENSION: Essai = { libelle: 'envoie une fréquence cardiaque de 72', jouer: envoyerMesure('HEART_RATE', 72, '72 battements par minute') }

/** What the application may try, allowed or not: a refusal teaches as much. */
export function essaisDe(service: string, finalites: readonly string[]): readonly Essai[] {
  return finalites.flatMap((code) => (code === 'MESURES_ECRITURE' && service !== 'podometre' ? [TENSION] : (ESSAIS[code] ?? [])))
}
