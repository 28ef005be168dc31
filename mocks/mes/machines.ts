import { json } from '../kit/answers.ts'
import { decrireMachine } from '../kit/machine-description.ts'
import type { Answer, Route } from '../kit/message.ts'
import { ACTES } from './actes.ts'
import { CONTEXTE_INITIAL, type EtatProfil, VUES, vueDesQuatre } from './etats.ts'
import { cycleDuProfil, DELAIS } from './lifecycle.ts'
import { absent } from './page.ts'

/** The word stored for a leaf of the machine of the profile. */
const motDe = (path: readonly string[]): string => (path.at(-1) === 'usable' ? 'active' : path.join('.'))

const QUI: Readonly<Record<string, string>> = { cnam: 'CNAM', patient: 'titulaire', etatCivil: 'état civil', delai: 'délai' }

/** The machine of the profile with the words of the acts, the delays and the rules: all from what enforces them. */
function profil(): object {
  const { initial, etats, transitions } = decrireMachine(cycleDuProfil, motDe)
  const actes = new Map([...ACTES].map(([acte, { evenement, libelle, regle }]) => [evenement as string, { acte, libelle, regle: regle.code }]))
  return {
    nom: 'profil',
    titre: 'Le profil de Mon espace santé',
    initial,
    etats: (etats as EtatProfil[]).map((etat) => ({
      etat,
      libelle: VUES[etat].libelle,
      annonce: VUES[etat].annonce,
      vues: vueDesQuatre({ etat, contexte: { ...CONTEXTE_INITIAL, ouvertLe: 0 } }),
    })),
    transitions: transitions.map(({ de, vers, evenement }) => {
      const delai = DELAIS[de as EtatProfil]
      const agent = QUI[evenement.split('.')[0] ?? ''] ?? 'délai'
      return {
        de,
        vers,
        evenement,
        agent,
        ...actes.get(evenement),
        ...(delai?.evenement === evenement ? { libelle: DELAI_DIT[evenement] ?? evenement, regle: delai.regle, delai: delai.apres } : {}),
      }
    }),
  }
}

const DELAI_DIT: Readonly<Record<string, string>> = {
  'delai.opposition': 'Sans opposition, le profil s’ouvre',
  'delai.suspension': 'Sans contestation, le profil est fermé',
  'delai.suppression': 'Les données sont supprimées',
  'delai.archive': 'L’archive de dix ans s’achève',
}

const MACHINES: Readonly<Record<string, () => object>> = { profil }

const decrire: Route['handle'] = (_message, _world, exchange, parameters): Answer => {
  exchange.name('Mon espace santé · description d’une machine')
  const nom = parameters['nom'] ?? ''
  const machine = Object.hasOwn(MACHINES, nom) ? MACHINES[nom] : undefined
  return machine ? json(machine()) : absent('Machine inconnue', `Machines : ${Object.keys(MACHINES).join(', ')}.`)
}

export const routesMachines: readonly Route[] = [{ method: 'GET', path: '/mes/api/machines/{nom}', handle: decrire }]

export const openapiMachines: Readonly<Record<string, object>> = {
  '/mes/api/machines/{nom}': {
    get: {
      tags: ['Mon espace santé (interface propre au bac à sable)'],
      summary: 'Une machine à états et ses transitions, telles que le bac à sable les applique : de quoi la dessiner.',
      parameters: [{ name: 'nom', in: 'path', required: true, schema: { type: 'string', enum: Object.keys(MACHINES) } }],
      responses: { 200: { description: 'États et transitions', content: { 'application/json': {} } } },
    },
  },
}
