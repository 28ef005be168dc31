import { cpus } from 'node:os'
import type { ClockFigures } from './clock.ts'
import type { ImapFigures } from './imap.ts'
import { median, quantile } from './load.ts'
import type { PageFigures } from './page.ts'
import type { Comparison, ServerFigures } from './server.ts'

const n = (value: number, digits = 0) => value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const range = (values: number[]) => `${n(Math.min(...values))}–${n(Math.max(...values))}`
const verdict = (holds: boolean) => (holds ? 'met' : '**missed**')

/** Ratio of medians of two comparisons made in turns in the same run. */
const ratio = (one: Comparison, other: Comparison): number => median(one.rates) / median(other.rates)

const ms = (times: readonly number[]) =>
  times.length === 0 ? '' : `${n(median([...times]), 1)} (${n(Math.min(...times), 1)}–${n(Math.max(...times), 1)})`

const line = (c: Comparison) => `| ${c.name} | ${n(median(c.rates))} (${range(c.rates)}) | ${n(c.p50, 0)} | ${n(c.p99, 0)} | ${c.failures} |`

export interface Figures {
  readonly server: ServerFigures
  readonly page: PageFigures
  readonly clock: ClockFigures
  readonly imap: ImapFigures
}

/** Writes docs/bench.md: figures of one run, as ratios where a peer ran beside. */
export function writeReport({ server, page, clock, imap }: Figures, notes: string): string {
  const insiToBare = ratio(server.insi.ours, server.insi.bare)
  const insiToSoap = ratio(server.insi.ours, server.insi.nodeSoap)
  const depositToBare = ratio(server.td21.ours, server.td21.bare)
  const first = page.firstLoad.reduce((sum, { gzip }) => sum + gzip, 0) / 1024
  const callP95 = quantile(page.calls, 0.95)
  return `# Measured figures

Written by \`npm run bench\`; figures of one run on ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}. Load generator and server share the cores.
Read ratios, not absolute figures: each peer ran in turns with ours, in the same run.

## Server host

INSi search by traits, request of ${n(server.insi.requestBytes)} B, answer of ${n(server.insi.answerBytes)} B, 10 connections. Ours reads and checks the message, searches the register, and journals the exchange.

| server | requests/s, median (range) | p50 ms | p99 ms | failures |
| --- | --- | --- | --- | --- |
${[server.insi.ours, server.insi.bare, server.insi.nodeSoap].map(line).join('\n')}

DMP TD2.1, one document, MTOM request of ${n(server.td21.requestBytes)} B, 10 connections, 3 000 deposits each into a fresh world.

| server | requests/s, median (range) | p50 ms | p99 ms | failures |
| --- | --- | --- | --- | --- |
${[server.td21.ours, server.td21.bare].map(line).join('\n')}

| aim | figure | |
| --- | --- | --- |
| INSi search ≥ 40 % of a bare static answer | ${n(insiToBare * 100)} % | ${verdict(insiToBare >= 0.4)} |
| INSi search ≥ 2.5 × node soap | ${n(insiToSoap, 1)} × | ${verdict(insiToSoap >= 2.5)} |
| TD2.1 of 100 kB ≥ 50 % of a bare upload | ${n(depositToBare * 100)} % | ${verdict(depositToBare >= 0.5)} |
| server ready in ≤ 300 ms (spawn to first line, 5 starts, median) | ${n(median(server.readyIn))} ms (${range(server.readyIn)}) | ${verdict(median(server.readyIn) <= 300)} |
| memory: idle / after the INSi load | ${n(server.memory.idle)} / ${n(server.memory.afterLoad)} MB | |

## The clock

${n(clock.people)} people in mixed states of Mon espace santé, the clock moved by twelve years; ${n(clock.fired)} delays fall, each at its own time.

| aim | figure | |
| --- | --- | --- |
| in one jump < 5 s, median of ${clock.atOnce.length} | ${n(median(clock.atOnce))} ms (${range(clock.atOnce)}) | ${verdict(median(clock.atOnce) < 5_000)} |
| the same world day by day (4 383 moves, ${n(clock.dayByDay)} ms), row by row, ids included | ${clock.same ? 'the same' : 'other'} | ${verdict(clock.same)} |

## Mailboxes

A folder of ${n(imap.messages)} messages of about 1.5 kB, read by imapflow over a local connection in clear; milliseconds, median of ${Object.values(imap.ours)[0]?.length ?? 0} rounds (range).
${imap.dovecot ? `Dovecot ${imap.dovecotVersion} is Debian's, on a Maildir of the same messages, same client, same machine.` : 'Dovecot was not on this machine.'}

| act | ours | Dovecot |
| --- | --- | --- |
${Object.entries(imap.ours)
  .map(([act, times]) => `| ${act} | ${ms(times)} | ${imap.dovecot ? ms(imap.dovecot[act] ?? []) : ''} |`)
  .join('\n')}

| messages held | one delivery, median of 50, ms |
| --- | --- |
${imap.delivery.map(({ held, ms: time }) => `| ${n(held)} | ${n(time, 2)} |`).join('\n')}

## In the page

Chromium ${page.browser}, production build, INSi search through the service worker (${page.mode}), ${page.calls.length} calls one after the other.

| aim | figure | |
| --- | --- | --- |
| p95 of a call ≤ 15 ms (p50 ${n(quantile(page.calls, 0.5), 1)} ms) | ${n(callP95, 1)} ms | ${verdict(callP95 <= 15)} |
| navigation to usable, cold (first visit, empty profile), median of ${page.cold.length} | ${n(median(page.cold))} ms | |
| navigation to usable, warm (second visit), median of ${page.warm.length} | ${n(median(page.warm))} ms | |
| first load ≤ 160 kB gzip of script | ${n(first, 1)} kB | ${verdict(first <= 160)} |

| script of the first load | gzip kB |
| --- | --- |
${page.firstLoad.map(({ file, gzip }) => `| ${file} | ${n(gzip / 1024, 1)} |`).join('\n')}

${notes.trim()}
`
}
