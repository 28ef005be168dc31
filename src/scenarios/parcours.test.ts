import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { waitFor } from 'xstate'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { fetchOn } from '../../test/world-fetch.ts'
import type { Acces } from '../clients/http.ts'
import { SandboxClient } from '../clients/sandbox-client.ts'
import { traitsDe } from '../clients/distribution.ts'
import { MesClient } from '../clients/mes/mes-client.ts'
import { Cabinet } from '../conversations/cabinet.ts'
import { ManualClock } from '../dossier/clock.ts'
import { CabinetDatabase } from '../dossier/database.ts'
import { REPRISES_MS } from '../dossier/envoi.ts'
import { identiteAuDocumentPartage } from './identite-au-document-partage.ts'
import { ouvrirScenario } from './ouvrir-scenario.ts'

let monde: TestWorld
let acces: Acces
let sandbox: SandboxClient
let clock: ManualClock
let cabinet: Cabinet

beforeEach(async () => {
  monde = await createTestWorld({ dataset: 'vierge' })
  acces = { base: '', fetch: fetchOn(monde.sandbox) }
  sandbox = new SandboxClient(acces)
  clock = new ManualClock(monde.world.now())
  const db = new CabinetDatabase('parcours', { indexedDB: new IDBFactory(), IDBKeyRange })
  cabinet = new Cabinet({ monde: 'parcours', acces, sandbox, clock, db })
  await cabinet.installer()
})

afterEach(async () => {
  cabinet.fermer()
  await monde.close()
})

const carteDe = (id: string) => cabinet.poste.insererCarte(id)

/** The secretary's morning: the person is looked up, her identity becomes qualifiée, she is told and says yes. */
async function accueillir(personne: string): Promise<string> {
  const { poste } = cabinet
  const traits = traitsDe(cabinet.identities, personne)!
  await carteDe('nadia-quartidi')
  poste.saisirCritere({ dateNaissance: traits.dateNaissance, lettres: traits.nomNaissance.slice(0, 3) })
  await poste.chercher()
  expect(poste.etat.resultats).toEqual([])
  poste.saisirTraits(traits)
  expect(await poste.creerFiche()).toBe(true)
  await poste.interrogerInsiParTraits()
  await waitFor(poste.etat.insi!, (state) => state.matches('trouvee'))
  poste.accepterIdentite()
  await waitFor(poste.etat.insi!, (state) => state.matches('acceptee'))
  expect(await poste.enregistrerPiece('CN')).toBe(true)
  expect(await poste.qualifier()).toBe(true)
  await poste.informer()
  await poste.recueillirConsentement(true)
  return poste.etat.patientId!
}

async function ecrire(titre: string): Promise<void> {
  cabinet.poste.rediger({ titre, texte: 'Toux depuis cinq jours.\nRevoir dans une semaine.' })
  expect(await cabinet.poste.validerDocument()).toBe(true)
  await cabinet.poste.boite.passer()
}

const envois = () => cabinet.poste.dossiers.db.envois.toArray()
const operations = async () => (await sandbox.journal({ limit: 500 })).entries.map(({ operation, outcome }) => `${operation} : ${outcome}`)

describe('de l’identité au document partagé', () => {
  test('la secrétaire qualifie, le médecin alimente, la patiente reçoit, le médecin relit', async () => {
    const { poste } = cabinet
    const id = await accueillir('camille-floreal')
    expect(await poste.dossiers.lire(id)).toMatchObject({ identite: { statut: 'qualifiee' }, traits: { listePrenom: 'CAMILLE ANNE LUCIE' } })
    await waitFor(poste.etat.dmp!, (state) => state.matches('connu'))
    expect(poste.etat.dmp?.getSnapshot().context.situation).toMatchObject({ etat: 'actif', autorisation: 'NON_EXISTE', rattacheMes: true })
    expect(await operations()).not.toContainEqual(expect.stringContaining('TD0.3'))

    await carteDe('dr-primidi')
    await ecrire('Consultation')
    expect(await envois()).toMatchObject([{ etat: 'envoye' }])

    const patient = (await poste.dossiers.lire(id))!
    const mes = await monde.send('GET', `/mes/api/profils/${patient.matricule}/documents`)
    expect(mes.text).toContain('Consultation')
    const notifications = await monde.send('GET', `/mes/api/profils/${patient.matricule}/notifications`)
    expect(notifications.text).toContain('Consultation')

    await waitFor(poste.etat.dmp!, (state) => state.matches('connu') || state.matches('liste'))
    expect(poste.demanderConsultation()).toBe(true)
    const liste = await waitFor(poste.etat.dmp!, (state) => state.matches('liste'))
    expect(liste.context.fiches).toMatchObject([{ titre: 'Consultation', auteur: 'Dr Claire Primidi', typeCode: '11488-4' }])
    poste.ouvrirDocument(liste.context.fiches![0]!)
    const lu = await waitFor(poste.etat.dmp!, (state) => state.matches('document'))
    const [envoi] = await envois()
    expect(lu.context.contenu?.bytes).toEqual(envoi!.cda)
  })

  test('une réponse perdue par le DMP n’y met pas deux fois le document', async () => {
    await accueillir('camille-floreal')
    await carteDe('dr-primidi')
    await sandbox.addFault({ kind: 'drop', after: true, service: 'dmp', path: '/dmp/si-dmp-server/v2/services/repository', times: 1 })
    await ecrire('Consultation')
    expect(await envois()).toMatchObject([{ etat: 'aReprendre', contexte: { doute: true } }])
    clock.advance(REPRISES_MS[0])
    await vi.waitFor(async () => expect(await envois()).toMatchObject([{ etat: 'envoye', contexte: { dejaLa: true, envois: 2 } }]))
    expect((await operations()).filter((operation) => operation.includes('TD2'))).toHaveLength(2)
  })

  test('le DMP en panne met l’envoi en file, qui repart quand l’horloge avance', async () => {
    await accueillir('camille-floreal')
    await carteDe('dr-primidi')
    await sandbox.addFault({ kind: 'status', status: 503, service: 'dmp', times: 1 })
    await ecrire('Consultation')
    expect(await envois()).toMatchObject([{ etat: 'aReprendre', contexte: { doute: false } }])
    clock.advance(REPRISES_MS[0])
    await vi.waitFor(async () => expect(await envois()).toMatchObject([{ etat: 'envoye' }]))
  })

  test.each([
    ['odile-frimaire', 'dmp-inexistant', 'inexistant'],
    ['yann-nivose', 'dmp-ferme', 'ferme'],
  ])('%s : rien ne part, et la raison est dite', async (personne, motif, etat) => {
    await accueillir(personne)
    await carteDe('dr-primidi')
    await ecrire('Consultation')
    expect(await envois()).toMatchObject([{ etat: 'bloque', contexte: { motif } }])
    await waitFor(cabinet.poste.etat.dmp!, (state) => state.matches('connu'))
    expect(cabinet.poste.etat.dmp?.getSnapshot().context.situation?.etat).toBe(etat)
  })

  test('la secrétaire envoie pour le médecin absent : le DMP accepte, l’auteur reste le médecin', async () => {
    await accueillir('camille-floreal')
    await carteDe('dr-primidi')
    await sandbox.addFault({ kind: 'status', status: 503, service: 'dmp', times: 1 })
    await ecrire('Consultation')
    await carteDe('nadia-quartidi')
    const [envoi] = await envois()
    await cabinet.poste.reessayerEnvoi(envoi!.id)
    expect(await envois()).toMatchObject([{ etat: 'envoye' }])
    expect(await operations()).toContainEqual(expect.stringContaining('TD2.2'))
  })
})

describe('le scénario « De l’identité au document partagé »', () => {
  async function ouvrir() {
    const ouvert = await ouvrirScenario({ scenario: identiteAuDocumentPartage, cabinet, sandbox, mes: new MesClient(acces), rythmeMs: 0 })
    const arreter = sandbox.follow((event) => ouvert.run.surEvenement(event))
    return { ...ouvert, arreter: () => (arreter(), ouvert.fermer()) }
  }

  test('se joue tout seul, chaque étape constatée dans le fil, au cabinet et chez la patiente', async () => {
    const { run, arreter } = await ouvrir()
    expect(run.courante?.id).toBe('creer')
    await run.lire()
    expect(run.incident).toBe('')
    expect(run.etapes.map(({ id, faite }) => [id, faite])).toEqual(run.scenario.etapes.map(({ id }) => [id, true]))
    await vi.waitFor(() => expect(run.etat).toBe('termine'))
    arreter()
  })

  test('suit un apprenant qui fait les gestes lui-même', async () => {
    const { run, arreter } = await ouvrir()
    await accueillir('camille-floreal')
    await vi.waitFor(() => expect(run.courante?.id).toBe('alimenter'))
    await carteDe('dr-primidi')
    await ecrire('Consultation')
    await vi.waitFor(() => expect(run.courante?.id).toBe('consulter'))
    await run.faire('lire')
    await vi.waitFor(() => expect(run.etat).toBe('termine'))
    expect(run.etapes.filter(({ montree }) => montree).map(({ id }) => id)).toEqual(['lire'])
    arreter()
  })

  test('le consentement recueilli n’écrit rien au DMP', async () => {
    const { run, arreter } = await ouvrir()
    await run.faire('informer')
    expect(run.courante?.id).toBe('alimenter')
    expect(await operations()).not.toContainEqual(expect.stringContaining('TD0.3'))
    arreter()
  })

  test('une panne d’INSi arrête la démonstration, qui reprend ensuite', async () => {
    const { run, arreter } = await ouvrir()
    await sandbox.addFault({ kind: 'status', status: 503, service: 'insi', times: 1 })
    await run.faire('insi')
    expect([run.etat, run.incident]).toEqual(['exercice', 'INSi n’a pas rendu une identité et une seule.'])
    await run.faire('insi')
    expect([run.incident, run.courante?.id]).toEqual(['', 'qualifier'])
    arreter()
  })
})
