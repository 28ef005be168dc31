import type { Rule } from '#standards/rule.ts'
import type { Coverage } from '../coverage.ts'
import type { Setting } from '../kit/service.ts'

export interface Fidelity {
  readonly version: string
  readonly coverage: readonly Coverage[]
  readonly rules: readonly Rule[]
  readonly settings: readonly (Setting & { readonly code: string })[]
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fdfcfa}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border-bottom:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}code{font-size:.9em;overflow-wrap:anywhere}`

/** The fidelity statement as one readable page, without script. */
export function fidelityPage({ version, coverage, rules, settings }: Fidelity): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fidélité — Bac à santé</title><style>${STYLE}</style></head><body>
<h1>Ce qui est simulé, et par quelles règles</h1>
<p>Bac à santé ${text(version)}. Simulation indépendante, données fictives.</p>
${table(
  'Transactions',
  ['Service', 'Transaction', 'État', 'Remarque'],
  coverage.map(({ service, transaction, state, note }) => [service, transaction, state, note]),
)}
${table(
  'Règles',
  ['Code', 'Ce qu’elle dit', 'Source', 'Certitude'],
  rules.map(({ code, sentence, source, certainty }) => [code, sentence, source, certainty]),
)}
${table(
  'Réglages',
  ['Code', 'Ce qu’il décide', 'Valeur initiale', 'Source'],
  settings.map(({ code, title, initial, source }) => [code, title, String(initial), source]),
)}
</body></html>`
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${text(name)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`).join('\n')
  return `<table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
