import { writeCdaN1 } from '#standards/cda/cda.ts'
import { FORMAT_N1, FORMAT_N1_SYSTEM, OID_LOGICIEL } from '#standards/dmp/identifiants.ts'
import { CLASS_SYSTEM, TYPES_DOCUMENT } from '#standards/dmp/types-document.ts'
import { writeCx } from '#standards/ins/matricule-ins.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { PS_IDNAT, writeDtm, writeXcn, writeXon } from '#standards/xds/identifiers.ts'
import type { DocumentEntry } from '#standards/xds/metadata.ts'
import { castOf } from '../database/registre.ts'
import type { PatientFictif, ProfessionnelFictif } from '../database/distribution.ts'
import type { World } from '../world.ts'
import { programmerAnnonce } from './annonce.ts'
import { programmerExpiration } from './td03.ts'
import { sha1 } from '#standards/xds/sha1.ts'
import { type Autorisation, autorisations, cleAutorisation, type DocumentEnregistre, documents, identifiantAutorise } from './store.ts'

/** A document that was there before the first scene. */
interface Ancien {
  readonly patient: string
  readonly auteur: string
  readonly ilYAJours: number
  readonly type: string
  readonly titre: string
  readonly texte: string
  readonly visibilite?: 'MASQUE_PS' | 'INVISIBLE_PATIENT'
}

const JOUR = 86_400_000

const ANCIENS: readonly Ancien[] = [
  {
    patient: 'camille-floreal',
    auteur: 'biologiste',
    ilYAJours: 41,
    type: '11502-2',
    titre: 'Bilan lipidique',
    texte: 'Cholestérol total : 5,1 mmol/L.\nHDL : 1,5 mmol/L. LDL : 3,0 mmol/L. Triglycérides : 1,1 mmol/L.\nValeurs dans les limites attendues.',
  },
  {
    patient: 'camille-floreal',
    auteur: 'dermatologue',
    ilYAJours: 210,
    type: '11488-4',
    titre: 'Consultation de dermatologie',
    texte: 'Contrôle annuel de trois lésions pigmentées, stables.\nPas de lésion suspecte. Revoir dans un an.',
  },
  {
    patient: 'camille-floreal',
    auteur: 'dr-primidi',
    ilYAJours: 400,
    type: 'CERT_DECL',
    titre: 'Certificat d’aptitude au sport',
    texte: 'Pas de contre-indication à la pratique de la course à pied.',
  },
  {
    patient: 'hugo-brumaire',
    auteur: 'dr-primidi',
    ilYAJours: 20,
    type: '11488-4',
    titre: 'Consultation de suivi',
    texte: 'Tension artérielle équilibrée sous traitement. Poursuivre.',
  },
  {
    patient: 'hugo-brumaire',
    auteur: 'dr-primidi',
    ilYAJours: 3,
    type: '60568-3',
    titre: 'Compte rendu d’anatomopathologie',
    texte: 'Biopsie cutanée de l’épaule gauche.\nAspect à annoncer en consultation avant que le patient en prenne connaissance.',
    visibilite: 'INVISIBLE_PATIENT',
  },
]

/** Whose card of the cast plays an author, by what it is: the cast may rename people, not trades. */
function auteurDe(professionnels: readonly ProfessionnelFictif[], cle: string): ProfessionnelFictif | undefined {
  const cherche = { biologiste: /biolog/i, dermatologue: /dermato/i }[cle]
  const cps = professionnels.filter(({ carte }) => carte.genre === 'CPS')
  return cps.find((un) => un.id === cle) ?? (cherche && cps.find(({ role, carte }) => cherche.test(`${role} ${carte.savoirFaire?.libelle ?? ''}`)))
}

/** Documents and authorisations the records begin with; `vierge` has none. */
export async function semer(world: World, dataset: string): Promise<void> {
  const { patients, professionnels } = await castOf(world)
  if (dataset === 'vierge') return
  for (const [rang, ancien] of ANCIENS.entries()) {
    const patient = patients.find(({ id }) => id === ancien.patient)
    const auteur = auteurDe(professionnels, ancien.auteur)
    if (patient && auteur) await deposer(world, ancien, patient, auteur, rang + 1)
  }
  const medecin = professionnels.find(({ carte }) => carte.genre === 'CPS')
  if (!medecin) return
  // Hugo's doctor is authorised; Camille authorised nobody: the main journey asks her.
  const hugo = patients.find(({ id }) => id === 'hugo-brumaire')
  if (hugo) await autoriser(world, hugo, medecin, 20, 'VALIDE')
  for (const patient of patients)
    if (patient.medecinTraitant === medecin.id && patient !== hugo) await autoriser(world, patient, medecin, 0, 'NON_EXISTE')
  const expiree = patients.find(({ id }) => id === 'remi-jonquille')
  if (expiree) await autoriser(world, expiree, medecin, 500, 'EXPIRE')
}

async function autoriser(
  world: World,
  { personne, medecinTraitant }: PatientFictif,
  medecin: ProfessionnelFictif,
  ilYAJours: number,
  etat: Autorisation['etat'],
): Promise<void> {
  const { carte } = medecin
  const patient = matriculeIns(personne.ins)
  const identifiant = identifiantAutorise({ genre: 'CPS', nameId: carte.identifiant, structureId: carte.structure.identifiant })
  const autorisation: Autorisation = {
    id: cleAutorisation(patient, identifiant),
    patient,
    identifiant,
    nom: `${carte.nom} ${carte.prenom}`,
    etat,
    depuis: world.now() - ilYAJours * JOUR,
    medecinTraitant: medecinTraitant === medecin.id,
    dejaValide: etat !== 'NON_EXISTE',
  }
  await world.store.put(autorisations, autorisation)
  if (etat === 'VALIDE') await programmerExpiration(world, autorisation)
}

async function deposer(world: World, ancien: Ancien, { personne }: PatientFictif, { carte }: ProfessionnelFictif, rang: number): Promise<void> {
  const { ins, nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = personne
  const type = TYPES_DOCUMENT.get(ancien.type)!
  const redigeLe = world.now() - ancien.ilYAJours * JOUR
  const uniqueId = `${OID_LOGICIEL}.0.${rang}`
  const specialite = {
    code: `G15_${carte.profession.code}/${carte.savoirFaire?.code ?? ''}`,
    codeSystem: '1.2.250.1.213.1.1.4.5',
    displayName: carte.savoirFaire?.libelle ?? carte.profession.libelle,
  }
  const bytes = writeCdaN1({
    id: uniqueId,
    setId: uniqueId,
    version: 1,
    type: { code: type.code, codeSystem: type.codingScheme, displayName: type.display },
    titre: ancien.titre,
    redigeLe,
    patient: { matriculeIns: matriculeIns(ins), oid: ins.oid, nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance },
    auteur: {
      id: carte.identifiant,
      nom: carte.nom,
      prenom: carte.prenom,
      specialite,
      structure: { id: carte.structure.identifiant, nom: carte.structure.nom },
    },
    lieuExercice: { code: carte.secteurActivite, codeSystem: '1.2.250.1.71.4.2.4' },
    cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
    corps: { mediaType: 'text/plain', bytes: new TextEncoder().encode(ancien.texte) },
  })
  const contenu = world.newId()
  const entryUuid = `urn:uuid:${world.newId()}`
  const auteur = writeXcn({ id: carte.identifiant, family: carte.nom, given: carte.prenom, oid: PS_IDNAT, type: 'IDNPS' })
  const time = writeDtm(redigeLe)
  const entry: DocumentEntry = {
    id: entryUuid,
    logicalId: entryUuid,
    version: 1,
    availabilityStatus: '',
    mimeType: 'text/xml',
    patientId: writeCx(ins),
    sourcePatientId: writeCx(ins),
    sourcePatientInfo: [
      `PID-5|${nomNaissance}^${listePrenom.split(' ')[0]}^${listePrenom}^^^^L`,
      `PID-7|${dateNaissance.replaceAll('-', '')}`,
      `PID-8|${sexe}`,
    ],
    uniqueId,
    title: ancien.titre,
    comments: '',
    authors: [
      {
        person: auteur,
        institutions: [writeXon({ name: carte.structure.nom, id: carte.structure.identifiant })],
        roles: [],
        specialties: [`${specialite.code}^${specialite.displayName}^${specialite.codeSystem}`],
      },
    ],
    legalAuthenticator: auteur,
    classCode: { code: type.classCode, codingScheme: CLASS_SYSTEM, display: '' },
    typeCode: { code: type.code, codingScheme: type.codingScheme, display: type.display },
    formatCode: { code: FORMAT_N1['text/plain']!, codingScheme: FORMAT_N1_SYSTEM, display: '' },
    confidentialityCodes: [
      { code: 'N', codingScheme: '2.16.840.1.113883.5.25', display: 'Normal' },
      ...(ancien.visibilite ? [{ code: ancien.visibilite, codingScheme: '1.2.250.1.213.1.1.4.13', display: '' }] : []),
    ],
    healthcareFacilityTypeCode: { code: carte.secteurActivite, codingScheme: '1.2.250.1.71.4.2.4', display: '' },
    practiceSettingCode: { code: 'AMBULATOIRE', codingScheme: '1.2.250.1.213.1.1.4.9', display: '' },
    eventCodes: [],
    creationTime: time,
    serviceStartTime: time,
    serviceStopTime: '',
    languageCode: 'fr-FR',
    hash: await sha1(bytes),
    size: String(bytes.length),
    repositoryUniqueId: '1.2.250.1.213.4.1.1.1.2',
    referenceIds: [],
  }
  await world.store.putBytes(contenu, bytes)
  const document: DocumentEnregistre = {
    entryUuid,
    uniqueId,
    patient: matriculeIns(ins),
    entry,
    etat: 'approved',
    contenu,
    deposeLe: redigeLe,
    lot: `${OID_LOGICIEL}.0.0.${rang}`,
  }
  await world.store.put(documents, document)
  await programmerAnnonce(world, document)
}
