import { type BalPubliee, lireBal, METADONNEES_BAL } from '#standards/fhir/annuaire.ts'
import { objet, objets, texte } from '#standards/fhir/json.ts'
import type { Objet, Ressource } from '#standards/fhir/types.ts'
import type { RefusFhir } from '../kit/fhir.ts'
import type { BoiteMss } from '../world.ts'
import type { Fiche } from './ressources.ts'
import { type Porteur, refusImmuable, refusNeuve, refusPatch, refusPorteur } from './rules.ts'

/** One step on the mailboxes of a resource. */
export type Operation =
  | { readonly genre: 'ajouter'; readonly bal: BalPubliee }
  | { readonly genre: 'remplacer'; readonly adresse: string; readonly bal: BalPubliee }
  | { readonly genre: 'changer'; readonly adresse: string; readonly change: Partial<BoiteMss> & { readonly responsable?: string } }
  | { readonly genre: 'supprimer'; readonly adresse: string }

const MAX_OPERATIONS = 50

const estRefus = (value: Operation | RefusFhir): value is RefusFhir => 'refused' in value

/** The operations of a FHIRPath Patch, in order; the few paths that the guide has, and no FHIRPath beyond. @see https://hl7.org/fhir/R4/fhirpatch.html */
export function lirePatch(corps: Ressource, porteur: Porteur): readonly Operation[] | RefusFhir {
  if (corps.resourceType !== 'Parameters') return refusPatch('le corps est une ressource « Parameters »')
  const parametres = objets(corps['parameter'])
  if (parametres.length === 0 || parametres.length > MAX_OPERATIONS) return refusPatch(`1 à ${MAX_OPERATIONS} opérations`)
  const operations: Operation[] = []
  for (const parametre of parametres) {
    if (parametre['name'] !== 'operation') return refusPatch('chaque paramètre se nomme « operation »')
    const lue = lireOperation(objets(parametre['part']), porteur)
    if (estRefus(lue)) return lue
    operations.push(lue)
  }
  return operations
}

const ADRESSE = /^[a-z0-9._%+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/
const ATTRIBUT = `.extension('${METADONNEES_BAL}').extension('`

function lireOperation(parts: readonly Objet[], porteur: Porteur): Operation | RefusFhir {
  const part = (nom: string): Objet => parts.find(({ name }) => name === nom) ?? {}
  const type = texte(part('type')['valueCode'])
  const chemin = texte(part('path')['valueString'])
  const valeur = part('value')
  if (!chemin) return refusPatch('« path » manque')
  if (type === 'insert') {
    const index = part('index')['valueInteger'] ?? 0
    if (!Number.isInteger(index) || (index as number) < 0 || (index as number) > 100) return refusPatch('« index » est un entier de 0 à 100')
    if (chemin !== `${porteur}.telecom`) return refusPatch(`« insert » se fait dans ${porteur}.telecom`)
    const bal = lireValeur(valeur)
    return 'refused' in bal ? bal : { genre: 'ajouter', bal }
  }
  if (type !== 'replace' && type !== 'delete') return refusPatch('« type » : insert, replace ou delete')
  const vise = new RegExp(String.raw`^${porteur}\.telecom\.where\(\s*value\s*=\s*'([^']{3,320})'\s*\)`).exec(chemin)
  if (!vise) return refusPatch(`« path » vise ${porteur}.telecom.where(value = '<adresse>')`)
  const adresse = vise[1]!.toLowerCase()
  const reste = chemin.slice(vise[0].length)
  if (type === 'delete') return reste === '' ? { genre: 'supprimer', adresse } : refusPatch('« delete » supprime la boîte entière')
  if (reste === '') {
    const bal = lireValeur(valeur)
    return 'refused' in bal ? bal : { genre: 'remplacer', adresse, bal }
  }
  return lireChangement(adresse, reste, valeur)
}

function lireChangement(adresse: string, reste: string, valeur: Objet): Operation | RefusFhir {
  if (reste === '.value') return refusImmuable('l’adresse')
  if (reste === '.rank') {
    const rang = valeur['valueInteger'] ?? valeur['valuePositiveInt']
    return estRang(rang) ? { genre: 'changer', adresse, change: { rang } } : refusPatch('« rank » est un entier de 1 à 100')
  }
  const nom = reste.startsWith(ATTRIBUT) && reste.endsWith("').value") ? reste.slice(ATTRIBUT.length, -"').value".length) : undefined
  const dit = texte(valeur['valueString'])
  switch (nom) {
    case 'type':
      return refusImmuable('le type')
    case 'listeRouge': {
      const listeRouge = valeur['valueBoolean']
      return typeof listeRouge === 'boolean' ? { genre: 'changer', adresse, change: { listeRouge } } : refusPatch('« listeRouge » est un booléen')
    }
    case 'description':
    case 'service':
      return dit === undefined ? refusPatch(`« ${nom} » est un texte`) : { genre: 'changer', adresse, change: { [nom]: dit } }
    case 'responsible':
      return dit === undefined ? refusPatch('« responsible » est un texte') : { genre: 'changer', adresse, change: { responsable: dit } }
    default:
      return refusPatch('« path » ne vise ni la boîte, ni son rang, ni un attribut connu')
  }
}

const estRang = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 100

function lireValeur(valeur: Objet): BalPubliee | RefusFhir {
  const bal = lireBal(objet(valeur['valueContactPoint']))
  if (!bal) return refusPatch('« value » est un ContactPoint de courriel avec les métadonnées d’une boîte MSSanté')
  if (!ADRESSE.test(bal.adresse)) return refusPatch('l’adresse de la boîte n’en est pas une')
  if (bal.rang !== undefined && !estRang(bal.rang)) return refusPatch('« rank » est un entier de 1 à 100')
  return bal
}

/** A mailbox after the operations, with who answers for it when that was said. */
interface Ecriture {
  readonly boite: BoiteMss
  readonly responsable?: string
}

export interface Resultat {
  readonly ecritures: readonly Ecriture[]
  readonly retraits: readonly string[]
}

/** Plays the operations one after the other on what the resource carries; pure. @param connues addresses of every mailbox */
export function jouer(operations: readonly Operation[], fiche: Fiche, porteur: Porteur, connues: ReadonlySet<string>): Resultat | RefusFhir {
  const boites = new Map<string, Ecriture>(fiche.boites.map((boite) => [boite.adresse, { boite }]))
  const touchees = new Set<string>()
  const retirees = new Set<string>()
  for (const operation of operations) {
    const adresse = operation.genre === 'ajouter' ? operation.bal.adresse : operation.adresse
    const presente = boites.get(adresse)
    if (operation.genre === 'ajouter') {
      const { bal } = operation
      if (!bal.type) return refusPatch('« type » de la boîte manque')
      const refus = refusPorteur(bal.type, porteur) ?? refusNeuve(adresse, boites.has(adresse) || (connues.has(adresse) && !retirees.has(adresse)))
      if (refus) return refus
      boites.set(adresse, avec({ boite: neuve(bal.adresse, bal.type, fiche) }, bal))
    } else if (!presente) return refusPatch(`cette ressource ne porte pas ${adresse}`)
    else if (operation.genre === 'supprimer') {
      boites.delete(adresse)
      retirees.add(adresse)
    } else if (operation.genre === 'remplacer') {
      const { bal } = operation
      if (bal.adresse !== adresse) return refusImmuable('l’adresse')
      if (bal.type !== undefined && bal.type !== presente.boite.type) return refusImmuable('le type')
      // All is replaced: what is not said any more is gone.
      boites.set(adresse, avec({ boite: { ...presente.boite, listeRouge: false, description: '', service: '', rang: 1 } }, bal))
    } else {
      const { responsable = presente.responsable, ...change } = operation.change
      boites.set(adresse, { boite: { ...presente.boite, ...change }, ...(responsable !== undefined && { responsable }) })
    }
    touchees.add(adresse)
  }
  const ecritures = [...touchees].flatMap((adresse) => boites.get(adresse) ?? [])
  return { ecritures, retraits: [...retirees] }
}

function avec({ boite }: Ecriture, { listeRouge = false, description = '', service = '', rang = 1, responsable }: BalPubliee): Ecriture {
  return { boite: { ...boite, listeRouge, description, service, rang }, ...(responsable !== undefined && { responsable }) }
}

const neuve = (adresse: string, type: BoiteMss['type'], { titulaire, structure = '', libelle = '' }: Fiche): BoiteMss => ({
  adresse,
  type,
  libelle,
  structure,
  titulaires: titulaire === undefined ? [] : [titulaire],
  listeRouge: false,
  depubliee: false,
  fermee: false,
  description: '',
  service: '',
  rang: 1,
})
