import type { Setting } from '../kit/service.ts'
import type { World } from '../world.ts'
import type { ReglageDepot } from './rules/depot.ts'
import type { ReglageLecture } from './rules/lecture.ts'
import type { ReglageModification } from './rules/modification.ts'
import type { ReglageVihf } from './rules/vihf.ts'

/** What the sources leave open or tell differently. */
export const reglages = {
  'DMP-SIGNATURE-EXIGEE': {
    title: 'Un VIHF sans signature est refusé (la signature n’est jamais vérifiée)',
    initial: true,
    source: 'dmp.md §2.3',
  },
  'DMP-DUREE-VIHF': {
    title: 'Durée de vie d’un VIHF en minutes ; 0 : jamais trop vieux',
    initial: 0,
    source: 'Durée inconnue hors AIR ; 0 évite de refuser un logiciel dont l’heure n’est pas celle du monde simulé',
  },
  'DMP-NIA-REFUSEE': {
    title: 'Un appel pour une identité d’attente (NIA) est refusé ; sinon, il n’y a pas de DMP à ce numéro',
    initial: false,
    source: 'CNDA 0.2-080 : le logiciel ne doit pas appeler ; réponse du service inconnue',
  },
  'DMP-CLASSE-STRICTE': {
    title: 'La classe doit être celle que la table déduit du type',
    initial: true,
    source: 'ASS_X16 ; une trace réelle de 2023 s’en écarte',
  },
  'DMP-CUMUL-MASQUE-INVISIBLE': {
    title: 'Un document peut être à la fois masqué et invisible (cumul-invisible_patient-masque_ps)',
    initial: false,
    source: 'functional.md C12',
  },
  'DMP-MASQUE-MEDECIN-TRAITANT': {
    title: 'Lecture de 2021 : le médecin traitant lit les documents masqués, comme l’administrateur',
    initial: false,
    source: 'R.1111-49 : l’administrateur seul (functional.md C1) ; l’interface de novembre 2025 (CNDA 2.10) le permet encore au médecin traitant',
  },
  'DMP-DUREE-AUTORISATION': {
    title: 'Durée d’une autorisation d’accès, ISO 8601',
    initial: 'P1Y',
    source: 'Un an renouvelable (texte de 2010) ; six mois dans un projet de 2023',
  },
  'DMP-ARCHIVER-TOUT-MEDECIN': {
    title: 'Tout médecin archive un document qu’il lit ; sinon, son auteur seulement',
    initial: true,
    source: 'CNDA 3.3-120/140 et GIE-606 : tout médecin ; GIE-526 : l’auteur seul, en accès normal (dmp.md §4)',
  },
  'DMP-ANNONCE-SIGNALEMENT': {
    title: 'Document invisible au patient : délai avant de l’inviter à voir un professionnel, ISO 8601',
    initial: 'P2W',
    source: 'CSP R.1111-53 ; functional.md §4.5',
  },
  'DMP-ANNONCE-VISIBILITE': {
    title: 'Document invisible au patient : délai avant qu’il devienne visible de lui-même, ISO 8601',
    initial: 'P1M',
    source: 'CSP R.1111-53 ; functional.md §4.5',
  },
} as const satisfies Readonly<Record<string, Setting>>

export const reglageVihf = (world: Pick<World, 'setting'>): ReglageVihf => ({
  signatureExigee: world.setting('DMP-SIGNATURE-EXIGEE') === true,
  dureeMinutes: Number(world.setting('DMP-DUREE-VIHF')) || 0,
})

export const reglageDepot = (world: Pick<World, 'setting'>): ReglageDepot => ({
  classeStricte: world.setting('DMP-CLASSE-STRICTE') === true,
  cumulMasqueInvisible: world.setting('DMP-CUMUL-MASQUE-INVISIBLE') === true,
})

export const reglageLecture = (world: Pick<World, 'setting'>): ReglageLecture => ({
  masqueLuParMedecinTraitant: world.setting('DMP-MASQUE-MEDECIN-TRAITANT') === true,
})

export const reglageModification = (world: Pick<World, 'setting'>): ReglageModification => ({
  ...reglageLecture(world),
  archiverToutMedecin: world.setting('DMP-ARCHIVER-TOUT-MEDECIN') === true,
})
