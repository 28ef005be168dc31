import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveApp, sendFile } from './app-files.ts'
import { closeGently } from './close-gently.ts'
import { isAllowedHost } from './host-guard.ts'

/**
 * Serves the built app and nothing else: the services run in the page.
 * @throws {Error} the app is not built; the port cannot be had.
 */
export async function startPage({
  port,
  host,
  app,
}: {
  port: number
  host?: string
  app: string
}): Promise<{ origin: string; stop(): Promise<void> }> {
  const files = await serveApp(app, 'page')
  if (!files) throw new Error(`no index.html in ${app}`)
  const server = createServer((request, response) => {
    const readable = request.method === 'GET' || request.method === 'HEAD'
    const file = readable && (host !== undefined || isAllowedHost(request.headers.host)) ? files.find(request.url ?? '/') : undefined
    if (file) return void sendFile(file, request, response)
    response.writeHead(readable ? 404 : 405, { 'content-type': 'text/plain; charset=utf-8' }).end('Rien à cette adresse.')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host ?? '127.0.0.1', resolve)
  })
  const { port: listening } = server.address() as AddressInfo
  return {
    origin: `http://${host === undefined ? '127.0.0.1' : host === '0.0.0.0' ? 'localhost' : host}:${listening}`,
    stop: () => closeGently(server),
  }
}
