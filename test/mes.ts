import { matriculeIns } from '../src/standards/ins/traits.ts'
import { castOf } from '../mocks/database/registre.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from './world.ts'

/** A world, and the phone of each person of its cast. */
export interface TestMes {
  readonly monde: TestWorld
  matricule(id: string): string
  /** @param suite after the profile: `/mesures` @param auteur id of who holds the phone */
  appeler(method: string, id: string, suite: string, body?: object, auteur?: string): Promise<TestAnswer>
  lire<T>(id: string, suite: string): Promise<T>
  /** Codes of the notification centre, newest first. */
  codes(id: string): Promise<string[]>
  close(): Promise<void>
}

export async function createTestMes(): Promise<TestMes> {
  const monde = await createTestWorld()
  const matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
  const test: TestMes = {
    monde,
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
