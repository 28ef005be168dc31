import type { Distribution, ProfessionnelFictif, StructureFictive } from '../database/distribution.ts'
import type { BoiteEnregistree, DomaineEnregistre } from './store.ts'

/** Bytes: 10 Mo, what most operators take. @see mssante.md §1.7 */
const TAILLE_COURANTE = 10_000_000
const QUOTA_COURANT = 1_000_000_000

type Domaine = Omit<DomaineEnregistre, 'majLe' | 'certificats' | 'tailleMax'> & { readonly structure: string; readonly tailleMax?: number }

/**
 * Fictive operators and their domains. Membership never follows from the suffix: one domain of the list has another, one that has it is not
 * in the list.
 */
const DOMAINES: readonly Domaine[] = [
  { nom: 'medecins.bac.mssante.fr', operateur: 'Sémaphore Messagerie (fictif)', structure: '397900000900019', listeBlanche: true, conforme: true },
  {
    nom: 'decade.bac.mssante.fr',
    operateur: 'Hôpital de la Décade (fictif)',
    structure: '1979000010',
    listeBlanche: true,
    conforme: true,
    tailleMax: 20_000_000,
  },
  {
    nom: 'quatre-saisons.bac.mssante.fr',
    operateur: 'Sémaphore Messagerie (fictif)',
    structure: '397900000900019',
    listeBlanche: true,
    conforme: true,
  },
  { nom: 'moisson.bac.mssante.fr', operateur: 'Officines Réunies (fictif)', structure: '397900000901017', listeBlanche: true, conforme: true },
  { nom: 'solstice.bac.mssante.fr', operateur: 'Sémaphore Messagerie (fictif)', structure: '397900000900019', listeBlanche: true, conforme: true },
  { nom: 'reseau-equinoxe.example', operateur: 'Réseau Équinoxe (fictif)', structure: '397900000902015', listeBlanche: true, conforme: true },
  { nom: 'ancien.bac.mssante.fr', operateur: 'Pigeon Voyageur (fictif)', structure: '397900000903013', listeBlanche: true, conforme: false },
  {
    nom: 'hors-liste.bac.mssante.fr',
    operateur: 'Opérateur sorti de la liste (fictif)',
    structure: '397900000904011',
    listeBlanche: false,
    conforme: true,
  },
]

const OPERATEUR_DES_PATIENTS: Domaine = {
  nom: 'patient.mssante.fr',
  operateur: 'Mon espace santé (simulé)',
  structure: '397900000905018',
  listeBlanche: true,
  conforme: true,
  tailleMax: 25_000_000,
}

export const domainesDe = (maintenant: number): DomaineEnregistre[] =>
  [...DOMAINES, OPERATEUR_DES_PATIENTS].map(({ structure, tailleMax = TAILLE_COURANTE, ...domaine }) => ({
    ...domaine,
    tailleMax,
    certificats: [`CN=mx1.${domaine.nom},OU=${structure},O=${enMajuscules(domaine.operateur)},ST=Fictive (979),C=FR`],
    majLe: maintenant,
  }))

const enMajuscules = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()

type Modele = Pick<BoiteEnregistree, 'adresse' | 'type'> &
  Partial<Omit<BoiteEnregistree, 'structure'>> & {
    /** Id of a professional or a structure of the cast. */
    readonly de: string
    /** Ids of professionals of the cast. */
    readonly cotitulaires?: readonly string[]
    readonly delegation?: readonly string[]
    /** Months since the last opening. */
    readonly inactiveDepuis?: number
  }

const MODELES: readonly Modele[] = [
  { adresse: 'claire.primidi@medecins.bac.mssante.fr', type: 'PER', de: 'dr-primidi' },
  { adresse: 'bastien.duodi@medecins.bac.mssante.fr', type: 'PER', de: 'dr-duodi' },
  { adresse: 'elise.tridi@medecins.bac.mssante.fr', type: 'PER', de: 'dr-tridi' },
  { adresse: 'leo.octidi@medecins.bac.mssante.fr', type: 'PER', de: 'leo-octidi' },
  { adresse: 'jules.nonidi@reseau-equinoxe.example', type: 'PER', de: 'jules-nonidi' },
  {
    adresse: 'secretariat.calendrier@medecins.bac.mssante.fr',
    type: 'ORG',
    de: 'cabinet',
    cotitulaires: ['dr-primidi', 'dr-duodi'],
    delegation: ['nadia-quartidi'],
    description: 'Secrétariat du cabinet',
    service: 'Secrétariat',
  },
  {
    adresse: 'cabinet.tridi@medecins.bac.mssante.fr',
    type: 'CAB',
    de: 'dermatologie',
    cotitulaires: ['dr-tridi'],
    description: 'Cabinet de dermatologie',
  },
  // Practises at the hospital too: one address per professional and per domain.
  { adresse: 'claire.primidi@decade.bac.mssante.fr', type: 'PER', de: 'dr-primidi', rang: 2 },
  // Opened for a locum that ended: taken out of the directory for want of use.
  { adresse: 'bastien.duodi@decade.bac.mssante.fr', type: 'PER', de: 'dr-duodi', rang: 2, depubliee: true, inactiveDepuis: 14 },
  { adresse: 'mona.decadi@decade.bac.mssante.fr', type: 'PER', de: 'dr-decadi', listeRouge: true },
  {
    adresse: 'urgences@decade.bac.mssante.fr',
    type: 'ORG',
    de: 'hopital',
    cotitulaires: ['dr-decadi'],
    description: 'Service des urgences',
    service: 'Urgences',
  },
  { adresse: 'anne.septidi@quatre-saisons.bac.mssante.fr', type: 'PER', de: 'dr-septidi' },
  {
    adresse: 'contact@quatre-saisons.bac.mssante.fr',
    type: 'ORG',
    de: 'laboratoire',
    cotitulaires: ['dr-septidi'],
    description: 'Accueil du laboratoire',
    service: 'Secrétariat',
  },
  {
    adresse: 'noreply-biologie@quatre-saisons.bac.mssante.fr',
    type: 'APP',
    de: 'laboratoire',
    description: 'Envoi automatique des comptes rendus',
    service: 'Système de gestion du laboratoire',
    repondreA: 'contact@quatre-saisons.bac.mssante.fr',
  },
  {
    adresse: 'pharmacie@moisson.bac.mssante.fr',
    type: 'ORG',
    de: 'pharmacie',
    cotitulaires: ['omar-sextidi'],
    description: 'Pharmacie',
    service: 'Officine',
  },
  { adresse: 'igor.solstice@solstice.bac.mssante.fr', type: 'PER', de: 'dr-solstice' },
  {
    adresse: 'comptes-rendus@solstice.bac.mssante.fr',
    type: 'APP',
    de: 'radiologie',
    description: 'Envoi des comptes rendus d’imagerie',
    repondreA: 'igor.solstice@solstice.bac.mssante.fr',
  },
  {
    adresse: 'archives.calendrier@medecins.bac.mssante.fr',
    type: 'ORG',
    de: 'cabinet',
    cotitulaires: ['dr-primidi'],
    rang: 9,
    description: 'Boîte pleine',
    quota: 1_000,
    octets: 1_000,
  },
  {
    adresse: 'ancienne@medecins.bac.mssante.fr',
    type: 'ORG',
    de: 'cabinet',
    cotitulaires: ['dr-primidi'],
    description: 'Boîte fermée par l’opérateur',
    fermee: true,
  },
  { adresse: 'claire.primidi@ancien.bac.mssante.fr', type: 'PER', de: 'dr-primidi', rang: 3, description: 'Opérateur non conforme' },
  { adresse: 'fantome@hors-liste.bac.mssante.fr', type: 'ORG', de: 'cabinet', description: 'Domaine hors de la liste blanche' },
]

const MOIS = 30 * 86_400_000

/** Mailboxes of the cast. @param maintenant simulated milliseconds */
export function boitesDe(
  { professionnels, structures }: Pick<Distribution, 'professionnels' | 'structures'>,
  maintenant: number,
): BoiteEnregistree[] {
  const idNat = (id: string) => professionnels.find((un) => un.id === id)?.carte.identifiant ?? id
  return MODELES.map(({ de, cotitulaires = [], delegation = [], inactiveDepuis, ...modele }) => {
    const professionnel = professionnels.find(({ id }) => id === de)
    const structure = structures.find(({ id }) => id === (professionnel?.structure ?? de))
    if (!structure) throw new Error(`the cast has no structure for ${modele.adresse}`)
    return {
      domaine: modele.adresse.slice(modele.adresse.indexOf('@') + 1),
      libelle: libelleDe(professionnel, structure, modele.description ?? ''),
      structure: structure.identifiant,
      titulaires: [...(professionnel ? [professionnel.carte.identifiant] : []), ...cotitulaires.map(idNat)],
      delegues: delegation.map(idNat),
      listeRouge: false,
      depubliee: false,
      fermee: false,
      cesseActivite: false,
      description: '',
      service: '',
      rang: 1,
      quota: QUOTA_COURANT,
      octets: 0,
      ouverteLe: inactiveDepuis === undefined ? null : maintenant - inactiveDepuis * MOIS,
      ...modele,
    }
  })
}

/** What the From label says: title, first name, name and entity for a person; the entity for a service. @see ECO.2.2.7 */
const libelleDe = (professionnel: ProfessionnelFictif | undefined, { nom }: StructureFictive, description: string): string =>
  professionnel
    ? `${professionnel.nomAffiche.startsWith('Dr ') ? 'Dr ' : ''}${professionnel.nomAffiche.replace(/^Dr /, '').split(' ')[0]} ${professionnel.carte.nom} ${nom}`
    : `${description} ${nom}`.trim()
