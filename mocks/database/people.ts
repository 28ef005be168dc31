import { REGLAGE_PRENOMS_INITIAL, type ReglagePrenoms, prenomsCorrespondent } from '#standards/ins/correspondance.ts'
import { estMatricule } from '#standards/ins/matricule-ins.ts'
import type { PersonneIdentifiee, TraitsIdentite, TraitsRecherche } from '#standards/ins/traits.ts'
import type { World } from '../world.ts'
import { personnePubliee, personnePublieeParMatricule, personnesPublieesDeNom } from './official-identities.ts'
import { personneDeRang, rangDeId, rangDuMatricule, rangsParNaissance } from './population.ts'
import { matricules, personnes } from './registre.ts'

/** The callers need to know none, one or several: more would change nothing. */
const MAXIMUM = 3

type Registre = Pick<World, 'store' | 'now'>

/**
 * Whether a person answers a search: same birth name, sex and birth date, same place when one is given, and given names as the setting wants.
 * @see insi.md §3
 */
export function correspondAuxTraits(personne: TraitsIdentite, traits: TraitsRecherche, reglage: ReglagePrenoms = REGLAGE_PRENOMS_INITIAL): boolean {
  return (
    personne.nomNaissance === traits.nomNaissance &&
    personne.sexe === traits.sexe &&
    personne.dateNaissance === traits.dateNaissance &&
    (traits.lieuNaissance === undefined || personne.lieuNaissance === traits.lieuNaissance) &&
    prenomsCorrespondent(personne.listePrenom, traits.prenoms, reglage)
  )
}

/** Persons who answer these traits, 3 at most: published identities first, then the cast and those changed since, then the population. */
export async function chercherPersonnes(
  world: Registre,
  traits: TraitsRecherche,
  reglage: ReglagePrenoms = REGLAGE_PRENOMS_INITIAL,
): Promise<PersonneIdentifiee[]> {
  const correspond = (personne: PersonneIdentifiee) => correspondAuxTraits(personne, traits, reglage)
  const stored = await world.store.range(personnes, { index: 'parNaissance', equals: [traits.nomNaissance, traits.dateNaissance], limit: 50 })
  const changed = stored.filter(correspond)
  const found: PersonneIdentifiee[] = []
  for (const personne of personnesPublieesDeNom(traits.nomNaissance).filter(correspond)) if (!(await isStored(world, personne))) found.push(personne)
  found.push(...changed)
  for (const personne of population(world, traits).filter(correspond)) if (!(await isStored(world, personne))) found.push(personne)
  return found.slice(0, MAXIMUM)
}

/** A stored row hides what the person was before. */
const isStored = async ({ store }: Registre, { id }: PersonneIdentifiee): Promise<boolean> => (await store.get(personnes, id)) !== undefined

/** @param matricule 13 characters, active or former; a key after them is not looked at. */
export async function personneParMatricule(world: Registre, matricule: string): Promise<PersonneIdentifiee | undefined> {
  if (!estMatricule(matricule.slice(0, 13))) return undefined
  const sansCle = matricule.slice(0, 13)
  const stored = await world.store.get(matricules, sansCle)
  if (stored) return await world.store.get(personnes, stored.personne)
  const publiee = personnePublieeParMatricule(sansCle)
  if (publiee) return publiee
  const rang = rangDuMatricule(sansCle)
  return rang === undefined ? undefined : dejaNee(world, personneDeRang(rang))
}

/** @param id slug of a published identity or of the cast, `p<rank>` in the population */
export async function personneParId(world: Registre, id: string): Promise<PersonneIdentifiee | undefined> {
  const stored = id ? await world.store.get(personnes, id) : undefined
  if (stored) return stored
  const rang = rangDeId(id)
  return rang === undefined ? personnePubliee(id) : dejaNee(world, personneDeRang(rang))
}

const population = (world: Registre, { nomNaissance, sexe, dateNaissance }: TraitsRecherche): PersonneIdentifiee[] =>
  rangsParNaissance(nomNaissance, sexe, dateNaissance).flatMap((rang) => dejaNee(world, personneDeRang(rang)) ?? [])

/** A world may begin before the last births of the population. */
function dejaNee(world: Registre, personne: PersonneIdentifiee): PersonneIdentifiee | undefined {
  return personne.dateNaissance <= new Date(world.now()).toISOString().slice(0, 10) ? personne : undefined
}
