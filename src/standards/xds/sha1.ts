/** A hash of Node's own, without waiting: the page has none, and uses Web Crypto. */
interface NodeCrypto {
  createHash(name: 'sha1'): { update(bytes: Uint8Array): { digest(form: 'hex'): string } }
}

const node = (globalThis as { process?: { getBuiltinModule?(name: string): NodeCrypto | undefined } }).process?.getBuiltinModule?.('node:crypto')

/** SHA-1 of a document, 40 hexadecimal characters. Not a protection: the hash that XDS metadata carry. */
export async function sha1(bytes: Uint8Array): Promise<string> {
  if (node) return node.createHash('sha1').update(bytes).digest('hex')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as Uint8Array<ArrayBuffer>))
  let text = ''
  for (const byte of digest) text += byte.toString(16).padStart(2, '0')
  return text
}
