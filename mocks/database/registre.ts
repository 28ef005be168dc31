import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import type { IdentityCard, Service } from '../kit/service.ts'
import type { World } from '../world.ts'
import { cartesVitales } from './cartes-vitales.ts'
import { castFor } from './cast.ts'
import type { Distribution, ProfessionnelFictif, StructureFictive } from './distribution.ts'
import { defineCollection } from './store.ts'

/** What the store holds of the register of persons: the cast, whose dates follow the world's, and whoever was changed since. */
export const personnes = defineCollection<PersonneIdentifiee>('registre-personnes', 'id', { parNaissance: ['nomNaissance', 'dateNaissance'] })

/** Matricules (13 characters), active or former, of the persons stored. */
export const matricules = defineCollection<{ matricule: string; personne: string }>('registre-matricules', 'matricule')

/** The day the world began, which gives the cast its dates. */
const reperes = defineCollection<{ id: string; debut: number }>('registre-reperes', 'id')

/** Puts the cast in an empty world. */
async function semerDistribution(world: World): Promise<void> {
  const debut = world.now()
  await world.store.put(reperes, { id: 'distribution', debut })
  for (const { personne } of castFor(debut).patients) await enregistrerPersonne(world, personne)
}

/** Adds or changes a person; the former matricules keep leading to it. */
export async function enregistrerPersonne({ store }: Pick<World, 'store'>, personne: PersonneIdentifiee): Promise<void> {
  await store.put(personnes, personne)
  await store.putAll(
    matricules,
    [personne.ins, ...personne.historique].map(({ matricule }) => ({ matricule, personne: personne.id })),
  )
}

/** The cast of this world, with the dates it began with. A world without a cast is given the one of the present day. */
export async function castOf(world: Pick<World, 'store' | 'now'>): Promise<Distribution> {
  const repere = await world.store.get(reperes, 'distribution')
  return castFor(repere?.debut ?? world.now())
}

/** As in daily life: `Camille Floréal`; the matricule when nobody has it. @param matriculeIns 13 or 15 characters */
export async function nomUsuel(world: World, matriculeIns: string): Promise<string> {
  const personne = await world.ask.personneParMatricule(matriculeIns.slice(0, 13))
  if (!personne) return matriculeIns
  const connue = personne.origine === 'distribution' ? (await castOf(world)).patients.find(({ id }) => id === personne.id) : undefined
  return connue?.nomAffiche ?? `${personne.listePrenom.split(' ')[0]} ${personne.nomNaissance}`
}

/** The register of fictive people: no route of its own, the services ask it through `people.ts`. */
export const registre: Service = {
  name: 'registre',
  title: 'Registre des personnes, professionnels et structures fictifs',
  routes: [],
  rules: {},
  collections: [personnes, matricules, reperes],
  seed: semerDistribution,
  async identities(world) {
    const cast = await castOf(world)
    return [...cast.professionnels.map(carteDe), ...cast.structures.map(structureDe), ...cartesVitales(cast, world.now())]
  },
}

const carteDe = ({ id, nomAffiche, role, carte }: ProfessionnelFictif): IdentityCard => ({
  id,
  name: nomAffiche,
  kind: carte.genre === 'CPS' ? 'professionnel' : 'carte',
  send: {
    PS_IdNat: carte.identifiant,
    'subject-id': `${carte.nom} ${carte.prenom}`.trim(),
    Struct_IdNat: carte.structure.identifiant,
    Secteur_Activite: carte.secteurActivite,
    Role: carte.profession.code,
    ...(carte.savoirFaire ? { 'Role (2)': carte.savoirFaire.code } : {}),
  },
  triggers: role,
  service: 'registre',
  source: 'Distribution du bac à sable',
})

const structureDe = ({ id, nom, identifiant, secteurActivite, role }: StructureFictive): IdentityCard => ({
  id,
  name: nom,
  kind: 'structure',
  send: { Struct_IdNat: identifiant, Secteur_Activite: secteurActivite.code },
  triggers: role,
  service: 'registre',
  source: 'Distribution du bac à sable',
})
