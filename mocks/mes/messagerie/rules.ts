import { defineRules } from '#standards/rule.ts'
import type { Refus } from '../rules.ts'

export const reglesMessagerie = defineRules('mocks/mes/messagerie/rules.ts', {
  'MES-MESSAGERIE-CONVERSATION': {
    sentence: 'Le patient choisit un correspondant et rien d’autre : ni adresse, ni autre destinataire, ni autre patient.',
    source: 'ens-mobile (RecipientsIdInput) ; FAQ-MES',
    certainty: 'vérifié',
  },
  'MES-PIECE-ENREGISTRER': {
    sentence: 'Une pièce jointe n’entre dans les documents que si on l’y enregistre, et si son format et son poids le permettent.',
    source: 'ens-mobile (canAddToDMP) ; formats et 5 Mo des documents ajoutés',
    certainty: 'vérifié',
  },
})

/** Characters. */
export const LONGUEUR = { objet: 200, texte: 20_000 }
export const PIECES_MAX = 20

/** What a body may not name, since the patient does not choose it. */
const INTERDITS = ['a', 'to', 'cc', 'bcc', 'cci', 'adresse', 'destinataires', 'recipients']

export function refusDestinataires(corps: Readonly<Record<string, unknown>>): Refus | undefined {
  const interdit = INTERDITS.find((nom) => nom in corps)
  return interdit === undefined
    ? undefined
    : {
        refused: reglesMessagerie['MES-MESSAGERIE-CONVERSATION'],
        about: `« ${interdit} » ne se donne pas : le correspondant se choisit par sa « reference »`,
        statut: 422,
      }
}
