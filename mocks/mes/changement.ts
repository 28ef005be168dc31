import type { Annonce } from '../kit/service.ts'
import type { World } from '../world.ts'
import { canalDeLaLettre, lettreDe } from './courriers.ts'
import { DONNEES_DU_PROFIL } from './donnees.ts'
import { VUES } from './etats.ts'
import { prochaineEcheance } from './delais.ts'
import { appliquer, type EvenementProfil } from './lifecycle.ts'
import {
  activites,
  codes,
  courriers,
  nomDe,
  profilDe,
  profils,
  type ProfilEnregistre,
  reglageDelais,
  type TitulaireConnu,
  titulaireDe,
} from './store.ts'

const timerDe = (matriculeIns: string): string => `mes.profil:${matriculeIns}`

/** Writes the profile and sets its next delay. */
export async function enregistrer(world: World, profil: ProfilEnregistre): Promise<void> {
  await world.store.put(profils, profil)
  const echeance = prochaineEcheance(profil, reglageDelais(world))
  const id = timerDe(profil.matriculeIns)
  if (echeance)
    await world.schedule({
      id,
      dueAt: echeance.le,
      service: 'mes',
      what: 'echeance',
      subject: profil.matriculeIns,
      data: { evenement: echeance.evenement },
    })
  else await world.cancel(id)
}

/** Who is named in the history when the event is not a delay. */
export interface Auteur {
  readonly nom: string
  /** « titulaire », « aidant »… or the administration. */
  readonly qualite: string
}

/**
 * Makes the profile go through an event, with all that follows: letter, code, line of history, next delay, and what the other services must know.
 * Undefined when the machine does not take it; nothing is then written. To be called inside a transaction.
 */
export async function changer(
  world: World,
  avant: ProfilEnregistre,
  evenement: EvenementProfil,
  auteur: Auteur,
): Promise<ProfilEnregistre | undefined> {
  const suivant = appliquer(avant, evenement)
  if (!suivant) return undefined
  const { matriculeIns } = avant
  // The documents of a deleted record are gone; so are those nobody was there to erase when a new one is created.
  const vide = suivant.etat === 'deleted' || evenement.type === 'patient.cree'
  if (vide) {
    // Told first: who helps whom is among what is then forgotten.
    await world.tell({ type: 'dossier.supprime', matriculeIns })
    await oublier(world, matriculeIns)
  }
  const apres = { ...avant, ...suivant, liens: vide ? avant.liens.filter(({ lien }) => !LIENS_DELEGUES.has(lien)) : avant.liens }
  await enregistrer(world, apres)
  if ('controle' in evenement) await consommerCode(world, matriculeIns)
  await ecrire(world, apres, evenement)
  await world.store.put(activites, {
    id: world.newId(),
    matriculeIns,
    le: evenement.le,
    typeActeur: evenement.type.startsWith('patient.') ? 'PATIENT' : 'SYSTEM',
    groupe: 'GENERAL',
    acteur: auteur.nom,
    structure: '',
    texte: `Profil : ${VUES[apres.etat].libelle.toLowerCase()}${auteur.qualite === 'titulaire' ? '' : ` (par ${auteur.qualite})`}.`,
  })
  return apres
}

/** Links that a delegation made, not the family nor a judge. */
const LIENS_DELEGUES: ReadonlySet<string> = new Set(['aidant', 'aidé', 'curateur admis'])

async function oublier(world: World, matriculeIns: string): Promise<void> {
  for (const collection of DONNEES_DU_PROFIL) await vider(world, collection, matriculeIns)
}

/** Rows read at a time. */
const PAGE = 1_000

async function vider(world: World, collection: (typeof DONNEES_DU_PROFIL)[number], matriculeIns: string): Promise<void> {
  const page = { index: 'parProfil', equals: [matriculeIns], limit: PAGE }
  for (let rows = await world.store.range(collection, page); rows.length > 0; rows = await world.store.range(collection, page))
    for (const row of rows) await world.store.delete(collection, row[collection.key])
}

async function ecrire(world: World, profil: ProfilEnregistre, { type, le }: EvenementProfil): Promise<void> {
  const lettre = lettreDe(type, profil.contexte.motif)
  if (!lettre) return
  const texte = lettre.avecCode ? `${lettre.texte} ${await emettreCode(world, profil.matriculeIns, le)}` : lettre.texte
  await world.store.put(courriers, {
    id: world.newId(),
    matriculeIns: profil.matriculeIns,
    le,
    canal: canalDeLaLettre(type, profil.courriel),
    objet: lettre.objet,
    texte,
  })
}

/** A fresh code provisoire, 8 digits; the one before is void. */
async function emettreCode(world: World, matriculeIns: string, le: number): Promise<string> {
  const code = String(Number.parseInt(world.newId().slice(0, 8), 16) % 100_000_000).padStart(8, '0')
  await world.store.put(codes, { matriculeIns, code, emisLe: le, utiliseLe: null })
  return code
}

/** A new code on request, sent where the person is written to. */
export async function envoyerCode(world: World, { matriculeIns, courriel }: ProfilEnregistre): Promise<void> {
  const le = world.now()
  const code = await emettreCode(world, matriculeIns, le)
  await world.store.put(courriers, {
    id: world.newId(),
    matriculeIns,
    le,
    canal: courriel === '' ? 'courrier' : 'courriel',
    objet: 'Mon espace santé : votre code provisoire',
    texte: `Il sert une seule fois et vaut six semaines : ${code}`,
  })
}

async function consommerCode(world: World, matriculeIns: string): Promise<void> {
  const code = await world.store.get(codes, matriculeIns)
  if (code) await world.store.put(codes, { ...code, utiliseLe: world.now() })
}

const ADMINISTRATION: Auteur = { nom: 'Mon espace santé', qualite: 'délai' }

/** A delay set by `enregistrer` is over. A setting may have moved it since. */
export async function echeance(world: World, matriculeIns: string): Promise<void> {
  const avant = await world.store.get(profils, matriculeIns)
  const due = avant && prochaineEcheance(avant, reglageDelais(world))
  if (!avant || !due) return
  if (due.le > world.now()) return await enregistrer(world, avant)
  await changer(world, avant, { type: due.evenement, le: due.le }, ADMINISTRATION)
}

const DIT: Readonly<Partial<Record<EvenementProfil['type'], (nom: string) => string>>> = {
  'cnam.informe': (nom) => `${nom} reçoit l’information sur l’ouverture de son profil`,
  'delai.opposition': (nom) => `Sans opposition, le profil de ${nom} s’ouvre`,
  'delai.suspension': (nom) => `Sans contestation, le profil de ${nom} est fermé`,
  'delai.suppression': (nom) => `Les données de ${nom} sont supprimées, comme demandé`,
  'delai.archive': (nom) => `Dix ans après la fermeture, les données de ${nom} sont supprimées`,
}

/** What the next delay of this profile will do, in words. */
export async function direEcheance(world: World, matriculeIns: string): Promise<Annonce | undefined> {
  const titulaire = await titulaireDe(world, matriculeIns)
  const profil = await world.store.get(profils, matriculeIns)
  const due = profil && prochaineEcheance(profil, reglageDelais(world))
  if (!titulaire || !due || due.le > world.now()) return undefined
  const name = nomDe(titulaire)
  return { title: DIT[due.evenement]?.(name) ?? `Le profil de ${name} change d’état`, name, rule: due.regle }
}

/** The profile of this INS, or undefined when nobody has it. */
export async function ouvrir(world: World, matriculeIns: string): Promise<(TitulaireConnu & { readonly profil: ProfilEnregistre }) | undefined> {
  const titulaire = await titulaireDe(world, matriculeIns)
  return titulaire && { ...titulaire, profil: await profilDe(world, titulaire) }
}
