import { describe, expect, test } from 'vitest'
import { Comptoir, lignes, type Monde } from '../conversation-rows.ts'
import { jetonPour } from '../jetons.ts'
import { services } from '../../mocks/routes.ts'
import { describeEachHost } from './describe-each-host.ts'

describeEachHost('la conversation avec un patient (mssante.md §4.3)', services, (host) => {
  /** A world of its own for each row. */
  const monde = (nom: string): Monde => ({
    async appeler(method, chemin, { headers = {}, body } = {}) {
      const json = typeof body === 'object' && !(body instanceof Uint8Array)
      const reponse = await host.fetch(`/w/${nom}${chemin}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as BodyInit) }),
      })
      const text = await reponse.text()
      return { status: reponse.status, text, json: text.startsWith('{') ? JSON.parse(text) : {} }
    },
    jeton: async (identifiant) => await jetonPour(await host.sandbox.open(nom), identifiant),
    // oxlint-disable-next-line no-standalone-expect -- called by the rows, inside their test
    attendre: (vu, attendu) => expect(vu).toEqual(attendu),
  })

  describe('ligne à ligne', () => {
    test.each(lignes.map((ligne, rang) => ({ ...ligne, rang })))('$titre', async ({ rang, jouer }) => {
      expect.hasAssertions()
      await jouer(new Comptoir(monde(`ligne-${rang}`)))
    })
  })
})
