import { estMatriculeFictif, REFUS_MATRICULE_REEL } from '#standards/ins/fictif.ts'
import { estMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS } from '#standards/ins/oids.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import { problem } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message, PathParameters, Route } from '../kit/message.ts'
import type { World } from '../world.ts'
import { ouvrir } from './changement.ts'
import { VUES } from './etats.ts'
import { regles } from './rules-register.ts'
import { ageLe, estRefus, type Famille, type Qualite, qualiteDe, type Refus, refusDeQualite, refusLecture } from './rules.ts'
import { nomDe, profilDe, type ProfilEnregistre, type TitulaireConnu, titulaireDe } from './store.ts'

/** Header that names who acts when it is not the holder: a parent, a guardian, an aidant. 15 characters of the matricule. */
const ENTETE_AUTEUR = 'x-mes-auteur'

/** A profile opened by somebody. */
export interface Ouvert extends TitulaireConnu {
  readonly profil: ProfilEnregistre
  readonly age: number
  readonly qualite: Qualite
  /** Who acts. */
  readonly par: TitulaireConnu
  /** Name of who acts, as shown on what they do, and for whom: `Claire Messidor, pour Jeanne Messidor`. */
  readonly auteur: string
}

export interface Appel extends Ouvert {
  readonly world: World
  readonly exchange: Exchange
  readonly message: Message
  readonly parameters: PathParameters
}

type Page = (appel: Appel) => Answer | Promise<Answer>

/** Opens the profile that the path names, for whoever the header names. */
export const profil =
  (operation: string, page: Page): Route['handle'] =>
  async (message, world, exchange, parameters) => {
    exchange.name(`Mon espace santé · ${operation}`)
    const matricule = (parameters['matricule'] ?? '').toUpperCase()
    if (estMatricule(matricule.slice(0, 13)) && !estMatriculeFictif({ matricule, oid: OID_INS['INS-NIR'] }))
      return refuser({ refused: reglesIns['SANDBOX-FICTIF-SEULEMENT'], about: REFUS_MATRICULE_REEL }, exchange)
    const trouve = /^[0-9AB]{15}$/.test(matricule) ? await ouvrir(world, matricule) : undefined
    if (!trouve) return absent('Profil inconnu', 'Personne n’a ce matricule dans ce monde. Il compte 15 caractères : 13 et la clé.')
    exchange.about(trouve.matriculeIns)
    const titulaire = { age: ageLe(trouve.personne.dateNaissance, world.now()), liens: trouve.profil.liens }
    const demande = message.headers[ENTETE_AUTEUR]
    const autre = demande === undefined ? undefined : await titulaireDe(world, demande)
    const qualite = qualiteDe(titulaire, demande === undefined ? undefined : (autre?.personne.id ?? ''))
    if (estRefus(qualite)) return refuser(qualite, exchange)
    const par = autre ?? trouve
    exchange.from(qualite === 'titulaire' ? nomDe(par) : `${nomDe(par)} (${qualite})`)
    if (qualite === 'aidant' && VUES[(await profilDe(world, par)).etat].patient !== 'tout')
      return refuser({ refused: regles['MES-AIDANT-ACTIF'], about: 'l’aidant n’a plus de profil activé à son nom' }, exchange)
    if (qualite !== 'titulaire') exchange.respected(regles['MES-AUTEUR-LIEN'])
    const auteur = qualite === 'titulaire' ? nomDe(par) : `${nomDe(par)}, pour ${nomDe(trouve)}`
    return await page({ ...trouve, age: titulaire.age, qualite, par, auteur, world, exchange, message, parameters })
  }

/** The same, for what only an activated profile shows. */
export const lecture = (operation: string, page: Page): Route['handle'] =>
  profil(operation, (appel) => {
    const refus = refusLecture(appel.profil.etat)
    if (refus) return refuser(refus, appel.exchange)
    appel.exchange.respected(regles['MES-LECTURE-PROFIL-ACTIVE'])
    return page(appel)
  })

/** The same, for writing data and documents, which an aidant does too. */
export const ecriture = (operation: string, page: Page): Route['handle'] =>
  lecture(operation, (appel) => {
    const refus = refusPour(appel, 'contenu')
    return refus ? refuser(refus, appel.exchange) : page(appel)
  })

/** The same, for what an aidant may not do. */
export const gestion = (operation: string, page: Page): Route['handle'] =>
  lecture(operation, (appel) => {
    const refus = refusPour(appel, 'gestion')
    return refus ? refuser(refus, appel.exchange) : page(appel)
  })

export const refusPour = ({ age, profil, qualite }: Ouvert, famille: Famille): Refus | undefined =>
  refusDeQualite({ age, liens: profil.liens }, qualite, famille)

/** A rule says no: the answer names it. */
export function refuser({ refused, about, statut }: Refus, exchange: Exchange): Answer {
  exchange.refused(refused, about)
  exchange.summarise(`Refusé : ${about}`)
  return problem({ status: statut ?? STATUTS.get(refused.code) ?? 409, title: refused.sentence, detail: majuscule(about), rule: refused.code })
}

/** 403: this person may not. 422: what was given is wrong. Otherwise 409: not now. */
const STATUTS: ReadonlyMap<string, number> = new Map([
  ...(
    [
      'MES-LECTURE-PROFIL-ACTIVE',
      'MES-AUTEUR-LIEN',
      'MES-MINEUR-REPRESENTANT',
      'MES-PROTEGE-TUTEUR',
      'MES-PROTEGE-CURATEUR',
      'MES-AIDANT-LIMITES',
      'MES-AIDANT-ACTIF',
    ] as const
  ).map((code) => [regles[code].code, 403] as const),
  ...(['MES-CODE-PROVISOIRE', 'MES-ACTIVATION-IDENTITE', 'MES-CGU'] as const).map((code) => [regles[code].code, 422] as const),
])

export const absent = (title: string, detail: string): Answer => problem({ status: 404, title, detail })

export const mauvaiseDemande = (detail: string): Answer => problem({ status: 400, title: 'Demande illisible', detail })

const majuscule = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A few words of an act are no longer than this, in bytes. */
const CORPS_MAXIMUM = 16_384

/** The JSON object of the body, `{}` when it is empty; or what is wrong, in French. */
export function lireCorps({ body }: Message): Readonly<Record<string, unknown>> | string {
  if (body.length === 0) return {}
  if (body.length > CORPS_MAXIMUM) return `Le corps dépasse ${CORPS_MAXIMUM} octets.`
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // not JSON: said below
  }
  return 'Le corps doit être un objet JSON en UTF-8.'
}

/** A text of the body, `''` when absent; undefined when it is something else or too long. */
export function texteDe(corps: Readonly<Record<string, unknown>>, nom: string, longueur: number): string | undefined {
  const value = corps[nom] ?? ''
  return typeof value === 'string' && value.length <= longueur ? value.trim() : undefined
}
