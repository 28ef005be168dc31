import { createHash, X509Certificate } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { DOMParser } from '@xmldom/xmldom'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lireListeBlanche } from '#standards/mssante/liste-blanche.ts'
import { readXml } from '#standards/xml/read.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'
import { mssante } from '../service.ts'
import { domaines } from '../store.ts'
import { LISTE, SOMME } from './routes.ts'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const servie = async () => (await monde.send('GET', LISTE)).text
const servir = (etat: string) => monde.send('PATCH', '/_sandbox/settings', { body: { 'MSS-LISTE-BLANCHE-SERVIE': etat } })

/** Whether xml-crypto, a stranger to our code, finds the signature good for this document. */
async function signatureJuste(xml: string): Promise<boolean> {
  const { text: pem } = await monde.send('GET', '/mssante/listeblanche/signataire.pem')
  const signature = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0]
  if (!signature) return false
  const lecteur = new SignedXml({ publicCert: pem, getCertFromKeyInfo: () => null })
  lecteur.loadSignature(signature as unknown as Node)
  try {
    return lecteur.checkSignature(xml)
  } catch {
    return false
  }
}

describe('la liste blanche', () => {
  test('MSS-LISTE-BLANCHE-SIGNEE : un lecteur étranger en trouve la signature juste, et fausse dès qu’un nom change', async () => {
    const xml = await servie()
    expect(await signatureJuste(xml)).toBe(true)
    expect(await signatureJuste(xml.replace('<Nom>decade', '<Nom>decadi'))).toBe(false)
    expect(new X509Certificate((await monde.send('GET', '/mssante/listeblanche/signataire.pem')).text).subject).toContain('Liste blanche fictive')
    expect((await monde.send('GET', '/mssante/listeblanche/checksum')).text).toBe(createHash('sha256').update(xml).digest('hex'))
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : faite chaque heure, sa somme de contrôle, demandée plus tard, est encore la sienne', async () => {
    const xml = await servie()
    await monde.advance('PT59M59S')
    expect((await monde.send('GET', SOMME)).text).toBe(createHash('sha256').update(xml).digest('hex'))
    await monde.advance('PT1S')
    expect(await servie()).toContain('<DateDeGeneration>2026-11-23T09:00:00Z</DateDeGeneration>')
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : un domaine qui change ou qui sort entre-temps la date ; son nom d’opérateur, quel qu’il soit, reste signé', async () => {
    const decade = (await monde.world.store.get(domaines, 'decade.bac.mssante.fr'))!
    await monde.advance('PT10M')
    const certificats = ['CN=mx1,OU=1979000010,O=A,C=FR', 'CN=mx2,OU=1979000010,O="B & C",C=FR']
    await monde.world.atomically((inside) =>
      inside.store.put(domaines, { ...decade, operateur: ' A & B <c>\r\n "é" \t', certificats, majLe: inside.now() }),
    )
    const xml = await servie()
    const lue = lireListeBlanche(xml)
    if (typeof lue === 'string') throw new Error(lue)
    expect(lue.generation).toBe('2026-11-23T08:10:00Z')
    expect(lue.domaines.filter(({ nom }) => nom === decade.nom)).toMatchObject(
      certificats.map((dnCertificat) => ({ dnCertificat, description: 'A & B <c> "é"' })),
    )
    expect(await signatureJuste(xml)).toBe(true)
    await monde.advance('PT10M')
    await monde.send('PATCH', '/mssante/bac/domaines/moisson.bac.mssante.fr', { body: { listeBlanche: false } })
    expect(await servie()).toContain('<DateDeGeneration>2026-11-23T08:20:00Z</DateDeGeneration>')
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : ceux qui en sont, et eux seuls, quel que soit leur suffixe ; un de moins dès qu’il en sort', async () => {
    const noms = async () => {
      const lue = lireListeBlanche(await servie())
      if (typeof lue === 'string') throw new Error(lue)
      return lue.domaines.map(({ nom }) => nom)
    }
    expect(await noms()).toContain('reseau-equinoxe.example')
    expect(await noms()).not.toContain('hors-liste.bac.mssante.fr')
    expect((await monde.send('PATCH', '/mssante/bac/domaines/decade.bac.mssante.fr', { body: { listeBlanche: false } })).json()).toMatchObject({
      listeBlanche: false,
      conforme: true,
    })
    expect(await noms()).not.toContain('decade.bac.mssante.fr')
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : tronquée, mal signée, sans signature ou périmée, au choix de qui essaie son lecteur', async () => {
    await servir('tronquée')
    expect(lireListeBlanche(await servie())).toContain('tronquée')
    await servir('signature fausse')
    expect(await signatureJuste(await servie())).toBe(false)
    await servir('sans signature')
    expect(await servie()).not.toContain('SignatureValue')
    await servir('périmée')
    const perimee = lireListeBlanche(await servie())
    expect(typeof perimee === 'string' ? 0 : monde.world.now() - Date.parse(perimee.generation)).toBe(40 * 86_400_000)
    expect(await signatureJuste(await servie())).toBe(true)
  })

  test.each([
    ['<x/>', 'n’est pas une liste blanche'],
    ['<!DOCTYPE x []><x/>', 'DOCTYPE'],
    ['<ListeBlancheMSSante>', 'tronquée ou abîmée'],
    [
      '<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/schema"><DateDeGeneration>1</DateDeGeneration></ListeBlancheMSSante>',
      'date de génération',
    ],
    ['<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/schema"/>', 'date de génération'],
    [
      '<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/schema"><DateDeGeneration>2026-11-23T08:00:00Z</DateDeGeneration></ListeBlancheMSSante>',
      'ne nomme pas',
    ],
  ])('%j is no list', (texte, motif) => {
    expect(lireListeBlanche(texte)).toContain(motif)
  })

  test('a list too long or too deep is refused', () => {
    expect(lireListeBlanche(`<x>${' '.repeat(8_000_000)}</x>`)).toContain('trop grande')
    expect(lireListeBlanche('<x>'.repeat(17) + '</x>'.repeat(17))).toContain('trop profonde')
  })
})

describe('les pannes de la liste blanche', () => {
  const enPanne = async (panne: string, adresse = LISTE) => (await monde.send('GET', `/sim/${panne}${adresse}`)).text
  const lue = (xml: string) => {
    const liste = lireListeBlanche(xml)
    if (typeof liste === 'string') throw new Error(liste)
    return liste
  }

  test('MSS-LISTE-BLANCHE-SIGNEE : tronquée, elle ne se lit pas et sa somme de contrôle ne la reconnaît pas', async () => {
    const xml = await enPanne('mss-liste-tronquee')
    expect(lireListeBlanche(xml)).toContain('tronquée')
    expect(await enPanne('mss-liste-tronquee', SOMME)).toBe(
      createHash('sha256')
        .update(await servie())
        .digest('hex'),
    )
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : fausse ou absente, sa signature est refusée par un lecteur étranger, et le document se lit', async () => {
    for (const panne of ['mss-liste-signature-fausse', 'mss-liste-sans-signature']) {
      const xml = await enPanne(panne)
      expect([panne, await signatureJuste(xml), lue(xml)]).toEqual([panne, false, lue(await servie())])
    }
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : périmée, elle est bien signée et date de plus d’un mois ; rien n’y est plus récent qu’elle', async () => {
    const xml = await enPanne('mss-liste-perimee')
    const { generation, domaines: tous } = lue(xml)
    expect(await signatureJuste(xml)).toBe(true)
    expect(monde.world.now() - Date.parse(generation)).toBeGreaterThan(31 * 86_400_000)
    expect(tous.every(({ maj }) => Date.parse(maj) <= Date.parse(generation))).toBe(true)
  })

  test('MSS-LISTE-BLANCHE-SIGNEE : un domaine en moins, elle est bien signée ; la requête d’après a la liste entière', async () => {
    const xml = await enPanne('mss-liste-domaine-retire')
    expect(await signatureJuste(xml)).toBe(true)
    expect(lue(await servie()).domaines.filter((un) => !lue(xml).domaines.some(({ nom }) => nom === un.nom))).toMatchObject([
      { nom: 'decade.bac.mssante.fr' },
    ])
  })

  test('elles sont au catalogue, et ne frappent que la liste', async () => {
    const catalogue = (await monde.send('GET', '/_sandbox/faults/catalogue')).text
    expect(Object.keys(mssante.faults!)).toHaveLength(5)
    for (const panne of Object.keys(mssante.faults!)) {
      expect(catalogue).toContain(panne)
      expect(await enPanne(panne, '/mssante/listeblanche/signataire.pem')).toContain('BEGIN CERTIFICATE')
    }
  })
})

describe('MSS-AUTOCONFIG', () => {
  test('MSS-AUTOCONFIG : un domaine de la liste dit ses serveurs ; PSC d’abord, certificat pour les boîtes applicatives', async () => {
    const { status, text } = await monde.send('GET', '/mssante/autoconfig/solstice.bac.mssante.fr/mail/config-v1.1.xml')
    expect(status).toBe(200)
    expect(readXml(text).name).toBe('clientConfig')
    expect([...text.matchAll(/<authentication>(.*)<\/authentication>/g)].map(([, une]) => une)).toEqual([
      'OAuth2',
      'OAuth2',
      'TLS-client-cert',
      'TLS-client-cert',
    ])
    expect(text).toContain('<port>2525</port>')
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'MSS-AUTOCONFIG-SMTP': 5587, 'MSS-AUTOCONFIG-HOTE': 'bac.exemple.test' } })
    const { forme, enregistrements } = (await monde.send('GET', '/mssante/autoconfig/medecins.bac.mssante.fr/srv')).json<{
      forme: string
      enregistrements: { nom: string; port: number; cible: string }[]
    }>()
    expect(forme).toContain('propre au bac à sable')
    expect(enregistrements[0]).toMatchObject({ nom: '_submission._tcp.medecins.bac.mssante.fr', port: 5587, cible: 'bac.exemple.test' })
  })

  test('MSS-AUTOCONFIG : un domaine hors de la liste n’a rien', async () => {
    for (const domaine of ['hors-liste.bac.mssante.fr', 'courriel.example', '-'])
      expect((await monde.send('GET', `/mssante/autoconfig/${domaine}/mail/config-v1.1.xml`)).status).toBe(404)
  })
})

test('MSS-BAC-OPERATEUR : un domaine inconnu, ou un corps qui ne convient pas, ne change rien', async () => {
  expect((await monde.send('PATCH', '/mssante/bac/domaines/absent.example', { body: { listeBlanche: false } })).status).toBe(404)
  expect((await monde.send('PATCH', '/mssante/bac/domaines/decade.bac.mssante.fr', { body: { conforme: 'non' } })).status).toBe(400)
  const { domaines } = (await monde.send('GET', '/mssante/bac/domaines')).json<{ domaines: { nom: string; conforme: boolean }[] }>()
  expect(domaines.find(({ nom }) => nom.startsWith('decade'))?.conforme).toBe(true)
})
