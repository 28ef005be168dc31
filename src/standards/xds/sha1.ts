import { sha1 as enJavaScript } from '@noble/hashes/legacy.js'

/** A hash of Node's own, quicker. */
interface NodeCrypto {
  createHash(name: 'sha1'): { update(bytes: Uint8Array): { digest(form: 'hex'): string } }
}

const node = (globalThis as { process?: { getBuiltinModule?(name: string): NodeCrypto | undefined } }).process?.getBuiltinModule?.('node:crypto')

/**
 * SHA-1 of a document, 40 hexadecimal characters. Not a protection: the hash that XDS metadata carry. Nothing of the platform is waited for:
 * it may be asked for within a transaction, which Web Crypto would let end.
 */
export async function sha1(bytes: Uint8Array): Promise<string> {
  if (node) return node.createHash('sha1').update(bytes).digest('hex')
  let text = ''
  for (const byte of enJavaScript(bytes)) text += byte.toString(16).padStart(2, '0')
  return text
}
