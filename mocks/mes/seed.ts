import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import type { EvenementPasse, ProfessionnelFictif } from '../database/distribution.ts'
import { castOf } from '../database/registre.ts'
import type { IdentityCard } from '../kit/service.ts'
import type { World } from '../world.ts'
import { enregistrer } from './changement.ts'
import { situationDossier, VUES, vueDesQuatre } from './etats.ts'
import { prochaineEcheance } from './delais.ts'
import { NOTIFICATIONS } from './notifications.ts'
import { activites, blocages, cleDuLien, codes, courriers, notifications, profilDe, profilJamaisTouche, reglageDelais } from './store.ts'

/** Code provisoire of the people of the cast who were informed less than six weeks ago: the one on the trainer's cards. */
export const CODE_DE_LA_DISTRIBUTION = '24681357'

/** The profiles of the cast, with their delays running, their blocks and the notice still on the table. */
export async function semer(world: World): Promise<void> {
  const { patients, professionnels } = await castOf(world)
  for (const distribution of patients) {
    const matriculeIns = quinze(distribution.personne.ins)
    const profil = profilJamaisTouche(world, { matriculeIns, personne: distribution.personne, distribution })
    await enregistrer(world, profil)
    for (const { le, evenement } of distribution.histoire) await raconter(world, matriculeIns, le, PASSE[evenement])
    for (const id of distribution.bloques)
      await bloquer(
        world,
        matriculeIns,
        professionnels.find((un) => un.id === id),
      )
    const { informeLe } = profil.contexte
    if (profil.etat !== 'informed' || informeLe === null) continue
    await world.store.put(codes, { matriculeIns, code: CODE_DE_LA_DISTRIBUTION, emisLe: informeLe, utiliseLe: null })
    await world.store.put(courriers, {
      id: world.newId(),
      matriculeIns,
      le: informeLe,
      canal: profil.courriel ? 'courriel' : 'courrier',
      objet: 'Mon espace santé : votre profil va s’ouvrir',
      texte: `Sans opposition de votre part, il s’ouvrira dans six semaines. Votre code provisoire : ${CODE_DE_LA_DISTRIBUTION}`,
    })
  }
}

/** The history begins with what was done before the first scene. */
const PASSE: Readonly<Record<EvenementPasse, string>> = {
  'cnam.informe': 'Information envoyée sur l’ouverture du profil.',
  'cnam.suspend': 'Profil suspendu.',
  'patient.active': 'Profil activé.',
  'patient.refuseCgu': 'Nouvelles conditions d’utilisation refusées.',
  'patient.oppose': 'Opposition à l’ouverture enregistrée.',
  'patient.ferme': 'Profil fermé.',
  'patient.demandeSuppression': 'Suppression demandée.',
  'etatCivil.deces': 'Profil fermé à la suite du décès.',
}

const raconter = (world: World, matriculeIns: string, le: number, texte: string): Promise<void> =>
  world.store.put(activites, {
    id: world.newId(),
    matriculeIns,
    le,
    typeActeur: 'SYSTEM',
    groupe: 'GENERAL',
    acteur: 'Mon espace santé',
    structure: '',
    texte,
  })

const JOUR = 86_400_000

/** An access the patient did not understand, seen in the notifications, then the block. */
async function bloquer(world: World, matriculeIns: string, professionnel: ProfessionnelFictif | undefined): Promise<void> {
  if (!professionnel) return
  const { carte, nomAffiche } = professionnel
  const le = world.now() - 59 * JOUR
  const texte = `${nomAffiche} (${carte.structure.nom}) accède à votre dossier pour la première fois.`
  await world.store.put(notifications, {
    id: world.newId(),
    matriculeIns,
    code: 'ACCES_DMP_PS',
    titre: NOTIFICATIONS.ACCES_DMP_PS.titre,
    texte,
    le: le - JOUR,
    lue: true,
    canaux: [
      { canal: 'centre', certitude: 'vérifié' },
      { canal: 'courriel', certitude: 'vérifié' },
    ],
  })
  await raconter(world, matriculeIns, le - JOUR, texte)
  await raconter(world, matriculeIns, le, `${nomAffiche} ne peut plus accéder à votre dossier.`)
  await world.store.put(blocages, {
    id: cleDuLien(matriculeIns, carte.identifiant),
    matriculeIns,
    identifiant: carte.identifiant,
    nom: nomAffiche,
    le,
  })
}

/** What each person of the cast shows now, on the four sides. */
export async function identites(world: World): Promise<IdentityCard[]> {
  const { patients } = await castOf(world)
  const cartes: IdentityCard[] = []
  for (const distribution of patients) {
    const matriculeIns = quinze(distribution.personne.ins)
    const profil = await profilDe(world, { matriculeIns, personne: distribution.personne, distribution })
    const { professionnel, expediteur } = vueDesQuatre(profil)
    const suite = prochaineEcheance(profil, reglageDelais(world))
    cartes.push({
      id: distribution.id,
      name: distribution.nomAffiche,
      kind: 'patient',
      send: { matricule: matriculeIns },
      triggers:
        `${VUES[profil.etat].libelle}. ${distribution.montre}. Professionnel : dossier ${professionnel.etat}, dépôt ${professionnel.depose ? 'accepté' : 'refusé'} ; ` +
        `message ${expediteur}${suite ? ` ; sans rien faire, change le ${new Date(suite.le).toISOString().slice(0, 10)}` : ''}.`,
      service: 'mes',
      source: `functional.md §2.2, état ${profil.etat} (DMP : ${situationDossier(profil).etat})`,
    })
  }
  return cartes
}
