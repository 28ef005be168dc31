import { depositBytes, depositHeaders, insiSearch, nextDeposit } from './messages.ts'
import { type Figures, type RunningServer, load, median, startServer } from './load.ts'

const here = (file: string) => new URL(file, import.meta.url).pathname

export interface Comparison {
  readonly name: string
  readonly rates: number[]
  readonly p50: number
  readonly p99: number
  readonly failures: number
}

export interface ServerFigures {
  readonly insi: { requestBytes: number; answerBytes: number; ours: Comparison; bare: Comparison; nodeSoap: Comparison }
  readonly td21: { requestBytes: number; answerBytes: number; ours: Comparison; bare: Comparison }
  readonly readyIn: number[]
  readonly memory: { idle: number; afterLoad: number }
}

const serve = (...args: string[]) => startServer(here('../bin/bac-a-sante.ts'), 'serve', '--port', '0', ...args)

function compare(name: string, runs: Figures[]): Comparison {
  return {
    name,
    rates: runs.map(({ rate }) => rate),
    p50: median(runs.map(({ p50 }) => p50)),
    p99: median(runs.map(({ p99 }) => p99)),
    failures: runs.reduce((sum, { failures }) => sum + failures, 0),
  }
}

/** INSi search and TD2.1 of 100 kB, each beside a bare answer of the same size; the three servers take turns `rounds` times. */
export async function measureServer({ rounds, seconds }: { rounds: number; seconds: number }): Promise<ServerFigures> {
  const readyIn: number[] = []
  for (let n = 0; n < 5; n++) {
    const server = await serve('--no-app')
    readyIn.push(server.readyIn)
    await server.stop()
  }
  const ours = await serve('--no-app')
  const idle = ours.rss()
  const sample = await post(ours, '/insi/lps', insiSearch.headers, insiSearch.body)
  if (!sample.includes('<CodeCR>00</CodeCR>')) throw new Error(`The INSi search is not answered as expected:\n${sample}`)
  const bare = await startServer(here('./servers/bare.ts'), String(Buffer.byteLength(sample)))
  const nodeSoap = await startServer(here('./servers/node-soap.ts'), ours.origin)
  const runs = { ours: [] as Figures[], bare: [] as Figures[], nodeSoap: [] as Figures[] }
  for (const server of [ours, bare, nodeSoap]) await load({ url: `${server.origin}/insi/lps`, ...insiSearch, duration: 3 })
  for (let round = 0; round < rounds; round++) {
    runs.bare.push(await load({ url: `${bare.origin}/insi/lps`, ...insiSearch, duration: seconds }))
    runs.ours.push(await load({ url: `${ours.origin}/insi/lps`, ...insiSearch, duration: seconds }))
    runs.nodeSoap.push(await load({ url: `${nodeSoap.origin}/insi/lps`, ...insiSearch, duration: seconds }))
  }
  const afterLoad = ours.rss()
  await Promise.all([ours.stop(), bare.stop(), nodeSoap.stop()])
  return {
    insi: {
      requestBytes: insiSearch.body.length,
      answerBytes: Buffer.byteLength(sample),
      ours: compare('Bac à santé', runs.ours),
      bare: compare('bare node:http', runs.bare),
      nodeSoap: compare('node soap', runs.nodeSoap),
    },
    td21: await measureDeposits(rounds),
    readyIn,
    memory: { idle, afterLoad },
  }
}

async function measureDeposits(rounds: number): Promise<ServerFigures['td21']> {
  const runs = { ours: [] as Figures[], bare: [] as Figures[] }
  let answerBytes = 0
  for (let round = 0; round < rounds; round++) {
    const ours = await serve('--no-app')
    const sample = await post(ours, '/dmp/si-dmp-server/v2/services/repository', depositHeaders, nextDeposit())
    if (!sample.includes('ResponseStatusType:Success')) throw new Error(`The deposit is not accepted:\n${sample}`)
    answerBytes = Buffer.byteLength(sample)
    const bare = await startServer(here('./servers/bare.ts'), String(answerBytes))
    const target = { headers: depositHeaders, body: nextDeposit }
    for (const server of [ours, bare]) await load({ url: `${server.origin}/dmp/si-dmp-server/v2/services/repository`, ...target, amount: 300 })
    runs.bare.push(await load({ url: `${bare.origin}/dmp/si-dmp-server/v2/services/repository`, ...target, amount: 3000 }))
    runs.ours.push(await load({ url: `${ours.origin}/dmp/si-dmp-server/v2/services/repository`, ...target, amount: 3000 }))
    await Promise.all([ours.stop(), bare.stop()])
  }
  return { requestBytes: depositBytes, answerBytes, ours: compare('Bac à santé', runs.ours), bare: compare('bare node:http', runs.bare) }
}

async function post(server: RunningServer, path: string, headers: Record<string, string>, body: Buffer): Promise<string> {
  const answer = await fetch(server.origin + path, { method: 'POST', headers, body: new Uint8Array(body) })
  return await answer.text()
}
