import { addDuration, readDuration } from '../kit/duration.ts'
import { cote, decrireMachine, type EvenementDit } from '../kit/machine-description.ts'
import { type Exemplaire, type MachineMontree, openapiDeMachines, routesDeMachines } from '../kit/machine-routes.ts'
import type { World } from '../world.ts'
import { documentLifecycle, type EvenementDocument, type EvenementVisibilite, visibiliteLifecycle } from './lifecycle.ts'
import { reglesDmp } from './rules.ts'
import { estSignature } from './rules/lecture.ts'
import { type DocumentEnregistre, documentsDe } from './store.ts'
import { visibiliteDe } from './visibilite.ts'

const code = (regle: keyof typeof reglesDmp): string => reglesDmp[regle].code

const DISPONIBILITE: Readonly<Record<EvenementDocument['type'], EvenementDit>> = {
  'auteur.remplace': {
    agent: 'auteur',
    libelle: 'L’auteur le remplace',
    regle: code('DMP-REMPLACEMENT'),
    conditions: [code('DMP-REMPLACEMENT-AUTEUR')],
  },
  'professionnel.archive': {
    agent: 'professionnel',
    libelle: 'Un professionnel l’archive',
    regle: code('DMP-STATUT'),
    conditions: [code('DMP-ARCHIVER')],
  },
  'professionnel.desarchive': {
    agent: 'professionnel',
    libelle: 'Un professionnel le désarchive',
    regle: code('DMP-STATUT'),
    conditions: [code('DMP-ARCHIVER')],
  },
  'auteur.supprime': {
    agent: 'auteur',
    libelle: 'L’auteur le supprime',
    regle: code('DMP-STATUT'),
    conditions: [code('DMP-SUPPRIMER-AUTEUR'), code('DMP-DOCUMENT-DU-PATIENT')],
  },
}

const SANS_RETOUR = code('DMP-RENDRE-VISIBLE-SANS-RETOUR')

const VISIBILITE: Readonly<Record<EvenementVisibilite['type'], EvenementDit>> = {
  'professionnel.masque': {
    agent: 'professionnel',
    libelle: 'Un professionnel le masque',
    regle: code('DMP-MODIFIER-AUTORISE'),
    conditions: [code('DMP-MASQUE-ET-INVISIBLE'), code('DMP-VACCINATION-VISIBLE')],
  },
  'professionnel.demasque': { agent: 'professionnel', libelle: 'Un professionnel le démasque', regle: code('DMP-DEMASQUER') },
  'patient.masque': {
    agent: 'titulaire',
    libelle: 'Le patient le masque',
    regle: code('DMP-MASQUE-PS'),
    conditions: [code('DMP-VACCINATION-VISIBLE')],
  },
  'patient.demasque': { agent: 'titulaire', libelle: 'Le patient le démasque', regle: code('DMP-MASQUE-PS') },
  'professionnel.annonce': {
    agent: 'professionnel',
    libelle: 'Un professionnel l’annonce au patient',
    regle: code('DMP-ANNONCE-FAITE'),
    conditions: [SANS_RETOUR],
  },
  'professionnel.montreAuxRepresentants': { agent: 'professionnel', libelle: 'Un professionnel le montre aux représentants', regle: SANS_RETOUR },
  'delai.signalement': {
    agent: 'délai',
    libelle: 'Sans annonce, le patient apprend que son dossier a changé',
    regle: code('DMP-ANNONCE-SIGNALEMENT'),
  },
  'delai.visibilite': { agent: 'délai', libelle: 'Sans annonce, le document devient visible', regle: code('DMP-ANNONCE-VISIBILITE') },
}

/** Settings that hold the two delays of the announcement, by their event. */
const REGLAGES = { 'delai.signalement': 'DMP-ANNONCE-SIGNALEMENT', 'delai.visibilite': 'DMP-ANNONCE-VISIBILITE' } as const

const delaiDe = (world: World, type: keyof typeof REGLAGES): string => String(world.setting(REGLAGES[type]))

const estDelai = (type: string): type is keyof typeof REGLAGES => Object.hasOwn(REGLAGES, type)

function decrire(world: World) {
  const disponibilite = decrireMachine(documentLifecycle, {
    nom: 'disponibilite',
    titre: 'Dans le registre',
    etats: {
      approved: { libelle: 'En vigueur', annonce: 'Le document se lit et se modifie.' },
      archived: { libelle: 'Archivé', annonce: 'Le document reste lisible, à part des autres.' },
      deprecated: { libelle: 'Remplacé', annonce: 'Une nouvelle version l’a rendu obsolète.' },
      deleted: { libelle: 'Supprimé', annonce: 'Plus personne ne lit le document ; sa trace reste.' },
    },
    evenement: (type) => DISPONIBILITE[type as EvenementDocument['type']],
  })
  const visibilite = decrireMachine(visibiliteLifecycle, {
    nom: 'visibilite',
    titre: 'Qui le voit',
    regions: { professionnels: 'Les professionnels', patient: 'Le patient', representants: 'Les représentants légaux' },
    etats: {
      'professionnels.visible': { libelle: 'Visible', annonce: 'Les professionnels autorisés le lisent, selon la matrice.' },
      'professionnels.masque': { libelle: 'Masqué', annonce: 'Seuls son auteur et l’administrateur du dossier le lisent.' },
      'patient.invisible': { libelle: 'Invisible', annonce: 'Le patient ne sait pas que ce document existe.' },
      'patient.signale': { libelle: 'Signalé', annonce: 'Le patient sait que son dossier a changé, pas ce qui a changé.' },
      'patient.visible': { libelle: 'Visible', annonce: 'Le patient le lit, pour de bon.' },
      'representants.invisible': { libelle: 'Invisible', annonce: 'Les représentants légaux ne le voient pas.' },
      'representants.visible': { libelle: 'Visible', annonce: 'Les représentants légaux le lisent, pour de bon.' },
    },
    evenement: (type) => {
      const dit = VISIBILITE[type as EvenementVisibilite['type']]
      return estDelai(type) ? { ...dit, delai: delaiDe(world, type) } : dit
    },
  })
  return cote('document', 'Le document : versions, masquage, visibilité', [disponibilite, visibilite])
}

/** What the delays of the announcement will do first. */
function echeanceDe(world: World, { entry, etat, deposeLe, signaleLe }: DocumentEnregistre): Exemplaire['echeance'] {
  if (visibiliteDe({ entry }).patient === 'visible' || (etat !== 'approved' && etat !== 'archived')) return undefined
  const attendus = signaleLe === undefined ? (['delai.signalement', 'delai.visibilite'] as const) : (['delai.visibilite'] as const)
  return attendus
    .flatMap((evenement) => {
      const duree = readDuration(delaiDe(world, evenement))
      return duree ? [{ le: addDuration(deposeLe, duree), evenement }] : []
    })
    .toSorted((a, b) => a.le - b.le)[0]
}

/** More would be no choice. */
const MONTRES = 100

/** The documents of a record, newest first, those that the patient does not see included. */
const document: MachineMontree = {
  decrire,
  exemplaires: async (world, matricule) =>
    (await documentsDe(world, matricule))
      .filter(({ entry }) => !estSignature(entry))
      .slice(0, MONTRES)
      .map((un) => {
        const { professionnels, patient, representants } = visibiliteDe(un)
        const echeance = echeanceDe(world, un)
        return {
          id: un.uniqueId,
          libelle: un.entry.title || un.uniqueId,
          etats: [un.etat, `professionnels.${professionnels}`, `patient.${patient}`, `representants.${representants}`],
          ...(echeance && { echeance }),
        }
      }),
}

export const routesMachines = routesDeMachines('/dmp/api', 'DMP', { document })

export const openapiMachines = openapiDeMachines('/dmp/api', 'DMP (interface propre au bac à sable)', ['document'])
