import { castOf } from '../../database/registre.ts'
import type { ContactDuPatient, World } from '../../world.ts'
import { estPharmacieJoignable, refusDeCommencer } from '../rules/conversation.ts'
import { boites, type BoiteEnregistree } from '../store.ts'
import { boiteDe, Carnet } from './fil.ts'

/** Whom a patient finds when writing. */

const MAX_CONTACTS = 50
const MAX_BOITES = 10_000

const plein = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

async function secteurs(world: World): Promise<ReadonlyMap<string, string>> {
  const { structures } = await castOf(world)
  return new Map(structures.map(({ identifiant, secteurActivite }) => [identifiant, secteurActivite.code]))
}

/** Mailboxes by whose name the patient finds them, machines left out. */
const proposable = ({ type, listeRouge, depubliee, fermee }: BoiteEnregistree): boolean => type !== 'APP' && !listeRouge && !depubliee && !fermee

export async function contactsDuPatient(world: World, matriculeIns: string, cherche: string): Promise<ContactDuPatient[]> {
  const boite = boiteDe(matriculeIns)
  const carnet = await Carnet.de(world, boite)
  const connus = new Set(carnet.tous.map(({ bal }) => bal))
  const mots = plein(cherche).split(/\s+/).filter(Boolean)
  const trouve = (nom: string) => mots.every((mot) => plein(nom).includes(mot))
  const officines = await secteurs(world)
  const liste: ContactDuPatient[] = []
  for (const { bal, nom, reference, etat } of carnet.tous) {
    const refus = refusDeCommencer(etat, false, nom)
    const une = await world.store.get(boites, bal)
    if (trouve(nom))
      liste.push({
        reference,
        nom,
        genre: 'contact',
        possible: !refus,
        ...(refus ? { motif: refus.about } : {}),
        inactif: une?.cesseActivite ?? false,
      })
  }
  if (mots.length > 0) {
    const vus = new Set<string>()
    // One line for one owner: the mailbox they prefer.
    for (const une of (await world.store.range(boites, { limit: MAX_BOITES })).toSorted((a, b) => a.rang - b.rang)) {
      if (connus.has(une.adresse) || !proposable(une) || !trouve(une.libelle) || vus.has(referenceDe(une))) continue
      vus.add(referenceDe(une))
      const pharmacie = estPharmacieJoignable(une, officines.get(une.structure) ?? '')
      const refus = refusDeCommencer('NONE', pharmacie, une.libelle)
      liste.push({
        reference: referenceDe(une),
        nom: une.libelle,
        genre: pharmacie ? 'pharmacie' : 'autre',
        possible: !refus,
        ...(refus ? { motif: refus.about } : {}),
        inactif: une.cesseActivite,
      })
    }
  }
  return liste.slice(0, MAX_CONTACTS)
}

/** Whom the patient never wrote with is called by who owns the mailbox. */
const referenceDe = ({ structure, titulaires, type }: BoiteEnregistree): string => (type === 'PER' ? (titulaires[0] ?? structure) : structure)

/** The mailbox that such a reference means: the preferred one. */
export async function boiteParReference(world: World, reference: string): Promise<BoiteEnregistree | undefined> {
  const tous = await world.store.range(boites, { limit: MAX_BOITES })
  return tous.filter((une) => proposable(une) && referenceDe(une) === reference).toSorted((a, b) => a.rang - b.rang)[0]
}

export const pharmacieJoignable = async (world: World, une: BoiteEnregistree): Promise<boolean> =>
  estPharmacieJoignable(une, (await secteurs(world)).get(une.structure) ?? '')
