/**
 * A media type and its parameters, read with the tolerance that the SOAP stacks met in the field need: any letter case, spaces
 * around `;` and `=`, simple or double quotes, a trailing `;`.
 * @see RFC 9110 §8.3; RFC 3902 (application/soap+xml, `action`); XOP §5 (application/xop+xml, `type`, `start-info`)
 */
export interface ContentType {
  /** Lower case, `''` when the header is absent: `application/soap+xml`. */
  readonly type: string
  /** By name in lower case; the first one wins when repeated. */
  readonly parameters: Readonly<Record<string, string>>
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^;]*))/g

export function readContentType(header: string | undefined): ContentType {
  const parameters: Record<string, string> = Object.create(null)
  if (!header) return { type: '', parameters }
  // A header longer than this is no honest one.
  const text = header.length > 4096 ? header.slice(0, 4096) : header
  const end = text.indexOf(';')
  const type = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase()
  if (end >= 0)
    for (const [, name, quoted, single, bare] of text.slice(end).matchAll(PARAMETER))
      parameters[name!.toLowerCase()] ??= quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : (single ?? bare ?? '').trim()
  return { type, parameters }
}
