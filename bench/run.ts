// npm run bench: measures the server host and the page, writes docs/bench.md. Needs a build (`npm run build`).
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { measureClock } from './clock.ts'
import { measureImap } from './imap.ts'
import { measurePage } from './page.ts'
import { writeReport } from './report.ts'
import { measureServer } from './server.ts'

const quick = process.argv.includes('--quick')
const page = new URL('../docs/bench.md', import.meta.url)
const notes = new URL('./notes.md', import.meta.url)

if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
  console.error('The page is measured from its build: run "npm run build" first.')
  process.exit(1)
}
const server = await measureServer(quick ? { rounds: 1, seconds: 2 } : { rounds: 5, seconds: 6 })
const inPage = await measurePage(quick ? { visits: 2, calls: 100 } : { visits: 7, calls: 500 })
const clock = await measureClock({ rounds: quick ? 1 : 5, people: 10_000 })
const imap = await measureImap({ messages: quick ? 1_000 : 50_000, rounds: quick ? 1 : 5 })
const report = writeReport({ server, page: inPage, clock, imap }, await readFile(notes, 'utf8').catch(() => ''))
if (quick) console.log(report)
else await writeFile(page, report)
