import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

export interface RunningServer {
  readonly origin: string
  /** Milliseconds from spawn to the first line it prints. */
  readonly readyIn: number
  /** Resident memory, megabytes; NaN where /proc is absent. */
  rss(): number
  stop(): Promise<void>
}

/** Starts a Node program and waits for the first http address it prints. */
export function startServer(script: string, ...args: string[]): Promise<RunningServer> {
  const started = performance.now()
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const address = /http:\/\/[\w.[\]:]+:\d+/.exec(printed)?.[0]
      if (address) resolve({ origin: address, readyIn: performance.now() - started, rss: () => residentMemory(child), stop: () => stop(child) })
    })
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function residentMemory(child: ChildProcess): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
    return line ? Number(line[1]) / 1024 : Number.NaN
  } catch {
    return Number.NaN
  }
}

export interface Figures {
  /** Requests answered each second, mean of the run. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failures: number
}

export interface Load {
  url: string
  headers: Record<string, string>
  body: Buffer | (() => Buffer)
  /** Seconds, or a fixed number of requests. */
  duration?: number
  amount?: number
  connections?: number
}

/** POSTs over and over on `connections` kept-alive connections (10 by default). Answers other than 2xx count as failures. */
export async function load({ url, headers, body, duration = 6, amount, connections = 10 }: Load): Promise<Figures> {
  const fixed = typeof body === 'function' ? undefined : body
  const started = performance.now()
  let last = started
  // Autocannon counts time by whole seconds: too coarse for a fixed number of requests.
  const run = autocannon({
    url,
    method: 'POST',
    connections,
    headers,
    ...(amount ? { amount } : { duration }),
    ...(fixed
      ? { body: fixed }
      : {
          body: (body as () => Buffer)(),
          requests: [{ setupRequest: (request: autocannon.Request) => ({ ...request, body: (body as () => Buffer)() }) }],
        }),
  })
  run.on('response', () => {
    last = performance.now()
  })
  const result = await run
  return {
    rate: amount ? amount / ((last - started) / 1000) : result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors,
  }
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
