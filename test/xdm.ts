import { ecrireCourriel } from '#standards/mssante/courriel/ecrire-courriel.ts'
import type { CdaN1 } from '#standards/cda/cda.ts'
import { ecrireXdm } from '#standards/mssante/xdm/ecrire-xdm.ts'
import { NOM_ARCHIVE, objetXdm } from '#standards/mssante/xdm/xdm.ts'

/** A lab report of the person of `test/cabinet.ts`. */
export const compteRendu = (change: Partial<CdaN1> = {}): CdaN1 => ({
  id: '1.2.250.1.999.1.1.9.5.1',
  setId: '1.2.250.1.999.1.1.9.6.1',
  version: 1,
  type: { code: '11502-2', codeSystem: '2.16.840.1.113883.6.1', displayName: 'CR d’examens biologiques' },
  titre: 'Bilan lipidique',
  redigeLe: Date.UTC(2026, 10, 23, 6),
  patient: {
    matriculeIns: '109076322083489',
    oid: '1.2.250.1.213.1.4.8',
    nomNaissance: 'ECETINSI',
    listePrenom: 'PIERRE-ALAIN MURIEL FLORIANT',
    sexe: 'M',
    dateNaissance: '2009-07-14',
    lieuNaissance: '63220',
  },
  auteur: {
    id: '899700979005',
    nom: 'QUINTIDI',
    prenom: 'Paul',
    specialite: { code: 'G15_10/SM03', codeSystem: '1.2.250.1.213.1.1.4.5', displayName: 'Médecin - Biologie médicale' },
    structure: { id: '397900000400011', nom: 'Laboratoire des Quatre Saisons' },
  },
  lieuExercice: { code: 'SA25', codeSystem: '1.2.250.1.71.4.2.4' },
  cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
  corps: { mediaType: 'text/plain', bytes: new TextEncoder().encode('Cholestérol total : 1,82 g/L') },
  ...change,
})

let n = 0

/** A mail that carries it. */
export async function courrielAvecXdm(
  documents: readonly { cda: CdaN1; supprime?: boolean }[],
  { a, de, archive }: { a: string; de: string; archive?: Uint8Array },
): Promise<Uint8Array> {
  const [{ cda }] = documents as [{ cda: CdaN1 }]
  const octets =
    archive ??
    (await ecrireXdm({
      uniqueId: `1.2.250.1.999.1.1.9.4.${++n}`,
      sourceId: '1.2.250.1.999.1.1.9',
      titre: cda.titre,
      envoyeLe: cda.redigeLe,
      documents,
    }))
  return ecrireCourriel({
    de: { nom: 'Laboratoire des Quatre Saisons', adresse: de },
    a: [{ nom: '', adresse: a }],
    objet: objetXdm(cda.titre, {
      nom: cda.patient.nomNaissance,
      prenom: cda.patient.listePrenom.split(' ')[0]!,
      dateNaissance: cda.patient.dateNaissance,
    }),
    texte: 'Veuillez trouver ci-joint un compte rendu.',
    messageId: `<cr-${++n}@quatre-saisons.bac.mssante.fr>`,
    date: cda.redigeLe,
    nil: 'BAC-LABO',
    accuseLecture: true,
    pieces: [{ nom: NOM_ARCHIVE, type: 'application/zip', octets }],
    xdm: { codesCda: documents.map((un) => un.cda.type.code), insQualifiee: true },
    frontiere: `cr-${n}`,
  })
}
