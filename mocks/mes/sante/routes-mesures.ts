import { MESURES_FHIR, type TypeMesure } from '#standards/fhir/mesures.ts'
import { json, noContent } from '../../kit/answers.ts'
import { readInstant } from '../../kit/instant.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { type RendezVousEnregistre, rendezVous, rendezVousDe } from '../agenda/store.ts'
import { noterActe } from '../annoncer.ts'
import { mesures, mesuresDe } from '../mesures/store.ts'
import { type Appel, absent, ecriture, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { nomDe } from '../store.ts'
import { annulerRappel, programmerRappel } from './rappels.ts'
import { refusAgenda, refusMesure, reglesSante } from './rules.ts'

const GENRES = Object.entries(MESURES_FHIR).map(([type, { libelle, unite, de, a, code }]) => ({ type, libelle, unite, de, a, code }))

const lister = async ({ world, matriculeIns }: Appel): Promise<Answer> => json({ mesures: await mesuresDe(world, matriculeIns), genres: GENRES })

async function ajouter({ world, exchange, message, matriculeIns, par, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { type, valeur, valeur2, le: quand } = corps
  if (typeof type !== 'string' || !Object.hasOwn(MESURES_FHIR, type)) return mauvaiseDemande(`« type » : ${Object.keys(MESURES_FHIR).join(', ')}.`)
  if (typeof valeur !== 'number' || !Number.isFinite(valeur) || (valeur2 !== undefined && (typeof valeur2 !== 'number' || !Number.isFinite(valeur2))))
    return mauvaiseDemande('« valeur » est un nombre ; « valeur2 » aussi, pour la pression artérielle.')
  const le = quand === undefined ? world.now() : readInstant(quand)
  if (le === undefined) return mauvaiseDemande('« le » est un instant ISO 8601.')
  const refus = refusMesure(type as TypeMesure, valeur, valeur2, le, world.now())
  if (refus) return refuser(refus, exchange)
  const mesure = {
    id: world.newId(),
    matriculeIns,
    type: type as TypeMesure,
    valeur,
    ...(valeur2 === undefined ? {} : { valeur2 }),
    le,
    origine: 'patient' as const,
    auteur: nomDe(par),
    modifieLe: world.now(),
  }
  await world.atomically(async (inside) => {
    await inside.store.put(mesures, mesure)
    await noterActe(inside, matriculeIns, auteur, `Mesure ajoutée : ${MESURES_FHIR[mesure.type].libelle.toLowerCase()}.`)
  })
  exchange.respected(reglesSante['MES-MESURE-BORNES'])
  exchange.summarise(`Mesure ajoutée : ${MESURES_FHIR[mesure.type].libelle}`)
  return json(mesure, 201)
}

async function supprimer({ world, exchange, matriculeIns, parameters }: Appel): Promise<Answer> {
  const mesure = await world.store.get(mesures, parameters['mesure'] || '-')
  if (mesure?.matriculeIns !== matriculeIns) return absent('Mesure inconnue', 'Elle n’est pas de ce profil, ou elle a été supprimée.')
  if (mesure.origine !== 'patient')
    return refuser({ refused: reglesSante['MES-MESURE-SIENNE'], about: `cette mesure vient de « ${mesure.auteur} »`, statut: 403 }, exchange)
  await world.store.delete(mesures, mesure.id)
  return noContent()
}

const agenda = async ({ world, matriculeIns }: Appel): Promise<Answer> => json({ rendezVous: await rendezVousDe(world, matriculeIns) })

const JOUR = 86_400_000

/** Adds, or changes the patient's own. */
async function poser(appel: Appel, avant: RendezVousEnregistre | undefined): Promise<Answer> {
  const { world, exchange, message, matriculeIns } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { genre = avant?.genre ?? 'rendez-vous', debut: quand = avant && new Date(avant.debut).toISOString() } = corps
  const [titre, note, lieu] = [texteDe(corps, 'titre', 10_000), texteDe(corps, 'note', 10_000), texteDe(corps, 'lieu', 200)]
  const debut = readInstant(quand)
  if ((genre !== 'rendez-vous' && genre !== 'rappel') || debut === undefined)
    return mauvaiseDemande('« genre » vaut rendez-vous ou rappel ; « debut » est un instant ISO 8601.')
  if (titre === undefined || note === undefined || lieu === undefined) return mauvaiseDemande('« titre », « note » et « lieu » sont des textes.')
  if (avant && avant.auteur !== 'PATIENT')
    return refuser({ refused: reglesSante['MES-AGENDA-TIERS'], about: 'ce rendez-vous vient d’un service', statut: 403 }, exchange)
  const memeJour = (un: RendezVousEnregistre) =>
    un.genre === 'rappel' && un.id !== avant?.id && Math.floor(un.debut / JOUR) === Math.floor(debut / JOUR)
  const rappelsDuJour = (await rendezVousDe(world, matriculeIns, 1_000)).filter(memeJour).length
  const refus = refusAgenda({ titre, note, genre, rappelsDuJour })
  if (refus) return refuser(refus, exchange)
  const un: RendezVousEnregistre = {
    id: avant?.id ?? world.newId(),
    matriculeIns,
    genre,
    auteur: 'PATIENT',
    titre,
    note,
    lieu,
    debut,
    statut: 'prévu',
    modifieLe: world.now(),
  }
  await world.atomically(async (inside) => {
    await inside.store.put(rendezVous, un)
    await annulerRappel(inside, un.id)
    await programmerRappel(inside, un)
  })
  exchange.respected(reglesSante['MES-AGENDA-LIMITES'])
  exchange.summarise(`Agenda : ${genre} ${avant ? 'changé' : 'ajouté'}`)
  return json(un, avant ? 200 : 201)
}

async function leRendezVous({ world, matriculeIns, parameters }: Appel): Promise<RendezVousEnregistre | undefined> {
  const un = await world.store.get(rendezVous, parameters['rendezVous'] || '-')
  return un?.matriculeIns === matriculeIns ? un : undefined
}

const perdu = (): Answer => absent('Rendez-vous inconnu', 'Il n’est pas de ce profil, ou il a été supprimé.')

async function changer(appel: Appel): Promise<Answer> {
  const un = await leRendezVous(appel)
  return un ? await poser(appel, un) : perdu()
}

async function retirer(appel: Appel): Promise<Answer> {
  const un = await leRendezVous(appel)
  if (!un) return perdu()
  if (un.auteur !== 'PATIENT')
    return refuser({ refused: reglesSante['MES-AGENDA-TIERS'], about: 'ce rendez-vous vient d’un service', statut: 403 }, appel.exchange)
  await appel.world.atomically(async (inside) => {
    await inside.store.delete(rendezVous, un.id)
    await annulerRappel(inside, un.id)
  })
  return noContent()
}

export const routesMesures: readonly Route[] = [
  { method: 'GET', path: `${UN}/mesures`, handle: lecture('mesures', lister) },
  { method: 'POST', path: `${UN}/mesures`, handle: ecriture('mesure', ajouter) },
  { method: 'DELETE', path: `${UN}/mesures/{mesure}`, handle: ecriture('mesure supprimée', supprimer) },
  { method: 'GET', path: `${UN}/agenda`, handle: lecture('agenda', agenda) },
  { method: 'POST', path: `${UN}/agenda`, handle: ecriture('agenda', (appel) => poser(appel, undefined)) },
  { method: 'PUT', path: `${UN}/agenda/{rendezVous}`, handle: ecriture('agenda', changer) },
  { method: 'DELETE', path: `${UN}/agenda/{rendezVous}`, handle: ecriture('agenda', retirer) },
]
