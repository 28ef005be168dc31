import { type CarteProfessionnelle, nomDeLaCarte } from '../clients/carte.ts'
import type { Clock } from './clock.ts'
import { refusDeValider } from './controles.ts'
import type { CabinetDatabase, Envoi } from './database.ts'
import type { DocumentLocal, VisibiliteDocument } from './document.ts'
import type { Refuse } from './dossiers.ts'
import { interdit } from './droits.ts'
import { CONTEXTE_ENVOI_INITIAL } from './envoi.ts'
import { oidDe } from './oid.ts'
import { reglesActes } from './rules.ts'

/** What the doctor is writing. */
export interface Brouillon {
  readonly typeCode: string
  readonly titre: string
  readonly texte: string
  readonly visibilite: VisibiliteDocument
  /** Id of the document of the practice that this one corrects. */
  readonly remplace?: string
}

export const BROUILLON_VIDE: Brouillon = { typeCode: '11488-4', titre: '', texte: '', visibilite: { masquePs: false, invisiblePatient: false } }

export interface OptionsRedaction {
  readonly db: CabinetDatabase
  readonly clock: Clock
  readonly newId: () => string
}

/**
 * Validates a document: it stays in the record and its order to feed the DMP is queued by itself, unless the doctor retains this one.
 * @see SC.DMP/ALI/PROG.02, PROG.03
 */
export async function validerDocument(
  { db, clock, newId }: OptionsRedaction,
  patientId: string,
  brouillon: Brouillon,
  carte: CarteProfessionnelle,
  retenu = false,
): Promise<{ fait: { document: DocumentLocal; envoi: Envoi } } | { refuse: Refuse }> {
  const regle = interdit(carte, 'valider un document') ?? refusDeValider(brouillon)
  if (regle) return { refuse: { texte: regle.sentence, regle } }
  if (!(await db.patients.get(patientId))) return { refuse: { texte: 'Cette fiche n’existe plus.' } }
  const ancien = brouillon.remplace === undefined ? undefined : await db.documents.get(brouillon.remplace)
  if (brouillon.remplace !== undefined && (ancien?.patientId !== patientId || ancien.auteur.identifiant !== carte.identifiant))
    return { refuse: { texte: 'Un document ne se remplace que par son auteur, chez le même patient.', regle: reglesActes['CABINET-REMPLACER'] } }
  const now = clock.now()
  const document: DocumentLocal = {
    id: newId(),
    patientId,
    uniqueId: oidDe('document', newId()),
    typeCode: brouillon.typeCode,
    titre: brouillon.titre.trim(),
    texte: brouillon.texte,
    visibilite: brouillon.visibilite,
    valideLe: now,
    auteur: carte,
    ...(ancien && {
      remplace: {
        documentId: ancien.id,
        uniqueId: ancien.uniqueId,
        premier: ancien.remplace?.premier ?? ancien.uniqueId,
        version: (ancien.remplace?.version ?? 1) + 1,
      },
    }),
  }
  const envoi: Envoi = {
    id: newId(),
    documentId: document.id,
    patientId,
    etat: retenu ? 'retenu' : 'enAttente',
    contexte: CONTEXTE_ENVOI_INITIAL,
    prochainEssai: 0,
    lotUniqueId: oidDe('lot', newId()),
    cda: null,
    cdaPour: '',
    creeLe: now,
    modifieLe: now,
  }
  await db.transaction('rw', db.documents, db.envois, db.traces, async () => {
    await db.documents.add(document)
    await db.envois.add(envoi)
    await db.traces.add({ patientId, le: now, par: nomDeLaCarte(carte), acte: `a validé « ${document.titre} »${retenu ? ' sans l’envoyer' : ''}` })
  })
  return { fait: { document, envoi } }
}
