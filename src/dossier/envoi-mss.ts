import { OID_LOGICIEL } from '#standards/dmp/identifiants.ts'
import type { PieceAEcrire } from '#standards/mssante/courriel/ecrire-courriel.ts'
import { ecrireXdm } from '#standards/mssante/xdm/ecrire-xdm.ts'
import { NOM_ARCHIVE, objetXdm } from '#standards/mssante/xdm/xdm.ts'
import { writePdf } from '#standards/pdf/pdf.ts'
import type { DocumentLocal } from './document.ts'
import { cdaDe } from './ecrire-cda.ts'
import { oidDe } from './oid.ts'
import { identiteQualifiee, type PatientLocal } from './patient.ts'
import { reglesCourrier } from './rules.ts'

/** What a mail needs to carry documents of one patient. */
export interface EnvoiDeDocuments {
  readonly objet: string
  readonly pieces: readonly PieceAEcrire[]
  readonly xdm: { readonly codesCda: readonly string[]; readonly insQualifiee: boolean }
}

/** Why documents of this file cannot leave by mail; `''` when they can. */
export const empechementDocuments = (patient: PatientLocal): string =>
  identiteQualifiee(patient) ? '' : reglesCourrier['CABINET-MSS-DOCUMENTS'].sentence

/**
 * The archive of the documents, each of them again as a PDF for whoever has no software, and the subject that says whose they are.
 * @param libelle what the message is about, as typed
 * @throws {RangeError} the identity is not qualifiée, or there is no document.
 * @see ECO.2.1.1 to 2.1.6, ECO.2.4.1, ECO.2.4.2
 */
export async function preparerDocuments(
  documents: readonly DocumentLocal[],
  patient: PatientLocal,
  { libelle, newId, maintenant }: { libelle: string; newId: () => string; maintenant: number },
): Promise<EnvoiDeDocuments> {
  const identite = identiteQualifiee(patient)
  if (!identite) throw new RangeError(reglesCourrier['CABINET-MSS-DOCUMENTS'].sentence)
  const { nomNaissance, premierPrenom, dateNaissance } = patient.traits
  const cdas = documents.map((document) => cdaDe(document, identite))
  const archive = await ecrireXdm({
    uniqueId: oidDe('lot', newId()),
    sourceId: OID_LOGICIEL,
    titre: libelle,
    envoyeLe: maintenant,
    documents: cdas.map((cda) => ({ cda })),
  })
  const pdfs = cdas.map(({ titre, type, redigeLe, auteur }, rang): PieceAEcrire => {
    const jour = new Date(redigeLe).toISOString().slice(0, 10).replaceAll('-', '')
    const numero = cdas.length > 1 ? `_${rang + 1}` : ''
    return {
      nom: `${jour}_${type.displayName || titre}_${nomNaissance}_${premierPrenom}${numero}.pdf`.replace(/[\\/:*?"<>|]/g, ' '),
      type: 'application/pdf',
      octets: writePdf({
        titre,
        auteur: `${auteur.prenom} ${auteur.nom}`,
        creeLe: redigeLe,
        blocs: [
          { genre: 'titre', texte: titre },
          {
            genre: 'discret',
            texte: `${nomNaissance} ${premierPrenom}, ${dateNaissance.split('-').toReversed().join('/')} · ${auteur.prenom} ${auteur.nom}, ${auteur.structure.nom}`,
          },
          { genre: 'texte', texte: documents[rang]!.texte },
        ],
        pied: auteur.structure.nom,
      }),
    }
  })
  return {
    objet: objetXdm(libelle, { nom: nomNaissance, prenom: premierPrenom, dateNaissance }),
    pieces: [{ nom: NOM_ARCHIVE, type: 'application/zip', octets: archive }, ...pdfs],
    xdm: { codesCda: [...new Set(cdas.map(({ type }) => type.code))], insQualifiee: true },
  }
}
