import { readBase64 } from '../mime/base64.ts'
import { MimeError, type MimePart, readMultipart, writeMultipart } from '../mime/multipart.ts'
import { attribute, child, textOf, type XmlElement } from '../xml/element.ts'
import { vocabulary } from '../xml/write.ts'
import { type ContentType, readContentType } from './content-type.ts'

/** @see https://www.w3.org/TR/xop10/ */
const XOP = 'http://www.w3.org/2004/08/xop/include'

/** An MTOM package, opened: the SOAP part and the others by Content-ID. */
export interface MtomPackage {
  /** Bytes of the root part. */
  readonly root: Uint8Array
  readonly rootType: ContentType
  /** By Content-ID without angle brackets. */
  readonly parts: ReadonlyMap<string, MimePart>
}

export const isMultipart = (contentType: string | undefined): boolean => /^\s*multipart\/related\b/i.test(contentType ?? '')

/**
 * Opens a multipart/related package; the root is the part named by `start`, else the first one.
 * @throws {MimeError} unreadable package, or root absent.
 * @see RFC 2387 ; https://www.w3.org/TR/soap12-mtom/
 */
export function readMtom(bytes: Uint8Array, contentType: string): MtomPackage {
  const list = readMultipart(bytes, contentType)
  const start = contentId(readContentType(contentType).parameters['start'])
  const root = start ? list.find((part) => contentId(part.headers['content-id']) === start) : list[0]
  if (!root) throw new MimeError('partie racine absente du message multipart')
  const parts = new Map<string, MimePart>()
  for (const part of list) {
    const id = contentId(part.headers['content-id'])
    if (part !== root && id) parts.set(id, part)
  }
  return { root: root.body, rootType: readContentType(root.headers['content-type']), parts }
}

const contentId = (header: string | undefined): string | undefined => header?.trim().replace(/^<(.*)>$/, '$1')

/**
 * The part an element includes; undefined when it holds no `xop:Include`.
 * @throws {MimeError} the part included is absent.
 */
export function includedPart(element: XmlElement, parts: ReadonlyMap<string, MimePart>): MimePart | undefined {
  const include = child(element, XOP, 'Include')
  if (!include) return undefined
  const href = attribute(include, 'href') ?? ''
  if (!href.startsWith('cid:')) throw new MimeError(`xop:Include sans référence cid : « ${href.slice(0, 80)} »`)
  const id = href.slice(4)
  // The href is percent-encoded in some stacks and plain in others: `@urn%3Aihe%3Aiti%3Axds-b%3A2007`.
  const part = parts.get(id) ?? parts.get(decoded(id))
  if (!part) throw new MimeError(`partie « ${decoded(id).slice(0, 80)} » absente du message`)
  return part
}

/**
 * Bytes of an element that holds either an `xop:Include` or base64 text.
 * @throws {MimeError} the part included is absent.
 * @throws {Base64Error} the text is no base64.
 */
export function readBinary(element: XmlElement, parts: ReadonlyMap<string, MimePart>): Uint8Array {
  const part = includedPart(element, parts)
  if (!part) return readBase64(textOf(element))
  const encoding = (part.headers['content-transfer-encoding'] ?? 'binary').trim().toLowerCase()
  if (encoding === 'base64') return readBase64(new TextDecoder().decode(part.body))
  return part.body
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

const xop = vocabulary('xop', XOP)

/** `<xop:Include href="cid:…"/>` for a part written with the same id. */
export const include = (id: string): XmlElement => xop('Include', { href: `cid:${encodeURIComponent(id)}` })

export interface MtomMessage {
  readonly contentType: string
  readonly body: Uint8Array
}

/**
 * Packs a SOAP 1.2 message and its binary parts.
 * @param boundary absent from every part: an UUID never met elsewhere.
 */
export function writeMtom(
  xml: string,
  parts: readonly { readonly id: string; readonly mimeType: string; readonly body: Uint8Array }[],
  { boundary, action }: { readonly boundary: string; readonly action?: string },
): MtomMessage {
  const named = action ? `; action="${action}"` : ''
  const quoted = action ? String.raw`; action=\"${action}\"` : ''
  const body = writeMultipart(
    [
      {
        headers: {
          'Content-Type': `application/xop+xml; charset=UTF-8; type="application/soap+xml${quoted}"`,
          'Content-Transfer-Encoding': 'binary',
          'Content-ID': '<racine@bac-a-sante>',
        },
        body: new TextEncoder().encode(xml),
      },
      ...parts.map(({ id, mimeType, body }) => ({
        headers: { 'Content-Type': mimeType, 'Content-Transfer-Encoding': 'binary', 'Content-ID': `<${id}>` },
        body,
      })),
    ],
    boundary,
  )
  const contentType = `multipart/related; type="application/xop+xml"; boundary="${boundary}"; start="<racine@bac-a-sante>"; start-info="application/soap+xml"${named}`
  return { contentType, body }
}
