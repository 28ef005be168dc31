import { readDuration } from '../../kit/duration.ts'
import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce, noterActe, notifier } from '../annoncer.ts'
import { VUES } from '../etats.ts'
import { ageLe, estRefus, type Qualite, qualiteDe, type Refus } from '../rules.ts'
import { nomDe, profilDe, type TitulaireConnu, titulaireDe } from '../store.ts'
import { type Deux, dire, ROLES } from './annonces.ts'
import { programmerMajorite } from './anniversaire.ts'
import { delier, lier } from './liens.ts'
import { appliquerDelegation, type EvenementDelegation, type TypeDelegation, vive } from './lifecycle.ts'
import { deposerPreuve } from './preuve.ts'
import { DELAI_INVITATION, finDeLInvitation, refusDAcceptation, refusDeDesignation, refusDEtat, reglesDelegations } from './rules.ts'
import { type DelegationEnregistree, delegations, delegationsDe, delegationsPour } from './store.ts'

export const reglagesDelegations = {
  'MES-DELAI-INVITATION': {
    title: 'Délai pour répondre à une invitation d’aidant, durée ISO 8601',
    initial: DELAI_INVITATION,
    source: 'Une invitation expire (ens-mobile) ; sa durée n’est publiée nulle part',
  },
} as const

/** ISO 8601; a setting that is no duration counts for nothing. */
export function delaiInvitation(world: World): string {
  const voulu = String(world.setting('MES-DELAI-INVITATION'))
  return readDuration(voulu) ? voulu : DELAI_INVITATION
}

const timerDe = (id: string): string => `mes.delegation:${id}`

/** The delegation with the end that the setting gives it now. */
export const aJour = (world: World, une: DelegationEnregistree): DelegationEnregistree =>
  une.etat === 'PENDING' ? { ...une, contexte: { ...une.contexte, finLe: finDeLInvitation(une.demandeLe, delaiInvitation(world)) } } : une

const actif = async (world: World, titulaire: TitulaireConnu): Promise<boolean> => VUES[(await profilDe(world, titulaire)).etat].patient === 'tout'

const aidesDe = async (world: World, matriculeIns: string): Promise<number> =>
  (await delegationsPour(world, matriculeIns)).filter(({ type, etat }) => type === 'CAREGIVING' && etat === 'ACCEPTED').length

/** Somebody names somebody: who, in which capacity, for which profile. */
export interface Invitation {
  readonly type: Exclude<TypeDelegation, 'ASSISTANCE'>
  readonly attestation: boolean
  readonly titulaire: TitulaireConnu
  readonly delegue: TitulaireConnu
  readonly par: TitulaireConnu
  readonly qualite: Qualite
  /** Name shown of who invites. */
  readonly auteur: string
}

/** Inside a transaction. */
export async function inviter(world: World, invitation: Invitation): Promise<DelegationEnregistree | Refus> {
  const { type, titulaire, delegue, par, auteur } = invitation
  const { matriculeIns } = titulaire
  const le = world.now()
  const { liens } = await profilDe(world, titulaire)
  const age = ageLe(titulaire.personne.dateNaissance, le)
  const deja = qualiteDe({ age, liens }, delegue.personne.id)
  const vives = (await delegationsDe(world, matriculeIns)).filter((une) => une.type === type && vive(une) && !depassee(aJour(world, une), le))
  const refus = refusDeDesignation({
    ...invitation,
    age,
    delegue: {
      actif: await actif(world, delegue),
      age: ageLe(delegue.personne.dateNaissance, le),
      deja: estRefus(deja)
        ? liens.some(({ lien, patient }) => lien === 'curateur' && patient === delegue.personne.id)
          ? 'curateur'
          : undefined
        : deja,
    },
    vives: vives.map((une) => ({ etat: une.etat as 'PENDING' | 'ACCEPTED', lui: une.delegue === delegue.matriculeIns })),
    aides: await aidesDe(world, delegue.matriculeIns),
  })
  if (refus) return refus
  const nouvelle: DelegationEnregistree = {
    id: world.newId(),
    type,
    matriculeIns,
    delegue: delegue.matriculeIns,
    demandeur: par.matriculeIns,
    demandeLe: le,
    etat: 'PENDING',
    contexte: { demandeLe: le, finLe: finDeLInvitation(le, delaiInvitation(world)), depuis: le },
  }
  await world.store.put(delegations, nouvelle)
  await programmer(world, nouvelle)
  await noterActe(world, matriculeIns, auteur, `Invitation envoyée à ${nomDe(delegue)} : ${ROLES[type]}.`)
  await notifier(world, delegue, {
    code: 'PARTAGE_PROFIL_AIDANT',
    ...(type === 'LEGAL_REPRESENTATION' && { titre: 'Demande pour devenir second représentant légal' }),
    texte: `${auteur} vous propose de devenir ${par.matriculeIns === matriculeIns ? `son ${ROLES[type]}` : `${ROLES[type]} de ${nomDe(titulaire)}`}. Répondez dans « Aidants et représentants ».`,
  })
  return nouvelle
}

const depassee = ({ contexte: { finLe } }: DelegationEnregistree, le: number): boolean => finLe !== null && finLe <= le

const programmer = (world: World, { id, matriculeIns, contexte: { finLe } }: DelegationEnregistree): Promise<void> =>
  finLe === null
    ? world.cancel(timerDe(id))
    : world.schedule({ id: timerDe(id), dueAt: finLe, service: 'mes', what: 'invitation', subject: matriculeIns, data: { delegation: id } })

/** The holder lets in the curator that the judge named. Inside a transaction. */
export async function admettre(
  world: World,
  titulaire: TitulaireConnu,
  curateur: TitulaireConnu,
  auteur: string,
): Promise<DelegationEnregistree | Refus> {
  const { matriculeIns } = titulaire
  const le = world.now()
  if ((await delegationsDe(world, matriculeIns)).some((une) => une.type === 'ASSISTANCE' && une.etat === 'ACCEPTED'))
    return { refused: reglesDelegations['MES-DELEGATION-DEJA'], about: 'le profil est déjà ouvert au curateur' }
  const nouvelle: DelegationEnregistree = {
    id: world.newId(),
    type: 'ASSISTANCE',
    matriculeIns,
    delegue: curateur.matriculeIns,
    demandeur: matriculeIns,
    demandeLe: le,
    etat: 'PENDING',
    contexte: { demandeLe: le, finLe: null, depuis: le },
  }
  await noterActe(world, matriculeIns, auteur, `Profil ouvert à ${nomDe(curateur)}, curateur.`)
  return await changerDelegation(world, nouvelle, { type: 'titulaire.admet', le }, { titulaire, delegue: curateur })
}

export async function lesDeux(world: World, { matriculeIns, delegue }: DelegationEnregistree): Promise<Deux | undefined> {
  const [titulaire, autre] = [await titulaireDe(world, matriculeIns), await titulaireDe(world, delegue)]
  return titulaire && autre && { titulaire, delegue: autre }
}

/** What comes with the answer to an invitation. */
export async function repondre(
  world: World,
  avant: DelegationEnregistree,
  evenement: EvenementDelegation,
  deux: Deux,
): Promise<DelegationEnregistree | Refus> {
  const refus = refusDEtat(avant, evenement)
  if (refus) return refus
  if (evenement.type === 'delegue.accepte') {
    const vives = (await delegationsDe(world, avant.matriculeIns)).filter(({ type, etat }) => type === 'CAREGIVING' && etat === 'ACCEPTED')
    const non = refusDAcceptation(avant, {
      attestation: evenement.attestation,
      actif: await actif(world, deux.delegue),
      aides: await aidesDe(world, avant.delegue),
      aidants: vives.length,
    })
    if (non) return non
  }
  return await changerDelegation(world, avant, evenement, deux)
}

/** Makes a delegation go through an event, with its link, its proof, its timer and who is told. Inside a transaction. */
async function changerDelegation(
  world: World,
  avant: DelegationEnregistree,
  evenement: EvenementDelegation,
  { titulaire, delegue }: Deux,
): Promise<DelegationEnregistree> {
  const suivant = appliquerDelegation(avant, evenement)
  if (!suivant) throw new Error(`${evenement.type} was let through and the machine refused it in ${avant.etat}`)
  const { type } = avant
  let apres: DelegationEnregistree = { ...avant, ...suivant }
  if (apres.etat === 'ACCEPTED') {
    await lier(world, type, titulaire, delegue)
    if (type === 'LEGAL_REPRESENTATION') await programmerMajorite(world, titulaire)
    const preuve = type === 'CAREGIVING' ? await deposerPreuve(world, titulaire, delegue) : undefined
    if (preuve) apres = { ...apres, preuve }
  } else if (avant.etat === 'ACCEPTED' && apres.etat !== 'ENDED') await delier(world, type, titulaire, delegue)
  await world.store.put(delegations, apres)
  await programmer(world, apres)
  await dire(world, apres, evenement, { titulaire, delegue })
  return apres
}

/** The delay set with the invitation is over. A setting may have moved it since. */
export async function expirer({ data }: Timer, world: World): Promise<void> {
  const gardee = await world.store.get(delegations, (data as { delegation: string }).delegation)
  const deux = gardee && (await lesDeux(world, gardee))
  if (!gardee || !deux || gardee.etat !== 'PENDING') return
  const une = aJour(world, gardee)
  if (depassee(une, world.now())) await changerDelegation(world, une, { type: 'delai.invitation', le: world.now() }, deux)
  else await programmer(world, une)
}

/** What the end of the delay will do, in words. */
export async function direInvitation({ data }: Timer, world: World): Promise<Annonce | undefined> {
  const gardee = await world.store.get(delegations, (data as { delegation: string }).delegation)
  const deux = gardee && (await lesDeux(world, gardee))
  if (!gardee || !deux || gardee.etat !== 'PENDING' || !depassee(aJour(world, gardee), world.now())) return undefined
  const quoi = `voit expirer l’invitation de ${nomDe(deux.delegue)}, restée sans réponse`
  return annonce(deux.titulaire, quoi, reglesDelegations['MES-DELEGATION-EXPIREE'].code)
}

/** The holder is of age: no more legal representatives. Inside a transaction. */
export async function finirALaMajorite(world: World, matriculeIns: string): Promise<void> {
  for (const une of await delegationsDe(world, matriculeIns)) {
    const deux = une.type === 'LEGAL_REPRESENTATION' && vive(une) ? await lesDeux(world, une) : undefined
    if (deux) await changerDelegation(world, une, { type: 'delai.majorite', le: world.now() }, deux)
  }
}

/** The data of a profile are deleted: whoever helped it, or was helped from it, does no more. Inside a transaction. */
export async function rompreTout(world: World, matriculeIns: string): Promise<void> {
  const le = world.now()
  for (const [siennes, type] of [
    [await delegationsDe(world, matriculeIns), 'titulaire.revoque'],
    [await delegationsPour(world, matriculeIns), 'delegue.revoque'],
  ] as const)
    for (const une of siennes.filter(({ etat }) => etat === 'ACCEPTED' || (etat === 'PENDING' && type === 'titulaire.revoque'))) {
      const deux = await lesDeux(world, une)
      if (deux) await changerDelegation(world, une, { type, le }, deux)
    }
}
