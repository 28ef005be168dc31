/**
 * The one service worker of the app: keeps the app's files for offline use, and lets MSW's worker hand the other requests to the page.
 * @see docs/decisions/0003-one-service-worker.md
 */
declare const self: ServiceWorkerGlobalScope
/** Files of this build, relative to the scope, and a name that changes with any of them. */
declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] }

const CACHE = `app-${__PRECACHE__.version}`
const scope = new URL(self.registration.scope)
const files = new Set(__PRECACHE__.files.map((file) => new URL(file, scope).href))
const page = new URL('index.html', scope).href

self.addEventListener('install', (event) => {
  const fresh = [...files].map((url) => new Request(url, { cache: 'no-cache' }))
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)))
})

self.addEventListener('activate', (event) => {
  const old = caches.keys().then((keys) => keys.filter((key) => key.startsWith('app-') && key !== CACHE))
  event.waitUntil(old.then((keys) => Promise.all(keys.map((key) => caches.delete(key)))))
})

// 1. The app's own files: answered here, they never make the round trip through the page.
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  url.search = ''
  url.hash = ''
  if (url.origin !== scope.origin || request.method !== 'GET') return
  const kept = request.mode === 'navigate' && url.pathname === scope.pathname ? page : files.has(url.href) ? url.href : undefined
  if (!kept) return
  event.stopImmediatePropagation()
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(kept))
      .then((found) => found ?? fetch(request)),
  )
})

// 2. MSW's worker unregisters itself when the last page closes: the next offline start would find nothing.
Object.defineProperty(self.registration, 'unregister', { value: async () => false })

// 3. MSW's worker activates at once: an update would take over open pages without knowing them, and pass their requests to the network.
const activateNow = self.skipWaiting.bind(self)
if (self.registration.active) Object.defineProperty(self, 'skipWaiting', { value: async () => {} })
self.addEventListener('message', (event) => {
  if (event.data === 'bac-a-sante:apply-update') void activateNow()
})

// 4. MSW's own listeners.
importScripts('mockServiceWorker.js')
