import type { Answers, BoiteMss } from '../world.ts'
import { type BoiteEnregistree, boites, domaines } from './store.ts'

/** What the directory asks of the trust space, and what its draft PATCH changes in it. */

const MAX_BOITES = 10_000
const QUOTA_NEUF = 1_000_000_000

const publiee = ({
  adresse,
  type,
  libelle,
  structure,
  titulaires,
  listeRouge,
  depubliee,
  fermee,
  description,
  service,
  rang,
}: BoiteEnregistree): BoiteMss => ({
  adresse,
  type,
  libelle,
  structure,
  titulaires,
  listeRouge,
  depubliee,
  fermee,
  description,
  service,
  rang,
})

export const reponsesAnnuaire: Pick<Required<Answers>, 'boitesMss' | 'inscrireBoiteMss' | 'retirerBoiteMss'> = {
  async boitesMss({ store }) {
    return (await store.range(boites, { limit: MAX_BOITES })).map(publiee)
  },

  async inscrireBoiteMss({ store }, boite) {
    const connue = await store.get(boites, boite.adresse)
    if (connue && connue.type !== boite.type) return false
    const domaine = boite.adresse.slice(boite.adresse.indexOf('@') + 1)
    if (!(await store.get(domaines, domaine))?.listeBlanche) return false
    const neuve = { domaine, delegues: [], cesseActivite: false, quota: QUOTA_NEUF, octets: 0, ouverteLe: null }
    await store.put(boites, { ...neuve, ...connue, ...boite })
    return true
  },

  async retirerBoiteMss({ store }, adresse) {
    if (!(await store.get(boites, adresse))) return false
    await store.delete(boites, adresse)
    return true
  },
}
