/** The country inside the page: the default host, offline too. Only `src/main.ts` imports it. */
import { Dexie } from 'dexie'
import type { AnyHandler } from 'msw'
import { DEFAULT_DATASET } from './database/datasets.ts'
import { openDexieJournal } from './database/dexie-journal.ts'
import { openDexieStore } from './database/dexie-store.ts'
import { upTo } from './database/versions.ts'
import { createHandlers } from './handlers.ts'
import { isWorldName } from './kit/target.ts'
import { services } from './routes.ts'
import { Sandbox, type SandboxOptions } from './sandbox/sandbox.ts'

/** How often running clocks are looked at, real milliseconds. */
const TICK_MS = 1_000

const WORKER = import.meta.env.BASE_URL + (import.meta.env.DEV ? 'mockServiceWorker.js' : 'sw.js')

/** How long the service worker may take to start before the page does without, milliseconds. */
const WORKER_MS = 8_000

export interface PageOptions {
  /** Do without service worker even where one could run. */
  readonly forceInPage?: boolean
  /** Address of the worker; `sw.js` of the build, or MSW's own in development, when absent. */
  readonly workerUrl?: string
  readonly seed?: number
}

export interface PageHost {
  /** `service-worker`: requests show in the browser's network panel. `in-page`: `fetch` and XMLHttpRequest are intercepted. */
  readonly mode: 'service-worker' | 'in-page'
  /** Why there is no service worker. */
  readonly reason?: string
  readonly sandbox: Sandbox
  /** Called when a new version of the app waits; `applyUpdate` then reloads the page with it. Returns how to stop listening. */
  onUpdate(listener: () => void): () => void
  applyUpdate(): Promise<void>
}

/**
 * Opens the default world and begins to answer.
 * @throws {Error} the browser refuses IndexedDB.
 */
export async function startInPage({ forceInPage = false, workerUrl = WORKER, seed = 1 }: PageOptions = {}): Promise<PageHost> {
  const sandbox = new Sandbox({ host: 'page', services, beginning: { dataset: DEFAULT_DATASET, seed }, ...inIndexedDb() })
  const handlers = createHandlers(sandbox)
  const opening = sandbox.open('default').catch((cause: unknown) => {
    throw new Error('Ce navigateur refuse de garder des données (IndexedDB) : essayez hors navigation privée, ou un autre navigateur.', { cause })
  })
  const reason = forceInPage ? 'demandé' : await startWorker(handlers, workerUrl)
  if (reason !== undefined) await interceptInPage(handlers)
  await opening
  setInterval(() => void sandbox.tick(), TICK_MS)
  return { mode: reason === undefined ? 'service-worker' : 'in-page', ...(reason !== undefined && { reason }), sandbox, ...updates() }
}

const PREFIX = 'bac-a-sante/'
const JOURNAL = '/journal'

/** Two databases for each world: its records, its journal. */
function inIndexedDb(): Pick<SandboxOptions, 'openStore' | 'openJournal' | 'stored' | 'erase'> {
  return {
    openStore: (world, schema, lost) => openDexieStore({ name: PREFIX + world, versions: upTo(schema), lost }),
    openJournal: (world) => openDexieJournal(PREFIX + world + JOURNAL),
    stored: async () =>
      (await Dexie.getDatabaseNames())
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => name.slice(PREFIX.length))
        .filter((name) => isWorldName(name)),
    async erase(world) {
      await Dexie.delete(PREFIX + world)
      await Dexie.delete(PREFIX + world + JOURNAL)
    },
  }
}

/** @returns why it could not start, undefined when it did. */
async function startWorker(handlers: AnyHandler[], url: string): Promise<string | undefined> {
  if (!('serviceWorker' in navigator)) return 'ce navigateur ou cette adresse n’admet pas de service worker'
  tolerateOfflineUpdates()
  try {
    const { setupWorker } = await import('msw/browser')
    const starting = setupWorker(...handlers).start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url } })
    await Promise.race([starting, tooLate()])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'le service worker n’a pas démarré'
  }
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error('le service worker tarde trop')), WORKER_MS))
}

/** MSW asks for an update at each start and leaves the promise alone: offline, that is an unhandled rejection. */
function tolerateOfflineUpdates(): void {
  const update = ServiceWorkerRegistration.prototype.update
  ServiceWorkerRegistration.prototype.update = async function (this: ServiceWorkerRegistration) {
    return await update.call(this).catch(() => this)
  }
}

async function interceptInPage(handlers: AnyHandler[]): Promise<void> {
  const [{ InterceptorSource, defineNetwork }, { FetchInterceptor }, { XMLHttpRequestInterceptor }] = await Promise.all([
    import('msw/experimental'),
    import('@mswjs/interceptors/fetch'),
    import('@mswjs/interceptors/XMLHttpRequest'),
  ])
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [new FetchInterceptor(), new XMLHttpRequestInterceptor()] })],
    handlers,
    onUnhandledFrame: 'bypass',
    context: { quiet: true },
  })
  await network.enable()
}

function updates(): Pick<PageHost, 'onUpdate' | 'applyUpdate'> {
  const registration = async () => ('serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined)
  return {
    onUpdate(listener) {
      const stopped = new AbortController()
      void registration().then((found) => watch(found, listener, stopped.signal))
      return () => stopped.abort()
    },
    async applyUpdate() {
      const waiting = (await registration())?.waiting
      if (!waiting) return
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      waiting.postMessage('bac-a-sante:apply-update')
    },
  }
}

function watch(registration: ServiceWorkerRegistration | undefined, listener: () => void, signal: AbortSignal): void {
  if (!registration || signal.aborted) return
  if (registration.waiting) listener()
  registration.addEventListener(
    'updatefound',
    () => {
      const { installing } = registration
      const installed = () => {
        if (installing?.state === 'installed' && registration.waiting) listener()
      }
      installing?.addEventListener('statechange', installed, { signal })
    },
    { signal },
  )
  // Offline there is nothing to look at: the next start will.
  registration.update().catch(() => {})
}
