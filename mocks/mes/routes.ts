import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../database/registre.ts'
import { json, noContent, problem } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message, PathParameters, Route } from '../kit/message.ts'
import type { IdentityCard, Service } from '../kit/service.ts'
import type { World, WorldEvent } from '../world.ts'
import { ACTES, actesPossibles, agir } from './actes.ts'
import { type Profil, situationDossier, VUES } from './etats.ts'
import { nouvelleDe, NOTIFICATIONS } from './notifications.ts'
import { regles } from './register.ts'
import { estRefus, refusLecture, type Refus } from './rules.ts'
import {
  activites,
  activitesDe,
  blocages,
  blocagesDe,
  cleBlocage,
  notifications,
  notificationsDe,
  profilDe,
  profils,
  type TitulaireConnu,
  titulaireDe,
} from './store.ts'

interface Ouvert extends TitulaireConnu {
  readonly matriculeIns: string
  readonly profil: Profil
}

type Page = (ouvert: Ouvert, world: World, exchange: Exchange, message: Message, parameters: PathParameters) => Answer | Promise<Answer>

const inconnu = (): Answer => problem({ status: 404, title: 'Profil inconnu', detail: 'Personne n’a ce matricule dans ce monde.' })

function refuser({ refused, about }: Refus, exchange: Exchange): Answer {
  exchange.refused(refused, about)
  exchange.summarise('Refusé')
  return problem({ status: 409, title: refused.sentence, detail: `${about[0]!.toUpperCase()}${about.slice(1)}`, rule: refused.code })
}

/** Opens the profile that the path names. */
const profil =
  (operation: string, page: Page): Route['handle'] =>
  async (message, world, exchange, parameters) => {
    exchange.name(`Mon espace santé · ${operation}`)
    const matriculeIns = parameters['matricule'] ?? ''
    const titulaire = /^[0-9AB]{15}$/.test(matriculeIns) ? await titulaireDe(world, matriculeIns) : undefined
    if (!titulaire) return inconnu()
    exchange.about(matriculeIns)
    exchange.from(nomDe(titulaire))
    return await page({ ...titulaire, matriculeIns, profil: await profilDe(world, matriculeIns, titulaire) }, world, exchange, message, parameters)
  }

/** The same, for what only an activated profile shows. */
const lecture = (operation: string, page: Page): Route['handle'] =>
  profil(operation, (ouvert, world, exchange, message, parameters) => {
    const refus = refusLecture(ouvert.profil.etat)
    if (refus) return refuser(refus, exchange)
    exchange.respected(regles['MES-LECTURE-PROFIL-ACTIVE'])
    return page(ouvert, world, exchange, message, parameters)
  })

const nomDe = ({ personne, distribution }: TitulaireConnu): string => distribution?.nomAffiche ?? `${personne.listePrenom.split(' ')[0]} ${personne.nomNaissance}`

function montrer({ matriculeIns, profil, ...titulaire }: Ouvert): Answer {
  const { libelle, annonce, patient } = VUES[profil.etat]
  return json({ matriculeIns, nomAffiche: nomDe(titulaire), etat: profil.etat, libelle, annonce, patient, contexte: profil.contexte, actes: actesPossibles(profil) })
}

const acte: Page = async (ouvert, world, exchange, _message, parameters) => {
  const connu = ACTES[parameters['acte'] ?? '']
  if (!connu) return problem({ status: 404, title: 'Acte inconnu', detail: `Actes : ${Object.keys(ACTES).join(', ')}.` })
  const apres = await world.atomically(async (inside) => {
    const suivant = agir(await profilDe(inside, ouvert.matriculeIns, ouvert), connu, inside.now())
    if (!estRefus(suivant)) await inside.store.put(profils, { ...suivant, matriculeIns: ouvert.matriculeIns })
    return suivant
  })
  if (estRefus(apres)) return refuser(apres, exchange)
  exchange.respected(regles['MES-ACTE-ETAT'])
  exchange.ended('accepté')
  exchange.summarise(`${connu.libelle} : ${VUES[apres.etat].libelle.toLowerCase()}`)
  return montrer({ ...ouvert, profil: apres })
}

const API = '/mes/api/profils'
const UN = `${API}/{matricule}`

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: API,
    handle: async (_message, world, exchange) => {
      exchange.name('Mon espace santé · profils de la distribution')
      const { patients } = await castOf(world)
      const lignes = patients.map(async (distribution) => {
        const matriculeIns = quinze(distribution.personne.ins)
        const { etat } = await profilDe(world, matriculeIns, { personne: distribution.personne, distribution })
        return { matriculeIns, nomAffiche: distribution.nomAffiche, etat, libelle: VUES[etat].libelle, montre: distribution.montre }
      })
      return json({ profils: await Promise.all(lignes) })
    },
  },
  { method: 'GET', path: UN, handle: profil('profil', montrer) },
  { method: 'POST', path: `${UN}/actes/{acte}`, handle: profil('acte', acte) },
  {
    method: 'GET',
    path: `${UN}/documents`,
    handle: lecture('documents', async ({ matriculeIns }, world) => {
      const documents = await world.ask.documentsDuPatient(matriculeIns)
      return json({ documents: documents.map((un) => ({ ...un, origine: un.structure === '' ? 'patient' : 'professionnel' })) })
    }),
  },
  {
    method: 'GET',
    path: `${UN}/documents/{document}/contenu`,
    handle: lecture('contenu d’un document', async ({ matriculeIns }, world, _exchange, _message, parameters) => {
      const contenu = await world.ask.contenuPourPatient(matriculeIns, parameters['document'] ?? '')
      if (!contenu) return problem({ status: 404, title: 'Document inconnu', detail: 'Aucun document visible n’a cet identifiant.' })
      return { status: 200, headers: { 'content-type': contenu.mimeType, 'content-security-policy': 'sandbox', 'cache-control': 'no-store' }, body: contenu.bytes }
    }),
  },
  {
    method: 'GET',
    path: `${UN}/notifications`,
    handle: lecture('notifications', async ({ matriculeIns }, world) => json({ notifications: await notificationsDe(world, matriculeIns) })),
  },
  {
    method: 'POST',
    path: `${UN}/notifications/{notification}/lue`,
    handle: lecture('notification lue', async ({ matriculeIns }, world, _exchange, _message, parameters) => {
      const une = await world.store.get(notifications, parameters['notification'] ?? '')
      if (une?.matriculeIns !== matriculeIns) return problem({ status: 404, title: 'Notification inconnue', detail: 'Cette notification n’existe pas.' })
      if (!une.lue) await world.store.put(notifications, { ...une, lue: true })
      return noContent()
    }),
  },
  {
    method: 'DELETE',
    path: `${UN}/notifications/{notification}`,
    handle: lecture('notification effacée', async ({ matriculeIns }, world, _exchange, _message, parameters) => {
      const une = await world.store.get(notifications, parameters['notification'] ?? '')
      if (une?.matriculeIns !== matriculeIns) return problem({ status: 404, title: 'Notification inconnue', detail: 'Cette notification n’existe pas.' })
      await world.store.delete(notifications, une.id)
      return noContent()
    }),
  },
  {
    method: 'GET',
    path: `${UN}/activites`,
    handle: lecture('historique d’activité', async ({ matriculeIns }, world) => json({ activites: await activitesDe(world, matriculeIns) })),
  },
  {
    method: 'GET',
    path: `${UN}/acces`,
    handle: lecture('accès des professionnels', async ({ matriculeIns }, world) => json({ bloques: await blocagesDe(world, matriculeIns) })),
  },
  {
    method: 'PUT',
    path: `${UN}/blocages/{identifiant}`,
    handle: lecture('blocage d’un professionnel', async ({ matriculeIns }, world, exchange, _message, parameters) => {
      const identifiant = parameters['identifiant'] ?? ''
      await world.atomically(async (inside) => {
        await inside.store.put(blocages, { id: cleBlocage(matriculeIns, identifiant), matriculeIns, identifiant, nom: '', le: inside.now() })
        await inside.tell({ type: 'acces.bloque', matriculeIns, identifiant })
      })
      exchange.summarise('Professionnel bloqué')
      return noContent()
    }),
  },
  {
    method: 'DELETE',
    path: `${UN}/blocages/{identifiant}`,
    handle: lecture('déblocage d’un professionnel', async ({ matriculeIns }, world, _exchange, _message, parameters) => {
      await world.store.delete(blocages, cleBlocage(matriculeIns, parameters['identifiant'] ?? ''))
      return noContent()
    }),
  },
]

/** News of the professionals' side becomes a line of the history, and a notification when the rules want one. */
async function annoncer(event: Extract<WorldEvent, { acteur: string }>, world: World): Promise<void> {
  const nouvelle = nouvelleDe(event)
  if (!nouvelle) return
  const { matriculeIns } = event
  const le = world.now()
  await world.store.put(activites, { id: world.newId(), matriculeIns, le, ...nouvelle.trace })
  if (nouvelle.notification)
    await world.store.put(notifications, { id: world.newId(), matriculeIns, le, lue: false, titre: NOTIFICATIONS[nouvelle.notification.code].titre, ...nouvelle.notification })
}

export const mes: Service = {
  name: 'mes',
  title: 'Mon espace santé — côté patient',
  routes,
  rules: regles,
  collections: [profils, notifications, activites, blocages],
  settings: {
    'MES-DELAI-OPPOSITION': { title: 'Délai pour s’opposer à l’ouverture, ISO 8601', initial: 'P6W', source: 'CSP R.1111-28 ; un projet de décret disait un mois (functional.md C2)' },
  },
  answers: {
    situationDossier: async (world, matriculeIns) => {
      const titulaire = await titulaireDe(world, matriculeIns)
      return titulaire ? situationDossier(await profilDe(world, matriculeIns, titulaire)) : { etat: 'inexistant', rattacheEns: false }
    },
    estBloque: async (world, matriculeIns, identifiant) => (await world.store.get(blocages, cleBlocage(matriculeIns, identifiant))) !== undefined,
  },
  reactions: {
    'document.ajoute': annoncer,
    'document.remplace': annoncer,
    'document.supprime': annoncer,
    'document.consulte': annoncer,
    'dossier.recherche': annoncer,
    'acces.autorise': annoncer,
    'acces.retire': annoncer,
    'acces.brisDeGlace': annoncer,
  },
  async identities(world): Promise<IdentityCard[]> {
    const { patients } = await castOf(world)
    return Promise.all(
      patients.map(async (distribution) => {
        const matriculeIns = quinze(distribution.personne.ins)
        const { etat } = await profilDe(world, matriculeIns, { personne: distribution.personne, distribution })
        return { id: distribution.id, name: distribution.nomAffiche, kind: 'patient', send: { matricule: matriculeIns }, triggers: `${VUES[etat].libelle}. ${distribution.montre}`, service: 'mes', source: 'functional.md §2.2' }
      }),
    )
  },
  async seed(world) {
    const { patients, professionnels } = await castOf(world)
    for (const { personne, bloques } of patients)
      for (const id of bloques) {
        const matriculeIns = quinze(personne.ins)
        const professionnel = professionnels.find((un) => un.id === id)
        if (professionnel)
          await world.store.put(blocages, {
            id: cleBlocage(matriculeIns, professionnel.carte.identifiant),
            matriculeIns,
            identifiant: professionnel.carte.identifiant,
            nom: professionnel.nomAffiche,
            le: world.now(),
          })
      }
  },
}
