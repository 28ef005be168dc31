import type { AnyStateMachine, AnyStateNode } from 'xstate'

/** A machine as a drawing needs it: leaf states, what leads from one to another, and the words for both. */
export interface MachineDecrite {
  readonly nom: string
  /** French. */
  readonly titre: string
  /** Where everything begins: one state, or one in each region. */
  readonly initiaux: readonly string[]
  /** Parts of the machine that live side by side; absent when there is one. */
  readonly regions?: readonly { readonly region: string; readonly libelle: string }[]
  readonly etats: readonly EtatDecrit[]
  readonly transitions: readonly TransitionDecrite[]
}

interface EtatDecrit {
  readonly etat: string
  /** French. */
  readonly libelle: string
  /** French: what it means. */
  readonly annonce: string
  readonly region?: string
}

/** What is said of an event. */
export interface EvenementDit {
  /** Who makes it happen: `titulaire`, `CNAM`, `délai`. */
  readonly agent: string
  /** French. */
  readonly libelle: string
  /** Code of the rule that gives it or sets the delay. */
  readonly regle: string
  /** Codes of the rules that may refuse it, besides those of its guard. */
  readonly conditions?: readonly string[]
  /** ISO 8601 duration, for a delay. */
  readonly delai?: string
  /** Name of the act in the interface, when it is one. */
  readonly acte?: string
}

interface TransitionDecrite extends EvenementDit {
  readonly de: string
  readonly vers: string
  readonly evenement: string
}

/** What the definition of a machine does not hold. */
export interface Mots {
  readonly nom: string
  readonly titre: string
  /** The word stored for a leaf, from its path; the path itself when absent. */
  readonly motDe?: (path: readonly string[]) => string
  readonly etats: Readonly<Record<string, Omit<EtatDecrit, 'etat' | 'region'>>>
  /** @param de the state it leaves */
  readonly evenement: (type: string, de: string) => EvenementDit | undefined
  /** Codes of the rules that each guard enforces. */
  readonly gardes?: Readonly<Record<string, readonly string[]>>
  /** French name of each region of a parallel machine. */
  readonly regions?: Readonly<Record<string, string>>
}

/**
 * States and transitions, read from the machine's own definition, never written again. A transition of a parent state is one of each of its
 * leaves; one that targets a parent leads to its initial leaf.
 * @throws {Error} a state, an event or a guard has no words: a mistake of ours
 */
export function decrireMachine({ root }: Pick<AnyStateMachine, 'root'>, mots: Mots): MachineDecrite {
  const { nom, titre, motDe = (path) => path.join('.'), gardes = {}, regions } = mots
  const feuilles = feuillesDe(root)
  const transitions = feuilles.flatMap((feuille) => {
    const lignee = ligneeDe(feuille)
    const evenements = new Set(lignee.flatMap((node) => [...node.transitions.keys()]))
    return [...evenements].flatMap((evenement): TransitionDecrite[] => {
      // The deepest state that knows the event answers.
      const [premiere] = lignee.find((node) => node.transitions.has(evenement))?.transitions.get(evenement) ?? []
      const cible = premiere?.target?.[0]
      if (!cible) return []
      const de = motDe(feuille.path)
      const dit = exiger(mots.evenement(evenement, de), `the event ${evenement} of ${nom}`)
      const conditions = [...new Set([...garde(premiere.guard, gardes), ...(dit.conditions ?? [])])]
      return [{ de, vers: motDe(premiereFeuille(cible).path), evenement, ...dit, ...(conditions.length > 0 && { conditions }) }]
    })
  })
  return {
    nom,
    titre,
    initiaux: (regions ? enfantsDe(root) : [root]).map((node) => motDe(premiereFeuille(node).path)),
    ...(regions && { regions: Object.entries(regions).map(([region, libelle]) => ({ region, libelle })) }),
    etats: feuilles.map(({ path }) => {
      const etat = motDe(path)
      return { etat, ...exiger(mots.etats[etat], `the state ${etat} of ${nom}`), ...(regions && { region: path[0]! }) }
    }),
    transitions,
  }
}

/** Two machines that tell one thing, side by side. Their states have different names. */
export const cote = (nom: string, titre: string, machines: readonly MachineDecrite[]): MachineDecrite => ({
  nom,
  titre,
  initiaux: machines.flatMap(({ initiaux }) => initiaux),
  regions: machines.flatMap(({ nom: region, titre: libelle, regions }) => regions ?? [{ region, libelle }]),
  etats: machines.flatMap(({ nom: region, etats }) => etats.map((etat) => ({ region, ...etat }))),
  transitions: machines.flatMap(({ transitions }) => transitions),
})

function exiger<T>(dit: T | undefined, quoi: string): T {
  if (dit === undefined) throw new Error(`${quoi} has no words to be shown with`)
  return dit
}

function garde(guard: unknown, gardes: NonNullable<Mots['gardes']>): readonly string[] {
  if (guard === undefined) return []
  const nom = typeof guard === 'string' ? guard : String((guard as { readonly type?: unknown }).type)
  return exiger(Object.hasOwn(gardes, nom) ? gardes[nom] : undefined, `the guard ${nom}`)
}

const enfantsDe = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states)

/** The node, then its parents: the deepest answers first. */
const ligneeDe = (node: AnyStateNode): AnyStateNode[] => (node.parent ? [node, ...ligneeDe(node.parent as AnyStateNode)] : [node])

const feuillesDe = (node: AnyStateNode): AnyStateNode[] => {
  const enfants = enfantsDe(node)
  return enfants.length === 0 ? [node] : enfants.flatMap(feuillesDe)
}

function premiereFeuille(node: AnyStateNode): AnyStateNode {
  const suivant = enfantsDe(node).length > 0 ? (node.initial?.target[0] as AnyStateNode | undefined) : undefined
  return suivant ? premiereFeuille(suivant) : node
}
