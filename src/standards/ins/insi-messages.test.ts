import { array, assert, constantFrom, option, property, record, string, stringMatching, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SOAP12, headerOf, readSoapEnvelope } from '../soap/envelope.ts'
import { readSoapFault } from '../soap/fault.ts'
import { readXml } from '../xml/read.ts'
import { writeXml } from '../xml/write.ts'
import { readAssertions, readContexteBam, readContexteLps, writeContextes, writeSecurity } from './insi-contextes.ts'
import { writeReponseRecherche, writeRequete } from './insi-enveloppe.ts'
import { ACTIONS_INSI, CTXBAM, CTXLPS, INSI_RESULTAT } from './insi-names.ts'
import {
  readIndividuAVerifier,
  readRechercheTraits,
  readRechercheVitale,
  writeIndividuAVerifier,
  writeRechercheTraits,
  writeRechercheVitale,
} from './insi-requete.ts'
import { type ResultatInsi, readResultat } from './insi-resultat.ts'
import { readErreurSiram, writeFauteApplication, writeFautePasserelle } from './siram-fault.ts'

const token = string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => text.trim())
const maybe = option(token, { nil: undefined })
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'

describe('requests', () => {
  test('a search by traits reads back as written, absent elements included', () => {
    const traits = record({ nomNaissance: maybe, prenoms: array(token, { maxLength: 4 }), sexe: maybe, dateNaissance: maybe, lieuNaissance: maybe })
    assert(property(traits, (lus) => void expect(readRechercheTraits(readXml(writeXml(writeRechercheTraits(lus))))).toEqual(lus)))
  })

  test('a search by card reads back as written', () => {
    const vitale = record({
      matriculeIndividu: token,
      cleIndividu: maybe,
      matriculeOd: token,
      cleOd: maybe,
      nomNaissance: maybe,
      dateNaissance: maybe,
      rangNaissance: maybe,
    })
    assert(property(vitale, (lu) => void expect(readRechercheVitale(readXml(writeXml(writeRechercheVitale(lu))))).toEqual(lu)))
    expect(readRechercheVitale(writeRechercheVitale({}))).toMatchObject({ matriculeIndividu: undefined, cleOd: undefined })
  })

  test('a verification reads back as written', () => {
    const individu = {
      matricule: '2751263220749',
      cle: '74',
      oid: '1.2.250.1.213.1.4.8',
      nomNaissance: 'ADRUN',
      listePrenom: 'ZOE',
      sexe: 'F',
      dateNaissance: '1975-12-31',
    }
    expect(readIndividuAVerifier(readXml(writeXml(writeIndividuAVerifier(individu))))).toEqual({
      ...individu,
      prenom: undefined,
      lieuNaissance: undefined,
    })
  })

  test('contexts, action, message id and assertion travel in the header', () => {
    const emetteur = { emetteur: '899900000001', idam: 'FICTIF00IDAM', logiciel: { nom: 'cabinet', version: '1.0', instance: 'i-1' } }
    const contextes = writeContextes(emetteur, { bam: 'b', lps: 'l' }, '2026-11-23T08:00:00.000Z')
    const security = writeSecurity({
      id: 'x',
      issueInstant: '2026-11-23T08:00:00.000Z',
      issuer: 'CN=899900000001',
      qualifier: 'CPS',
      nameId: '899900000001',
      attributs: { identifiantFacturation: '000000000', secteurActivite: 'SA07' },
    })
    const request = writeRequete('rechercherInsAvecTraitsIdentite', writeRechercheTraits({ nomNaissance: "D'ARTAGNAN" }), {
      contextes,
      messageId: 'uuid:1',
      security,
    })
    const envelope = readSoapEnvelope(writeXml(request))
    expect(readContexteBam(headerOf(envelope, CTXBAM, 'ContexteBAM')!)).toEqual({
      version: '01_02',
      id: 'b',
      temps: '2026-11-23T08:00:00.000Z',
      emetteur: '899900000001',
      couverture: true,
    })
    expect(readContexteLps(headerOf(envelope, CTXLPS, 'ContexteLPS')!)).toMatchObject({
      idam: 'FICTIF00IDAM',
      nom: 'urn:lps:cabinet:1.0',
      version: '01_00',
    })
    expect(writeXml(request)).toContain(ACTIONS_INSI.rechercherInsAvecTraitsIdentite)
    const [assertion] = readAssertions(headerOf(envelope, wsse, 'Security')!)
    expect(assertion).toMatchObject({ qualifier: 'CPS', nameId: '899900000001', signed: true, attributs: { secteurActivite: 'SA07' } })
  })
})

describe('answers', () => {
  const ins = record({
    matricule: stringMatching(/^[12]\d{4}(?:63|2A)\d{6}$/),
    cle: stringMatching(/^\d\d$/),
    oid: constantFrom('1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9'),
  })
  const individu = record({
    ins,
    historique: array(ins, { maxLength: 3 }),
    traits: record({
      nomNaissance: stringMatching(/^[A-Z]{1,9}(?:[' -][A-Z]{1,9})?$/),
      listePrenom: uniqueArray(stringMatching(/^[A-Z]{1,8}$/), { minLength: 1, maxLength: 4 }).map((names) => names.join(' ')),
      sexe: constantFrom('M' as const, 'F' as const),
      dateNaissance: stringMatching(/^19\d\d-0[1-9]-[0-2]\d$/),
      lieuNaissance: stringMatching(/^\d{5}$/),
    }),
  })

  test('a result reads back as written, through three prefixes for one namespace', () => {
    assert(
      property(individu, (found) => {
        const resultat: ResultatInsi = { code: '00', individu: found as NonNullable<ResultatInsi['individu']> }
        const envelope = readSoapEnvelope(writeXml(writeReponseRecherche(resultat)))
        expect(envelope.soap).toBe(SOAP12)
        expect(readResultat(envelope.payload!)).toEqual(resultat)
      }),
    )
  })

  test('01 and 02 carry no individual', () => {
    for (const code of ['01', '02'] as const)
      expect(readResultat(readSoapEnvelope(writeXml(writeReponseRecherche({ code }))).payload!)).toEqual({ code })
  })

  test('a client reads the CNDA oddities: dates before the identifier, Prenom without ListePrenom', () => {
    const xml = `<RESULTAT xmlns="${INSI_RESULTAT}"><CR><CodeCR>00</CodeCR><LibelleCR>OK</LibelleCR></CR><INDIVIDU>
      <INSACTIF><DateDeb>2019-03-01</DateDeb><IdIndividu><NumIdentifiant>1090763220834</NumIdentifiant><Cle>89</Cle></IdIndividu><OID>1.2.250.1.213.1.4.8</OID></INSACTIF>
      <TIQ><NomNaissance>ECETINSI</NomNaissance><Prenom>PIERRE-ALAIN</Prenom><Sexe>M</Sexe><DateNaissance>2009-07-14</DateNaissance><LieuNaissance>63220</LieuNaissance></TIQ>
    </INDIVIDU></RESULTAT>`
    expect(readResultat(readXml(xml))).toMatchObject({
      individu: { ins: { dateDeb: '2019-03-01' }, traits: { listePrenom: 'PIERRE-ALAIN' }, prenom: 'PIERRE-ALAIN' },
    })
    expect(readResultat(readXml('<RESULTAT xmlns="urn:autre"/>'))).toBeUndefined()
    expect(readResultat(readXml(`<RESULTAT xmlns="${INSI_RESULTAT}"><CR><CodeCR>99</CodeCR></CR></RESULTAT>`))).toBeUndefined()
  })

  test('the live envelope style is kept to the letter', () => {
    expect(writeXml(writeReponseRecherche({ code: '01' }))).toBe(
      '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><env:Body xmlns:S="http://www.w3.org/2003/05/soap-envelope" ' +
        'xmlns:env="http://www.w3.org/2003/05/soap-envelope"><RESULTAT xmlns="http://www.cnamts.fr/INSiResultat" xmlns:ns0="http://www.cnamts.fr/INSiRecVit" ' +
        'xmlns:ns1="http://www.cnamts.fr/INSiRecSans"><CR><CodeCR>01</CodeCR><LibelleCR>Aucune identite trouvee</LibelleCR></CR></RESULTAT></env:Body></soap:Envelope>',
    )
  })
})

describe('faults', () => {
  const faute = {
    value: 'Sender',
    subcode: 'siram_100',
    reason: 'Accès non autorisé.',
    code: 'desir_550',
    severite: 'erreur',
    libelle: 'Numéro inconnu.',
  } as const

  test('the gateway writes soap:, French, and gives the messageID back between code and severity', () => {
    const xml = writeXml(writeFautePasserelle(faute, 'uuid:1'))
    expect(xml).toContain(
      '<siram:Erreur xmlns:siram="urn:siram" code="desir_550" messageID="uuid:1" severite="erreur">Numéro inconnu.</siram:Erreur>',
    )
    expect(xml).toContain('<soap:Text xml:lang="fr">')
    expect(xml).toContain('<soap:Value>soap:siram_100</soap:Value>')
    const fault = readSoapFault(readSoapEnvelope(xml))!
    expect(fault).toMatchObject({ code: 'Sender', subcode: 'siram_100', lang: 'fr', reason: 'Accès non autorisé.' })
    expect(readErreurSiram(fault)).toEqual({ code: 'desir_550', severite: 'erreur', libelle: 'Numéro inconnu.', messageId: 'uuid:1' })
    expect(writeXml(writeFautePasserelle(faute, undefined))).not.toContain('messageID')
  })

  test('the application writes S: declared on env:Body, SOAP 1.1 declared and unused, English over French, no messageID', () => {
    const xml = writeXml(writeFauteApplication({ ...faute, value: 'Receiver', subcode: 'siram_40', code: 'insi_102', severite: 'fatal' }))
    expect(xml).toContain(
      '<env:Body xmlns:S="http://www.w3.org/2003/05/soap-envelope" xmlns:env="http://www.w3.org/2003/05/soap-envelope"><S:Fault xmlns:ns4="http://schemas.xmlsoap.org/soap/envelope/">',
    )
    expect(xml).toContain('<siram:Erreur xmlns:siram="urn:siram" severite="fatal" code="insi_102">')
    expect(xml).not.toContain('messageID')
    expect(readSoapFault(readSoapEnvelope(xml))).toMatchObject({ code: 'Receiver', subcode: 'siram_40', lang: 'en' })
  })
})
