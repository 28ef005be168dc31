/** The fictive authority of the mail ports: made at start, kept with the worlds when they are kept. It vouches for nobody but the sandbox. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { X509Certificate as NodeCertificate } from 'node:crypto'

// @peculiar/x509 is put together by a library that wants these; nothing of what is used here asks for what they would keep.
Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined, defineMetadata: () => {} })
const x509 = await import('@peculiar/x509')

/** The suites of MSSanté clients are those of RSA certificates. @see mssante.md §1.6 */
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 }
const DAY = 86_400_000
/** A kept certificate is made again this long before its end, real milliseconds. */
const MARGIN = 7 * DAY

/** In PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A structure whose softwares connect with a certificate of their own. */
export interface Organisation {
  /** `Struct_IdNat`: what the certificate is read for, in its OU. */
  readonly id: string
  readonly name: string
}

/** Attributes of a distinguished name, each with its values. */
type Name = Record<string, string[]>[]

interface Authority extends Certificate {
  readonly name: Name
  readonly signer: CryptoKey
}

interface Wanted {
  readonly name: Name
  readonly days: number
  readonly extensions: (publicKey: CryptoKey) => Promise<InstanceType<typeof x509.Extension>[]>
}

const named = (CN: string, OU: string): Name => [{ C: ['FR'] }, { O: ['Bac a sante - simulation'] }, { OU: [OU] }, { CN: [CN.slice(0, 64)] }]

const AUTHORITY: Wanted = {
  name: named('AC fictive du bac a sante', 'Donnees fictives'),
  days: 3_650,
  extensions: async (publicKey) => [
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ],
}

const leaf =
  (usage: string, alternatives: ConstructorParameters<typeof x509.SubjectAlternativeNameExtension>[0] | undefined): Wanted['extensions'] =>
  async (publicKey) => [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([usage]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ...(alternatives ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
  ]

async function issue({ name, days, extensions }: Wanted, authority?: Authority): Promise<Certificate & { readonly keys: CryptoKeyPair }> {
  x509.cryptoProvider.set(crypto)
  const keys = (await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])) as CryptoKeyPair
  const signedBy = authority && new x509.X509Certificate(authority.cert)
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
      .toString('hex')
      .replace(/^./, '4'),
    subject: name,
    issuer: authority?.name ?? name,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + days * DAY),
    publicKey: keys.publicKey,
    signingKey: authority?.signer ?? keys.privateKey,
    signingAlgorithm: RSA,
    extensions: [...(await extensions(keys.publicKey)), ...(signedBy ? [await x509.AuthorityKeyIdentifierExtension.create(signedBy)] : [])],
  })
  return {
    key: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    cert: `${cert.toString('pem')}\n`,
    keys,
  }
}

/** Where the files are; the authority's certificate is what a mail client is asked to trust. */
export interface TlsFiles {
  /** In PEM. */
  readonly ca: string
  readonly caFile: string
  readonly server: Certificate
  /** Certificate and key files of each structure, by `Struct_IdNat`. */
  readonly organisations: ReadonlyMap<string, { readonly certFile: string; readonly keyFile: string }>
}

/**
 * Reads what the folder holds and makes what is missing or about to end: `ca.pem`, `serveur.pem`, `structure-<Struct_IdNat>.pem`, each with
 * its key in `….key.pem` (PKCS #8, readable by their owner alone).
 * @throws {Error} the folder cannot be written.
 */
export async function prepareTls(
  folder: string,
  { hosts, organisations }: { hosts: readonly string[]; organisations: readonly Organisation[] },
): Promise<TlsFiles> {
  await mkdir(folder, { recursive: true })
  const authority = await authorityOf(folder)
  const names = new Set(['localhost', '127.0.0.1', '::1', hostname(), ...hosts])
  const server = await keptOr(folder, 'serveur', authority, names, () =>
    issue(
      {
        name: named('localhost', 'Serveur de messagerie fictif'),
        days: 825,
        extensions: leaf(x509.ExtendedKeyUsage.serverAuth, [...names].map(alternative)),
      },
      authority,
    ),
  )
  const made = organisations.map(async ({ id, name }) => {
    const stem = `structure-${id}`
    await keptOr(folder, stem, authority, new Set(), () =>
      issue({ name: named(name, id), days: 1_095, extensions: leaf(x509.ExtendedKeyUsage.clientAuth, undefined) }, authority),
    )
    return [id, { certFile: join(folder, `${stem}.pem`), keyFile: join(folder, `${stem}.key.pem`) }] as const
  })
  return { ca: authority.cert, caFile: join(folder, 'ca.pem'), server, organisations: new Map(await Promise.all(made)) }
}

const alternative = (name: string) => ({ type: /^[\d.]+$|:/.test(name) ? ('ip' as const) : ('dns' as const), value: name })

async function authorityOf(folder: string): Promise<Authority> {
  const kept = await read(folder, 'ca')
  if (kept)
    return {
      ...kept,
      name: AUTHORITY.name,
      signer: await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(kept.key), RSA, false, ['sign']),
    }
  const { keys, ...made } = await issue(AUTHORITY)
  await write(folder, 'ca', made)
  return { ...made, name: AUTHORITY.name, signer: keys.privateKey }
}

async function keptOr(
  folder: string,
  stem: string,
  { cert }: Authority,
  names: ReadonlySet<string>,
  make: () => Promise<Certificate>,
): Promise<Certificate> {
  const kept = await read(folder, stem)
  const parsed = kept && new NodeCertificate(kept.cert)
  const answersTo = (name: string) => (alternative(name).type === 'ip' ? parsed!.checkIP(name) : parsed!.checkHost(name)) !== undefined
  if (kept && parsed!.verify(new NodeCertificate(cert).publicKey) && [...names].every(answersTo)) return kept
  const { key, cert: made } = await make()
  await write(folder, stem, { key, cert: made })
  return { key, cert: made }
}

/** Undefined when there is none that can still serve. */
async function read(folder: string, stem: string): Promise<Certificate | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(join(folder, `${stem}.pem`), 'utf8'), readFile(join(folder, `${stem}.key.pem`), 'utf8')])
    const { validToDate } = new NodeCertificate(cert)
    return validToDate.getTime() - MARGIN > Date.now() ? { cert, key } : undefined
  } catch {
    return undefined
  }
}

async function write(folder: string, stem: string, { cert, key }: Certificate): Promise<void> {
  await writeFile(join(folder, `${stem}.key.pem`), key, { mode: 0o600 })
  await writeFile(join(folder, `${stem}.pem`), cert)
}
