import { ImapSyntaxError } from './cursor.ts'

/** Names of mailboxes on the wire: modified UTF-7. @see RFC 3501 §5.1.3 */

export const encodeMailbox = (name: string): string =>
  name.replaceAll('&', '&-').replace(/[^\x20-\x7e]+/g, (run) => {
    let bytes = ''
    for (let at = 0; at < run.length; at++) bytes += String.fromCharCode(run.charCodeAt(at) >> 8, run.charCodeAt(at) & 255)
    return `&${btoa(bytes).replace(/=+$/, '').replaceAll('/', ',')}-`
  })

/** @throws {ImapSyntaxError} what is no modified UTF-7. Names in plain UTF-8, that some clients send, are taken as they are. */
export function decodeMailbox(name: string): string {
  if (/[^\x20-\x7e]/.test(name)) return name
  return name.replace(/&([^-]*)(-?)/g, (_, base64: string, closed: string) => {
    if (!closed) throw new ImapSyntaxError('mailbox name is no modified UTF-7')
    if (base64 === '') return '&'
    if (!/^[A-Za-z0-9+,]+$/.test(base64)) throw new ImapSyntaxError('mailbox name is no modified UTF-7')
    let bytes: string
    try {
      bytes = atob(base64.replaceAll(',', '/'))
    } catch {
      throw new ImapSyntaxError('mailbox name is no modified UTF-7')
    }
    if (bytes.length % 2) throw new ImapSyntaxError('mailbox name is no modified UTF-7')
    let text = ''
    for (let at = 0; at < bytes.length; at += 2) text += String.fromCharCode((bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1))
    if (!text.isWellFormed()) throw new ImapSyntaxError('mailbox name is no modified UTF-7')
    return text
  })
}
