import { waitFor } from 'xstate'
import type { Poste } from '../conversations/poste.ts'
import type { OngletFiche } from '../conversations/poste-etat.ts'
import type { PatientLocal, TraitsLocaux } from '../dossier/patient.ts'
import type { Acte } from './scenario.ts'

/** What the demonstration plays with. */
export interface Scene {
  readonly poste: Poste
  /** Strict traits of the person followed, as told at the counter. */
  readonly traits: TraitsLocaux
  /** Her file, once it exists. */
  fiche(): Promise<PatientLocal | undefined>
}

/** Where the desk shows each gesture. */
const ONGLETS: Readonly<Partial<Record<Acte['acte'], OngletFiche>>> = {
  interrogerInsi: 'identite',
  accepterIdentite: 'identite',
  enregistrerPiece: 'identite',
  qualifier: 'identite',
  informer: 'volontes',
  consentir: 'volontes',
  rediger: 'documents',
  valider: 'documents',
  consulter: 'dmp',
  lireDocument: 'dmp',
}

/** Longest wait for what an act triggers, real milliseconds. */
const PATIENCE_MS = 35_000

/**
 * Plays one gesture through the desk, as a person would, and waits for what it triggers.
 * @throws {Error} French: why the demonstration cannot go on.
 */
export async function jouerActe(acte: Acte, scene: Scene): Promise<void> {
  const { poste, traits } = scene
  const onglet = ONGLETS[acte.acte]
  if (onglet) poste.afficher(onglet)
  switch (acte.acte) {
    case 'insererCarte': {
      const carte = poste.etat.cartes.find(({ genre, nominative }) => nominative && genre === (acte.acteur === 'medecin' ? 'CPS' : 'CPE'))
      if (!carte) throw new Error('Le cabinet n’a pas de carte pour cette personne.')
      return poste.insererCarte(carte.id)
    }
    case 'chercher':
      if (poste.etat.patientId !== null) poste.fermer()
      poste.saisirCritere({ dateNaissance: traits.dateNaissance, lettres: traits.nomNaissance.slice(0, 3) })
      return poste.chercher()
    case 'saisirTraits':
      return poste.saisirTraits(traits)
    case 'creerFiche': {
      // Somebody may have created it already: one person, one file.
      const fiche = await scene.fiche()
      return fiche ? poste.ouvrir(fiche.id) : exiger(await poste.creerFiche(), poste)
    }
    case 'ouvrirFiche':
      return ouvrirFiche(scene)
    case 'interrogerInsi':
      await ouvrirFiche(scene)
      await poste.interrogerInsiParTraits()
      return attendre(poste.etat.insi, 'trouvee', 'INSi n’a pas rendu une identité et une seule.')
    case 'accepterIdentite':
      poste.accepterIdentite()
      return attendre(poste.etat.insi, 'acceptee', 'L’identité rendue n’a pas été acceptée.')
    case 'enregistrerPiece':
      return exiger(await poste.enregistrerPiece(acte.code), poste)
    case 'qualifier':
      return exiger(await poste.qualifier(), poste)
    case 'informer':
      return exiger(await poste.informer(), poste)
    case 'consentir':
      return exiger(await poste.recueillirConsentement(acte.accord), poste)
    case 'rediger':
      return poste.rediger(acte.brouillon)
    case 'valider':
      exiger(await poste.validerDocument(acte.retenu), poste)
      return poste.boite.passer()
    case 'consulter': {
      const { dmp } = poste.etat
      if (!dmp) throw new Error('L’identité n’est pas qualifiée : le DMP ne peut pas être interrogé.')
      await waitFor(dmp, (state) => state.matches('connu') || state.matches('liste'), { timeout: PATIENCE_MS })
      exiger(poste.demanderConsultation(), poste)
      return attendre(dmp, 'liste', 'Le DMP n’a pas donné la liste des documents.')
    }
    case 'lireDocument': {
      const fiche = poste.etat.dmp?.getSnapshot().context.fiches?.[0]
      if (!fiche) throw new Error('Aucun document n’est dans la liste.')
      exiger(poste.ouvrirDocument(fiche), poste)
      return attendre(poste.etat.dmp, 'document', 'Le document n’a pas pu être lu.')
    }
    case 'regarder':
      return undefined
  }
}

async function ouvrirFiche(scene: Scene): Promise<void> {
  const fiche = await scene.fiche()
  if (!fiche) throw new Error('La fiche n’existe pas encore.')
  if (scene.poste.etat.patientId !== fiche.id) await scene.poste.ouvrir(fiche.id)
}

function exiger(fait: boolean, poste: Poste): void {
  if (!fait) throw new Error(poste.etat.avis?.texte ?? 'Le cabinet a refusé ce geste.')
}

type Conversation = NonNullable<Poste['etat']['insi']> | NonNullable<Poste['etat']['dmp']>

async function attendre(conversation: Conversation | null, etat: string, sinon: string): Promise<void> {
  if (!conversation) throw new Error(sinon)
  const snapshot = await waitFor(
    conversation as NonNullable<Poste['etat']['dmp']>,
    (state) => state.value === etat || ARRETS.has(String(state.value)),
    { timeout: PATIENCE_MS },
  )
  if (snapshot.value !== etat) throw new Error(sinon)
}

/** Where a conversation stops without having got what was asked. */
const ARRETS: ReadonlySet<string> = new Set(['aucune', 'plusieurs', 'enDefaut', 'connu'])
