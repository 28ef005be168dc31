import type { Lien } from '../../database/distribution.ts'
import type { World } from '../../world.ts'
import { enregistrer } from '../changement.ts'
import { profilDe, type TitulaireConnu } from '../store.ts'
import type { TypeDelegation } from './lifecycle.ts'

/** What the one named is to the holder, and the reverse. The links of a profile are what `qualiteDe` reads, and nothing else decides. */
const LIENS: Readonly<Record<TypeDelegation, readonly [duDelegue: Lien, duTitulaire: Lien]>> = {
  CAREGIVING: ['aidant', 'aidé'],
  LEGAL_REPRESENTATION: ['parent', 'enfant'],
  ASSISTANCE: ['curateur admis', 'assisté'],
}

/** An accepted delegation becomes a link on both profiles. Inside a transaction. */
export async function lier(world: World, type: TypeDelegation, titulaire: TitulaireConnu, delegue: TitulaireConnu): Promise<void> {
  const [duDelegue, duTitulaire] = LIENS[type]
  await changerLien(world, titulaire, { lien: duDelegue, patient: delegue.personne.id }, true)
  await changerLien(world, delegue, { lien: duTitulaire, patient: titulaire.personne.id }, true)
}

/** The link goes with the delegation; a curator stays the one the judge named. Inside a transaction. */
export async function delier(world: World, type: TypeDelegation, titulaire: TitulaireConnu, delegue: TitulaireConnu): Promise<void> {
  const [duDelegue, duTitulaire] = LIENS[type]
  await changerLien(world, titulaire, { lien: duDelegue, patient: delegue.personne.id }, false)
  if (type !== 'ASSISTANCE') await changerLien(world, delegue, { lien: duTitulaire, patient: titulaire.personne.id }, false)
}

async function changerLien(world: World, de: TitulaireConnu, voulu: { lien: Lien; patient: string }, present: boolean): Promise<void> {
  const profil = await profilDe(world, de)
  const autres = profil.liens.filter(({ lien, patient }) => lien !== voulu.lien || patient !== voulu.patient)
  await enregistrer(world, { ...profil, liens: present ? [...autres, voulu] : autres })
}
