import { describe, expect, test } from 'vitest'
import { fichierDuDocument, pageDuDocument } from './page-document.ts'

const octets = (text: string) => new TextEncoder().encode(text)
const cda = (corps: string, titre = 'Consultation') =>
  octets(
    `<x:ClinicalDocument xmlns:x="urn:hl7-org:v3"><x:title>${titre}</x:title><x:effectiveTime value="20261123090000+0100"/>
     <x:recordTarget><x:patientRole><x:patient><x:name><x:family qualifier="BR">FLOREAL</x:family><x:given>CAMILLE</x:given></x:name></x:patient></x:patientRole></x:recordTarget>
     <x:author><x:assignedAuthor><x:assignedPerson><x:name><x:family>PRIMIDI</x:family><x:given>CLAIRE</x:given></x:name></x:assignedPerson></x:assignedAuthor></x:author>
     <x:component>${corps}</x:component></x:ClinicalDocument>`,
  )
const lire = (bytes: Uint8Array, mimeType = 'text/xml') => pageDuDocument({ mimeType, bytes })

describe('la page d’un document', () => {
  test('un CDA de niveau 1 montre son texte, son patient, son auteur et sa date', () => {
    const page = lire(cda(`<x:nonXMLBody><x:text mediaType="text/plain" representation="B64">${btoa('Toux & fievre')}</x:text></x:nonXMLBody>`))
    for (const attendu of ['<h1>Consultation</h1>', 'FLOREAL CAMILLE', 'PRIMIDI CLAIRE', '23/11/2026', '<pre>Toux &amp; fievre</pre>'])
      expect(page).toContain(attendu)
  })

  test('un CDA structuré montre ses sections', () => {
    const page = lire(
      cda(
        '<x:structuredBody><x:component><x:section><x:title>Motif</x:title><x:text><x:paragraph>Toux<x:br/>sèche</x:paragraph></x:text></x:section></x:component></x:structuredBody>',
      ),
    )
    expect(page).toContain('<h2>Motif</h2><p>Toux<br>sèche</p>')
  })

  test('rien de ce que le document contient ne devient une balise', () => {
    const hostile = '&lt;script&gt;alert(1)&lt;/script&gt;'
    const pages = [
      lire(cda(`<x:nonXMLBody><x:text mediaType="text/plain">${hostile}</x:text></x:nonXMLBody>`, hostile)),
      lire(
        cda(
          '<x:structuredBody><x:component><x:section><x:title>t</x:title><x:text><script>alert(1)</script><x:renderMultiMedia referencedObject="x"/></x:text></x:section></x:component></x:structuredBody>',
        ),
      ),
      lire(cda(`<x:nonXMLBody><x:text mediaType="text/html">${hostile}</x:text></x:nonXMLBody>`)),
      lire(octets('<a onclick="x"/>')),
      lire(octets('<script>alert(1)</script>'), 'text/html'),
    ]
    for (const page of pages) expect(page).not.toMatch(/<(?:script|a)\b/)
  })

  test('un contenu qui ne se montre pas le dit, un XML cassé aussi', () => {
    expect(lire(octets('%PDF'), 'application/pdf')).toContain('application/pdf')
    expect(lire(octets('<a'))).toContain('illisible')
  })

  test('le fichier d’un CDA de niveau 1 est son corps ; de tout autre document, lui-même', () => {
    const pdf = cda(`<x:nonXMLBody><x:text mediaType="application/pdf" representation="B64">${btoa('%PDF-1.7')}</x:text></x:nonXMLBody>`)
    expect(fichierDuDocument({ mimeType: 'text/xml', bytes: pdf })).toMatchObject({
      bytes: octets('%PDF-1.7'),
      extension: 'pdf',
      seul: 'application/pdf',
    })
    for (const [mimeType, bytes, extension] of [
      ['application/pdf', octets('%PDF-1.7'), 'pdf'],
      ['text/xml', cda('<x:structuredBody/>'), 'xml'],
      ['text/xml', octets('<pas fini'), 'xml'],
      ['text/rtf', octets('{\\rtf1'), 'rtf'],
      ['constructor', octets('?'), 'bin'],
    ] as const) {
      const lu = fichierDuDocument({ mimeType, bytes })
      expect([lu.bytes === bytes, lu.extension]).toEqual([true, extension])
    }
  })

  test('ne s’ouvre seul qu’un fichier dont le contenu est bien celui d’un PDF ou d’une image', () => {
    for (const [mimeType, debut] of [
      ['text/html', '<script>alert(1)</script>'],
      ['application/pdf', '<script>alert(1)</script>'],
      ['image/png', '<svg onload=alert(1)>'],
      ['image/svg+xml', '<svg onload=alert(1)/>'],
      ['image/jpeg', '%PDF-1.7'],
      ['image/tiff', 'II*'],
    ] as const)
      expect([mimeType, fichierDuDocument({ mimeType, bytes: octets(debut) }).seul]).toEqual([mimeType, undefined])
    expect(fichierDuDocument({ mimeType: 'image/jpeg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0) }).seul).toBe('image/jpeg')
  })

  test('un texte qui n’est pas en UTF-8 se lit comme l’écrivait Windows', () => {
    expect(lire(Uint8Array.of(0xe9, 0x74, 0xe9), 'text/plain')).toContain('<pre>été</pre>')
  })
})
