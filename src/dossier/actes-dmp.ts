import { type CarteProfessionnelle, nomDeLaCarte } from '../clients/carte.ts'
import type { ActeDmp, Dmp } from '../clients/dmp-port.ts'
import type { Clock } from './clock.ts'
import type { CabinetDatabase, Envoi } from './database.ts'
import type { AuDmp, DocumentLocal } from './document.ts'
import type { Refuse } from './dossiers.ts'
import { interdit } from './droits.ts'
import { identiteQualifiee } from './patient.ts'

export interface TexteActe {
  /** On the button. */
  readonly geste: string
  /** Asked before doing it; absent when the act is undone as easily. */
  readonly confirmation?: { readonly titre: string; readonly texte: string }
  readonly definitif?: true
  /** Said once done, after the title. */
  readonly fait: string
}

/** @see EX_3.3-1040, EX_3.3-1045, EX_3.3-1050 for what asks a confirmation ; CNDA 2.10 for masking */
export const ACTES_DMP: Readonly<Record<ActeDmp, TexteActe>> = {
  montrerPatient: {
    geste: 'Annonce faite : rendre visible',
    confirmation: {
      titre: 'Rendre ce document visible au patient ?',
      texte: 'Il le verra dans Mon espace santé et en sera prévenu. C’est définitif : ce que le patient a pu voir ne se cache plus.',
    },
    definitif: true,
    fait: 'est visible du patient, qui en est prévenu.',
  },
  montrerRepresentants: {
    geste: 'Rendre visible aux représentants légaux',
    confirmation: {
      titre: 'Rendre ce document visible aux représentants légaux ?',
      texte: 'Les parents ou le tuteur le verront dans Mon espace santé. C’est définitif : ce qu’ils ont pu voir ne se cache plus.',
    },
    definitif: true,
    fait: 'est visible des représentants légaux.',
  },
  masquer: {
    geste: 'Masquer aux professionnels',
    confirmation: {
      titre: 'Masquer ce document aux autres professionnels ?',
      texte:
        'Seuls son auteur, le médecin traitant et l’urgence le liront ; le patient le voit toujours. Son auteur ou le médecin traitant peut le démasquer.',
    },
    fait: 'est masqué aux autres professionnels.',
  },
  demasquer: {
    geste: 'Démasquer',
    confirmation: {
      titre: 'Démasquer ce document ?',
      texte: 'Les professionnels que le patient autorise pourront le lire.',
    },
    fait: 'n’est plus masqué.',
  },
  archiver: { geste: 'Archiver', fait: 'est archivé.' },
  desarchiver: { geste: 'Désarchiver', fait: 'est de nouveau en vigueur.' },
  supprimer: {
    geste: 'Supprimer du DMP',
    confirmation: {
      titre: 'Supprimer ce document du DMP ?',
      texte:
        'Il disparaît du DMP et de Mon espace santé, pour tout le monde ; si le patient le voyait, il en est prévenu. C’est irréversible. Une copie déjà gardée ailleurs y reste.',
    },
    definitif: true,
    fait: 'est supprimé du DMP.',
  },
}

/**
 * What may be tried on a document in this state; the DMP has the last word.
 * @param mien whether the professional at the desk wrote it: a document is deleted by its author only
 */
export function actesPossibles({ statut, masquePs, invisiblePatient, invisibleRepresentants }: AuDmp, mien: boolean): ActeDmp[] {
  if (statut === 'remplacé') return []
  return [
    ...(invisiblePatient ? (['montrerPatient'] as const) : []),
    ...(invisibleRepresentants ? (['montrerRepresentants'] as const) : []),
    // Masked and invisible together is refused. @see EX_2.1-1050
    ...(masquePs ? (['demasquer'] as const) : invisiblePatient ? [] : (['masquer'] as const)),
    statut === 'archivé' ? 'desarchiver' : 'archiver',
    ...(mien ? (['supprimer'] as const) : []),
  ]
}

/** A fed document as the practice last knew it; null once deleted. */
export function auDmp({ devenu }: Envoi, { visibilite }: DocumentLocal): AuDmp | null {
  return devenu === undefined ? { statut: 'actuel', invisibleRepresentants: false, ...visibilite } : devenu
}

export interface OptionsActes {
  readonly db: CabinetDatabase
  readonly clock: Clock
  readonly dmp: Pick<Dmp, 'modifier'>
}

/** The state that an act leaves. */
export const apresActe = (avant: AuDmp, acte: ActeDmp): AuDmp | null => (acte === 'supprimer' ? null : { ...avant, ...CHANGE[acte] })

const CHANGE: Readonly<Record<Exclude<ActeDmp, 'supprimer'>, Partial<AuDmp>>> = {
  masquer: { masquePs: true },
  demasquer: { masquePs: false },
  montrerPatient: { invisiblePatient: false },
  montrerRepresentants: { invisibleRepresentants: false },
  archiver: { statut: 'archivé' },
  desarchiver: { statut: 'actuel' },
}

/** Acts on a document that this practice fed, from its own list: no search is made. Deleting needs no authorisation. @see EX_3.3-1060 */
export async function agirSurEnvoi(
  { db, clock, dmp }: OptionsActes,
  envoiId: string,
  acte: ActeDmp,
  carte: CarteProfessionnelle,
): Promise<{ fait: DocumentLocal } | { refuse: Refuse }> {
  const regle = interdit(carte, 'valider un document')
  if (regle) return { refuse: { texte: regle.sentence, regle } }
  const envoi = await db.envois.get(envoiId)
  const [document, patient] = envoi ? await Promise.all([db.documents.get(envoi.documentId), db.patients.get(envoi.patientId)]) : []
  const identite = patient && identiteQualifiee(patient)
  const avant = envoi && document && auDmp(envoi, document)
  if (!envoi || !document || !avant || envoi.etat !== 'envoye' || !identite) return { refuse: { texte: 'Ce document n’est plus dans le DMP.' } }
  const reponse = await dmp.modifier(identite.ins, carte, { uniqueId: document.uniqueId, statut: avant.statut }, acte)
  if (reponse.issue !== 'modifie') return { refuse: { texte: reponse.texte } }
  await noterActe({ db, clock }, { patientId: patient.id, titre: document.titre, uniqueId: document.uniqueId }, acte, carte)
  return { fait: document }
}

/** What was done to a document of the DMP is traced, and remembered on the order that fed it when it is one of ours. */
export async function noterActe(
  { db, clock }: Pick<OptionsActes, 'db' | 'clock'>,
  { patientId, titre, uniqueId }: { readonly patientId: string; readonly titre: string; readonly uniqueId: string },
  acte: ActeDmp,
  carte: CarteProfessionnelle,
): Promise<void> {
  const le = clock.now()
  await db.transaction('rw', db.documents, db.envois, db.traces, async () => {
    for (const envoi of await db.envois.where('patientId').equals(patientId).toArray()) {
      const document = await db.documents.get(envoi.documentId)
      const avant = document?.uniqueId === uniqueId ? auDmp(envoi, document) : null
      if (avant) await db.envois.put({ ...envoi, devenu: apresActe(avant, acte), modifieLe: le })
    }
    await db.traces.add({ patientId, le, par: nomDeLaCarte(carte), acte: `DMP : « ${titre} » ${ACTES_DMP[acte].fait}` })
  })
}
