import { createHash, X509Certificate } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { DOMParser } from '@xmldom/xmldom'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lireListeBlanche } from '#standards/mssante/liste-blanche.ts'
import { readXml } from '#standards/xml/read.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const LISTE = '/mssante/listeblanche/listeblanchemssante.xml'
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
    ['<!DOCTYPE x []><x/>', 'tronquée ou abîmée'],
    ['<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/schema"/>', 'date de génération'],
    [
      '<ListeBlancheMSSante xmlns="https://listeblanche.mssante.fr/schema"><DateDeGeneration>2026-11-23T08:00:00Z</DateDeGeneration></ListeBlancheMSSante>',
      'ne nomme pas',
    ],
  ])('%j is no list', (texte, motif) => {
    expect(lireListeBlanche(texte)).toContain(motif)
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
    const { enregistrements } = (await monde.send('GET', '/mssante/autoconfig/medecins.bac.mssante.fr/srv')).json<{
      enregistrements: { nom: string; port: number; cible: string }[]
    }>()
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
