import { asyncProperty, assert, constantFrom, dictionary, json, jsonValue, oneof, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toy } from '../../test/hosts/toy-service.ts'
import { createSandbox } from '../server/in-memory.ts'
import { dispatch } from './dispatch.ts'

/** A sandbox that reports its mistakes, and one world of it. */
function quietSandbox() {
  const bugs: unknown[] = []
  return { bugs, sandbox: createSandbox({ services: [toy], onBug: (error) => bugs.push(error), maxWorlds: 5 }) }
}

const encoder = new TextEncoder()

describe('whatever is sent', () => {
  test('to any address, by any method, gets an answer that is no mistake of ours', async () => {
    const { bugs, sandbox } = quietSandbox()
    const segment = oneof(
      string(),
      constantFrom('w', 'sim', 'default', '_sandbox', 'toy', 'notes', 'journal', 'clock', 'drop', 'latency-0', '%', '..', '//'),
    )
    const target = dictionary(segment, segment).map((parts) => `/${Object.entries(parts).flat().join('/')}`)
    const method = constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', '')
    await assert(
      asyncProperty(method, target, uint8Array({ maxLength: 50 }), async (method, target, body) => {
        const { status } = await dispatch({ method, origin: 'http://x', target, headers: {}, body }, sandbox)
        expect(status === 0 || (status >= 200 && status < 600)).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(bugs).toEqual([])
    await sandbox.close()
  })

  test.each([
    ['PUT', 'clock'],
    ['POST', 'clock/advance'],
    ['POST', 'faults'],
    ['PATCH', 'settings'],
    ['POST', 'reset'],
    ['POST', 'import'],
  ])('to the control API in JSON gets an answer that is no mistake of ours: %s %s', async (method, path) => {
    const { bugs, sandbox } = quietSandbox()
    const known = constantFrom(
      'now',
      'mode',
      'duration',
      'kind',
      'ms',
      'status',
      'times',
      'name',
      'service',
      'path',
      'dataset',
      'toy-shout',
      'format',
      'version',
      'at',
      'dump',
      '__proto__',
    )
    const value = oneof(
      jsonValue(),
      constantFrom('frozen', 'P1D', 'latency', 'drop', 'protocol', 'insi', '/', 1, 2, 500, 'bac-a-sante/world', '2026-11-23', {
        collections: {},
        bytes: {},
      }),
    )
    await assert(
      asyncProperty(
        oneof(
          dictionary(known, value).map((object) => JSON.stringify(object)),
          json(),
          string(),
        ),
        async (body) => {
          const { status } = await dispatch(
            { method, origin: 'http://x', target: `/_sandbox/${path}`, headers: {}, body: encoder.encode(body) },
            sandbox,
          )
          expect(status).toBeLessThan(500)
          await dispatch({ method: 'DELETE', origin: 'http://x', target: '/_sandbox/faults', headers: {}, body: new Uint8Array(0) }, sandbox)
        },
      ),
      { numRuns: 200 },
    )
    expect(bugs).toEqual([])
    await sandbox.close()
  })
})
