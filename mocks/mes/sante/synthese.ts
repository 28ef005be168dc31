import { MESURES_FHIR } from '#standards/fhir/mesures.ts'
import { type LignePdf, writePdf } from '#standards/pdf/write-pdf.ts'
import type { World } from '../../world.ts'
import { mesuresDe } from '../mesures/store.ts'
import { nomDe, type TitulaireConnu } from '../store.ts'
import { SECTIONS } from './sections.ts'
import { entreesDe } from './store.ts'

const DATE = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' })

/** The synthesis of the profil médical, as a PDF: what the patient wrote, and the last measure of each kind. */
export async function syntheseDe(world: World, titulaire: TitulaireConnu): Promise<Uint8Array> {
  const { matriculeIns } = titulaire
  const entrees = await entreesDe(world, matriculeIns)
  const lignes: LignePdf[] = [
    { texte: 'Synthèse du profil médical', taille: 18, gras: true },
    { texte: `${nomDe(titulaire)} — rédigée par le patient le ${DATE.format(world.now())}` },
    { texte: 'Bac à santé : simulation, données fictives.', taille: 9 },
  ]
  for (const { id, libelle, champs } of SECTIONS) {
    const siennes = entrees.filter(({ section }) => section === id)
    if (siennes.length === 0) continue
    lignes.push({ texte: ' ' }, { texte: libelle, taille: 13, gras: true })
    for (const { valeurs } of siennes)
      lignes.push({
        texte: `• ${champs.flatMap(({ nom, libelle: champ }) => (valeurs[nom] ? [nom === 'nom' ? valeurs[nom] : `${champ} : ${valeurs[nom]}`] : [])).join(' ; ')}`,
      })
  }
  const dernieres = [...new Map((await mesuresDe(world, matriculeIns)).toReversed().map((une) => [une.type, une])).values()]
  if (dernieres.length > 0) lignes.push({ texte: ' ' }, { texte: 'Dernières mesures', taille: 13, gras: true })
  for (const { type, valeur, valeur2, le } of dernieres)
    lignes.push({
      texte: `• ${MESURES_FHIR[type].libelle} : ${valeur}${valeur2 === undefined ? '' : `/${valeur2}`} ${MESURES_FHIR[type].unite}, le ${DATE.format(le)}`,
    })
  return writePdf(lignes)
}
