import type { JournalDetail } from '../clients/sandbox-types.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Headers that curl writes by itself, or that only a browser sends. */
const LEFT_OUT = /^(host|content-length|connection|user-agent|accept-encoding|accept-language|origin|referer|sec-.*|cookie)$/

/**
 * A command that sends the same request again, to this sandbox.
 * @returns undefined when the journal no longer holds the whole body as text.
 */
export function ecrireCurl({ request, method, path }: JournalDetail, base: string): string | undefined {
  const { body } = request
  if (body.size > 0 && (body.text === undefined || body.truncated)) return undefined
  const lines = [`curl -X ${method} ${quoted(base + path)}`]
  for (const [name, value] of Object.entries(request.headers)) if (!LEFT_OUT.test(name)) lines.push(`-H ${quoted(`${name}: ${value}`)}`)
  if (body.text) lines.push(`--data-binary ${quoted(body.text)}`)
  return lines.join(' \\\n  ')
}
