import { matriculeIns } from '../src/standards/ins/traits.ts'
import { castOf } from '../mocks/database/registre.ts'
import { services } from '../mocks/routes.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from './world.ts'

/** What was handed to the documents of the record. */
interface DepotVu {
  readonly pour: string
  readonly titre: string
  readonly categorie: string
  readonly mimeType: string
  readonly bytes: Uint8Array
  readonly auteur: string
}

/** A world, the phone of each person of its cast, and what their documents received. */
export interface TestMes {
  readonly monde: TestWorld
  readonly depots: DepotVu[]
  /** Whether new documents are masked; the test may change it. */
  masque: boolean
  matricule(id: string): string
  /** @param suite after the profile: `/mesures` @param auteur id of who holds the phone */
  appeler(method: string, id: string, suite: string, body?: object, auteur?: string): Promise<TestAnswer>
  lire<T>(id: string, suite: string): Promise<T>
  /** Codes of the notification centre, newest first. */
  codes(id: string): Promise<string[]>
  close(): Promise<void>
}

export async function createTestMes(): Promise<TestMes> {
  const depots: DepotVu[] = []
  const answers = {
    deposerPourPatient: async (_world: unknown, pour: string, depot: Omit<DepotVu, 'pour'>) => {
      depots.push({ pour, ...depot })
      return { documentId: '1.2.250.1.999.7' }
    },
    masqueParDefaut: async () => test.masque,
  }
  // The last service to answer a question is the one that is asked.
  const monde = await createTestWorld({
    services: services.map((service) => (service.name === 'mes' ? { ...service, answers: { ...service.answers, ...answers } } : service)),
  })
  const matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
  const test: TestMes = {
    monde,
    depots,
    masque: false,
    matricule: (id) => matricules.get(id) ?? id,
    appeler: (method, id, suite, body, auteur) =>
      monde.send(method, `/mes/api/profils/${test.matricule(id)}${suite}`, {
        ...(body && { body }),
        ...(auteur && { headers: { 'X-Mes-Auteur': test.matricule(auteur) } }),
      }),
    lire: async <T>(id: string, suite: string) => (await test.appeler('GET', id, suite)).json<T>(),
    codes: async (id) => (await test.lire<{ notifications: { code: string }[] }>(id, '/notifications')).notifications.map(({ code }) => code),
    close: () => monde.close(),
  }
  return test
}

/** Code of the rule that a refusal names. */
export const regle = (answer: TestAnswer): unknown => answer.json()['rule']
