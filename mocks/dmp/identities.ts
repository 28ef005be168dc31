import { castOf } from '../database/registre.ts'
import type { PatientFictif } from '../database/distribution.ts'
import type { IdentityCard } from '../kit/service.ts'
import type { World } from '../world.ts'
import { autorisationDe } from './store.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { writeCx } from '#standards/ins/matricule-ins.ts'

/** What TD0.2 answers for each patient of the cast, now, to the doctor of the practice. */
export async function identites(world: World): Promise<IdentityCard[]> {
  const { patients, professionnels } = await castOf(world)
  const medecin = professionnels.find(({ carte }) => carte.genre === 'CPS')
  return Promise.all(
    patients.map(async ({ id, nomAffiche, personne }: PatientFictif) => {
      const situation = await world.ask.situationDossier(matriculeIns(personne.ins))
      const { statut } = medecin
        ? await autorisationDe(world, matriculeIns(personne.ins), {
            genre: 'CPS',
            nameId: medecin.carte.identifiant,
            structureId: medecin.carte.structure.identifiant,
          })
        : { statut: 'NON_EXISTE' }
      const triggers =
        situation.etat === 'inexistant'
          ? 'TD0.2 : aucun DMP (NF) ; dépôt et recherche : XDSUnknownPatientId'
          : situation.etat === 'fermé'
            ? 'TD0.2 : DMP fermé, avec date et motif ; dépôt et recherche : DMPClosed'
            : `TD0.2 : DMP ouvert, autorisation ${statut} pour ${medecin?.nomAffiche ?? 'le médecin'} ; dépôt accepté`
      return { id, name: nomAffiche, kind: 'patient', send: { 'resource-id': writeCx(personne.ins) }, triggers, service: 'dmp', source: 'dmp.md §6' }
    }),
  )
}
