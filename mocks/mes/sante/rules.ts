import { MESURES_FHIR, type TypeMesure } from '#standards/fhir/mesures.ts'
import { defineRules } from '#standards/rule.ts'
import { AGE_DE_LA_MAJORITE, type Refus } from '../rules.ts'
import type { Section } from './sections.ts'

export const reglesSante = defineRules('mocks/mes/sante/rules.ts', {
  'MES-PROFIL-MEDICAL-PATIENT': {
    sentence: 'Les professionnels ne lisent jamais le profil médical ; ils n’en voient que la synthèse que le patient a mise dans ses documents.',
    source: 'S-049 ; ens-mobile, août 2025',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/sante/routes-profil-medical.ts',
  },
  'MES-PROFIL-MEDICAL-SAISIE': {
    sentence: 'Une entrée du profil médical a les champs de sa section, dans leurs limites.',
    source: 'Sections : ens-mobile ; champs et limites propres au bac à sable',
    certainty: 'propre au bac à sable',
  },
  'MES-PROFIL-MEDICAL-NON-CONCERNE': {
    sentence: 'Le patient peut se dire non concerné par une section, qui est alors vide.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DIRECTIVES-ADULTES': {
    sentence: 'Les directives anticipées ne sont pas ouvertes à un mineur.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-DIRECTIVES-RAPPEL': {
    sentence: 'Le patient est invité à relire ses directives anticipées.',
    source: 'ens-mobile, code RAPPEL_MODIF_DA ; délai d’un an propre au bac à sable',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/sante/volet.ts',
  },
  'MES-MESURE-BORNES': {
    sentence: 'Une mesure a une valeur plausible pour son genre, et n’est pas prise dans l’avenir.',
    source: 'Genres et codes : IG mesures de santé ; bornes propres au bac à sable',
    certainty: 'propre au bac à sable',
  },
  'MES-MESURE-SIENNE': {
    sentence: 'Le patient ne supprime que les mesures qu’il a saisies ; celles d’un service se corrigent dans ce service.',
    source: 'functional.md §3.3 et §3.4, par analogie avec l’agenda',
    certainty: 'déduit',
  },
  'MES-AGENDA-LIMITES': {
    sentence: 'Un titre a 100 caractères au plus, une note 1 000, et l’on pose dix rappels au plus par jour.',
    source: 'ens-mobile, août 2025',
    certainty: 'vérifié',
  },
  'MES-AGENDA-TIERS': {
    sentence: 'Un rendez-vous écrit par un service se change dans ce service.',
    source: 'IG agendas partagés ; ens-mobile (EDITOR_SOLUTION)',
    certainty: 'vérifié',
  },
  'MES-AGENDA-RAPPEL': {
    sentence: 'La veille d’un rendez-vous, et le jour d’un rappel, le patient est prévenu selon ses préférences.',
    source: 'ens-mobile, codes RAPPEL_RDV_USAGER et RAPPEL_AGENDA ; FAQ-MES p. 44',
    certainty: 'vérifié',
    enforcedIn: 'mocks/mes/sante/rappels.ts',
  },
})

const non = (code: keyof typeof reglesSante, about: string, statut: Refus['statut'] = 422): Refus => ({
  refused: reglesSante[code],
  about,
  statut: statut!,
})

/** What was given for one entry, checked and trimmed; or why it is refused. */
export function lireEntree({ champs }: Section, donnees: Readonly<Record<string, unknown>>): Record<string, string> | Refus {
  const inconnu = Object.keys(donnees).find((nom) => !champs.some((champ) => champ.nom === nom))
  if (inconnu !== undefined) return non('MES-PROFIL-MEDICAL-SAISIE', `le champ « ${inconnu.slice(0, 40)} » n’est pas de cette section`)
  const entree: Record<string, string> = {}
  for (const { nom, libelle, genre, obligatoire, max = 200, choix } of champs) {
    const donne = donnees[nom] ?? ''
    if (typeof donne !== 'string') return non('MES-PROFIL-MEDICAL-SAISIE', `« ${libelle} » est un texte`)
    const valeur = donne.trim()
    if (valeur === '' && obligatoire) return non('MES-PROFIL-MEDICAL-SAISIE', `« ${libelle} » est demandé`)
    if (valeur.length > max) return non('MES-PROFIL-MEDICAL-SAISIE', `« ${libelle} » dépasse ${max} caractères`)
    if (valeur !== '' && genre === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(valeur))
      return non('MES-PROFIL-MEDICAL-SAISIE', `« ${libelle} » est une date AAAA-MM-JJ`)
    if (valeur !== '' && choix && !choix.includes(valeur)) return non('MES-PROFIL-MEDICAL-SAISIE', `« ${libelle} » : ${choix.join(', ')}`)
    if (valeur !== '') entree[nom] = valeur
  }
  return entree
}

/** Whether this section is open to a person of this age. */
export const refusSection = ({ adultes }: Section, age: number): Refus | undefined =>
  adultes && age < AGE_DE_LA_MAJORITE ? non('MES-DIRECTIVES-ADULTES', `le titulaire a ${age} ans`, 403) : undefined

/** @param le when it was taken @param maintenant simulated milliseconds */
export function refusMesure(type: TypeMesure, valeur: number, valeur2: number | undefined, le: number, maintenant: number): Refus | undefined {
  const { libelle, unite, de, a } = MESURES_FHIR[type]
  if ((type === 'BLOOD_PRESSURE') !== (valeur2 !== undefined))
    return non('MES-MESURE-BORNES', type === 'BLOOD_PRESSURE' ? 'donnez les deux chiffres de la pression' : `${libelle} : une seule valeur`)
  if ([valeur, valeur2 ?? valeur].some((une) => une < de || une > a)) return non('MES-MESURE-BORNES', `${libelle} : de ${de} à ${a} ${unite}`)
  if (valeur2 !== undefined && valeur2 > valeur) return non('MES-MESURE-BORNES', 'le premier chiffre de la pression est le plus grand')
  return le > maintenant ? non('MES-MESURE-BORNES', 'cette mesure est dans l’avenir') : undefined
}

export const RAPPELS_PAR_JOUR = 10

export function refusAgenda({
  titre,
  note,
  rappelsDuJour,
  genre,
}: {
  titre: string
  note: string
  rappelsDuJour: number
  genre: string
}): Refus | undefined {
  if (titre === '' || titre.length > 100) return non('MES-AGENDA-LIMITES', 'le titre a de 1 à 100 caractères')
  if (note.length > 1_000) return non('MES-AGENDA-LIMITES', 'la note dépasse 1 000 caractères')
  return genre === 'rappel' && rappelsDuJour >= RAPPELS_PAR_JOUR
    ? non('MES-AGENDA-LIMITES', `déjà ${RAPPELS_PAR_JOUR} rappels ce jour-là`)
    : undefined
}
