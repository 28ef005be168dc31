import { convient } from '#standards/fhir/dates.ts'
import { objet } from '#standards/fhir/json.ts'
import { ecrireRendezVous, lireRendezVous, type RendezVousLu } from '#standards/fhir/rendez-vous.ts'
import type { Identifier, Objet } from '#standards/fhir/types.ts'
import { fhir, refuserFhir } from '../../kit/fhir.ts'
import type { Answer } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { inscrire } from '../agenda/rappels.ts'
import { rendezVous, rendezVousDe, type RendezVousEnregistre } from '../agenda/store.ts'
import { type AppelFhir, lireCorpsFhir, tracerEcriture, tracerLecture } from './contexte.ts'
import { lireRecherche, pageDe } from './recherche.ts'
import { anomalies, erreur } from './reponses.ts'
import { refusAgenda, refusSujet, reglesFhir } from './rules.ts'

const ressourceDe = ({ sujet, service }: AppelFhir, rdv: RendezVousEnregistre): Objet =>
  ecrireRendezVous({
    ...rdv,
    version: String(rdv.modifieLe),
    sujet,
    ...(rdv.auteur === 'EDITOR_SOLUTION' && { service: rdv.service === service.id ? service.nom : 'Autre service' }),
    // What another service sent with it stays between it and the holder.
    complement: rdv.service === service.id ? objet(rdv.complement) : {},
  })

const etagDe = ({ modifieLe }: RendezVousEnregistre): string => `W/"${modifieLe}"`

const identifiantDe = ({ reference }: Pick<RendezVousLu, 'reference'>): string | undefined =>
  reference && `${reference.system ?? ''}|${reference.value}`

export async function chercherRendezVous(appel: AppelFhir): Promise<Answer> {
  const { world, appariement } = appel
  const recherche = lireRecherche(appel, { criteres: ['status', '_id', 'identifier'], tris: ['date', '-date'] })
  if ('reponse' in recherche) return recherche.reponse
  const { criteres, dates, modifie, tri } = recherche
  const trouves = (await rendezVousDe(world, appariement.matriculeIns))
    .map((rdv) => ({ rdv, ressource: ressourceDe(appel, rdv) }))
    .filter(
      ({ rdv, ressource }) =>
        (criteres.get('status')?.includes(String(ressource['status'])) ?? true) &&
        (criteres.get('_id')?.includes(rdv.id) ?? true) &&
        (criteres.get('identifier')?.some((un) => rdv.service === appel.service.id && memeIdentifiant(rdv.reference, un)) ?? true) &&
        dates.every((critere) => convient(critere, rdv.debut)) &&
        modifie.every((critere) => convient(critere, rdv.modifieLe)),
    )
  trouves.sort((a, b) => (tri === 'date' ? a.rdv.debut - b.rdv.debut : b.rdv.debut - a.rdv.debut))
  await world.atomically((inside) => tracerLecture({ ...appel, world: inside }, 'votre agenda'))
  return pageDe(
    appel,
    recherche,
    'Appointment',
    trouves.map(({ ressource }) => ressource),
  )
}

/** `value` matches whatever the system, `system|value` both. */
const memeIdentifiant = (reference: string | undefined, cherche: string): boolean =>
  reference !== undefined && (cherche.includes('|') ? reference === cherche : reference.split('|').at(-1) === cherche)

export async function lireUnRendezVous(appel: AppelFhir): Promise<Answer> {
  const rdv = await trouver(appel)
  if (!rdv) return inconnu(appel)
  await appel.world.atomically((inside) => tracerLecture({ ...appel, world: inside }, 'votre agenda'))
  return fhir(ressourceDe(appel, rdv), 200, { etag: etagDe(rdv), 'last-modified': new Date(rdv.modifieLe).toUTCString() })
}

async function trouver({ world, parameters, appariement }: AppelFhir): Promise<RendezVousEnregistre | undefined> {
  const rdv = await world.store.get(rendezVous, parameters['id'] ?? '')
  return rdv?.matriculeIns === appariement.matriculeIns ? rdv : undefined
}

const inconnu = ({ exchange }: AppelFhir): Answer => erreur(404, 'Ce rendez-vous n’existe pas dans ce profil.', exchange)

/** Created, unless `If-None-Exist` finds the one that this service already wrote. */
export async function creerRendezVous(appel: AppelFhir): Promise<Answer> {
  const lu = lireUnCorps(appel)
  if ('reponse' in lu) return lu.reponse
  const condition = appel.message.headers['if-none-exist']
  if (condition === undefined) return await ecrire(appel, lu, undefined)
  const identifiant = new URLSearchParams(condition).get('identifier')
  if (!identifiant) return erreur(412, '« If-None-Exist » : identifier=<système>|<valeur>.', appel.exchange)
  const siens = await lesSiens(appel, identifiant)
  if (siens.length > 1) return erreur(412, 'Plusieurs rendez-vous portent cet identifiant.', appel.exchange)
  const [connu] = siens
  return connu ? fhir(ressourceDe(appel, connu), 200, { etag: etagDe(connu) }) : await ecrire(appel, lu, undefined)
}

async function lesSiens({ world, appariement, service }: AppelFhir, identifiant: string): Promise<RendezVousEnregistre[]> {
  const tous = await rendezVousDe(world, appariement.matriculeIns)
  return tous.filter((rdv) => rdv.service === service.id && memeIdentifiant(rdv.reference, identifiant))
}

export async function changerRendezVous(appel: AppelFhir): Promise<Answer> {
  const { parameters, exchange } = appel
  const lu = lireUnCorps(appel)
  if ('reponse' in lu) return lu.reponse
  const connu = await trouver(appel)
  // Ids are ours to give: what was never created cannot be updated.
  if (!connu) return inconnu(appel)
  if (lu.ressource['id'] !== undefined && lu.ressource['id'] !== parameters['id'])
    return erreur(400, '« id » n’est pas celui de l’adresse.', exchange)
  return await ecrire(appel, lu, connu)
}

/** `PUT /Appointment?identifier=…`. @see GAP-GestionnaireAgenda, conditionalUpdate */
export async function changerSousCondition(appel: AppelFhir): Promise<Answer> {
  const lu = lireUnCorps(appel)
  if ('reponse' in lu) return lu.reponse
  const identifiant = new URLSearchParams(appel.message.query).get('identifier')
  if (!identifiant) return erreur(400, 'Sans identifiant dans l’adresse, le critère « identifier » est attendu.', appel.exchange)
  const siens = await lesSiens(appel, identifiant)
  if (siens.length > 1) return erreur(412, 'Plusieurs rendez-vous portent cet identifiant.', appel.exchange)
  return await ecrire(appel, lu, siens[0])
}

type Lu = { readonly rdv: RendezVousLu; readonly ressource: Objet }

function lireUnCorps(appel: AppelFhir): Lu | { readonly reponse: Answer } {
  const { exchange, service, appariement } = appel
  const corps = lireCorpsFhir(appel)
  if ('reponse' in corps) return corps
  if (corps.ressource.resourceType !== 'Appointment') return { reponse: erreur(400, 'Un Appointment est attendu.', exchange) }
  const rdv = lireRendezVous(corps.ressource)
  if (!('titre' in rdv)) return { reponse: anomalies(rdv, 422, exchange) }
  const refus = refusSujet(rdv.patient as Identifier, service.oid, appariement.idPe)
  return refus ? { reponse: refuserFhir(refus, exchange) } : { rdv, ressource: corps.ressource }
}

/** Most meetings kept for one profile; the agenda shows no more. */
const MAXIMUM = 500

async function ecrire(appel: AppelFhir, { rdv }: Lu, connu: RendezVousEnregistre | undefined): Promise<Answer> {
  const { world, exchange, message, service, appariement } = appel
  const resultat = await world.atomically(async (inside) => {
    const avant = connu && (await inside.store.get(rendezVous, connu.id))
    const refus = avant && refusAgenda(avant, service.id)
    if (refus) return refus
    const attendue = message.headers['if-match']
    if (avant && attendue !== undefined && attendue !== etagDe(avant)) return 'version' as const
    if (!avant && (await rendezVousDe(inside, appariement.matriculeIns)).length >= MAXIMUM) return 'plein' as const
    return await enregistrer(inside, appel, rdv, avant)
  })
  if (resultat === 'plein') return erreur(422, `L’agenda a ${MAXIMUM} entrées au plus.`, exchange, 'too-costly')
  if (resultat === 'version')
    return refuserFhir(
      { statut: 412, refused: reglesFhir['MES-FHIR-VERSION'], about: 'cette version est dépassée : relisez, puis changez' },
      exchange,
    )
  if ('refused' in resultat) return refuserFhir(resultat, exchange)
  exchange.respected(reglesFhir['MES-FHIR-AGENDA-AUTEUR'])
  exchange.summarise(`Rendez-vous ${connu ? (resultat.statut === 'annulé' ? 'annulé' : 'changé') : 'ajouté'} par ${service.nom}`)
  const entetes = { etag: etagDe(resultat), 'last-modified': new Date(resultat.modifieLe).toUTCString() }
  const location = { location: `${message.base}/mes/fhir/Appointment/${resultat.id}` }
  return fhir(ressourceDe(appel, resultat), connu ? 200 : 201, connu ? entetes : { ...entetes, ...location })
}

async function enregistrer(world: World, appel: AppelFhir, lu: RendezVousLu, avant: RendezVousEnregistre | undefined) {
  const { titre, note, lieu, debut, fin, statut, complement } = lu
  const reference = identifiantDe(lu)
  const rdv: RendezVousEnregistre = {
    id: avant?.id ?? world.newId(),
    matriculeIns: appel.appariement.matriculeIns,
    genre: 'rendez-vous',
    auteur: 'EDITOR_SOLUTION',
    service: appel.service.id,
    ...(reference !== undefined && { reference }),
    titre,
    note,
    lieu,
    debut,
    ...(fin !== undefined && { fin }),
    statut,
    complement,
    // The clock may stand still: a version is never given twice.
    modifieLe: Math.max(world.now(), (avant?.modifieLe ?? 0) + 1),
  }
  await inscrire(world, rdv)
  const verbe = avant ? (statut === 'annulé' ? 'a annulé' : 'a changé') : 'a ajouté'
  await tracerEcriture(world, appel, `${verbe} un rendez-vous.`)
  return rdv
}
