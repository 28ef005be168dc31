import { traitsDe } from '../clients/distribution.ts'
import { ApiRefusal } from '../clients/json.ts'
import type { MesClient } from '../clients/mes-client.ts'
import type { Cabinet } from '../conversations/cabinet.ts'
import type { PatientLocal, TraitsLocaux } from '../dossier/patient.ts'
import { scenarios } from '../scenarios/catalogue.ts'
import { ScenarioRun } from '../scenarios/scenario-run.svelte.ts'
import type { Constats } from '../scenarios/verification.ts'
import type { Application } from './application.svelte.ts'

interface Plateau {
  readonly app: Application
  readonly cabinet: Cabinet
  readonly mes: MesClient
}

/** Begins a scenario on the world as it is; null when no scenario has this name. */
export async function lancerScenario(id: string, { app, cabinet, mes }: Plateau): Promise<ScenarioRun | null> {
  const scenario = scenarios.find((un) => un.id === id)
  if (!scenario) return null
  const { poste } = cabinet
  const suivie = async () => (await app.sandbox.distribution()).patients.find((un) => un.id === scenario.personne.id)
  const traits = (): TraitsLocaux => {
    const dits = traitsDe(cabinet.identities, scenario.personne.id)
    if (!dits) throw new Error(`La personne suivie (${scenario.personne.affiche}) n’est pas dans ce monde.`)
    return { ...dits, listePrenom: '' }
  }
  const fiche = async (): Promise<PatientLocal | undefined> => {
    const { nomNaissance, dateNaissance } = traits()
    return (await poste.dossiers.db.patients.where('dateNaissance').equals(dateNaissance).toArray()).find((un) => un.traits.nomNaissance === nomNaissance)
  }
  // What was on the phone before is no proof of what is done now.
  const chezLaPatiente = async () => {
    const personne = await suivie()
    if (!personne) return null
    const matricule = personne.personne.ins.matricule + personne.personne.ins.cle
    try {
      const [documents, notifications, activites] = await Promise.all([mes.documents(matricule), mes.notifications(matricule), mes.activites(matricule)])
      return { documents, notifications, activites }
    } catch (error) {
      if (error instanceof ApiRefusal) return null
      throw error
    }
  }
  let avant = await chezLaPatiente()
  let depart = app.resets
  const constater = async (): Promise<Omit<Constats, 'journal'>> => {
    if (app.resets !== depart) {
      depart = app.resets
      avant = await chezLaPatiente()
    }
    const [patient, maintenant] = await Promise.all([fiche(), chezLaPatiente()])
    const expeditions = patient ? await poste.boite.expeditions(patient.id) : []
    const connus = new Set(avant?.documents.map((un) => un.id))
    return {
      patient,
      documents: expeditions.map(({ document }) => document),
      envois: expeditions.map(({ envoi }) => envoi),
      carte: poste.etat.carte,
      dossierOuvert: poste.etat.patientId,
      mes: maintenant && {
        documents: maintenant.documents.map((un) => un.id).filter((un) => !connus.has(un)),
        notifications: maintenant.notifications.length - (avant?.notifications.length ?? 0),
        consultations:
          maintenant.notifications.filter(({ code }) => code === 'CONSULT_DOCUMENT').length -
          (avant?.notifications.filter(({ code }) => code === 'CONSULT_DOCUMENT').length ?? 0),
      },
    }
  }
  return new ScenarioRun({
    scenario,
    scene: {
      poste,
      get traits() {
        return traits()
      },
      fiche,
    },
    constater,
    lireJournal: async (after) => (await app.sandbox.journal({ after, limit: 500 })).entries.toSorted((a, b) => a.seq - b.seq),
    depuis: app.presentation?.journal.last ?? app.debut,
  })
}
