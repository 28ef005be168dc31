import { type CdaN1, writeCdaN1 } from '#standards/cda/cda.ts'
import { TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { specialite } from '../clients/dmp-lot.ts'
import type { DocumentLocal } from './document.ts'
import { serieDe } from './oid.ts'
import type { IdentiteQualifiee } from './patient.ts'

const SECTEURS = '1.2.250.1.71.4.2.4'
const CADRES = '1.2.250.1.213.1.1.4.9'

/** A document of the practice as a CDA of level 1: the text as it was typed, under a complete header. Same document, same bytes. */
export const ecrireCda = (document: DocumentLocal, identite: IdentiteQualifiee): Uint8Array => writeCdaN1(cdaDe(document, identite))

export function cdaDe(document: DocumentLocal, { ins, traits }: IdentiteQualifiee): CdaN1 {
  const { auteur } = document
  const type = TYPES_DOCUMENT.get(document.typeCode)
  return {
    id: document.uniqueId,
    setId: serieDe(document.remplace?.premier ?? document.uniqueId),
    version: document.remplace?.version ?? 1,
    ...(document.remplace && { remplace: document.remplace.uniqueId }),
    type: { code: document.typeCode, codeSystem: type?.codingScheme ?? '', displayName: type?.display ?? '' },
    titre: document.titre,
    redigeLe: document.valideLe,
    patient: { matriculeIns: matriculeIns(ins), oid: ins.oid, ...traits },
    auteur: {
      id: auteur.identifiant,
      nom: auteur.nom,
      prenom: auteur.prenom,
      specialite: specialite(auteur),
      structure: { id: auteur.structure.identifiant, nom: auteur.structure.nom },
    },
    lieuExercice: { code: auteur.secteurActivite, codeSystem: SECTEURS },
    cadreExercice: { code: 'AMBULATOIRE', codeSystem: CADRES },
    corps: { mediaType: 'text/plain', bytes: new TextEncoder().encode(document.texte) },
  }
}
