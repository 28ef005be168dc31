import type { PathParameters } from './message.ts'

/** What a router files: a route, or anything that has its method and path. */
export interface Routed {
  readonly method: string
  readonly path: string
}

export type Found<R> =
  | { readonly route: R; readonly parameters: PathParameters }
  /** The path exists, not with this method. */
  | { readonly allow: readonly string[] }
  | undefined

interface Node<R> {
  readonly literals: Map<string, Node<R>>
  /** `{name}` */
  one?: Node<R>
  /** `{name*}` */
  rest?: Node<R>
  readonly methods: Map<string, R>
  /** Names of the parameters met on the way, by method: two routes may name the same segment differently. */
  readonly names: Map<string, readonly string[]>
}

const NO_PARAMETERS: PathParameters = Object.freeze({})

/**
 * Routes filed once as a tree of segments. A literal segment wins over `{name}`, which wins over `{name*}`; a final `/` counts for nothing.
 * @throws {Error} two routes have the same method and shape.
 */
export class Router<R extends Routed> {
  readonly #root: Node<R> = emptyNode()
  /** Paths without parameters, found without cutting them into segments. */
  readonly #plain = new Map<string, Node<R>>()

  constructor(routes: Iterable<R>) {
    for (const route of routes) this.#add(route)
  }

  find(method: string, path: string): Found<R> {
    const plain = this.#plain.get(path)
    if (plain) return choose(plain, method, [])
    if (path.length > 4096) return undefined
    const segments = segmentsOf(path)
    const values: string[] = []
    const node = descend(this.#root, segments, 0, values)
    return node && choose(node, method, values)
  }

  #add(route: R): void {
    const names: string[] = []
    let node = this.#root
    for (const segment of segmentsOf(route.path)) {
      const parameter = /^\{([a-zA-Z]+)(\*?)\}$/.exec(segment)
      if (!parameter) {
        let next = node.literals.get(segment)
        if (!next) node.literals.set(segment, (next = emptyNode()))
        node = next
      } else {
        names.push(parameter[1]!)
        node = parameter[2] ? (node.rest ??= emptyNode()) : (node.one ??= emptyNode())
      }
    }
    if (node.methods.has(route.method)) throw new Error(`Two routes answer ${route.method} ${route.path}.`)
    node.methods.set(route.method, route)
    node.names.set(route.method, names)
    if (names.length === 0) this.#plain.set(route.path, node)
  }
}

const emptyNode = <R>(): Node<R> => ({ literals: new Map(), methods: new Map(), names: new Map() })

function segmentsOf(path: string): string[] {
  const segments = path.split('/')
  segments.shift()
  if (segments.at(-1) === '') segments.pop()
  return segments
}

function descend<R>(node: Node<R>, segments: readonly string[], at: number, values: string[]): Node<R> | undefined {
  if (at === segments.length) return node.methods.size > 0 ? node : undefined
  const segment = segments[at]!
  const literal = node.literals.get(segment)
  if (literal) {
    const found = descend(literal, segments, at + 1, values)
    if (found) return found
  }
  const depth = values.length
  if (node.one && segment !== '') {
    const value = decoded(segment)
    if (value !== undefined) {
      values.push(value)
      const found = descend(node.one, segments, at + 1, values)
      if (found) return found
      values.length = depth
    }
  }
  if (node.rest) {
    const value = decoded(segments.slice(at).join('/'))
    if (value !== undefined) {
      values.push(value)
      return node.rest
    }
  }
  return undefined
}

function choose<R>(node: Node<R>, method: string, values: readonly string[]): Found<R> {
  const exact = node.methods.has(method) ? method : method === 'HEAD' && node.methods.has('GET') ? 'GET' : node.methods.has('*') ? '*' : undefined
  if (exact === undefined) return { allow: allowed(node.methods) }
  const route = node.methods.get(exact)!
  if (values.length === 0) return { route, parameters: NO_PARAMETERS }
  const parameters: Record<string, string> = {}
  node.names.get(exact)!.forEach((name, at) => (parameters[name] = values[at]!))
  return { route, parameters }
}

function allowed<R>(methods: ReadonlyMap<string, R>): string[] {
  const names = [...methods.keys()]
  if (methods.has('GET')) names.push('HEAD')
  return [...names, 'OPTIONS'].sort()
}

function decoded(segment: string): string | undefined {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
