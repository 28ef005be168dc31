import { array, assert, asyncProperty, constantFrom, integer, record, string, uint8Array } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INSI_VERIFICATION } from '#standards/ins/insi-names.ts'
import { writeIndividuAVerifier, writeRechercheTraits, writeRechercheVitale } from '#standards/ins/insi-requete.ts'
import { SOAP12, readSoapEnvelope } from '#standards/soap/envelope.ts'
import { type XmlElement, isElement } from '#standards/xml/element.ts'
import { readXml } from '#standards/xml/read.ts'
import { vocabulary, writeXml } from '#standards/xml/write.ts'
import { demande, enTetes } from '../../test/fixtures/insi/demande.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../test/world.ts'
import { registre } from '../database/registre.ts'
import { insi } from './routes.ts'
import { lots } from './store.ts'

let monde: TestWorld
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre, insi] })
})
afterAll(() => monde.close())

const traits = { nomNaissance: 'ADRUN', prenoms: ['ZOE'], sexe: 'F', dateNaissance: '1975-12-31' }
const individu = writeIndividuAVerifier({
  matricule: '2751263220749',
  oid: '1.2.250.1.213.1.4.8',
  nomNaissance: 'ADRUN',
  prenom: 'ZOE',
  sexe: 'F',
  dateNaissance: '1975-12-31',
})
const SEEDS = [
  demande('rechercherInsAvecTraitsIdentite', writeRechercheTraits(traits), { mode: 'CPS' }),
  demande('rechercherInsAvecCarteVitale', writeRechercheVitale({ matriculeOd: '2751263220749', cleOd: '74' })),
  demande('verifierInsAvecTraitsIdentite', vocabulary('q', INSI_VERIFICATION)('REQUNITAIRE', {}, individu)),
]
const poster = (body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/soap+xml' }) =>
  monde.send('POST', '/insi/lps', { body, headers })

/** A result or a fault, in an envelope that any stack reads. */
function expectServiceAnswer({ status, text, headers }: TestAnswer): void {
  expect([200, 415, 500]).toContain(status)
  expect(headers['content-type']).toMatch(/^(application\/soap\+xml|text\/xml); charset=utf-8$/)
  expect(readSoapEnvelope(text).payload).toBeDefined()
}

describe('hostile messages', () => {
  test('a message somebody broke is answered by the service, never by a bug', async () => {
    const change = record({
      at: integer({ min: 0, max: 100_000 }),
      remove: integer({ min: 0, max: 30 }),
      add: string({ unit: 'binary', maxLength: 6 }),
    })
    await assert(
      asyncProperty(constantFrom(...SEEDS), array(change, { minLength: 1, maxLength: 4 }), async (seed, changes) => {
        const broken = changes.reduce((text, { at, remove, add }) => {
          const start = at % text.length
          return text.slice(0, start) + add + text.slice(start + remove)
        }, seed)
        expectServiceAnswer(await poster(broken))
      }),
      { numRuns: 400 },
    )
  })

  test('any bytes under any content type are answered by the service', async () => {
    const types = constantFrom(
      'application/soap+xml',
      'text/xml; charset=utf-16',
      'application/soap+xml; charset="',
      'multipart/related',
      '',
      ';;;',
      'application/soap+xml; action=',
    )
    await assert(
      asyncProperty(uint8Array({ maxLength: 400 }), types, async (bytes, type) => {
        expectServiceAnswer(await poster(bytes, { 'content-type': type }))
      }),
    )
  })

  test('an element dropped anywhere is refused or changes the result, never more', async () => {
    const dropping = (one: XmlElement, path: readonly number[]): XmlElement => {
      const [first = 0, ...rest] = path
      const { children } = one
      if (children.length === 0) return one
      const at = first % children.length
      const chosen = children[at]!
      if (rest.length === 0 || !isElement(chosen)) return { ...one, children: children.toSpliced(at, 1) }
      return { ...one, children: children.with(at, dropping(chosen, rest)) }
    }
    await assert(
      asyncProperty(constantFrom(...SEEDS), array(integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }), async (seed, path) => {
        expectServiceAnswer(await poster(writeXml(dropping(readXml(seed), path))))
      }),
      { numRuns: 200 },
    )
    expect(await monde.world.store.count(lots)).toBe(0)
  })

  test('a long message gets the service’s own refusal at once', async () => {
    const long = `<a>${'x'.repeat(2_000_000)}</a>`
    const answer = await poster(long)
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('desir_902')
  })

  test('INSI-OPERATION : les préfixes ne changent rien à la réponse', async () => {
    const renamed = (one: XmlElement, names: ReadonlyMap<string, string>): XmlElement => ({
      ...one,
      prefix: names.get(one.ns) ?? one.prefix,
      children: one.children.map((node) => (isElement(node) ? renamed(node, names) : node)),
    })
    const expected = await poster(SEEDS[0]!, enTetes('rechercherInsAvecTraitsIdentite'))
    const names = array(constantFrom('', 'a', 'S', 'soap', 'insi', 'ns0'), { minLength: 4, maxLength: 4 })
    await assert(
      asyncProperty(names, async ([soap = '', body = '', bam = '', lps = '']) => {
        const prefixes = new Map([
          [SOAP12, soap],
          ['http://www.cnamts.fr/INSiRecSans', body],
          ['urn:siram:bam:ctxbam', bam],
          ['urn:siram:lps:ctxlps', lps],
        ])
        const answer = await poster(writeXml(renamed(readXml(SEEDS[0]!), prefixes)))
        expect(answer.text).toBe(expected.text)
      }),
      { numRuns: 60 },
    )
  })
})
