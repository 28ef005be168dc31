import { expect, test } from 'vitest'
import { type CdaN1, readCda, writeCdaN1 } from './cda.ts'

const CDA: CdaN1 = {
  id: '1.2.250.1.999.1.1.7.1.42',
  setId: '1.2.250.1.999.1.1.7.1.42',
  version: 1,
  type: { code: '11488-4', codeSystem: '2.16.840.1.113883.6.1', displayName: 'CR ou fiche de consultation ou de visite' },
  titre: 'Consultation <du> "23" & suite',
  redigeLe: Date.UTC(2026, 10, 23, 8, 30),
  patient: {
    matriculeIns: '292067997911193',
    oid: '1.2.250.1.213.1.4.8',
    nomNaissance: 'FLOREAL',
    listePrenom: 'CAMILLE ANNE',
    sexe: 'F',
    dateNaissance: '1992-06-20',
    lieuNaissance: '97911',
  },
  auteur: {
    id: '899700979001',
    nom: 'PRIMIDI',
    prenom: 'CLAIRE',
    specialite: { code: 'G15_10/SM54', codeSystem: '1.2.250.1.213.1.1.4.5', displayName: 'Médecin' },
    structure: { id: '499700979001001', nom: 'Cabinet' },
  },
  lieuExercice: { code: 'SA07', codeSystem: '1.2.250.1.71.4.2.4' },
  cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
  corps: { mediaType: 'text/plain', bytes: new TextEncoder().encode('Toux — pas de fièvre') },
}

test('a level 1 document is read back as written', () => {
  const lu = readCda(new TextDecoder().decode(writeCdaN1(CDA)))
  expect(lu).toMatchObject({
    id: CDA.id,
    typeCode: '11488-4',
    titre: CDA.titre,
    effectiveTime: '20261123083000+0000',
    auteur: 'CLAIRE PRIMIDI',
    structure: 'Cabinet',
    patient: { ins: '292067997911193', oid: '1.2.250.1.213.1.4.8', nom: 'FLOREAL', prenoms: 'CAMILLE CAMILLE ANNE' },
    recit: '',
  })
  expect(new TextDecoder().decode(lu?.corps?.bytes)).toBe('Toux — pas de fièvre')
})

test('another document is no CDA, a structured one gives its narrative', () => {
  expect(readCda('<a/>')).toBeUndefined()
  const lu = readCda(
    '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><title>Motif</title><text>Toux <b>sèche</b></text></section></component></structuredBody></component></ClinicalDocument>',
  )
  expect(lu).toMatchObject({ recit: 'Motif\nToux sèche', corps: undefined })
})

test('a broken body is told', () => {
  const text = new TextDecoder().decode(writeCdaN1(CDA)).replace(/representation="B64">..../, 'representation="B64">')
  expect(() => readCda(text.replace(/(representation="B64">)[^<]*/, '$1QUJ'))).toThrow('base64')
})
