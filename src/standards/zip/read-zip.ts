import { Inflate } from 'fflate'

/** Bounds put on an archive before anyone trusts it. */
export interface ZipLimits {
  readonly entries: number
  /** Bytes once inflated, of one file and of all of them. */
  readonly fileSize: number
  readonly totalSize: number
}

/** Why an archive is not read. */
export class ZipError extends Error {
  override readonly name = 'ZipError'
}

/** One file of the archive, once inflated and checked. */
export interface ZipFile {
  /** As written, with slashes. */
  readonly name: string
  readonly bytes: Uint8Array
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly compressed: number
  readonly size: number
  readonly offset: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const CENTRAL_LENGTH = 46
const LOCAL_LENGTH = 30
const MAX_NAME = 260
const STORED = 0
const DEFLATED = 8
/** Compressed bytes given at once to the inflater: what it makes of them stays small. */
const STEP = 4_096

/**
 * Reads a zip archive sent by a stranger. Only what its central directory lists is read; directories are left out. Refused: encrypted, split
 * or ZIP64 archives, methods other than deflate, files that overlap, bytes that are not what was announced, names that leave the archive or
 * come twice whatever their case, more than the bounds.
 * @throws {ZipError} with a French sentence.
 * @see PKWARE APPNOTE 6.3
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): ZipFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { at, count, size } = findDirectory(view)
  if (count > limits.entries) throw new ZipError(`${count} fichiers dans l’archive, ${limits.entries} admis`)
  const entries = readDirectory(view, bytes, { at, count, size })
  checkNames(entries)
  let total = 0
  for (const { name, size: announced } of entries) {
    if (announced > limits.fileSize) throw new ZipError(`« ${name} » annonce ${announced} octets, ${limits.fileSize} admis`)
    total += announced
  }
  if (total > limits.totalSize) throw new ZipError(`l’archive annonce ${total} octets, ${limits.totalSize} admis`)
  let before = 0
  return entries
    .toSorted((one, other) => one.offset - other.offset)
    .map((entry) => {
      const start = startOf(view, bytes, entry, at)
      if (entry.offset < before) throw new ZipError('des fichiers de l’archive se recouvrent')
      before = start + entry.compressed
      if (before > at) throw new ZipError(`« ${entry.name} » dépasse la fin de l’archive`)
      return { name: entry.name, bytes: contentOf(bytes.subarray(start, before), entry) }
    })
    .filter(({ name }) => !name.endsWith('/'))
}

function findDirectory(view: DataView): { at: number; count: number; size: number } {
  for (let end = view.byteLength - END_LENGTH; end >= 0 && end >= view.byteLength - END_LENGTH - 65_535; end--) {
    if (view.getUint32(end, true) !== END || end + END_LENGTH + view.getUint16(end + 20, true) !== view.byteLength) continue
    const [disk, diskOfDirectory] = [view.getUint16(end + 4, true), view.getUint16(end + 6, true)]
    const [here, count] = [view.getUint16(end + 8, true), view.getUint16(end + 10, true)]
    const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
    if (disk !== 0 || diskOfDirectory !== 0 || here !== count) throw new ZipError('archive en plusieurs morceaux')
    if (count === 0xffff || at === 0xffffffff) throw new ZipError('archive ZIP64')
    if (at + size !== end) throw new ZipError('le répertoire de l’archive n’est pas à sa place')
    return { at, count, size }
  }
  throw new ZipError('ce n’est pas une archive zip, ou elle est incomplète')
}

function readDirectory(view: DataView, bytes: Uint8Array, { at, count, size }: { at: number; count: number; size: number }): Entry[] {
  const entries: Entry[] = []
  let here = at
  for (let n = 0; n < count; n++) {
    if (here + CENTRAL_LENGTH > at + size || view.getUint32(here, true) !== CENTRAL) throw new ZipError('le répertoire de l’archive est illisible')
    const flags = view.getUint16(here + 8, true)
    const [length, extra, comment] = [view.getUint16(here + 28, true), view.getUint16(here + 30, true), view.getUint16(here + 32, true)]
    const next = here + CENTRAL_LENGTH + length + extra + comment
    if (next > at + size) throw new ZipError('le répertoire de l’archive est illisible')
    if ((flags & 1) !== 0) throw new ZipError('archive chiffrée')
    entries.push({
      name: nameAt(bytes, here + CENTRAL_LENGTH, length, flags),
      method: view.getUint16(here + 10, true),
      crc: view.getUint32(here + 16, true),
      compressed: view.getUint32(here + 20, true),
      size: view.getUint32(here + 24, true),
      offset: view.getUint32(here + 42, true),
    })
    here = next
  }
  if (here !== at + size) throw new ZipError('le répertoire de l’archive est illisible')
  return entries
}

/** UTF-8 when the archive says so, otherwise one byte one character: names here are ASCII. */
function nameAt(bytes: Uint8Array, at: number, length: number, flags: number): string {
  const raw = bytes.subarray(at, at + length)
  return (flags & 0x800) === 0 ? String.fromCharCode(...raw.subarray(0, MAX_NAME + 1)) : new TextDecoder().decode(raw.subarray(0, MAX_NAME + 1))
}

function checkNames(entries: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const { name } of entries) {
    if (name === '' || name.length > MAX_NAME || /[\p{Cc}\\:]/u.test(name)) throw new ZipError('un nom de fichier de l’archive n’est pas admis')
    if (name.startsWith('/') || name.split('/').includes('..')) throw new ZipError(`« ${name} » sort de l’archive`)
    const lower = name.toLowerCase()
    if (seen.has(lower)) throw new ZipError(`« ${name} » est deux fois dans l’archive`)
    seen.add(lower)
  }
}

/** Where the content begins: its local header must say the same name. */
function startOf(view: DataView, bytes: Uint8Array, { name, offset }: Entry, end: number): number {
  if (offset + LOCAL_LENGTH > end || view.getUint32(offset, true) !== LOCAL) throw new ZipError(`« ${name} » n’est pas où l’archive le dit`)
  const length = view.getUint16(offset + 26, true)
  const start = offset + LOCAL_LENGTH + length + view.getUint16(offset + 28, true)
  if (start > end || nameAt(bytes, offset + LOCAL_LENGTH, length, view.getUint16(offset + 6, true)) !== name)
    throw new ZipError(`« ${name} » porte un autre nom dans l’archive`)
  return start
}

function contentOf(raw: Uint8Array, { name, method, size, crc }: Entry): Uint8Array {
  if (method !== STORED && method !== DEFLATED) throw new ZipError(`« ${name} » est comprimé par une méthode qui n’est pas admise`)
  const bytes = method === STORED ? raw : inflate(raw, size, name)
  if (bytes.length !== size || crc32(bytes) !== crc) throw new ZipError(`« ${name} » n’est pas ce que l’archive annonce`)
  return bytes
}

/** Never makes more than what was announced, which is bounded. */
function inflate(raw: Uint8Array, size: number, name: string): Uint8Array {
  const bytes = new Uint8Array(size)
  const state = { filled: 0 }
  const inflater = new Inflate((chunk) => {
    if (state.filled + chunk.length <= size) bytes.set(chunk, state.filled)
    state.filled += chunk.length
  })
  try {
    for (let at = 0; state.filled <= size && at < raw.length; at += STEP) inflater.push(raw.subarray(at, at + STEP), at + STEP >= raw.length)
  } catch {
    throw new ZipError(`« ${name} » ne se décomprime pas`)
  }
  if (state.filled !== size) throw new ZipError(`« ${name} » n’est pas ce que l’archive annonce`)
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
