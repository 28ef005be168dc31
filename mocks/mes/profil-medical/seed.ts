import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { DIRECTIVES, programmerRelecture } from './directives.ts'
import { ASSURANCE_MALADIE } from './histoire.ts'
import type { Valeurs } from './rules.ts'
import { HISTOIRE } from './sections.ts'
import { cleNonConcerne, entrees, nonConcernes } from './store.ts'

const JOUR = 86_400_000

/** Section, fields; a value `-90` is a day, so many days before today. */
type Semee = readonly [section: string, valeurs: Readonly<Record<string, string | number>>]

const CAMILLE: readonly Semee[] = [
  ['maladies', { nom: 'Asthme', depuis: -4_400, note: 'Crises surtout au printemps.' }],
  ['traitements', { nom: 'Inhalateur de secours', posologie: 'Au besoin', depuis: -1_500 }],
  ['traitements', { nom: 'Corticoïde inhalé', posologie: 'Matin et soir', depuis: -700 }],
  ['hospitalisations', { motif: 'Appendicite', date: -5_800, lieu: 'Centre hospitalier' }],
  ['allergies', { nom: 'Pollen de bouleau', gravite: 'Modérée', reaction: 'Éternuements, sifflements' }],
  ['allergies', { nom: 'Pénicilline', gravite: 'Grave', reaction: 'Urticaire étendue' }],
  ['vaccinations', { nom: 'Grippe', date: -30, par: 'Pharmacie' }],
  ['antecedents-familiaux', { nom: 'Asthme', parent: 'Mère' }],
  ['habitudes-de-vie', { sujet: 'Activité physique', description: 'Marche une demi-heure par jour, natation le samedi.' }],
  ['habitudes-de-vie', { sujet: 'Tabac', description: 'Non-fumeuse.' }],
  ['groupe-sanguin', { groupe: 'O+' }],
  ['entourage-et-volontes', { role: 'Contact d’urgence', nom: 'Anne Floréal', lien: 'Mère', telephone: '06 39 98 00 21' }],
  ['entourage-et-volontes', { role: 'Don d’organes', position: 'Pour' }],
  [DIRECTIVES, { texte: 'Je souhaite être soulagée, et que les traitements ne me maintiennent pas artificiellement en vie.', redigees: -200 }],
  ['professionnels', { nom: 'Dr Claire Primidi', profession: 'Médecin traitant', lieu: 'Cabinet médical du Calendrier' }],
]

const JEANNE: readonly Semee[] = [
  ['maladies', { nom: 'Diabète de type 2', depuis: -3_000 }],
  ['traitements', { nom: 'Metformine', posologie: 'Un comprimé matin et soir' }],
  ['entourage-et-volontes', { role: 'Aidant', nom: 'Claire Messidor', lien: 'Fille' }],
]

/** What the Assurance maladie knows from what it reimbursed. */
const histoire = (...soins: readonly (readonly [jours: number, soin: string, nature: string, par: string])[]): Semee[] =>
  soins.map(([jours, soin, nature, par]) => [HISTOIRE, { soin, nature, date: -jours, par }])

const PERSONNES: Readonly<Record<string, { readonly lignes: readonly Semee[]; readonly nonConcernes: readonly string[] }>> = {
  'camille-floreal': {
    lignes: [
      ...CAMILLE,
      ...histoire(
        [40, 'Consultation', 'Soin courant', 'Dr Claire Primidi'],
        [38, 'Corticoïde inhalé', 'Médicament délivré', 'Pharmacie'],
        [30, 'Vaccin contre la grippe', 'Vaccination', 'Pharmacie'],
        [410, 'Radiographie du thorax', 'Imagerie', 'Centre d’imagerie'],
      ),
    ],
    nonConcernes: ['handicaps'],
  },
  'jeanne-messidor': {
    lignes: [
      ...JEANNE,
      ...histoire(
        [3_000, 'Diabète de type 2', 'Affection de longue durée', 'Assurance maladie'],
        [7, 'Metformine', 'Médicament délivré', 'Pharmacie'],
      ),
    ],
    nonConcernes: [],
  },
  'tom-germinal': { lignes: [['allergies', { nom: 'Arachide', gravite: 'Grave', reaction: 'Gonflement des lèvres' }]], nonConcernes: [] },
}

/** Camille's profile is rich, two others have a little, everybody else's is empty. */
export async function semerProfils(world: World): Promise<void> {
  const { patients } = await castOf(world)
  for (const { id, personne, nomAffiche } of patients) {
    const semee = PERSONNES[id]
    if (!semee) continue
    const matriculeIns = quinze(personne.ins)
    for (const [rang, [section, donnees]] of semee.lignes.entries()) {
      const auteur = section === HISTOIRE ? ASSURANCE_MALADIE : nomAffiche
      // A month ago, one line a minute: they stay in this order.
      const le = world.now() - 30 * JOUR + rang * 60_000
      await world.store.put(entrees, { id: world.newId(), matriculeIns, section, valeurs: datees(world, donnees), auteur, creeLe: le, modifieLe: le })
      if (section === DIRECTIVES) await programmerRelecture(world, matriculeIns, le)
    }
    for (const section of semee.nonConcernes)
      await world.store.put(nonConcernes, { id: cleNonConcerne(matriculeIns, section), matriculeIns, section, le: world.now() - 30 * JOUR })
  }
}

const datees = (world: World, donnees: Semee[1]): Valeurs =>
  Object.fromEntries(
    Object.entries(donnees).map(([nom, valeur]) => [
      nom,
      typeof valeur === 'string' ? valeur : new Date(world.now() + valeur * JOUR).toISOString().slice(0, 10),
    ]),
  )
