import type { CodeFictif, PatientFictif } from '../../database/distribution.ts'
import { castOf } from '../../database/registre.ts'
import type { World } from '../../world.ts'
import { nomDeLIdentifiant } from '../noms.ts'

/** A professional or a structure, as the patient chooses one. */
export interface Professionnel {
  /** PS_IdNat or Struct_IdNat. */
  readonly identifiant: string
  readonly nom: string
  readonly genre: 'PS' | 'ORGANISATION'
  /** `code` of TRE_G15, `''` when not known. */
  readonly profession: Pick<CodeFictif, 'code' | 'libelle'>
  /** Name of the structure, `''` for a structure. */
  readonly structure: string
}

/** PS_IdNat: `8` and an RPPS, or `0` and an ADELI; anything else names a structure. @see dmp.md §2.2 */
export const genreDe = (identifiant: string): Professionnel['genre'] => (/^(?:8\d{11}|0\d[\dAB]\d{7})$/.test(identifiant) ? 'PS' : 'ORGANISATION')

/** An identifier that fits in a key of the store. */
export const estIdentifiant = (identifiant: string): boolean => /^[^\s|]{1,100}$/.test(identifiant)

const INCONNUE = { code: '', libelle: '' }

/** Professionals who hold a card of their own, then structures. */
export async function tous(world: World): Promise<Professionnel[]> {
  const { professionnels, structures } = await castOf(world)
  return [
    ...professionnels
      .filter(({ carte }) => carte.genre === 'CPS')
      .map(({ nomAffiche, carte: { identifiant, profession, savoirFaire, structure } }): Professionnel => ({
        identifiant,
        nom: nomAffiche,
        genre: 'PS',
        profession: { code: profession.code, libelle: savoirFaire ? `${profession.libelle}, ${savoirFaire.libelle}` : profession.libelle },
        structure: structure.nom,
      })),
    ...structures.map(({ identifiant, nom, secteurActivite }): Professionnel => ({
      identifiant,
      nom,
      genre: 'ORGANISATION',
      profession: { code: '', libelle: secteurActivite.libelle },
      structure: '',
    })),
  ]
}

/** Whoever bears this identifier; a stranger to the cast, an editor's own test card, keeps the name given. */
export async function trouver(world: World, identifiant: string, nomDonne: string): Promise<Professionnel> {
  const connu = (await tous(world)).find((un) => un.identifiant === identifiant)
  return (
    connu ?? {
      identifiant,
      nom: nomDeLIdentifiant(identifiant) || nomDonne || identifiant,
      genre: genreDe(identifiant),
      profession: INCONNUE,
      structure: '',
    }
  )
}

/** From the Assurance maladie, which only knows one for the cast. */
export async function medecinTraitantDe(world: World, distribution: PatientFictif | undefined): Promise<Professionnel | undefined> {
  if (distribution?.medecinTraitant === undefined) return undefined
  const medecin = (await castOf(world)).professionnels.find(({ id }) => id === distribution.medecinTraitant)
  return medecin && (await trouver(world, medecin.carte.identifiant, medecin.nomAffiche))
}

/** Letter case and accents do not count. */
export const sansAccents = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
