// @peculiar/x509 is put together by a library that wants these; nothing of what is used here asks for what they would keep.
Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined, defineMetadata: () => {} })
const x509 = await import('@peculiar/x509')

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 }

/** A certificate and its key, in PEM. */
export interface Paire {
  readonly key: string
  readonly cert: string
}

async function signer(name: string, autorite?: { keys: CryptoKeyPair; name: string }): Promise<Paire & { keys: CryptoKeyPair; name: string }> {
  x509.cryptoProvider.set(crypto)
  const keys = (await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])) as CryptoKeyPair
  const cert = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: autorite?.name ?? name,
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2040-01-01'),
    publicKey: keys.publicKey,
    signingKey: (autorite?.keys ?? keys).privateKey,
    signingAlgorithm: RSA,
    extensions: [
      new x509.BasicConstraintsExtension(!autorite),
      ...(autorite ? [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])] : []),
    ],
  })
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { key, cert: cert.toString('pem'), keys, name }
}

/** A fictive authority, a server's certificate of its, and how it makes one for a structure (`Struct_IdNat` in the OU). */
export async function autoriteDeTest(): Promise<{ ca: string; serveur: Paire; structure: (identifiant: string) => Promise<Paire> }> {
  const autorite = await signer('CN=Autorite de test')
  return {
    ca: autorite.cert,
    serveur: await signer('CN=localhost', autorite),
    structure: (identifiant) => signer(`CN=logiciel, OU=${identifiant}`, autorite),
  }
}
