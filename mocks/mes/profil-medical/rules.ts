import { defineRules } from '#standards/rule.ts'
import { AGE_DE_LA_MAJORITE, type Qualite, type Refus } from '../rules.ts'
import { type Profil, VUES } from '../etats.ts'
import { type ChampSection, type Section, SECTIONS } from './sections.ts'

/** The profile that the patient fills. @see functional.md §3.2 */
export const reglesProfil = defineRules('mocks/mes/profil-medical/rules.ts', {
  'MES-PROFIL-SECTIONS': {
    sentence: 'Le profil médical compte quinze rubriques, que le patient remplit, change et vide.',
    source: 'functional.md §3.2 (ens-mobile) ; les champs de chaque rubrique sont au choix du bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/sections.ts',
  },
  'MES-PROFIL-LIMITES': {
    sentence: 'Une saisie tient dans les champs de sa rubrique : longueurs, dates et réponses prévues.',
    source: 'Les limites ne sont pas publiées',
    certainty: 'propre au bac à sable',
  },
  'MES-PROFIL-NON-CONCERNE': {
    sentence: 'Le patient peut se dire non concerné par une rubrique vide ; y écrire retire cette réponse.',
    source: 'functional.md §3.2 (ens-mobile) ; que la rubrique soit vide est déduit',
    certainty: 'vérifié',
  },
  'MES-PROFIL-PRIVE': {
    sentence: 'Aucun professionnel ne lit le profil médical : seulement la synthèse, si le patient l’enregistre dans ses documents ou l’envoie.',
    source: 'S-049 ; functional.md §3.2 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/routes.ts',
  },
  'MES-PROFIL-SYNTHESE': {
    sentence:
      'La synthèse est un PDF que le patient relit avant de l’enregistrer dans ses documents ; elle devient alors un document comme les autres.',
    source: 'functional.md §3.2 (ens-mobile, catégorie SYNTH_PML) ; sa mise en page est au choix du bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/synthese.ts',
  },
  'MES-HISTOIRE-LECTURE': {
    sentence: 'Mon histoire de santé est remplie par l’Assurance maladie : le patient la lit et ne la change pas.',
    source: 'functional.md §3.1 et §3.2 (ens-mobile)',
    certainty: 'vérifié',
  },
  'MES-HISTOIRE-ALIMENTATION': {
    sentence: 'L’Assurance maladie inscrit dans l’histoire de santé les soins qu’elle a remboursés, quand le profil est ouvert.',
    source:
      'functional.md §3.2 (ens-mobile : « mon histoire de santé (Assurance maladie) ») ; le moment, les champs et les bornes ne sont pas publiés',
    certainty: 'déduit',
  },
  'MES-HISTOIRE-PREMIERE': {
    sentence: 'Le titulaire est prévenu la première fois que son histoire de santé est remplie.',
    source: 'ens-mobile, code PRIMO_ALIM_MHS ; functional.md §3.8',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/histoire.ts',
  },
  'MES-HISTOIRE-MASQUEE': {
    sentence: 'Masquer d’office les nouveaux documents masque aussi l’histoire de santé et les directives anticipées.',
    source: 'functional.md §3.1 (ens-mobile)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/routes.ts',
  },
  'MES-DA-MAJEURS': {
    sentence: 'Les directives anticipées sont réservées aux majeurs.',
    source: 'CSP L.1111-11 ; functional.md §2.5 (ens-mobile)',
    certainty: 'vérifié',
  },
  'MES-DA-PERSONNELLES': {
    sentence: 'Le titulaire seul écrit ses directives anticipées, pas son aidant.',
    source: 'CSP L.1111-11 : la personne les rédige elle-même',
    certainty: 'déduit',
  },
  'MES-DA-RELECTURE': {
    sentence: 'Le titulaire est invité à relire ses directives anticipées, un an après qu’il les a écrites ou changées, puis chaque année.',
    source: 'ens-mobile, code RAPPEL_MODIF_DA ; le délai n’est pas publié (réglage MES-DELAI-RELECTURE-DA)',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/mes/profil-medical/directives.ts',
  },
  'MES-ENTOURAGE-NOTIFIE': {
    sentence: 'Le titulaire est prévenu d’un contact ajouté à son entourage.',
    source: 'ens-mobile, code AJOUT_ENTOURAGE',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/profil-medical/routes-entrees.ts',
  },
})

export type Valeurs = Readonly<Record<string, string>>

/** Whether this person may read or write this section. */
export function refusSection({ adultes }: Section, age: number): Refus | undefined {
  if (!adultes || age >= AGE_DE_LA_MAJORITE) return undefined
  return { refused: reglesProfil['MES-DA-MAJEURS'], about: `le titulaire a ${age} ans`, statut: 403 }
}

export function refusEcriture(section: Section, { age, qualite }: { readonly age: number; readonly qualite: Qualite }): Refus | undefined {
  if (section.lectureSeule) return { refused: reglesProfil['MES-HISTOIRE-LECTURE'], about: 'cette rubrique se lit seulement', statut: 403 }
  const mineur = refusSection(section, age)
  if (mineur || !section.adultes || qualite === 'titulaire') return mineur
  return { refused: reglesProfil['MES-DA-PERSONNELLES'], about: `cette personne agit comme ${qualite}`, statut: 403 }
}

/** @param combien entries the section has now */
export function refusAjout({ maximum, libelle, renvoi }: Section, combien: number): Refus | undefined {
  if (combien < maximum) return undefined
  const about = renvoi ? `les ${renvoi} ont leur propre page` : `« ${libelle} » ne prend pas plus de ${maximum} ligne${maximum > 1 ? 's' : ''}`
  return { refused: reglesProfil['MES-PROFIL-LIMITES'], about, statut: renvoi ? 422 : 409 }
}

/** Cares kept of one person. */
const SOINS = 500

/** Whether the Assurance maladie may write this care down. @param date ISO 8601, as precise as it is known */
export function refusSoin(
  { etat }: Pick<Profil, 'etat'>,
  { date, aujourdHui, combien }: { readonly date: string; readonly aujourdHui: string; readonly combien: number },
): Refus | undefined {
  const refus = (about: string, statut: Refus['statut']): Refus => ({
    refused: reglesProfil['MES-HISTOIRE-ALIMENTATION'],
    about,
    ...(statut && { statut }),
  })
  if (!VUES[etat].alimentation) return refus('le profil n’est pas ouvert', undefined)
  if (date > aujourdHui.slice(0, date.length)) return refus('un soin remboursé a déjà eu lieu', 422)
  return combien >= SOINS ? refus(`l’histoire de santé ne prend pas plus de ${SOINS} lignes`, undefined) : undefined
}

const estPose = ({ si }: ChampSection, valeurs: Valeurs): boolean => !si || si.parmi.includes(valeurs[si.champ] ?? '')

/** What is kept of what was typed: fields of the section, trimmed, those that are asked. A refusal names the field. */
export function lireValeurs({ champs }: Section, donnees: Readonly<Record<string, unknown>>): { readonly valeurs: Valeurs } | Refus {
  const refus = (about: string): Refus => ({ refused: reglesProfil['MES-PROFIL-LIMITES'], about, statut: 422 })
  const inconnu = Object.keys(donnees).find((nom) => !champs.some((champ) => champ.nom === nom))
  if (inconnu !== undefined) return refus(`les champs sont : ${champs.map(({ nom }) => nom).join(', ')}`)
  const valeurs: Record<string, string> = {}
  for (const champ of champs) {
    const donnee = donnees[champ.nom] ?? ''
    const valeur = typeof donnee === 'string' ? donnee.trim() : undefined
    if (valeur === undefined || valeur.length > champ.max) return refus(`« ${champ.libelle} » est un texte de ${champ.max} caractères au plus`)
    if (!estPose(champ, valeurs)) continue
    if (valeur === '' && champ.requis) return refus(`« ${champ.libelle} » est demandé`)
    if (valeur === '') continue
    if (champ.options && !champ.options.includes(valeur)) return refus(`« ${champ.libelle} » est l’une de ces réponses : ${champ.options.join(', ')}`)
    if (champ.genre === 'date' && !estDate(valeur)) return refus(`« ${champ.libelle} » est une année, un mois (AAAA-MM) ou un jour (AAAA-MM-JJ)`)
    // oxlint-disable-next-line no-control-regex -- what no keyboard types and no page shows
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(valeur)) return refus(`« ${champ.libelle} » contient un caractère invisible`)
    valeurs[champ.nom] = valeur
  }
  return { valeurs }
}

/** `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`, from 1900 to 2199. */
function estDate(texte: string): boolean {
  if (!/^(?:19|20|21)\d\d(?:-\d\d(?:-\d\d)?)?$/.test(texte)) return false
  const jour = `${texte}${'-01-01'.slice(texte.length - 4)}`.slice(0, 10)
  const time = Date.parse(`${jour}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(jour)
}

export function refusNonConcerne({ libelle, maximum }: Section, combien: number): Refus | undefined {
  if (combien === 0 && maximum > 0) return undefined
  const about = maximum === 0 ? `« ${libelle} » ne se remplit pas ici` : `« ${libelle} » est déjà remplie : videz-la d’abord`
  return { refused: reglesProfil['MES-PROFIL-NON-CONCERNE'], about }
}

/** Sections that this person fills: those that are answered, by an entry or by « non concerné », over those that are asked. */
export function completude(age: number, reponduA: (section: Section) => boolean): { readonly remplies: number; readonly sur: number } {
  const posees = (SECTIONS as readonly Section[]).filter((une) => !une.lectureSeule && !refusSection(une, age))
  return { remplies: posees.filter(reponduA).length, sur: posees.length }
}
