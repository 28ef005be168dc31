// The parts of autocannon's interface used here; the package brings no types.
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      body?: Buffer | string
      [name: string]: unknown
    }
    interface Options {
      url: string
      method?: string
      connections?: number
      duration?: number
      amount?: number
      headers?: Record<string, string>
      body?: Buffer | string
      requests?: { setupRequest?(request: Request): Request }[]
    }
    interface Result {
      requests: { average: number }
      latency: { p50: number; p99: number }
      non2xx: number
      errors: number
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result> & { on(event: 'response', listener: () => void): void }
  export default autocannon
}
