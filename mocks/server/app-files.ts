import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { RETIRING_WORKER } from './retiring-worker.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain; charset=utf-8',
}

/** Only its own scripts and its own origin; documents show in frames made of their bytes. */
const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
    "connect-src 'self'; frame-src 'self' blob: data:; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

/** A file of the app, read once, with its compressed forms made when first asked for. */
interface AppFile {
  readonly headers: Readonly<Record<string, string>>
  readonly etag: string
  readonly content: Buffer
  readonly compressed: Map<Encoding, Promise<Buffer>>
}

type Encoding = 'br' | 'gzip'

export interface AppFiles {
  /** The file a URL names, if any: `/` and `/w/<world>/` are the page. Unread until then. */
  find(url: string): Promise<AppFile> | undefined
}

/**
 * The built app.
 * @param host `server` marks the page as hosted by a server that plays the services, and retires the service worker that played them
 * @returns undefined when the folder has no `index.html`: the app is not built.
 */
export async function serveApp(folder: string, host: 'page' | 'server'): Promise<AppFiles | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll(sep, '/'))
  const known = new Set(paths.map((path) => (path.startsWith('/') ? path : `/${path}`)))
  if (!known.has('/index.html')) return undefined
  const read = new Map<string, Promise<AppFile>>()
  return {
    find(url) {
      const path = pathOf(url)
      if (!known.has(path)) return undefined
      let file = read.get(path)
      if (!file) {
        file = readFile(join(folder, path)).then((content) => prepare(path, forHost(path, content, host)))
        file.catch(() => read.delete(path))
        read.set(path, file)
      }
      return file
    },
  }
}

function pathOf(url: string): string {
  const mark = url.search(/[?#]/)
  const path = mark < 0 ? url : url.slice(0, mark)
  return path === '/' || /^\/w\/[a-z0-9-]{1,40}\/?$/.test(path) ? '/index.html' : path
}

function forHost(path: string, content: Buffer, host: 'page' | 'server'): Buffer {
  if (host === 'page') return content
  if (path === '/sw.js' || path === '/mockServiceWorker.js') return Buffer.from(RETIRING_WORKER)
  if (path !== '/index.html') return content
  return Buffer.from(content.toString().replace(/(<meta\s+name="bac-a-sante-host"\s+content=")page(")/, '$1server$2'))
}

function prepare(path: string, content: Buffer): AppFile {
  const hashed = /^\/assets\/.*-[\w-]{8}\.\w+$/.test(path)
  return {
    headers: {
      ...SECURITY,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    content,
    compressed: new Map(),
  }
}

export async function sendFile(file: Promise<AppFile>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { headers, etag, content, compressed } = await file
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { ...headers, etag }).end()
    const encoding =
      content.length > 1_000 && /^(text|application\/(json|manifest)|image\/svg)/.test(headers['content-type']!) ? accepted(request) : undefined
    let sent = content
    if (encoding) {
      let work = compressed.get(encoding)
      if (!work) compressed.set(encoding, (work = compress(content, encoding)))
      sent = await work
    }
    response.writeHead(200, {
      ...headers,
      etag,
      vary: 'accept-encoding',
      'content-length': sent.length,
      ...(encoding && { 'content-encoding': encoding }),
    })
    response.end(request.method === 'HEAD' ? undefined : sent)
  } catch {
    if (!response.headersSent) response.writeHead(404).end()
  }
}

function accepted(request: IncomingMessage): Encoding | undefined {
  const offered = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b/.test(offered)) return 'br'
  return /\bgzip\b/.test(offered) ? 'gzip' : undefined
}

function compress(content: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(content, { level: 6 })
  return promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })
}
