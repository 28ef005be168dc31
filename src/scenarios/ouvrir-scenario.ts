import { liveQuery } from 'dexie'
import { traitsDe } from '../clients/distribution.ts'
import { ApiRefusal } from '../clients/json.ts'
import type { MesClient } from '../clients/mes/mes-client.ts'
import type { SandboxClient } from '../clients/sandbox-client.ts'
import type { Cabinet } from '../conversations/cabinet.ts'
import type { PatientLocal, TraitsLocaux } from '../dossier/patient.ts'
import type { Scenario } from './scenario.ts'
import { ScenarioRun } from './scenario-run.svelte.ts'
import type { Constats } from './verification.ts'

export interface OptionsScenario {
  readonly scenario: Scenario
  readonly cabinet: Cabinet
  readonly sandbox: SandboxClient
  readonly mes: MesClient
  /** Wait before each gesture of the demonstration, real milliseconds. */
  readonly rythmeMs?: number
}

/** A run, and the person it is about as she presents herself at the counter. */
export interface ScenarioOuvert {
  readonly run: ScenarioRun
  readonly traits: TraitsLocaux
  /** Stops following the desk. */
  readonly fermer: () => void
}

/**
 * Starts a run from the present moment of the world. The world itself is not touched: whoever wants a fresh start resets it first.
 * The caller hands each sandbox event to `run.surEvenement`; the desk is followed here.
 * @throws {Error} the person of the scenario is not in this world.
 */
export async function ouvrirScenario({ scenario, cabinet, sandbox, mes, rythmeMs }: OptionsScenario): Promise<ScenarioOuvert> {
  const connus = traitsDe(cabinet.identities, scenario.personne.id)
  if (!connus) throw new Error(`${scenario.personne.affiche} n’est pas dans ce monde : remettez-le à son début.`)
  const traits: TraitsLocaux = { ...connus, listePrenom: '' }
  const { poste } = cabinet
  const debut = poste.dossiers.clock.now()
  const { last } = await sandbox.journal({ limit: 1 })
  const fiche = () => ficheDe(cabinet, traits)
  const run = new ScenarioRun({
    scenario,
    depuis: last,
    scene: { poste, traits, fiche },
    constater: () => constater(cabinet, fiche, debut),
    regarderPatient: () => regarderPatient(cabinet, mes, fiche, debut),
    lireJournal: async (after) => (await sandbox.journal({ after, limit: 500 })).entries,
    ...(rythmeMs === undefined ? {} : { rythmeMs }),
  })
  const ecran = poste.ecran.subscribe(() => void run.reviser())
  // The outbox works by itself, and the desk may be in another window: nothing on this screen tells it.
  const { db } = poste.dossiers
  const dossiers = liveQuery(() => Promise.all([db.envois.toArray(), db.patients.toArray()])).subscribe(() => void run.reviser(true))
  await run.reviser()
  return {
    run,
    traits,
    fermer: () => {
      ecran.unsubscribe()
      dossiers.unsubscribe()
      run.fermer()
    },
  }
}

/** The file of the person, by her birth date and name: an INS may still be missing. */
async function ficheDe({ poste }: Cabinet, { dateNaissance, nomNaissance, premierPrenom }: TraitsLocaux): Promise<PatientLocal | undefined> {
  const nes = await poste.dossiers.db.patients.where('dateNaissance').equals(dateNaissance).toArray()
  return nes.find(({ traits }) => traits.nomNaissance === nomNaissance && traits.premierPrenom === premierPrenom)
}

type Faits = Omit<Constats, 'journal' | 'mes'>

async function constater({ poste }: Cabinet, fiche: () => Promise<PatientLocal | undefined>, debut: number): Promise<Faits> {
  const { db } = poste.dossiers
  const { carte, patientId: dossierOuvert } = poste.etat
  const patient = await fiche()
  if (!patient) return { patient, documents: [], envois: [], carte, dossierOuvert }
  const [documents, envois] = await Promise.all([
    db.documents.where('patientId').equals(patient.id).toArray(),
    db.envois.where('patientId').equals(patient.id).toArray(),
  ])
  return {
    patient,
    documents: documents.filter(({ valideLe }) => valideLe >= debut),
    envois: envois.filter(({ creeLe }) => creeLe >= debut),
    carte,
    dossierOuvert,
  }
}

/** Codes of the notifications that announce a document, and that a professional read one. @see mes-functional-codes */
const ANNONCE = 'AJOUT_DOCUMENT'
const CONSULTATION = 'CONSULT_DOCUMENT'

async function regarderPatient(
  { poste }: Cabinet,
  mes: MesClient,
  fiche: () => Promise<PatientLocal | undefined>,
  debut: number,
): Promise<Constats['mes']> {
  const patient = await fiche()
  // Nothing can be seen on the phone before something was sent.
  const envoye = patient && (await poste.dossiers.db.envois.where('patientId').equals(patient.id).toArray()).some(({ etat }) => etat === 'envoye')
  if (!patient?.matricule || !envoye) return null
  try {
    const [{ documents }, notifications] = await Promise.all([mes.documents(patient.matricule), mes.notifications(patient.matricule)])
    const nouvelles = (code: string) => notifications.filter((une) => une.code === code && une.le >= debut).length
    return { documents: documents.map(({ id }) => id), notifications: nouvelles(ANNONCE), consultations: nouvelles(CONSULTATION) }
  } catch (error) {
    // A profile that is closed or not activated yet shows nothing.
    if (error instanceof ApiRefusal) return null
    throw error
  }
}
