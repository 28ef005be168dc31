import type { Server } from 'node:http'

/** How long running requests may take to finish, milliseconds. */
const PATIENCE_MS = 2_000

/** How often connections that have finished are looked for, milliseconds. */
const SWEEP_MS = 20

/** Stops accepting, ends connections as they become idle, then cuts what is left. */
export function closeGently(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve()
    })
  })
}
