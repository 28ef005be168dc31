import { json, noContent } from '../kit/answers.ts'
import type { Answer, Route } from '../kit/message.ts'
import { majoriteAEtablir } from './delegations/anniversaire.ts'
import { passerMajorite } from './delegations/majorite.ts'
import { type Appel, absent, lecture } from './page.ts'
import { UN } from './routes-profil.ts'
import { visiblePour } from './rules.ts'
import { regles } from './rules-register.ts'
import { type NotificationEnregistree, notifications, notificationsDe } from './store.ts'

/** The notification that the path names, when it is of this profile. */
async function notification({ world, matriculeIns, parameters, qualite }: Appel): Promise<NotificationEnregistree | undefined> {
  const id = parameters['notification']
  const une = id ? await world.store.get(notifications, id) : undefined
  return une?.matriculeIns === matriculeIns && visiblePour(qualite, une) ? une : undefined
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
async function centre({ world, matriculeIns, personne, distribution, profil, qualite }: Appel): Promise<Answer> {
  if (majoriteAEtablir(profil, personne.dateNaissance, world.now()))
    await world.atomically((inside) => passerMajorite(inside, { matriculeIns, personne, distribution }))
  return json({ notifications: (await notificationsDe(world, matriculeIns)).filter((une) => visiblePour(qualite, une)) })
}

export const routesLecture: readonly Route[] = [
  {
    method: 'GET',
    path: `${UN}/notifications`,
    handle: lecture('notifications', centre),
  },
  { method: 'POST', path: `${UN}/notifications/{notification}/lue`, handle: lecture('notification lue', lue) },
  { method: 'DELETE', path: `${UN}/notifications/{notification}`, handle: lecture('notification effacée', effacee) },
]
