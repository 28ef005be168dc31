import { writePdf, type Bloc } from '#standards/pdf/pdf.ts'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import type { MesureEnregistree } from '../mesures/store.ts'
import { MESURES } from '../mesures/types.ts'
import { HISTOIRE, type Section, SECTIONS } from './sections.ts'
import type { EntreeProfil } from './store.ts'

/** What a synthesis is written from. */
export interface MatiereSynthese {
  readonly personne: PersonneIdentifiee
  readonly nom: string
  readonly matriculeIns: string
  /** Simulated milliseconds. */
  readonly le: number
  readonly entrees: readonly EntreeProfil[]
  readonly nonConcernes: ReadonlySet<string>
  /** The newest of each kind. */
  readonly mesures: readonly MesureEnregistree[]
}

const JOUR = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: 'numeric', month: 'long', year: 'numeric' })

/** What stays out of the synthesis: the Assurance maladie's own, and papers. */
const HORS_SYNTHESE: ReadonlySet<string> = new Set([HISTOIRE, 'pieces-administratives'])

export const TITRE_SYNTHESE = 'Synthèse de mon profil médical'
/** « Profil médical Mon espace santé ». @see ASS_X16 */
export const TYPE_SYNTHESE = 'DOCPAT08'

/** The synthesis of the profile: sections that are answered, in their order. */
export function ecrireSynthese({ personne, nom, matriculeIns, le, entrees, nonConcernes, mesures }: MatiereSynthese): Uint8Array {
  const blocs: Bloc[] = [
    { genre: 'titre', texte: TITRE_SYNTHESE },
    { genre: 'texte', texte: `${nom}, né${personne.sexe === 'F' ? 'e' : ''} le ${jourDe(personne.dateNaissance)}` },
    { genre: 'discret', texte: `Matricule INS ${matriculeIns}. Écrite par le patient le ${JOUR.format(le)} ; ce n’est pas un avis médical.` },
  ]
  const vides: string[] = []
  for (const section of (SECTIONS as readonly Section[]).filter(({ id }) => !HORS_SYNTHESE.has(id))) {
    const lignes = section.renvoi
      ? mesures.map(ligneDeMesure)
      : entrees.filter((une) => une.section === section.id).map((une) => ligneDe(section, une))
    if (nonConcernes.has(section.id)) lignes.push('Non concerné.')
    if (lignes.length === 0) vides.push(section.libelle.toLowerCase())
    else blocs.push({ genre: 'partie', texte: section.libelle }, ...lignes.map((texte): Bloc => ({ genre: 'texte', texte: `• ${texte}` })))
  }
  if (vides.length > 0) blocs.push({ genre: 'partie', texte: 'Non renseigné' }, { genre: 'discret', texte: `${vides.join(', ')}.` })
  return writePdf({ titre: TITRE_SYNTHESE, auteur: nom, creeLe: le, blocs, pied: 'Bac à santé : personne et données fictives' })
}

function ligneDe({ champs }: Section, { valeurs }: EntreeProfil): string {
  const [premier = '', ...reste] = champs
    .filter(({ nom }) => valeurs[nom] !== undefined)
    .map(({ nom, libelle, genre }, rang) => {
      const valeur = genre === 'date' ? jourDe(valeurs[nom]!) : valeurs[nom]!
      return rang === 0 ? valeur : `${libelle.toLowerCase()} : ${valeur}`
    })
  return [premier, ...reste].join(' ; ')
}

function ligneDeMesure({ type, valeur, valeur2, le }: MesureEnregistree): string {
  const { libelle, unite } = MESURES[type]
  return `${libelle} : ${nombre(valeur)}${valeur2 === undefined ? '' : ` / ${nombre(valeur2)}`} ${unite}, le ${JOUR.format(le)}`
}

const nombre = (valeur: number): string => String(valeur).replace('.', ',')

/** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ` as one says it in French. */
function jourDe(texte: string): string {
  const [annee = '', mois, jour] = texte.split('-')
  if (mois === undefined || mois === '00') return annee
  return jour === undefined || jour === '00' ? `${mois}/${annee}` : `${jour}/${mois}/${annee}`
}
