import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVihf, type Vihf, writeVihf } from '../saml/vihf.ts'
import { readXml } from '../xml/read.ts'
import { writeXml } from '../xml/write.ts'
import { readDemandeTd03, readReponseTd03, writeDemandeTd03, writeReponseTd03 } from './habilitations.ts'
import { type DemandeTd02, readDemandeTd02, readReponseTd02, type ReponseTd02, writeDemandeTd02, writeReponseTd02 } from './td02.ts'

const text = fc.stringMatching(/^[a-zA-Z0-9éÉ<>&"'^| .:/-]{1,20}$/).map((s) => s.trim() || 'x')
const maybe = fc.oneof(fc.constant(''), text)
const identifiant = fc.record({ root: text, extension: text })
const NOW = Date.UTC(2026, 10, 23, 8)

test('VIHF: written and read back, through real XML', () => {
  const vihf: fc.Arbitrary<Vihf> = fc.record({
    issuer: maybe,
    issueInstant: text,
    nameId: maybe,
    structureId: maybe,
    secteurActivite: maybe,
    subjectId: maybe,
    roles: fc.array(fc.record({ code: text, codeSystem: text, displayName: text }), { maxLength: 3 }),
    version: maybe,
    mode: maybe,
    resourceId: maybe,
    resourceUrn: maybe,
    purposeOfUse: maybe,
    motif: maybe,
    confidentialite: maybe,
    authnContextClass: maybe,
    lps: fc.record({ nom: maybe, version: maybe, homologation: maybe }),
    signed: fc.boolean(),
  })
  fc.assert(
    fc.property(vihf, (one) => {
      expect(readVihf([readXml(writeXml(writeVihf(one, '_1')))])).toEqual(one)
    }),
  )
})

test('VIHF: the mode is read under both spellings met', () => {
  const vihf = readXml(writeXml(writeVihf({ ...VIDE, mode: 'DIRECTE' }, '_1')).replace('Authentification_mode', 'Authentification_Mode'))
  expect(readVihf([vihf])?.mode).toBe('DIRECTE')
})

test('VIHF: roles may be as many attributes as values', () => {
  const roles = ['10', 'SM26'].map((code) => ({ code, codeSystem: '1.2', displayName: '' }))
  const written = writeXml(writeVihf({ ...VIDE, roles }, '_1'))
  const repeated = written.replace(
    '</saml2:AttributeValue><saml2:AttributeValue>',
    '</saml2:AttributeValue></saml2:Attribute><saml2:Attribute Name="urn:oasis:names:tc:xacml:2.0:subject:role"><saml2:AttributeValue>',
  )
  expect(repeated).not.toBe(written)
  expect(readVihf([readXml(repeated)])?.roles).toEqual(roles)
})

test('VIHF: no assertion, no VIHF', () => {
  expect(readVihf([])).toBeUndefined()
})

test('TD0.2: the question comes back', () => {
  const demande: fc.Arbitrary<DemandeTd02> = fc.record({
    id: identifiant,
    queryId: identifiant,
    motif: text,
    emetteur: text,
    logiciel: text,
    patient: identifiant,
  })
  fc.assert(
    fc.property(demande, (one) => {
      expect(readDemandeTd02(readXml(writeXml(writeDemandeTd02(one, NOW))))).toEqual(one)
    }),
  )
})

test('TD0.2: the answer comes back, with or without a record', () => {
  const dossier = fc.record({
    ouvert: fc.boolean(),
    patient: identifiant,
    nom: text,
    prenom: text,
    sexe: text,
    naissance: text,
    rattacheEns: fc.boolean(),
    fermeLe: maybe,
    motif: text,
    raison: text,
  })
  fc.assert(
    fc.property(
      identifiant,
      identifiant,
      fc.constantFrom('VALIDE', 'EXPIRE'),
      fc.boolean(),
      fc.option(dossier, { nil: undefined }),
      (enReponseA, queryId, autorisation, medecinTraitant, found) => {
        const reponse: ReponseTd02 = {
          enReponseA,
          queryId,
          accuse: 'AA',
          autorisation: found ? autorisation : 'NON_EXISTE',
          medecinTraitant: found ? medecinTraitant : false,
          ...(found ? { dossier: found.ouvert ? { ...found, fermeLe: '', motif: '', raison: '' } : found } : {}),
        }
        const written = writeReponseTd02(reponse, { emetteur: '1.2', logiciel: 'LPS', motif: 'TEST_EXST' }, '1.3', NOW)
        expect(readReponseTd02(readXml(writeXml(written)))).toEqual(reponse)
      },
    ),
  )
})

test('TD0.2: an error keeps its code', () => {
  const reponse: ReponseTd02 = {
    enReponseA: { root: '1', extension: '2' },
    queryId: { root: '1', extension: '2' },
    accuse: 'AE',
    erreur: { code: 'DMPTooManyResult', texte: 'trop' },
    autorisation: 'NON_EXISTE',
    medecinTraitant: false,
  }
  expect(readReponseTd02(readXml(writeXml(writeReponseTd02(reponse, { emetteur: '', logiciel: '', motif: '' }, '1', NOW))))).toEqual(reponse)
})

test('TD0.3: question and answer come back', () => {
  fc.assert(
    fc.property(text, maybe, (a, b) => {
      expect(readDemandeTd03(readXml(writeXml(writeDemandeTd03({ action: a, role: b }))))).toEqual({ action: a, role: b })
      expect(readReponseTd03(readXml(writeXml(writeReponseTd03({ status: a, context: b }))))).toEqual({ status: a, context: b })
    }),
  )
})

const VIDE: Vihf = {
  issuer: '',
  issueInstant: '2026-01-01T00:00:00Z',
  nameId: '',
  structureId: '',
  secteurActivite: '',
  subjectId: '',
  roles: [],
  version: '',
  mode: '',
  resourceId: '',
  resourceUrn: '',
  purposeOfUse: '',
  motif: '',
  confidentialite: '',
  authnContextClass: '',
  lps: { nom: '', version: '', homologation: '' },
  signed: true,
}
