import { lireBal, SYSTEMES, type TypeBal } from '#standards/fhir/annuaire.ts'
import { objet, objets, texte } from '#standards/fhir/json.ts'
import type { Objet } from '#standards/fhir/types.ts'
import { type Acces, envoyer, type Panne, type Refus, texteDe } from './http.ts'

/** One mailbox of the directory, with who holds it. */
export interface BalTrouvee {
  /** Lower case. */
  readonly adresse: string
  /** A mailbox may be published without it. */
  readonly type: TypeBal | undefined
  /** « Claire PRIMIDI », or what the mailbox of a structure is for. */
  readonly nom: string
  /** « Médecin », « Médecin — Médecine générale » ; `''` for a structure. */
  readonly qualite: string
  readonly structure: string
  readonly ville: string
}

export interface FiltreBal {
  /** Beginning of the name of the town. */
  readonly ville?: string
  /** TRE_G15: `10` for a doctor. Structures are then left out. */
  readonly profession?: string
}

const PROFESSIONS: Readonly<Record<string, string>> = {
  '10': 'Médecin',
  '21': 'Pharmacien',
  '40': 'Chirurgien-dentiste',
  '50': 'Sage-femme',
  '60': 'Infirmier',
  '70': 'Masseur-kinésithérapeute',
}

const SPECIALITES: Readonly<Record<string, string>> = {
  SM03: 'Biologie médicale',
  SM15: 'Dermatologie et vénéréologie',
  SM26: 'Médecine générale',
  SM44: 'Radiodiagnostic',
  SM54: 'Médecine générale',
  SM59: 'Médecine d’urgence',
}

const BASE = '/annuaire/fhir/v2'
/** Most resources of a kind that one search takes into account. */
const PAGE = 100

interface Lot {
  readonly professionnels: Map<string, Objet>
  readonly activites: Map<string, Objet>
  readonly structures: Map<string, Objet>
}

/** Reads the Annuaire Santé (FHIR v2) as a vendor does: one call per resource, the rest is put together here. */
export class AnnuaireClient {
  readonly #acces: Acces
  readonly #cle: string

  /** @param cle of the application; any, in the sandbox. */
  constructor(acces: Acces, cle = 'bac-a-sante-cabinet') {
    this.#acces = acces
    this.#cle = cle
  }

  /** Mailboxes whose holder, structure or address contains every word of the text, by name. An empty text needs a filter. Never throws. */
  async chercherBal(cherche: string, filtre: FiltreBal = {}): Promise<readonly BalTrouvee[] | Panne | Refus> {
    const mots = aplatir(cherche).split(/\s+/).filter(Boolean).slice(0, 8)
    if (mots.length === 0 && !filtre.ville && !filtre.profession) return []
    const lot: Lot = { professionnels: new Map(), activites: new Map(), structures: new Map() }
    const premiers = await this.#tous(lot, demandes(mots, filtre))
    if (premiers) return premiers
    // Who works in the structures found, then where those found work.
    const roles = await this.#tous(lot, [
      ...parLots('PractitionerRole', 'organization', lot.structures.keys(), ['_include', '*']),
      ...parLots('PractitionerRole', 'practitioner', lot.professionnels.keys(), ['_include', '*']),
    ])
    if (roles) return roles
    return assembler(lot)
      .filter((bal) => convient(bal, mots, filtre))
      .map(({ adresse, type, nom, qualite, structure, ville }) => ({ adresse, type, nom, qualite, structure, ville }))
  }

  /** Puts what the searches find in the lot; gives back the first that failed. */
  async #tous(lot: Lot, requetes: readonly string[]): Promise<Panne | Refus | undefined> {
    const reponses = await Promise.all(requetes.map((requete) => this.#chercher(requete)))
    for (const reponse of reponses) {
      if ('issue' in reponse) return reponse
      for (const { resource } of objets(reponse.bundle['entry'])) ranger(lot, objet(resource))
    }
    return undefined
  }

  async #chercher(requete: string): Promise<{ readonly bundle: Objet } | Panne | Refus> {
    const headers = { accept: 'application/fhir+json', 'ESANTE-API-KEY': this.#cle }
    const reponse = await envoyer(this.#acces, `${BASE}/${requete}`, { headers })
    if (reponse.issue === 'panne') return reponse
    const lu = lireJson(texteDe(reponse))
    const anomalie = objets(lu['issue'])[0]
    if (lu['resourceType'] === 'OperationOutcome' && reponse.status < 500) {
      const code = texte(objets(objet(anomalie?.['details'])['coding'])[0]?.['code']) ?? texte(anomalie?.['code']) ?? String(reponse.status)
      return { issue: 'refus', code, texte: texte(anomalie?.['diagnostics']) ?? 'L’annuaire a refusé la recherche.' }
    }
    if (reponse.status === 200 && lu['resourceType'] === 'Bundle') return { bundle: lu }
    return { issue: 'panne', parti: false, texte: `L’annuaire ne répond pas comme attendu (HTTP ${reponse.status}).` }
  }
}

function lireJson(dit: string): Objet {
  try {
    return objet(JSON.parse(dit))
  } catch {
    return {}
  }
}

const requeteDe = (type: string, ...criteres: readonly (readonly [string, string])[]): string =>
  `${type}?${new URLSearchParams([...criteres.map((un) => [...un]), ['_count', String(PAGE)]]).toString()}`

/** A comma would be an OR. */
const litteral = (mot: string): string => mot.replaceAll(',', '\\,')

/** First calls: whatever holds the longest word, in a name or an address; the other words are compared here, over all that is known of a mailbox. */
function demandes(mots: readonly string[], { ville, profession }: FiltreBal): string[] {
  const mot = mots.toSorted((a, b) => b.length - a.length)[0]
  const metier: (readonly [string, string])[] = profession ? [['qualification-code', `${SYSTEMES.PROFESSION}|${profession}`]] : []
  const actif = ['active', 'true'] as const
  if (mot === undefined)
    return ville ? [requeteDe('Organization', actif, ['address-city', litteral(ville)])] : [requeteDe('Practitioner', actif, ...metier)]
  const dit = litteral(mot)
  const commune: (readonly [string, string])[] = ville ? [['address-city', litteral(ville)]] : []
  return [
    requeteDe('Practitioner', actif, ['name:contains', dit], ...metier),
    requeteDe('Practitioner', actif, ['mailbox-mss:contains', dit], ...metier),
    requeteDe('PractitionerRole', actif, ['mailbox-mss:contains', dit], ['_include', '*']),
    requeteDe('Organization', actif, ['name:contains', dit], ...commune),
    requeteDe('Organization', actif, ['mailbox-mss:contains', dit], ...commune),
    requeteDe('Organization', actif, ['address-city', dit], ...commune),
  ]
}

const PAR_APPEL = 50

function parLots(type: string, critere: string, ids: Iterable<string>, include: readonly [string, string]): string[] {
  const tous = [...ids]
  return Array.from({ length: Math.ceil(tous.length / PAR_APPEL) }, (_, rang) =>
    requeteDe(type, [critere, tous.slice(rang * PAR_APPEL, (rang + 1) * PAR_APPEL).join(',')], include),
  )
}

function ranger({ professionnels, activites, structures }: Lot, ressource: Objet): void {
  const id = texte(ressource['id'], 64)
  if (!id) return
  if (ressource['resourceType'] === 'Practitioner') professionnels.set(id, ressource)
  if (ressource['resourceType'] === 'PractitionerRole') activites.set(id, ressource)
  if (ressource['resourceType'] === 'Organization') structures.set(id, ressource)
}

type Assemblee = BalTrouvee & { readonly professions: readonly string[] }

const cible = (ressource: Objet, element: string): string => (texte(objet(ressource[element])['reference']) ?? '').split('/').at(-1) ?? ''
const bals = ({ telecom }: Objet) => objets(telecom).flatMap((un) => lireBal(un) ?? [])

function assembler({ professionnels, activites, structures }: Lot): Assemblee[] {
  const trouvees = new Map<string, Assemblee>()
  const ajouter = (porteur: Objet, professionnel: Objet | undefined, structure: Objet | undefined) => {
    for (const { adresse, type, description } of bals(porteur)) {
      if (trouvees.has(adresse)) continue
      const raison = texte(structure?.['name']) ?? ''
      trouvees.set(adresse, {
        adresse,
        type,
        nom: professionnel ? nomDe(professionnel) : (description ?? raison),
        qualite: professionnel ? qualiteDe(professionnel) : '',
        structure: raison,
        ville: texte(objets(structure?.['address'])[0]?.['city']) ?? '',
        professions: professionnel ? codesDe(professionnel, SYSTEMES.PROFESSION) : [],
      })
    }
  }
  for (const [id, professionnel] of professionnels) {
    const activite = [...activites.values()].find((une) => cible(une, 'practitioner') === id)
    ajouter(professionnel, professionnel, activite && structures.get(cible(activite, 'organization')))
  }
  for (const activite of activites.values())
    ajouter(activite, professionnels.get(cible(activite, 'practitioner')), structures.get(cible(activite, 'organization')))
  for (const structure of structures.values()) ajouter(structure, undefined, structure)
  return [...trouvees.values()].toSorted((a, b) => a.nom.localeCompare(b.nom, 'fr') || a.adresse.localeCompare(b.adresse, 'fr'))
}

function nomDe({ name }: Objet): string {
  const [nom = {}] = objets(name)
  const donnes = Array.isArray(nom['given']) ? (nom['given'] as unknown[]).flatMap((un) => texte(un) ?? []) : []
  return [...donnes.map(enMinuscules), texte(nom['family']) ?? ''].join(' ').trim()
}

const enMinuscules = (prenom: string): string => prenom.toLowerCase().replace(/(^|[\s-])\p{L}/gu, (debut) => debut.toUpperCase())

const codesDe = ({ qualification }: Objet, systeme: string): string[] =>
  objets(qualification)
    .flatMap(({ code }) => objets(objet(code)['coding']))
    .flatMap(({ system, code }) => (system === systeme ? (texte(code) ?? []) : []))

function qualiteDe(professionnel: Objet): string {
  const profession = codesDe(professionnel, SYSTEMES.PROFESSION).map((code) => PROFESSIONS[code] ?? `Profession ${code}`)
  const specialite = codesDe(professionnel, SYSTEMES.SAVOIR_FAIRE).flatMap((code) => SPECIALITES[code] ?? [])
  return [...profession.slice(0, 1), ...specialite.slice(0, 1)].join(' — ')
}

const aplatir = (dit: string): string => dit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

function convient({ adresse, nom, structure, ville, professions }: Assemblee, mots: readonly string[], filtre: FiltreBal): boolean {
  const tout = aplatir(`${nom} ${structure} ${ville} ${adresse}`)
  return (
    mots.every((mot) => tout.includes(mot)) &&
    (!filtre.ville || aplatir(ville).startsWith(aplatir(filtre.ville))) &&
    (!filtre.profession || professions.includes(filtre.profession))
  )
}
