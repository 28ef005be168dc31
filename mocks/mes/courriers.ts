import type { MotifFermeture } from './etats.ts'
import type { TypeEvenement } from './lifecycle.ts'
import type { Courrier } from './store.ts'

/** What is written to the person when the profile changes. Never a trait of health. */
export interface Lettre {
  readonly objet: string
  readonly texte: string
  /** A code provisoire goes with it. */
  readonly avecCode?: true
}

/** Letters of the CNAM, by what happened. @see functional.md §2.1 */
const LETTRES: Readonly<Partial<Record<TypeEvenement, Lettre>>> = {
  'cnam.informe': {
    objet: 'Mon espace santé : votre profil va s’ouvrir',
    texte:
      'Sans opposition de votre part, il s’ouvrira dans six semaines. Vous pourrez aussi le fermer plus tard. Pour l’activer dès maintenant ou vous opposer, votre code provisoire :',
    avecCode: true,
  },
  'cnam.echoueNotice': {
    objet: 'Mon espace santé : votre profil va s’ouvrir',
    texte:
      'Notre courriel nous est revenu, nous vous écrivons donc par la poste. Sans opposition de votre part, votre profil s’ouvrira dans six semaines. Votre code provisoire :',
    avecCode: true,
  },
  'cnam.echoueOuverture': {
    objet: 'Mon espace santé : ouverture impossible',
    texte: 'Une difficulté technique empêche l’ouverture de votre profil. Rien n’a été ouvert.',
  },
  'delai.opposition': {
    objet: 'Mon espace santé : votre profil est ouvert',
    texte: 'Activez-le pour lire les documents que vos professionnels y déposent.',
  },
  'patient.oppose': {
    objet: 'Mon espace santé : preuve d’opposition',
    texte: 'Votre opposition est enregistrée. Aucun profil n’est ouvert à votre nom.',
  },
  'patient.active': { objet: 'Mon espace santé : profil activé', texte: 'Votre profil est activé.' },
  'patient.cree': { objet: 'Mon espace santé : profil créé', texte: 'Votre profil est créé. Il est vide.' },
  'patient.ferme': {
    objet: 'Mon espace santé : profil fermé',
    texte: 'Vos données sont gardées dix ans. Vous pouvez rouvrir votre profil jusque-là.',
  },
  'patient.fermeEtSupprime': {
    objet: 'Mon espace santé : demande de suppression',
    texte: 'Votre profil est fermé. Vos données seront supprimées sous trois mois.',
  },
  'patient.demandeSuppression': {
    objet: 'Mon espace santé : demande de suppression',
    texte: 'Vos données seront supprimées sous trois mois. Vous pouvez encore y renoncer.',
  },
  'patient.renonceSuppression': {
    objet: 'Mon espace santé : suppression annulée',
    texte: 'Votre demande de suppression est annulée. Votre profil reste fermé.',
  },
  'patient.rouvre': { objet: 'Mon espace santé : profil rouvert', texte: 'Votre profil est rouvert, avec vos données.' },
  'cnam.suspend': {
    objet: 'Mon espace santé : profil suspendu',
    texte: 'Votre profil est suspendu. Sans réponse de votre part sous six semaines, il sera fermé.',
  },
  'patient.conteste': { objet: 'Mon espace santé : suspension levée', texte: 'Après vérification, votre profil vous est rendu.' },
  'delai.suspension': {
    objet: 'Mon espace santé : profil fermé',
    texte: 'Sans réponse de votre part, votre profil suspendu est fermé. Vos données sont gardées dix ans.',
  },
  'delai.suppression': { objet: 'Mon espace santé : données supprimées', texte: 'Comme vous l’avez demandé, vos données sont supprimées.' },
  'delai.archive': { objet: 'Mon espace santé : données supprimées', texte: 'Votre profil est fermé depuis dix ans : vos données sont supprimées.' },
}

/** @param motif of the closing: nobody writes to the dead */
export const lettreDe = (evenement: TypeEvenement, motif: MotifFermeture | null): Lettre | undefined =>
  motif === 'FERMETURE_DECES' ? undefined : LETTRES[evenement]

/** By e-mail when an address is known, by post otherwise, and when the e-mail came back. */
export const canalDeLaLettre = (evenement: TypeEvenement, courriel: string): Courrier['canal'] =>
  courriel === '' || evenement === 'cnam.echoueNotice' ? 'courrier' : 'courriel'
