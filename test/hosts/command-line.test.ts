import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const PROGRAM = new URL('../../bin/bac-a-sante.ts', import.meta.url).pathname

interface Ended {
  code: number | null
  out: string
  err: string
}

interface Run {
  child: ChildProcess
  /** First address printed. */
  origin: Promise<string>
  ended: Promise<Ended>
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [PROGRAM, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const origin = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = /http:\/\/[\d.:]+/.exec(out)
      if (found) resolve(found[0])
    })
  })
  return { child, origin, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err }))) }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serve prints its endpoints once it answers, and stops cleanly on %s, streams open or not',
  async (signal) => {
    const { child, origin, ended } = run('serve', '--port', '0', '--no-app', '--date', '2026-11-23')
    const base = await origin
    const presentation = (await (await fetch(`${base}/_sandbox`)).json()) as { now: string; host: string }
    expect(presentation.host).toBe('server')
    expect(presentation.now).toMatch(/^2026-11-23T08:00/)
    const stream = await fetch(`${base}/_sandbox/events`)
    const cut = stream.text().catch(() => '')
    child.kill(signal)
    const { code, out, err } = await ended
    await cut
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`${base}/_sandbox`)
    expect(out).toContain(`${base}/insi/lps`)
  },
)

test('serve --data finds its worlds again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'bac-data-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const first = run('serve', '--port', '0', '--no-app', '--data', data)
  const base = await first.origin
  await fetch(`${base}/w/atelier/_sandbox/clock`, { method: 'PUT', body: JSON.stringify({ now: '2031-05-06T07:08:09Z', mode: 'frozen' }) })
  const twice = await run('serve', '--port', '0', '--no-app', '--data', data).ended
  expect(twice.code).toBe(1)
  expect(twice.err).toMatch(/déjà utilisé par un autre serveur/)
  first.child.kill('SIGTERM')
  await first.ended
  const second = run('serve', '--port', '0', '--no-app', '--data', data)
  const clock = await (await fetch(`${await second.origin}/w/atelier/_sandbox/clock`)).json()
  expect(clock).toEqual({ now: '2031-05-06T07:08:09.000Z', mode: 'frozen' })
  second.child.kill('SIGTERM')
  await second.ended
})

test('a busy port is told in one sentence', async () => {
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void busy.close())
  const { port } = busy.address() as AddressInfo
  const { code, out, err } = await run('serve', '--no-app', '--port', String(port)).ended
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(new RegExp(`^Le port ${port} est déjà pris.*\\n$`))
})

test.each([
  [['jouer']],
  [['serve', 'x']],
  [['serve', '--port', '8o80']],
  [['serve', '--port', '99999']],
  [['serve', '--date', 'hier']],
  [['serve', '--absent']],
  [['--port', '1']],
])('%s is refused with a sentence and a way out', async (args) => {
  const { code, out, err } = await run(...args).ended
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/--help\n$/)
  expect(err).not.toMatch(/\n\s+at /)
})

test('--help tells both commands', async () => {
  const { code, out } = await run('--help').ended
  expect(code).toBe(0)
  expect(out).toMatch(/serve[^]*page/)
})
