import { adressePatient } from '#standards/mssante/adresses.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { castOf } from '../database/registre.ts'
import type { IdentityCard } from '../kit/service.ts'
import type { World } from '../world.ts'
import { boites, type BoiteEnregistree, domaines } from './store.ts'

const SOURCE = 'Distribution du bac à sable'

/** Whom to write to and from where, and what then happens. */
export async function identites(world: World): Promise<IdentityCard[]> {
  const { patients } = await castOf(world)
  const conformes = new Map((await world.store.range(domaines, { limit: 1_000 })).map((un) => [un.nom, un]))
  const toutes = await world.store.range(boites, { limit: 1_000 })
  const cartes: IdentityCard[] = toutes.map((une) => ({
    id: `bal-${une.adresse}`,
    name: une.libelle,
    kind: une.type === 'PER' ? 'professionnel' : 'structure',
    send: {
      adresse: une.adresse,
      type: une.type,
      ouvre: une.type === 'APP' ? `certificat ${une.structure}` : [...une.titulaires, ...une.delegues].join(', '),
    },
    triggers: declenche(une, conformes.get(une.domaine)?.listeBlanche ?? false, conformes.get(une.domaine)?.conforme ?? false),
    service: 'mssante',
    source: SOURCE,
  }))
  for (const { id, nomAffiche, personne } of patients) {
    const matricule = matriculeIns(personne.ins)
    const { etat } = await world.ask.situationDossier(matricule)
    cartes.push({
      id: `boite-${id}`,
      name: nomAffiche,
      kind: 'patient',
      send: { adresse: adressePatient(matricule) },
      triggers:
        etat === 'ouvert'
          ? 'Remis dans la messagerie du patient.'
          : etat === 'fermé'
            ? 'Revient : 550 5.2.1 messagerie fermée.'
            : 'Revient : 550 5.1.1 patient non trouvé.',
      service: 'mssante',
      source: SOURCE,
    })
  }
  return cartes
}

function declenche({ fermee, listeRouge, depubliee, octets, quota, type }: BoiteEnregistree, listeBlanche: boolean, conforme: boolean): string {
  if (!listeBlanche) return 'Refusée : 550 5.7.1, domaine hors de la liste blanche.'
  if (fermee) return 'Revient : 550 5.2.1 boîte fermée.'
  if (octets >= quota) return 'Revient : 552 5.2.2 boîte pleine.'
  if (!conforme) return 'Reçoit, mais un logiciel Ségur ne l’ouvre pas : opérateur non conforme.'
  if (listeRouge) return 'Reçoit, absente de l’annuaire (liste rouge).'
  if (depubliee) return 'Reçoit, retirée de l’annuaire faute d’usage.'
  return type === 'APP' ? 'Reçoit ; s’ouvre par certificat d’organisation.' : 'Reçoit.'
}
