import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OperationInsi } from '#standards/ins/insi-names.ts'
import { INSI_LOT, INSI_VERIFICATION, INSI_VERIFICATION_RESULTAT } from '#standards/ins/insi-names.ts'
import {
  type IndividuAVerifier,
  type Partiel,
  type RechercheVitaleLue,
  writeIndividuAVerifier,
  writeRechercheVitale,
} from '#standards/ins/insi-requete.ts'
import { readResultat } from '#standards/ins/insi-resultat.ts'
import { readErreurSiram } from '#standards/ins/siram-fault.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { type XmlElement, attribute, childrenOf, descend, everyElement, textOf } from '#standards/xml/element.ts'
import { vocabulary } from '#standards/xml/write.ts'
import { type Demande, demande, enTetes } from '../../test/fixtures/insi/demande.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../test/world.ts'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'
import { castOf, registre } from '../database/registre.ts'
import { nextEtatLot } from './lifecycle.ts'
import { insi } from './routes.ts'
import { beneficiaires } from './rules/recherche.ts'
import { lots } from './store.ts'

let monde: TestWorld
let cast: ReadonlyMap<string, PersonneIdentifiee>
beforeAll(async () => {
  monde = await createTestWorld({ services: [registre, insi] })
  cast = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, personne]))
})
afterAll(() => monde.close())

const appeler = (operation: OperationInsi, payload: XmlElement, options?: Demande) =>
  monde.send('POST', '/insi/lps', { body: demande(operation, payload, options), headers: enTetes(operation) })
const carte = (recherche: Partiel<RechercheVitaleLue>) => appeler('rechercherInsAvecCarteVitale', writeRechercheVitale(recherche))
const codeFaute = (answer: TestAnswer) => readErreurSiram(readSoapFault(readSoapEnvelope(answer.text))!)?.code
const resultatDe = (answer: TestAnswer) => readResultat(readSoapEnvelope(answer.text).payload!)

/** Could be anybody's: none of the published identities, not in the reserved range. */
const REEL = '1850575123456'

describe('recherche par carte Vitale', () => {
  test('INSI-CARTE-CLE : la réponse est l’identité du bénéficiaire au registre', async () => {
    const answer = await carte({ matriculeIndividu: '2751263220749', nomNaissance: 'ADRUN', dateNaissance: '1975-12-31' })
    expect(resultatDe(answer)?.individu?.traits).toMatchObject({ nomNaissance: 'ADRUN', listePrenom: 'ZOE', lieuNaissance: '63220' })
    expect(resultatDe(await carte({ matriculeIndividu: '2751263220749', dateNaissance: '1976-01-01' }))).toEqual({ code: '01' })
    expect(resultatDe(await carte({ matriculeOd: '2090763220834' }))?.individu?.ins.matricule).toBe('1090763220834')
  })

  test('INSI-CARTE-BENEFICIAIRE : sous le numéro d’un parent, la date de naissance dit lequel des enfants', async () => {
    const [sophie, tom] = [cast.get('sophie-germinal')!, cast.get('tom-germinal')!]
    const od = { matriculeOd: sophie.ins.matricule, cleOd: sophie.ins.cle }
    expect(resultatDe(await carte({ ...od, dateNaissance: tom.dateNaissance }))?.individu?.ins.matricule).toBe(tom.ins.matricule)
    expect(resultatDe(await carte({ ...od, dateNaissance: sophie.dateNaissance }))?.individu?.ins.matricule).toBe(sophie.ins.matricule)
    expect(resultatDe(await carte({ ...od, nomNaissance: 'GERMINAL' }))).toEqual({ code: '02' })
    expect(resultatDe(await carte({ ...od, dateNaissance: '1900-01-01' }))).toEqual({ code: '01' })
  })

  test('INSI-CARTE-BENEFICIAIRE : entre jumeaux, le rang de naissance choisit', () => {
    const jumelles = [cast.get('lina-fructidor')!, cast.get('zoe-fructidor')!]
    const { dateNaissance } = jumelles[0]!
    expect(beneficiaires(jumelles, { dateNaissance })).toHaveLength(2)
    expect(beneficiaires(jumelles, { dateNaissance, rangNaissance: 2 })).toEqual([jumelles[1]])
    expect(beneficiaires(jumelles, { dateNaissance, rangNaissance: 3 })).toEqual([])
  })

  test('INSI-CARTE-MATRICULE : sans matricule, ou mal formé, la recherche est refusée', async () => {
    expect(codeFaute(await carte({ nomNaissance: 'ADRUN' }))).toBe('insi_907')
    expect(codeFaute(await carte({ matriculeOd: '27512632207497' }))).toBe('insi_908')
    expect(codeFaute(await carte({ matriculeOd: '2751263220749', rangNaissance: 'premier' }))).toBe('insi_911')
    expect(codeFaute(await carte({ matriculeOd: '2751263220749', nomNaissance: 'adrun' }))).toBe('insi_900')
  })

  test('INS-CLE : une clé qui ne correspond pas au matricule est refusée', async () => {
    expect(codeFaute(await carte({ matriculeOd: '2751263220749', cleOd: '75' }))).toBe('insi_909')
    expect((await carte({ matriculeOd: '1810363220456', cleOd: '60' })).status).toBe(200)
  })

  test('SANDBOX-FICTIF-SEULEMENT : un matricule qui pourrait être réel est refusé, sans être répété', async () => {
    const answer = await carte({ matriculeOd: REEL })
    expect(codeFaute(answer)).toBe('insi_990')
    expect(answer.text).not.toContain(REEL)
    const entry = await monde.lastExchange()
    expect(entry.rules).toContainEqual(expect.objectContaining({ code: 'SANDBOX-FICTIF-SEULEMENT', verdict: 'refusée' }))
    expect(JSON.stringify({ ...entry, request: undefined, response: undefined })).not.toContain(REEL)
  })
})

const ADRUN: Partiel<IndividuAVerifier> = {
  matricule: '2751263220749',
  cle: '74',
  oid: '1.2.250.1.213.1.4.8',
  nomNaissance: 'ADRUN',
  listePrenom: 'ZOE',
  sexe: 'F',
  dateNaissance: '1975-12-31',
  lieuNaissance: '63220',
}

describe('vérification unitaire', () => {
  const verifier = (individu: Partiel<IndividuAVerifier>) =>
    appeler('verifierInsAvecTraitsIdentite', vocabulary('q', INSI_VERIFICATION)('REQUNITAIRE', {}, writeIndividuAVerifier(individu)))
  const code = (answer: TestAnswer) => {
    const { payload } = readSoapEnvelope(answer.text)
    expect(payload?.ns).toBe(INSI_VERIFICATION_RESULTAT)
    return textOf(descend(payload, INSI_VERIFICATION_RESULTAT, 'CR', 'CodeCR'))
  }

  test('INSI-VERIFICATION : 00 quand l’INS actif et les traits concordent, 01 sinon, et la réponse dit que la forme est la nôtre', async () => {
    const answer = await verifier(ADRUN)
    expect(answer.headers['x-sandbox-forme']).toBe('propre-au-bac-a-sable')
    expect(code(answer)).toBe('00')
    for (const change of [
      { nomNaissance: 'ADRDEUX' },
      { dateNaissance: '1975-12-30' },
      { lieuNaissance: '75056' },
      { oid: '1.2.250.1.213.1.4.9' },
      { listePrenom: 'ZOE ANNE' },
    ])
      expect(code(await verifier({ ...ADRUN, ...change }))).toBe('01')
    expect(code(await verifier({ ...ADRUN, listePrenom: undefined, prenom: 'ZOE', cle: undefined, lieuNaissance: undefined }))).toBe('00')
  })

  test('INSI-VERIFICATION : un ancien matricule n’est plus l’INS', async () => {
    const ecetinsi = {
      ...ADRUN,
      cle: '39',
      matricule: '2090763220834',
      nomNaissance: 'ECETINSI',
      listePrenom: 'PIERRE-ALAIN MURIEL FLORIANT',
      sexe: 'M',
      dateNaissance: '2009-07-14',
    }
    expect(code(await verifier(ecetinsi))).toBe('01')
    expect(code(await verifier({ ...ecetinsi, matricule: '1090763220834', cle: '89' }))).toBe('00')
  })

  test('SANDBOX-FICTIF-SEULEMENT : vérifier un matricule qui pourrait être réel est refusé, sous un OID de test il ne l’est pas', async () => {
    expect(codeFaute(await verifier({ ...ADRUN, matricule: REEL, cle: undefined }))).toBe('insi_990')
    expect(code(await verifier({ ...ADRUN, matricule: REEL, cle: undefined, oid: '1.2.250.1.213.1.4.10' }))).toBe('01')
  })

  test('INS-OID : sans OID d’INS, rien n’est vérifié', async () => {
    expect(codeFaute(await verifier({ ...ADRUN, oid: undefined }))).toBe('insi_910')
    expect(codeFaute(await verifier({ ...ADRUN, oid: '1.2.250.1.213.1.4.2' }))).toBe('insi_910')
    expect(codeFaute(await verifier({ ...ADRUN, matricule: undefined }))).toBe('insi_907')
    expect(codeFaute(await verifier({ ...ADRUN, cle: '11' }))).toBe('insi_909')
    expect(codeFaute(await verifier({ ...ADRUN, sexe: '' }))).toBe('insi_24')
  })
})

describe('vérification en masse', () => {
  const lot = vocabulary('l', INSI_LOT)
  const deposer = (lignes: readonly Partiel<IndividuAVerifier>[], options?: Demande) =>
    appeler('deposerLotVerification', lot('DEPOT', {}, lignes.map(writeIndividuAVerifier)), options)
  const recuperer = (numero: string, options?: Demande) =>
    appeler('recupererLotVerification', lot('RECUPERATION', {}, lot('NumeroLot', {}, numero)), options)
  const champ = (answer: TestAnswer, name: string) => {
    for (const element of everyElement(readSoapEnvelope(answer.text).payload!)) if (element.name === name) return textOf(element)
    return undefined
  }

  test('INSI-LOT-DIFFERE : un lot est en cours, puis disponible quand le délai est passé à l’horloge simulée', async () => {
    const deposit = await deposer([ADRUN, { ...ADRUN, nomNaissance: 'ADRDEUX' }])
    expect(deposit.headers['x-sandbox-forme']).toBe('propre-au-bac-a-sable')
    expect(champ(deposit, 'NombreLignes')).toBe('2')
    expect(champ(deposit, 'DisponibleLe')).toBe('2026-11-24T08:00:00.000Z')
    const numero = champ(deposit, 'NumeroLot')!
    expect(champ(await recuperer(numero), 'Etat')).toBe('EN COURS')
    await monde.advance('PT23H')
    expect(champ(await recuperer(numero), 'Etat')).toBe('EN COURS')
    await monde.advance('PT2H')
    const ready = await recuperer(numero)
    expect(champ(ready, 'Etat')).toBe('DISPONIBLE')
    const lignes = childrenOf(readSoapEnvelope(ready.text).payload!, INSI_LOT, 'Ligne')
    expect(lignes.map((ligne) => [attribute(ligne, 'rang'), textOf(descend(ligne, INSI_LOT, 'CR', 'CodeCR'))])).toEqual([
      ['1', '00'],
      ['2', '01'],
    ])
    expect(champ(await recuperer(numero), 'Etat')).toBe('DISPONIBLE')
  })

  test('INSI-LOT-DEPOT : un lot vide, trop grand ou dont une ligne est refusée ne laisse rien', async () => {
    const before = await monde.world.store.count(lots)
    expect(codeFaute(await deposer([]))).toBe('insi_920')
    expect(codeFaute(await deposer(Array.from({ length: 501 }, () => ADRUN)))).toBe('insi_920')
    const answer = await deposer([ADRUN, { ...ADRUN, matricule: REEL, cle: undefined }])
    expect(codeFaute(answer)).toBe('insi_990')
    expect(answer.text).toContain('ligne 2')
    expect(await monde.world.store.count(lots)).toBe(before)
  })

  test('INSI-LOT-DEPOSITAIRE : un autre émetteur ne récupère pas le lot', async () => {
    const numero = champ(await deposer([ADRUN]), 'NumeroLot')!
    expect(codeFaute(await recuperer(numero, { emetteur: '10B9999999' }))).toBe('insi_921')
    expect(codeFaute(await recuperer('inconnu'))).toBe('insi_921')
    expect(codeFaute(await recuperer(''))).toBe('insi_921')
  })

  test('a batch is treated once, and never before its time', () => {
    expect(nextEtatLot('depose', { type: 'depositaire.recupere' })).toBeNull()
    expect(nextEtatLot('depose', { type: 'insi.traite' })).toBe('traite')
    expect(nextEtatLot('traite', { type: 'insi.traite' })).toBeNull()
    expect(nextEtatLot('traite', { type: 'depositaire.recupere' })).toBe('recupere')
    expect(nextEtatLot('recupere', { type: 'depositaire.recupere' })).toBe('recupere')
  })
})
