import type { World } from '../../world.ts'
import { nomDe, type TitulaireConnu } from '../store.ts'

const DATE = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' })

/** « Papiers administratifs » among the types a patient uses. */
const TYPE = 'DOCPAT09'

/** Files the proof of an accepted delegation in the documents of the person helped. Inside a transaction. @returns uniqueId of the document */
export async function deposerPreuve(world: World, titulaire: TitulaireConnu, delegue: TitulaireConnu): Promise<string | undefined> {
  const texte = [
    'Preuve de délégation (bac à sable, document fictif)',
    '',
    `Personne aidée : ${nomDe(titulaire)}, matricule ${titulaire.matriculeIns}`,
    `Aidant : ${nomDe(delegue)}`,
    `Acceptée le ${DATE.format(world.now())}`,
    '',
    'Les deux personnes ont déclaré sur l’honneur que l’aidant agit à la demande de la personne aidée.',
    'L’une ou l’autre y met fin quand elle veut.',
  ].join('\n')
  const depose = await world.ask.deposerPourPatient(titulaire.matriculeIns, {
    titre: `Preuve de délégation : ${nomDe(delegue)}`.slice(0, 100),
    typeCode: TYPE,
    mimeType: 'text/plain',
    bytes: new TextEncoder().encode(texte),
    auteur: nomDe(delegue),
    duSysteme: true,
  })
  return depose?.documentId
}
