/**
 * Given in place of the app's service worker by a server that plays the services itself. A browser that once ran the services in the page
 * at this address would go on answering in the server's place: this worker takes over, forgets the files kept, and goes.
 */
export const RETIRING_WORKER = `self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const key of await caches.keys()) await caches.delete(key)
  await self.registration.unregister()
  for (const client of await self.clients.matchAll({ type: 'window' })) await client.navigate(client.url)
})()))
`
