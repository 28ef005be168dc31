import { json, noContent } from '../kit/answers.ts'
import type { Answer, Route } from '../kit/message.ts'
import { majoriteAEtablir } from './delegations/anniversaire.ts'
import { passerMajorite } from './delegations/majorite.ts'
import { type Appel, absent, lecture } from './page.ts'
import { UN } from './routes-profil.ts'
import { regles } from './rules-register.ts'
import { origineDe } from './rules.ts'
import { activitesDe, type NotificationEnregistree, notifications, notificationsDe } from './store.ts'

async function documents({ world, exchange, matriculeIns }: Appel): Promise<Answer> {
  const tous = await world.ask.documentsDuPatient(matriculeIns)
  exchange.respected(regles['MES-DOCUMENTS-DISTINCTS'])
  exchange.summarise(`${tous.length} document${tous.length > 1 ? 's' : ''}`)
  return json({ documents: tous.map((un) => ({ ...un, origine: origineDe(un) })) })
}

async function contenu({ world, matriculeIns, parameters }: Appel): Promise<Answer> {
  const lu = await world.ask.contenuPourPatient(matriculeIns, parameters['document'] ?? '')
  if (!lu) return absent('Document inconnu', 'Aucun document visible n’a cet identifiant.')
  return {
    status: 200,
    // What a professional deposited is not trusted: it must run nothing and load nothing, even opened by itself.
    headers: {
      'content-type': lu.mimeType,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: lu.bytes,
  }
}

/** The notification that the path names, when it is of this profile. */
async function notification({ world, matriculeIns, parameters }: Appel): Promise<NotificationEnregistree | undefined> {
  const id = parameters['notification']
  const une = id ? await world.store.get(notifications, id) : undefined
  return une?.matriculeIns === matriculeIns ? une : undefined
}

const inconnue = (): Answer => absent('Notification inconnue', 'Elle n’est pas de ce profil, ou elle a été effacée.')

async function lue(appel: Appel): Promise<Answer> {
  const une = await notification(appel)
  if (!une) return inconnue()
  if (!une.lue) await appel.world.store.put(notifications, { ...une, lue: true })
  return noContent()
}

async function effacee(appel: Appel): Promise<Answer> {
  const une = await notification(appel)
  if (!une) return inconnue()
  await appel.world.store.delete(notifications, une.id)
  appel.exchange.respected(regles['MES-NOTIFICATION-PARTAGEE'])
  return noContent()
}

/** Who came of age while nobody looked is told now, with the date of the day. */
async function centre({ world, matriculeIns, personne, distribution, profil }: Appel): Promise<Answer> {
  if (majoriteAEtablir(profil, personne.dateNaissance, world.now()))
    await world.atomically((inside) => passerMajorite(inside, { matriculeIns, personne, distribution }))
  return json({ notifications: await notificationsDe(world, matriculeIns) })
}

export const routesLecture: readonly Route[] = [
  { method: 'GET', path: `${UN}/documents`, handle: lecture('documents', documents) },
  { method: 'GET', path: `${UN}/documents/{document}/contenu`, handle: lecture('contenu d’un document', contenu) },
  {
    method: 'GET',
    path: `${UN}/notifications`,
    handle: lecture('notifications', centre),
  },
  { method: 'POST', path: `${UN}/notifications/{notification}/lue`, handle: lecture('notification lue', lue) },
  { method: 'DELETE', path: `${UN}/notifications/{notification}`, handle: lecture('notification effacée', effacee) },
  {
    method: 'GET',
    path: `${UN}/activites`,
    handle: lecture('historique d’activité', async ({ world, matriculeIns }) => json({ activites: await activitesDe(world, matriculeIns) })),
  },
]
