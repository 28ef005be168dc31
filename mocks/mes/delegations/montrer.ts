import type { World } from '../../world.ts'
import { VUES } from '../etats.ts'
import type { Ouvert } from '../page.ts'
import { refusPour } from '../page.ts'
import { ageLe, estRefus, type Qualite, qualiteDe } from '../rules.ts'
import { nomDe, profilDe, type TitulaireConnu, titulaireDe, titulaireParId } from '../store.ts'
import { aJour } from './delegation.ts'
import { ETATS_DELEGATION, type EvenementDelegation } from './lifecycle.ts'
import { MAXIMUMS, refusDEtat } from './rules.ts'
import { type DelegationEnregistree, delegationsDe, delegationsPour } from './store.ts'

/** Acts on a delegation, by the name in the path; `cote`: whose act it is. */
export const ACTES_DELEGATION = {
  accepter: { libelle: 'Accepter', cote: 'délégué', evenement: 'delegue.accepte' },
  refuser: { libelle: 'Refuser', cote: 'délégué', evenement: 'delegue.refuse' },
  renoncer: { libelle: 'Mettre fin à mon accès', cote: 'délégué', evenement: 'delegue.revoque' },
  retirer: { libelle: 'Retirer', cote: 'titulaire', evenement: 'titulaire.revoque' },
} as const satisfies Record<string, { libelle: string; cote: Cote; evenement: EvenementDelegation['type'] }>

export type ActeDelegation = keyof typeof ACTES_DELEGATION

/** On which side of the delegation the profile at hand is. */
export type Cote = 'titulaire' | 'délégué'

export const coteDe = ({ matriculeIns }: Pick<Ouvert, 'matriculeIns'>, une: DelegationEnregistree): Cote =>
  une.matriculeIns === matriculeIns ? 'titulaire' : 'délégué'

async function montrerUne(world: World, ouvert: Ouvert, une: DelegationEnregistree): Promise<object> {
  const cote = coteDe(ouvert, une)
  const nom = async (matricule: string) => {
    const titulaire = await titulaireDe(world, matricule)
    return titulaire ? nomDe(titulaire) : ''
  }
  const agit = refusPour(ouvert, 'gestion') === undefined
  return {
    id: une.id,
    type: une.type,
    etat: une.etat,
    libelle: ETATS_DELEGATION[une.etat],
    cote,
    titulaire: await nom(une.matriculeIns),
    delegue: await nom(une.delegue),
    demandeur: await nom(une.demandeur),
    demandeLe: une.demandeLe,
    finLe: une.contexte.finLe,
    depuis: une.contexte.depuis,
    preuve: une.preuve ?? null,
    actes: agit
      ? Object.entries(ACTES_DELEGATION)
          .filter(([, acte]) => acte.cote === cote && !refusDEtat(une, { type: acte.evenement, le: world.now() }))
          .map(([acte, { libelle }]) => ({ acte, libelle }))
      : [],
  }
}

/** Who is named on this profile, and whom its holder was named for, newest first. */
export async function montrerDelegations(world: World, ouvert: Ouvert): Promise<object> {
  const { matriculeIns, profil } = ouvert
  const lignes: object[] = []
  for (const une of [...(await delegationsDe(world, matriculeIns)), ...(await delegationsPour(world, matriculeIns))])
    lignes.push(await montrerUne(world, ouvert, aJour(world, une)))
  const idCurateur = profil.liens.find(({ lien }) => lien === 'curateur')?.patient
  const curateur = idCurateur === undefined ? undefined : await titulaireParId(world, idCurateur)
  return {
    maximums: MAXIMUMS,
    delegations: lignes,
    curateur: curateur ? { nom: nomDe(curateur), admis: profil.liens.some(({ lien }) => lien === 'curateur admis') } : null,
  }
}

/** In what order they are offered, and what each link makes of them. */
const LIENS_VERS: ReadonlySet<string> = new Set(['enfant', 'protégé', 'assisté', 'aidé'])

interface ProfilRattache {
  readonly matriculeIns: string
  readonly nomAffiche: string
  readonly dateNaissance: string
  readonly age: number
  /** In which capacity the holder opens it. */
  readonly qualite: Qualite
  readonly etat: string
  readonly libelle: string
}

/** The profiles that this person may open beside their own: each says so by itself, by the same rule as at each act. */
export async function profilsRattaches(world: World, titulaire: TitulaireConnu): Promise<ProfilRattache[]> {
  const { liens, etat: sienEtat } = await profilDe(world, titulaire)
  const actif = VUES[sienEtat].patient === 'tout'
  const rattaches: ProfilRattache[] = []
  for (const { patient } of liens.filter(({ lien }) => LIENS_VERS.has(lien))) {
    const autre = await titulaireParId(world, patient)
    if (!autre) continue
    const profil = await profilDe(world, autre)
    const { dateNaissance } = autre.personne
    const age = ageLe(dateNaissance, world.now())
    const qualite = qualiteDe({ age, liens: profil.liens }, titulaire.personne.id)
    if (estRefus(qualite) || (qualite === 'aidant' && !actif)) continue
    const { etat } = profil
    rattaches.push({ matriculeIns: autre.matriculeIns, nomAffiche: nomDe(autre), dateNaissance, age, qualite, etat, libelle: VUES[etat].libelle })
  }
  return rattaches
}
