const DEFAULT_WORLD = 'default'

/** A request's target taken apart: prefixes, then what the services see. */
export interface Target {
  readonly world: string
  /** Name in `/sim/<fault>`, percent-decoded. */
  readonly fault: string | undefined
  /** `/w/atelier`, `/sim/latency-500/w/atelier`, or `''`. */
  readonly prefix: string
  readonly path: string
  /** Without `?`. */
  readonly query: string
}

/** `a-z`, `0-9` and `-`, 1 to 40 characters. */
export const isWorldName = (name: string): boolean => /^[a-z0-9-]{1,40}$/.test(name)

/**
 * Takes `/w/<world>` and `/sim/<fault>` off the front, in either order.
 * @returns undefined when a prefix has no acceptable name.
 */
export function readTarget(target: string): Target | undefined {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  let world: string | undefined
  let fault: string | undefined
  let at = 0
  for (;;) {
    if (world === undefined && path.startsWith('/w/', at)) {
      const end = endOfSegment(path, at + 3)
      world = path.slice(at + 3, end)
      if (!isWorldName(world)) return undefined
      at = end
    } else if (fault === undefined && path.startsWith('/sim/', at)) {
      const end = endOfSegment(path, at + 5)
      fault = decoded(path.slice(at + 5, end))
      if (!fault) return undefined
      at = end
    } else break
  }
  return { world: world ?? DEFAULT_WORLD, fault, prefix: at === 0 ? '' : path.slice(0, at), path: at === 0 ? path : path.slice(at) || '/', query }
}

function endOfSegment(path: string, from: number): number {
  const slash = path.indexOf('/', from)
  return slash < 0 ? path.length : slash
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
