import type { AnyStateMachine, AnyStateNode } from 'xstate'

/** A machine as a drawing needs it: leaf states and what leads from one to another. Read from the definition, never written again. */
export interface MachineDecrite {
  readonly initial: string
  readonly etats: readonly string[]
  readonly transitions: readonly TransitionDecrite[]
}

interface TransitionDecrite {
  readonly de: string
  readonly vers: string
  readonly evenement: string
}

/**
 * States and transitions of a machine without parallel regions. A transition of a parent state is one of each of its leaves; one that targets
 * a parent leads to its initial leaf.
 * @param nomDe the name of a leaf, from its path: `['active', 'cguBlocked']`
 */
export function decrireMachine(
  { root }: Pick<AnyStateMachine, 'root'>,
  nomDe: (path: readonly string[]) => string = (path) => path.join('.'),
): MachineDecrite {
  const feuilles = feuillesDe(root)
  const transitions = feuilles.flatMap((feuille) =>
    [...new Set(lignee(feuille).flatMap(({ transitions: siennes }) => [...siennes.keys()]))].flatMap((evenement): TransitionDecrite[] => {
      const porteur = lignee(feuille).find(({ transitions: siennes }) => siennes.has(evenement))
      const cible = porteur?.transitions.get(evenement)?.[0]?.target?.[0]
      return cible ? [{ de: nomDe(feuille.path), vers: nomDe(premiereFeuille(cible).path), evenement }] : []
    }),
  )
  return { initial: nomDe(premiereFeuille(root).path), etats: feuilles.map(({ path }) => nomDe(path)), transitions }
}

/** The node, then its parents: the deepest answers first. */
const lignee = (node: AnyStateNode): AnyStateNode[] => (node.parent ? [node, ...lignee(node.parent as AnyStateNode)] : [node])

function feuillesDe(node: AnyStateNode): AnyStateNode[] {
  const enfants = Object.values(node.states) as AnyStateNode[]
  return enfants.length === 0 ? [node] : enfants.flatMap(feuillesDe)
}

function premiereFeuille(node: AnyStateNode): AnyStateNode {
  const suivant = node.initial?.target[0] as AnyStateNode | undefined
  return suivant ? premiereFeuille(suivant) : node
}
