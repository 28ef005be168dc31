/** Played at a pace one can follow, or at once: for whoever begins where it ends. */
export type Demonstration = 'posée' | 'vite'

/** The rooms of the app. The address after `#` says which, so that a link opens the exact view. */
export type Route =
  | { readonly lieu: 'accueil' }
  | { readonly lieu: 'scene'; readonly scenario?: string; readonly demonstration?: Demonstration; readonly patient?: string }
  | { readonly lieu: 'integrer' }
  /** One pane alone, in its own window. */
  | { readonly lieu: 'patient'; readonly patient?: string }
  | { readonly lieu: 'cabinet' }
  /** The profile seen from inside: the machine of its states. */
  | { readonly lieu: 'profil'; readonly patient?: string }

function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const parameters = new URLSearchParams(query)
  const patient = parameters.get('patient')
  const scenario = parameters.get('scenario')
  switch (path) {
    case 'scene':
      return {
        lieu: 'scene',
        ...(scenario ? { scenario } : {}),
        ...(parameters.has('demonstration') ? { demonstration: parameters.get('demonstration') === 'vite' ? 'vite' : 'posée' } : {}),
        ...(patient ? { patient } : {}),
      }
    case 'integrer':
      return { lieu: 'integrer' }
    case 'patient':
      return { lieu: 'patient', ...(patient ? { patient } : {}) }
    case 'profil':
      return { lieu: 'profil', ...(patient ? { patient } : {}) }
    case 'cabinet':
      return { lieu: 'cabinet' }
    default:
      return { lieu: 'accueil' }
  }
}

export function writeRoute(route: Route): string {
  if (route.lieu === 'accueil') return '#/'
  const parameters = new URLSearchParams()
  if ('scenario' in route && route.scenario) parameters.set('scenario', route.scenario)
  if ('demonstration' in route && route.demonstration) parameters.set('demonstration', route.demonstration === 'vite' ? 'vite' : '')
  if ('patient' in route && route.patient) parameters.set('patient', route.patient)
  return `#/${route.lieu}${parameters.size > 0 ? `?${parameters}` : ''}`
}

/** The room at hand, following the address. */
export class Routeur {
  #route = $state.raw<Route>(readRoute(location.hash))

  constructor() {
    addEventListener('hashchange', () => (this.#route = readRoute(location.hash)))
  }

  get route(): Route {
    return this.#route
  }

  aller(route: Route): void {
    location.hash = writeRoute(route)
  }
}
