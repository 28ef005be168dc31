import { estMatriculeFictif } from '#standards/ins/fictif.ts'
import { REFUS_MATRICULE_REEL } from '#standards/ins/fictif.ts'
import { normaliserTrait } from '#standards/ins/lexique.ts'
import { estMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS } from '#standards/ins/oids.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import { matriculeIns as quinze, type PersonneIdentifiee } from '#standards/ins/traits.ts'
import type { World } from '../../world.ts'
import { texteDe } from '../page.ts'
import type { Refus } from '../rules.ts'
import { type TitulaireConnu, titulaireDe } from '../store.ts'
import { introuvable } from './rules.ts'

/** What somebody types to name a person. */
interface Recherche {
  readonly nom: string
  readonly prenom: string
  /** `AAAA-MM-JJ` */
  readonly dateNaissance: string
  /** 13 or 15 characters, `''` when the traits are given. */
  readonly matricule: string
}

/** @returns what is wrong, in French, when it cannot be read */
export function lireRecherche(corps: Readonly<Record<string, unknown>>): Recherche | string {
  const [nom, prenom, dateNaissance] = [texteDe(corps, 'nom', 80), texteDe(corps, 'prenom', 80), texteDe(corps, 'dateNaissance', 10)]
  const matricule = texteDe(corps, 'matricule', 25)?.replace(/\s/g, '').toUpperCase()
  if (nom === undefined || prenom === undefined || matricule === undefined || !dateNaissance || !/^\d{4}-\d\d-\d\d$/.test(dateNaissance))
    return '« dateNaissance » (AAAA-MM-JJ) accompagne « nom » et « prenom », ou « matricule » (13 ou 15 caractères).'
  if (matricule === '' ? nom === '' || prenom === '' : !/^[0-9AB]{13}(?:\d\d)?$/.test(matricule))
    return 'Donnez « nom » et « prenom », ou « matricule » (13 ou 15 caractères).'
  return { nom, prenom, dateNaissance, matricule }
}

/** The one person who answers. The same words whatever does not match: nothing is learnt by trying. */
export async function chercher(world: World, { nom, prenom, dateNaissance, matricule }: Recherche): Promise<TitulaireConnu | Refus> {
  if (estMatricule(matricule.slice(0, 13)) && !estMatriculeFictif({ matricule, oid: OID_INS['INS-NIR'] }))
    return { refused: reglesIns['SANDBOX-FICTIF-SEULEMENT'], about: REFUS_MATRICULE_REEL }
  const trouvees = matricule ? await parMatricule(world, matricule, dateNaissance) : await parTraits(world, { nom, prenom, dateNaissance })
  if (trouvees.length > 1) return introuvable('plusieurs personnes répondent : donnez le numéro de sécurité sociale')
  const titulaire = trouvees[0] && (await titulaireDe(world, quinze(trouvees[0].ins)))
  return titulaire ?? introuvable('personne ne répond à ces traits : vérifiez le nom, le prénom, la date de naissance ou le numéro')
}

async function parMatricule(world: World, matricule: string, dateNaissance: string): Promise<PersonneIdentifiee[]> {
  const titulaire = await titulaireDe(world, matricule)
  return titulaire?.personne.dateNaissance === dateNaissance ? [titulaire.personne] : []
}

async function parTraits(world: World, { nom, prenom, dateNaissance }: Omit<Recherche, 'matricule'>): Promise<PersonneIdentifiee[]> {
  const traits = { nomNaissance: normaliserTrait(nom), prenoms: [normaliserTrait(prenom)], dateNaissance }
  return [...(await world.ask.chercherPersonnes({ ...traits, sexe: 'F' })), ...(await world.ask.chercherPersonnes({ ...traits, sexe: 'M' }))]
}
