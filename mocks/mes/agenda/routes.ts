import { json, noContent } from '../../kit/answers.ts'
import { readInstant } from '../../kit/instant.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, absent, ecriture, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus, type Refus } from '../rules.ts'
import { inscrire, rappelLe, retirer } from './rappels.ts'
import { RAPPELS_PAR_JOUR, refusAgenda, refusTiers, reglesAgenda, type RendezVousSaisi } from './rules.ts'
import { rendezVous, rendezVousDe, type RendezVousEnregistre } from './store.ts'

const montrer = ({ complement: _complement, ...une }: RendezVousEnregistre) => ({
  ...une,
  rappelLe: rappelLe(une),
  modifiable: refusTiers(une) === undefined,
})

async function lister({ world, exchange, matriculeIns }: Appel): Promise<Answer> {
  const tous = await rendezVousDe(world, matriculeIns)
  exchange.respected(reglesAgenda['MES-AGENDA-NE-RESERVE-PAS'])
  exchange.summarise(`${tous.length} date${tous.length > 1 ? 's' : ''} dans l’agenda`)
  return json({ agenda: tous.map(montrer) })
}

const JOUR = 86_400_000
const JOUR_A_PARIS = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' })

/** Reminders of the same day in Paris, `sauf` left out. */
async function rappelsDuJour(
  { store }: World,
  { matriculeIns, debut, sauf }: { matriculeIns: string; debut: number; sauf: string },
): Promise<number> {
  const autour = await store.range(rendezVous, { index: 'parProfil', equals: [matriculeIns], from: debut - JOUR, to: debut + JOUR, limit: 1_000 })
  const jour = JOUR_A_PARIS.format(debut)
  return autour.filter(
    ({ id, genre, statut, debut: leur }) => id !== sauf && genre === 'rappel' && statut === 'prévu' && JOUR_A_PARIS.format(leur) === jour,
  ).length
}

/** What is typed, over what was there when it is a change; or what is wrong, in French. */
function lire({ message }: Appel, avant?: RendezVousEnregistre): RendezVousSaisi | string {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return corps
  const donnes = { genre: avant?.genre, titre: avant?.titre, note: avant?.note, lieu: avant?.lieu, statut: avant?.statut ?? 'prévu', ...corps }
  const { genre, statut } = donnes
  if (genre !== 'rendez-vous' && genre !== 'rappel') return '« genre » vaut « rendez-vous » ou « rappel ».'
  if (statut !== 'prévu' && statut !== 'annulé') return '« statut » vaut « prévu » ou « annulé ».'
  // Too long is for the rule to say, far too long is not read.
  const [titre, note, lieu] = [texteDe(donnes, 'titre', 10_000), texteDe(donnes, 'note', 10_000), texteDe(donnes, 'lieu', 10_000)]
  if (titre === undefined || note === undefined || lieu === undefined) return '« titre », « note » et « lieu » sont des textes.'
  const debut = corps['debut'] === undefined ? avant?.debut : readInstant(corps['debut'])
  const fin = corps['fin'] === undefined ? avant?.fin : corps['fin'] === null ? undefined : readInstant(corps['fin'])
  if (debut === undefined || (fin === undefined && corps['fin'] !== undefined && corps['fin'] !== null))
    return '« debut » et « fin » sont des instants ISO 8601 : 2026-11-30T09:15:00+01:00.'
  return { genre, titre, note, lieu, debut, ...(fin === undefined ? {} : { fin }), statut }
}

type Resultat = RendezVousEnregistre | Refus | string | undefined

/** Reads, asks the rules, writes: as one act, since ten a day are counted. */
async function ecrire(world: World, appel: Appel, avant?: RendezVousEnregistre): Promise<Resultat> {
  const saisi = lire(appel, avant)
  if (typeof saisi === 'string') return saisi
  const { matriculeIns, auteur } = appel
  const id = avant?.id ?? world.newId()
  const refus = refusAgenda(saisi, await rappelsDuJour(world, { matriculeIns, debut: saisi.debut, sauf: id }))
  if (refus) return refus
  const une: RendezVousEnregistre = { id, matriculeIns, auteur: 'PATIENT', ...saisi, modifieLe: world.now() }
  await inscrire(world, une)
  await noterActe(world, matriculeIns, auteur, `Agenda : « ${une.titre} » ${avant ? 'changé' : 'ajouté'}.`)
  return une
}

function repondre(resultat: Resultat, { exchange }: Appel, statut: number): Answer {
  if (resultat === undefined) return inconnu()
  if (typeof resultat === 'string') return mauvaiseDemande(resultat)
  if (estRefus(resultat)) return refuser(resultat, exchange)
  exchange.respected(reglesAgenda['MES-AGENDA-LONGUEURS'])
  if (resultat.genre === 'rappel') exchange.respected(reglesAgenda['MES-AGENDA-RAPPELS-JOUR'], `${RAPPELS_PAR_JOUR} au plus`)
  exchange.summarise(`Agenda : ${resultat.titre}`)
  return json(montrer(resultat), statut)
}

const inconnu = (): Answer => absent('Date inconnue', 'Elle n’est pas dans cet agenda, ou elle a été supprimée.')

async function trouver(world: World, { matriculeIns, parameters }: Appel): Promise<RendezVousEnregistre | Refus | undefined> {
  const une = await world.store.get(rendezVous, parameters['date'] ?? '')
  return une?.matriculeIns === matriculeIns ? (refusTiers(une) ?? une) : undefined
}

const ajouter = async (appel: Appel): Promise<Answer> => repondre(await appel.world.atomically((inside) => ecrire(inside, appel)), appel, 201)

async function changer(appel: Appel): Promise<Answer> {
  const resultat = await appel.world.atomically(async (inside): Promise<Resultat> => {
    const avant = await trouver(inside, appel)
    return !avant || estRefus(avant) ? avant : await ecrire(inside, appel, avant)
  })
  return repondre(resultat, appel, 200)
}

async function supprimer(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, auteur } = appel
  const resultat = await world.atomically(async (inside) => {
    const avant = await trouver(inside, appel)
    if (!avant || estRefus(avant)) return avant
    await retirer(inside, avant.id)
    await noterActe(inside, matriculeIns, auteur, `Agenda : « ${avant.titre} » supprimé.`)
    return avant
  })
  if (!resultat) return inconnu()
  if (estRefus(resultat)) return refuser(resultat, exchange)
  exchange.respected(reglesAgenda['MES-AGENDA-TIERS'])
  exchange.summarise(`Supprimé de l’agenda : ${resultat.titre}`)
  return noContent()
}

export const routesAgenda: readonly Route[] = [
  { method: 'GET', path: `${UN}/agenda`, handle: lecture('agenda', lister) },
  { method: 'POST', path: `${UN}/agenda`, handle: ecriture('date ajoutée à l’agenda', ajouter) },
  { method: 'PUT', path: `${UN}/agenda/{date}`, handle: ecriture('date de l’agenda changée', changer) },
  { method: 'DELETE', path: `${UN}/agenda/{date}`, handle: ecriture('date de l’agenda supprimée', supprimer) },
]
