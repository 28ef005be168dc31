/**
 * A rule of the country: one named thing, cited by the guard that enforces it, the refusal it causes, the test that proves it
 * and the card shown to the trainee.
 * @see docs/decisions/0002-rules-register.md
 */
export interface Rule {
  /** Stable name, e.g. `DMP-UNIQUEID-UNIQUE`: service, then what is at stake, upper case, ASCII. */
  readonly code: string
  /** One sentence in plain French. */
  readonly sentence: string
  /** Where it is written: document, version, section or requirement id. */
  readonly source: string
  readonly certainty: Certainty
  /** Path of the file that decides, from the root of the repository. */
  readonly enforcedIn: string
}

/** `vérifié`: read in the source named. `déduit`: follows from verified facts. `propre au bac à sable`: our invention, and we say so. */
export type Certainty = 'vérifié' | 'déduit' | 'propre au bac à sable'

/** Names each rule by its key, so that a code is written once. */
export function defineRules<const Codes extends string>(
  enforcedIn: string,
  rules: Readonly<Record<Codes, Omit<Rule, 'code' | 'enforcedIn'> & { enforcedIn?: string }>>,
): Readonly<Record<Codes, Rule>> {
  const named = {} as Record<Codes, Rule>
  for (const code of Object.keys(rules) as Codes[]) named[code] = { enforcedIn, ...rules[code], code }
  return named
}
