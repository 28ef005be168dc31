import { type AppareilLu, type BundleLu, lireBundle } from '#standards/fhir/alimentation.ts'
import { convient } from '#standards/fhir/dates.ts'
import { objet } from '#standards/fhir/json.ts'
import { MESURES_FHIR, typeDuCode } from '#standards/fhir/mesures.ts'
import { ecrireObservation, lireObservation, type ObservationLue } from '#standards/fhir/observation.ts'
import type { Anomalie, Objet } from '#standards/fhir/types.ts'
import { fhir, refuserFhir } from '../../kit/fhir.ts'
import type { Answer } from '../../kit/message.ts'
import type { World } from '../../world.ts'
import { appareils, appariements } from '../catalogue/store.ts'
import { type MesureEnregistree, mesures, mesuresDe } from '../mesures/store.ts'
import { type AppelFhir, JOUR, lireCorpsFhir, tracerEcriture, tracerLecture } from './contexte.ts'
import { lireRecherche, pageDe } from './recherche.ts'
import { anomalies, erreur, issueDe } from './reponses.ts'
import { refusConsentement, refusDebit, refusFutur, refusSource, refusSujet, reglesFhir } from './rules.ts'

/** The published profile has one observation; a setting takes more. */
export const reglagesFhir = {
  'MES-FHIR-OBSERVATIONS-PAR-BUNDLE': {
    title: 'Observations au plus dans un Bundle d’alimentation, 1 à 50',
    initial: 1,
    source: 'IG-fhir-mesures-de-sante, mesures-bundle-flux-alimentation : entry[mes-observation] 1..1',
  },
} as const

const maximum = (world: World): number => Math.min(50, Math.max(1, Math.floor(Number(world.setting('MES-FHIR-OBSERVATIONS-PAR-BUNDLE'))) || 1))

/** A transaction bundle: all is written, or nothing. */
export async function alimenter(appel: AppelFhir): Promise<Answer> {
  const { world, exchange } = appel
  const lu = lireCorpsFhir(appel)
  if ('reponse' in lu) return lu.reponse
  const bundle = lireBundle(lu.ressource, maximum(world))
  if (!estBundle(bundle)) return anomalies(bundle, 422, exchange)
  const observations: ObservationLue[] = []
  const fautes: Anomalie[] = []
  for (const ressource of bundle.observations) {
    const observation = lireObservation(ressource)
    if ('type' in observation) observations.push(observation)
    else fautes.push(...observation)
  }
  if (fautes.length > 0) return anomalies(fautes, 422, exchange)
  for (const observation of observations) {
    const refus = refuserObservation(appel, observation, bundle.appareil)
    if (refus) return refus
  }
  const ecrit = await world.atomically((inside) => ecrire({ ...appel, world: inside }, bundle, observations))
  if ('refused' in ecrit)
    return refuserFhir(ecrit, exchange, ecrit.statut === 429 ? { 'retry-after': String(secondesJusquaDemain(world.now())) } : {})
  exchange.respected(reglesFhir['MES-FHIR-BUNDLE'])
  exchange.summarise(`${observations.length} mesure(s) ajoutée(s) par ${appel.service.nom}`)
  return fhir({ resourceType: 'Bundle', type: 'transaction-response', entry: ecrit.entrees })
}

const estBundle = (lu: BundleLu | readonly Anomalie[]): lu is BundleLu => 'observations' in lu

const secondesJusquaDemain = (maintenant: number): number => Math.ceil((JOUR - (maintenant % JOUR)) / 1_000)

function refuserObservation({ world, service, appariement, exchange }: AppelFhir, lue: ObservationLue, appareil: AppareilLu | undefined) {
  const refus = refusSujet(lue.sujet, service.oid, appariement.idPe) ?? refusSource(lue.source, service) ?? refusFutur(lue.le, world.now())
  if (refus) return refuserFhir(refus, exchange)
  if (!appareil || (lue.appareil !== undefined && appareil.references.includes(lue.appareil))) return undefined
  const diagnostics = '« Observation.device.reference » renvoie à l’appareil du Bundle : Device/<id>.'
  return anomalies([{ code: 'invalid', diagnostics, expression: 'Observation.device', motif: 'appareil' }], 422, exchange)
}

type Entree = {
  readonly response: {
    readonly status: string
    readonly location: string
    readonly etag?: string
    readonly lastModified?: string
    readonly outcome?: Objet
  }
}

async function ecrire(appel: AppelFhir, { ordre, appareil }: BundleLu, observations: readonly ObservationLue[]) {
  const { world, service, appariement } = appel
  const jour = new Date(world.now()).toISOString().slice(0, 10)
  // Read again: another write, or the end of the consent, may have come between.
  const present = (await world.store.get(appariements, appariement.id)) ?? appariement
  const deja = present.jour === jour ? present.ecritures : 0
  const refus = refusConsentement(present.contexte.finalites, 'MESURES_ECRITURE') ?? refusDebit(deja + observations.length - 1)
  if (refus) return refus
  await world.store.put(appariements, { ...present, jour, ecritures: deja + observations.length })
  const entreeAppareil = appareil && (await ecrireAppareil(appel, appareil))
  const entreesMesures: Entree[] = []
  for (const { type, valeur, valeur2, le, complement, avertissements } of observations) {
    const id = world.newId()
    const modifieLe = world.now()
    await world.store.put(mesures, {
      id,
      matriculeIns: appariement.matriculeIns,
      type,
      valeur,
      ...(valeur2 !== undefined && { valeur2 }),
      le,
      origine: 'service',
      auteur: service.nom,
      service: service.id,
      complement,
      modifieLe,
    })
    await tracerEcriture(world, appel, `a ajouté une mesure : ${MESURES_FHIR[type].libelle}.`)
    entreesMesures.push({
      response: {
        status: '201 Created',
        location: `Observation/${id}`,
        etag: `W/"${modifieLe}"`,
        lastModified: new Date(modifieLe).toISOString(),
        ...(avertissements.length > 0 && { outcome: issueDe(avertissements) }),
      },
    })
  }
  return { entrees: ordre.map((type) => (type === 'Device' ? entreeAppareil! : entreesMesures.shift()!)) }
}

/** @see guide: 201 when it was not known, 200 otherwise. */
async function ecrireAppareil({ world, service, appariement }: AppelFhir, { identifiant, ressource }: AppareilLu): Promise<Entree> {
  const { matriculeIns } = appariement
  const cle = `${matriculeIns}|${service.id}|${identifiant}`
  const [connu] = await world.store.range(appareils, { index: 'parCle', equals: [cle], limit: 1 })
  if (connu) return { response: { status: '200 OK', location: `Device/${connu.id}` } }
  const id = world.newId()
  await world.store.put(appareils, { id, cle, matriculeIns, service: service.id, identifiant, ressource })
  return { response: { status: '201 Created', location: `Device/${id}` } }
}

const ressourceDe = ({ sujet, service }: AppelFhir, mesure: MesureEnregistree): Objet =>
  ecrireObservation({
    ...mesure,
    version: String(mesure.modifieLe),
    sujet,
    // A service is told of its own writing; others' are named, not numbered.
    ...(mesure.service === service.id && { source: sujet.system }),
    complement: objet(mesure.complement),
  })

/** How far a search looks back, in measures. */
const JUSQUA = 1_000

export async function chercherMesures(appel: AppelFhir): Promise<Answer> {
  const { world, appariement } = appel
  const recherche = lireRecherche(appel, {
    criteres: ['code', '_id', 'category', 'status'],
    tris: ['-date', 'date', '-_lastUpdated', '_lastUpdated'],
  })
  if ('reponse' in recherche) return recherche.reponse
  const { criteres, dates, modifie, tri } = recherche
  const types = criteres.get('code')?.map(typeDuCritere)
  const trouvees = (await mesuresDe(world, appariement.matriculeIns, JUSQUA)).filter(
    ({ id, type, le, modifieLe }) =>
      (!types || types.includes(type)) &&
      (criteres.get('_id')?.includes(id) ?? true) &&
      (criteres.get('category')?.some((une) => une.split('|').at(-1) === 'vital-signs') ?? true) &&
      (criteres.get('status')?.includes('final') ?? true) &&
      dates.every((critere) => convient(critere, le)) &&
      modifie.every((critere) => convient(critere, modifieLe)),
  )
  const cle = tri.endsWith('date') ? 'le' : 'modifieLe'
  trouvees.sort((a, b) => (tri.startsWith('-') ? b[cle] - a[cle] : a[cle] - b[cle]))
  await world.atomically((inside) => tracerLecture({ ...appel, world: inside }, 'vos mesures'))
  return pageDe(
    appel,
    recherche,
    'Observation',
    trouvees.map((mesure) => ressourceDe(appel, mesure)),
  )
}

/** `29463-7` or `http://loinc.org|29463-7`. */
function typeDuCritere(valeur: string) {
  const [code, systeme] = valeur.split('|').toReversed() as [string, string | undefined]
  return typeDuCode(code, systeme)
}

export async function lireMesure(appel: AppelFhir): Promise<Answer> {
  const { world, exchange, parameters, appariement, message } = appel
  const mesure = await world.store.get(mesures, parameters['id'] ?? '')
  // Another profile's measure does not exist for this token.
  if (!mesure || mesure.matriculeIns !== appariement.matriculeIns) return erreur(404, 'Cette mesure n’existe pas dans ce profil.', exchange)
  const etag = `W/"${mesure.modifieLe}"`
  if (message.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' }
  await world.atomically((inside) => tracerLecture({ ...appel, world: inside }, 'vos mesures'))
  return fhir(ressourceDe(appel, mesure), 200, { etag, 'last-modified': new Date(mesure.modifieLe).toUTCString() })
}

export async function lireAppareil({ world, exchange, parameters, appariement, service }: AppelFhir): Promise<Answer> {
  const appareil = await world.store.get(appareils, parameters['id'] ?? '')
  if (!appareil || appareil.matriculeIns !== appariement.matriculeIns || appareil.service !== service.id)
    return erreur(404, 'Cet appareil n’existe pas dans ce profil.', exchange)
  return fhir({ ...appareil.ressource, id: appareil.id })
}
