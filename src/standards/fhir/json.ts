import type { Anomalie, Objet, Ressource } from './types.ts'

/** What one message may weigh; nothing Mon espace santé exchanges comes near. */
const LIMITES_FHIR = { octets: 262_144, profondeur: 24, valeurs: 5_000, texte: 10_000 }

export type LectureFhir = { readonly ressource: Ressource } | { readonly statut: 400 | 413 | 422; readonly anomalie: Anomalie }

/** A resource in JSON, bounded in bytes, depth, number of values and length of each text; names are those FHIR allows. */
export function lireRessource(bytes: Uint8Array): LectureFhir {
  if (bytes.length > LIMITES_FHIR.octets)
    return { statut: 413, anomalie: { code: 'too-long', diagnostics: `Le corps dépasse ${LIMITES_FHIR.octets} octets.`, motif: 'bornes' } }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { statut: 400, anomalie: { code: 'structure', diagnostics: 'Le corps n’est pas du JSON en UTF-8.' } }
  }
  const exces = mesurer(value, 0, { valeurs: 0 })
  if (exces) return { statut: 422, anomalie: { code: 'too-costly', diagnostics: exces, motif: 'bornes' } }
  if (!estObjet(value) || typeof value['resourceType'] !== 'string')
    return { statut: 400, anomalie: { code: 'structure', diagnostics: 'Le corps n’est pas une ressource FHIR : « resourceType » manque.' } }
  return { ressource: value as Ressource }
}

/** `_value` for the extensions of a primitive, otherwise a letter first: `__proto__` is no name of FHIR. */
const NOM = /^_?[a-zA-Z][a-zA-Z0-9]{0,63}$/

function mesurer(value: unknown, profondeur: number, compte: { valeurs: number }): string | undefined {
  if (profondeur > LIMITES_FHIR.profondeur) return `Plus de ${LIMITES_FHIR.profondeur} niveaux.`
  if (++compte.valeurs > LIMITES_FHIR.valeurs) return `Plus de ${LIMITES_FHIR.valeurs} valeurs.`
  if (typeof value === 'string') return value.length > LIMITES_FHIR.texte ? `Un texte dépasse ${LIMITES_FHIR.texte} caractères.` : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) {
    const faux = Object.keys(value).find((nom) => !NOM.test(nom))
    if (faux !== undefined) return `« ${faux.slice(0, 40)} » n’est pas un nom d’élément FHIR.`
  }
  for (const part of Object.values(value)) {
    const exces = mesurer(part, profondeur + 1, compte)
    if (exces) return exces
  }
  return undefined
}

export const estObjet = (value: unknown): value is Objet => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of an array, `[]` for anything else. */
export const objets = (value: unknown): readonly Objet[] => (Array.isArray(value) ? value.filter(estObjet) : [])

export const objet = (value: unknown): Objet => (estObjet(value) ? value : {})

/** A non-empty text of at most `longueur` characters, undefined for anything else. */
export const texte = (value: unknown, longueur = 1_000): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= longueur ? value : undefined

/** The named parts of a resource that are there, as they came. */
export const garder = (ressource: Objet, noms: readonly string[]): Objet =>
  Object.fromEntries(noms.filter((nom) => ressource[nom] !== undefined).map((nom) => [nom, ressource[nom]]))
