/** Where the services answer: on a server, or in this page through a service worker, or by intercepting its own requests. */
export interface Demarrage {
  readonly mode: 'server' | 'service-worker' | 'in-page'
  /** Why no service worker, when there is none. */
  readonly reason?: string
}

export const MODE_AFFICHE: Readonly<Record<Demarrage['mode'], string>> = {
  server: 'Services sur le serveur',
  'service-worker': 'Services dans ce navigateur',
  'in-page': 'Services dans cette page',
}
