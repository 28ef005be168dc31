import { addressParser, type Address } from 'postal-mime'
import { valeursDe } from '../mime/entetes.ts'
import { linesOf, type MimePart, type Parameter, readParameters } from './mime-part.ts'
import { nstring, string, type Written } from './write.ts'

/** ENVELOPE and BODYSTRUCTURE. Values are as written in the message: encoded words are for the client to read. @see RFC 3501 §7.4.2 */

const MAX_ADDRESSES = 500

const field = ({ champs }: Pick<MimePart, 'champs'>, name: string): string | undefined => valeursDe({ champs }, name)[0]

export function writeEnvelope(part: Pick<MimePart, 'champs'>): Written[] {
  const from = addresses(field(part, 'From'))
  const orFrom = (name: string) => {
    const own = addresses(field(part, name))
    return own.length === 1 ? from : own
  }
  const pieces: Written[][] = [
    nstring(field(part, 'Date')),
    nstring(field(part, 'Subject')),
    from,
    orFrom('Sender'),
    orFrom('Reply-To'),
    addresses(field(part, 'To')),
    addresses(field(part, 'Cc')),
    addresses(field(part, 'Bcc')),
    nstring(field(part, 'In-Reply-To')),
    nstring(field(part, 'Message-ID')),
  ]
  return ['(', ...pieces.flatMap((piece, at) => (at === 0 ? piece : [' ', ...piece])), ')']
}

/** One piece, `NIL`, when there is none. */
function addresses(value: string | undefined): Written[] {
  if (value === undefined || value.trim() === '') return ['NIL']
  const written: Written[] = []
  let count = 0
  for (const address of addressParser(value.slice(0, 65_536))) {
    if (++count > MAX_ADDRESSES) break
    written.push(...addressOrGroup(address))
  }
  return written.length === 0 ? ['NIL'] : ['(', ...written, ')']
}

function addressOrGroup(address: Address): Written[] {
  if (!address.group) return one(address.name, address.address)
  const members = address.group.slice(0, MAX_ADDRESSES).flatMap(({ name, address: of }) => one(name, of))
  return ['(NIL NIL ', ...string(address.name), ' NIL)', ...members, '(NIL NIL NIL NIL)']
}

function one(name: string | undefined, address: string | undefined): Written[] {
  const at = (address ?? '').lastIndexOf('@')
  const local = at < 0 ? (address ?? '') : address!.slice(0, at)
  return ['(', ...nstring(name || undefined), ' NIL ', ...string(local), ' ', ...string(at < 0 ? '' : address!.slice(at + 1)), ')']
}

const parametersOf = (parameters: readonly Parameter[]): Written[] =>
  parameters.length === 0
    ? ['NIL']
    : ['(', ...parameters.flatMap(([name, value], at) => [at === 0 ? '' : ' ', ...string(name), ' ', ...string(value)]), ')']

/** @param extended BODYSTRUCTURE; otherwise BODY, without extension data */
export function writeStructure(bytes: Uint8Array, part: MimePart, extended: boolean): Written[] {
  if (part.parts.length > 0) {
    const written: Written[] = ['(', ...part.parts.flatMap((inner) => writeStructure(bytes, inner, extended)), ' ', ...string(part.subtype)]
    if (extended) written.push(' ', ...parametersOf(part.parameters), ' ', ...extension(part))
    return [...written, ')']
  }
  const encoding = field(part, 'Content-Transfer-Encoding')?.trim().split(/[\s;]/)[0]
  const written: Written[] = [
    '(',
    ...string(part.type),
    ' ',
    ...string(part.subtype),
    ' ',
    ...parametersOf(part.parameters.length === 0 && part.type === 'text' ? [['charset', 'us-ascii']] : part.parameters),
    ' ',
    ...nstring(field(part, 'Content-ID')),
    ' ',
    ...nstring(field(part, 'Content-Description')),
    ' ',
    ...string(encoding || '7bit'),
    ` ${part.end - part.body}`,
  ]
  if (part.message)
    written.push(' ', ...writeEnvelope(part.message), ' ', ...writeStructure(bytes, part.message, extended), ` ${linesOf(bytes, part)}`)
  else if (part.type === 'text') written.push(` ${linesOf(bytes, part)}`)
  if (extended) written.push(' ', ...nstring(field(part, 'Content-MD5')), ' ', ...extension(part))
  return [...written, ')']
}

function extension(part: MimePart): Written[] {
  const header = field(part, 'Content-Disposition')
  const { value, parameters } = readParameters(header ?? '')
  const disposition: Written[] = header === undefined || value === '' ? ['NIL'] : ['(', ...string(value), ' ', ...parametersOf(parameters), ')']
  const languages = (field(part, 'Content-Language') ?? '').split(',').map((tag) => tag.trim())
  const known = languages.filter((tag) => tag !== '').slice(0, 20)
  const language: Written[] = known.length === 0 ? ['NIL'] : ['(', ...known.flatMap((tag, at) => [at === 0 ? '' : ' ', ...string(tag)]), ')']
  return [...disposition, ' ', ...language, ' ', ...nstring(field(part, 'Content-Location'))]
}
