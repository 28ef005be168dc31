import { decrireMachine, type EvenementDit } from '../kit/machine-description.ts'
import { type MachineMontree, openapiDeMachines, routesDeMachines } from '../kit/machine-routes.ts'
import { ACTES } from './actes.ts'
import { machineDesAppariements } from './catalogue/machine.ts'
import { prochaineEcheance } from './delais.ts'
import { machineDesDelegations } from './delegations/machine.ts'
import { CONTEXTE_INITIAL, type EtatProfil, VUES, vueDesQuatre } from './etats.ts'
import { cycleDuProfil, DELAIS } from './lifecycle.ts'
import { ouvrir } from './changement.ts'
import { regles } from './rules-register.ts'
import { nomDe, reglageDelais } from './store.ts'

/** The word stored for a leaf of the machine of the profile. */
const motDe = (path: readonly string[]): string => (path.at(-1) === 'usable' ? 'active' : path.join('.'))

const PAR_EVENEMENT = new Map(
  [...ACTES].map(([acte, { evenement, libelle, agent, regle }]) => [evenement as string, { acte, libelle, agent, regle }]),
)

/** What a delay of the profile does. */
const DELAI_DIT: Readonly<Record<string, string>> = {
  'delai.opposition': 'Sans opposition, le profil s’ouvre',
  'delai.suspension': 'Sans contestation, le profil est fermé',
  'delai.suppression': 'Les données sont supprimées',
  'delai.archive': 'L’archive de dix ans s’achève',
}

function evenement(type: string, de: string): EvenementDit | undefined {
  const acte = PAR_EVENEMENT.get(type)
  if (acte) return { ...acte, regle: acte.regle.code }
  const delai = DELAIS[de as EtatProfil]
  const libelle = DELAI_DIT[type]
  return delai?.evenement === type && libelle ? { agent: 'délai', libelle, regle: delai.regle, delai: delai.apres } : undefined
}

/** The machine of the profile with the words of the acts, the delays and the rules: all from what enforces them. */
export function decrireProfil() {
  const { etats, ...machine } = decrireMachine(cycleDuProfil, {
    nom: 'profil',
    titre: 'Le profil de Mon espace santé',
    motDe,
    etats: VUES,
    evenement,
    gardes: {
      activationPermise: (['MES-CODE-PROVISOIRE', 'MES-ACTIVATION-IDENTITE', 'MES-CGU', 'MES-DECES'] as const).map((code) => regles[code].code),
      verificationFavorable: [regles['MES-SUSPENSION-CONTESTATION'].code],
    },
  })
  const vuesDe = (etat: string) => vueDesQuatre({ etat: etat as EtatProfil, contexte: { ...CONTEXTE_INITIAL, ouvertLe: 0 } })
  return { ...machine, etats: etats.map(({ etat, libelle, annonce }) => ({ etat, libelle, annonce, vues: vuesDe(etat) })) }
}

const profil: MachineMontree = {
  decrire: decrireProfil,
  exemplaires: async (world, matricule) => {
    const ouvert = await ouvrir(world, matricule)
    if (!ouvert) return []
    const echeance = prochaineEcheance(ouvert.profil, reglageDelais(world))
    return [
      {
        id: matricule,
        libelle: nomDe(ouvert),
        etats: [ouvert.profil.etat],
        ...(echeance && { echeance: { le: echeance.le, evenement: echeance.evenement } }),
      },
    ]
  },
}

const MACHINES = { profil, delegation: machineDesDelegations, appariement: machineDesAppariements }

export const routesMachines = routesDeMachines('/mes/api', 'Mon espace santé', MACHINES)

export const openapiMachines = openapiDeMachines('/mes/api', 'Mon espace santé (interface propre au bac à sable)', Object.keys(MACHINES))
