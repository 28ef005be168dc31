import { describe, expect, test } from 'vitest'
import { pageDuDocument } from './page-document.ts'

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
})
