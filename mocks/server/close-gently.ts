import type { Server } from 'node:http'

/** How long running requests may take to finish, milliseconds. */
const PATIENCE_MS = 2_000

/** Stops accepting, ends idle connections, lets the others finish, then cuts what is left. */
export function closeGently(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
