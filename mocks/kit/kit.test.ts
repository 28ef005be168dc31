import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, readDuration } from './duration.ts'
import { Router } from './router.ts'
import { readTarget } from './target.ts'

describe('the target of a request', () => {
  test('prefixes come off in either order', () => {
    const atelier = { world: 'atelier', path: '/insi/lps', query: 'wsdl' }
    expect(readTarget('/w/atelier/insi/lps?wsdl')).toEqual({ ...atelier, fault: undefined, prefix: '/w/atelier' })
    expect(readTarget('/w/atelier/sim/drop/insi/lps?wsdl')).toEqual({ ...atelier, fault: 'drop', prefix: '/w/atelier/sim/drop' })
    expect(readTarget('/sim/a%20b/w/atelier/insi/lps?wsdl')).toEqual({ ...atelier, fault: 'a b', prefix: '/sim/a%20b/w/atelier' })
    expect(readTarget('/insi/lps?wsdl')).toEqual({ world: 'default', path: '/insi/lps', query: 'wsdl', fault: undefined, prefix: '' })
    expect(readTarget('/w/atelier')?.path).toBe('/')
  })

  test.each(['/w/', '/w/Atelier/x', '/w/a.b/x', `/w/${'a'.repeat(41)}/x`, '/w/%2e%2e/x', '/sim//x', '/sim/%ZZ/x'])('%s is refused', (target) =>
    expect(readTarget(target)).toBeUndefined(),
  )
})

describe('the router', () => {
  const router = new Router([
    { method: 'GET', path: '/a/b' },
    { method: 'GET', path: '/a/{name}' },
    { method: 'DELETE', path: '/a/{id}' },
    { method: 'POST', path: '/a/{name}/c' },
    { method: '*', path: '/files/{path*}' },
    { method: 'GET', path: '/' },
  ])
  const found = (method: string, path: string) => {
    const result = router.find(method, path)
    if (!result) return undefined
    return 'allow' in result ? result.allow : [result.route.path, result.parameters]
  }

  test('a literal segment wins over a parameter', () => {
    expect(found('GET', '/a/b')).toEqual(['/a/b', {}])
    expect(found('GET', '/a/x%2Fy')).toEqual(['/a/{name}', { name: 'x/y' }])
    expect(found('DELETE', '/a/7')).toEqual(['/a/{id}', { id: '7' }])
    expect(found('POST', '/a/b/c')).toEqual(['/a/{name}/c', { name: 'b' }])
    expect(found('GET', '/a/b/')).toEqual(['/a/b', {}])
    expect(found('PATCH', '/files/x/y')).toEqual(['/files/{path*}', { path: 'x/y' }])
    expect(found('GET', '/')).toEqual(['/', {}])
  })

  test('HEAD is served by GET, another method says what is allowed, an unknown path nothing', () => {
    expect(found('HEAD', '/a/b')).toEqual(['/a/b', {}])
    expect(found('PUT', '/a/7')).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS'])
    for (const path of ['/b', '/a', '/a//c', '/a/%ZZ', '/files', `/a/${'x'.repeat(5000)}`]) expect(found('GET', path)).toBeUndefined()
  })

  test('no path makes it throw', () => {
    assert(
      property(string(), (path) => {
        expect(() => router.find('GET', `/${path}`)).not.toThrow()
      }),
    )
  })

  test('two routes of one shape are a mistake', () => {
    expect(
      () =>
        new Router([
          { method: 'GET', path: '/x/{a}' },
          { method: 'GET', path: '/x/{b}' },
        ]),
    ).toThrow(/Two routes/)
  })
})

describe('durations', () => {
  const from = Date.parse('2026-01-31T10:00:00Z')
  test.each([
    ['P6W', '2026-03-14T10:00:00.000Z'],
    ['P1M', '2026-02-28T10:00:00.000Z'],
    ['P10Y', '2036-01-31T10:00:00.000Z'],
    ['P1Y2M3W4DT5H6M7.5S', '2027-04-25T15:06:07.500Z'],
    ['PT0S', '2026-01-31T10:00:00.000Z'],
  ])('%s', (text, expected) => expect(new Date(addDuration(from, readDuration(text)!)).toISOString()).toBe(expected))

  test.each(['', 'P', 'PT', 'P1', '6W', '-P1D', 'P-1D', 'P1.5D', 'P1DT', 'P1H', 'p6w', ' P6W'])('“%s” is no duration', (text) =>
    expect(readDuration(text)).toBeUndefined(),
  )
})
