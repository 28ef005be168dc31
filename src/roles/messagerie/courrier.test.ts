import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lireCourriel } from '#standards/mssante/courriel/lire-courriel.ts'
import { castOf } from '../../../mocks/database/registre.ts'
import { cleDossier, messages } from '../../../mocks/mssante/store.ts'
import { Comptoir } from '../../../test/conversation-rows.ts'
import { CPE, CPS, countedIds, createTestCabinet, type TestCabinet } from '../../../test/cabinet.ts'
import { jetonPour } from '../../../test/jetons.ts'
import { fetchOn } from '../../../test/world-fetch.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'
import { cartesDuCabinet } from '../../clients/distribution.ts'
import { SandboxClient } from '../../clients/sandbox-client.ts'
import { Poste } from '../../conversations/poste.ts'
import { empechementDocuments, preparerDocuments } from '../../dossier/envoi-mss.ts'
import { IDENTITE_INITIALE } from '../../dossier/identite.ts'
import { BROUILLON_VIDE, validerDocument } from '../../dossier/redaction.ts'
import { codeDeRefus } from '../../dossier/reception.ts'
import { ACCUSE, Courrier } from './courrier.svelte.ts'

const CAMILLE = 'Camille Floréal'

let monde: TestWorld
let cabinet: TestCabinet
let poste: Poste
let courrier: Courrier
let comptoir: Comptoir
let appels: string[]

beforeEach(async () => {
  monde = await createTestWorld()
  cabinet = createTestCabinet()
  appels = []
  const surMonde = fetchOn(monde.sandbox)
  const acces = {
    base: 'http://bac.test',
    fetch: (async (input, init) => {
      appels.push(`${init?.method ?? 'GET'} ${String(input)}`)
      return await surMonde(input, init)
    }) as typeof fetch,
  }
  const insi = { chercherParTraits: async () => ({ issue: 'aucune' as const }), chercherParCarteVitale: async () => ({ issue: 'aucune' as const }) }
  const dmp = {} as ConstructorParameters<typeof Poste>[0]['dmp']
  poste = new Poste({ ...cabinet, insi, dmp, ecrireCda: () => new Uint8Array() })
  await poste.installer(cartesDuCabinet(await new SandboxClient(acces).identities()), [])
  courrier = new Courrier({ acces, poste, newId: countedIds() })
  comptoir = new Comptoir({
    async appeler(method, chemin, demande) {
      const { status, text } = await monde.send(method, chemin, demande)
      return { status, text, json: text.startsWith('{') ? JSON.parse(text) : {} }
    },
    jeton: (identifiant) => jetonPour(monde, identifiant),
    attendre: () => undefined,
  })
})
afterEach(async () => {
  poste.arreter()
  await monde.close()
})

const asseoir = (nom: string) => courrier.asseoir(poste.etat.cartes.find((une) => une.nom === nom) ?? null)
const versCamille = async () => [{ nom: CAMILLE, adresse: await comptoir.adresse(CAMILLE) }]

describe('la messagerie du poste', () => {
  test('CABINET-MSS-SESSION : chacun a ses boîtes ; qui part ferme sa session, et rien de ce qu’il lisait ne reste', async () => {
    await asseoir('PRIMIDI')
    expect(courrier.boite).toBe('claire.primidi@medecins.bac.mssante.fr')
    await asseoir('QUARTIDI')
    expect(courrier.boites.map(({ adresse }) => adresse)).toEqual(['secretariat.calendrier@medecins.bac.mssante.fr'])
    expect(appels.filter((un) => un.includes('/logout'))).toHaveLength(1)
    await courrier.asseoir(null)
    expect([courrier.boites, courrier.liste, courrier.boite]).toEqual([[], [], ''])
  })

  test('CABINET-MSS-SESSION : le temps passe au-delà du jeton et de la session, elle se rouvre sans geste', async () => {
    await asseoir('PRIMIDI')
    await monde.advance('PT10M')
    await courrier.lire()
    expect([courrier.refus, courrier.boites.length > 0]).toEqual(['', true])
    await monde.advance('P6W')
    await courrier.lire()
    expect([courrier.refus, courrier.boites.length > 0]).toEqual(['', true])
  })

  test('écrire, recevoir la réponse et l’accusé dans le même fil, répondre, mettre fin en un clic', async () => {
    await asseoir('PRIMIDI')
    expect(await courrier.envoyer({ a: await versCamille(), objet: 'Résultats', texte: 'Tout va bien.', accuseLecture: true })).toBe(true)
    const id = await comptoir.derniere(CAMILLE)
    await comptoir.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)
    await comptoir.repond(CAMILLE, id)
    await courrier.lire()
    expect(courrier.liste.slice(0, 2).map(({ objet, rapport }) => [objet, rapport])).toEqual([
      ['Re: Résultats', undefined],
      ['Accusé de lecture', 'disposition-notification'],
    ])
    await courrier.ouvrir(courrier.liste[0]!)
    expect(courrier.fil?.map(({ envoye, lu }) => [envoye, lu.rapport?.genre ?? lu.texte])).toEqual([
      [true, 'Tout va bien.'],
      [false, 'mdn'],
      [false, 'Merci.'],
    ])
    expect(courrier.liste.slice(0, 2).every(({ marques }) => marques.includes('\\Seen'))).toBe(true)
    const { lu } = courrier.fil!.at(-1)!
    await courrier.envoyer({ a: [lu.de], objet: 'Re: Résultats', texte: 'De rien.', references: lu.references })
    expect((await comptoir.conversations(CAMILLE)).map(({ nombre }) => nombre)).toEqual([3])
    await courrier.mettreFin(courrier.fil!)
    expect(courrier.fait).toContain('Échanges terminés')
    expect((await comptoir.conversations(CAMILLE))[0]).toMatchObject({ etat: 'FINALISED', nombre: 4 })
    expect(courrier.fil?.at(-1)?.lu.fin).toBe(true)
  })

  test('un message qui revient est dit tout de suite, et l’avis est dans la boîte', async () => {
    await asseoir('PRIMIDI')
    const odile = [{ nom: 'Odile', adresse: await comptoir.adresse('Odile Frimaire') }]
    expect(await courrier.envoyer({ a: odile, objet: 'Bonjour', texte: 'Bonjour' })).toBe(true)
    expect(courrier.refus).toContain('patient non trouvé')
    expect(courrier.liste[0]).toMatchObject({ rapport: 'delivery-status' })
  })

  test('un refus de l’opérateur ne fait rien perdre : le message n’est pas parti et la raison est dite', async () => {
    await asseoir('PRIMIDI')
    expect(await courrier.envoyer({ a: [{ nom: '', adresse: 'ami@gmail.example' }], objet: 'Bonjour', texte: 'Bonjour' })).toBe(false)
    expect(courrier.refus).toContain('hors de la liste blanche')
  })

  test('supprimer met le fil à la corbeille, où il se retrouve', async () => {
    await asseoir('PRIMIDI')
    await courrier.envoyer({ a: await versCamille(), objet: 'Un', texte: 'Un' })
    await comptoir.repond(CAMILLE, await comptoir.derniere(CAMILLE))
    await courrier.lire()
    await courrier.ouvrir(courrier.liste[0]!)
    await courrier.jeter(courrier.fil!)
    expect([courrier.liste.map(({ objet }) => objet).includes('Re: Un'), courrier.fil]).toEqual([false, null])
    await courrier.montrer('Trash')
    expect(courrier.liste).toHaveLength(2)
  })
})

test('CABINET-MSS-ACCUSE : l’accusé demandé part d’un geste, une seule fois, et son expéditeur le reçoit', async () => {
  await asseoir('PRIMIDI')
  await courrier.envoyer({
    a: [{ nom: '', adresse: 'bastien.duodi@medecins.bac.mssante.fr' }],
    objet: 'À lire',
    texte: 'Bonjour.',
    accuseLecture: true,
  })
  await asseoir('DUODI')
  await courrier.ouvrir(courrier.liste[0]!)
  const [lu] = courrier.fil!
  expect([lu!.lu.accuseDemande, lu!.marques.includes(ACCUSE)]).toEqual(['claire.primidi@medecins.bac.mssante.fr', false])
  await courrier.accuserLecture(lu!)
  expect([courrier.refus, courrier.fil!.some(({ marques }) => marques.includes(ACCUSE))]).toEqual(['', true])
  await asseoir('PRIMIDI')
  expect(courrier.liste.map(({ objet, rapport }) => [objet, rapport])).toEqual([['Lu : À lire', 'disposition-notification']])
})

describe('les documents reçus', () => {
  const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'
  const LABORATOIRE = 'noreply-biologie@quatre-saisons.bac.mssante.fr'

  /** Her file at the practice, qualified, as INSi gave it. */
  async function ficheDeCamille(): Promise<string> {
    const { personne } = (await castOf(monde.world)).patients.find(({ nomAffiche }) => nomAffiche === CAMILLE)!
    const { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = personne
    const traits = { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance }
    const cree = await cabinet.dossiers.creer({ ...traits, premierPrenom: listePrenom.split(' ')[0]! }, {}, CPE)
    if (!('fait' in cree)) throw new Error(cree.refuse.texte)
    const { id } = cree.fait
    await cabinet.dossiers.accepterInsi(id, { ins: personne.ins, historique: [], traits }, 'traits', CPE)
    await cabinet.dossiers.enregistrerPiece(id, 'CN', CPE)
    await cabinet.dossiers.confirmerConcordance(id, CPE)
    return id
  }

  const labo = async (cas: string) =>
    expect(
      (await monde.send('POST', '/mssante/bac/comptes-rendus', { body: { vers: DUODI, patient: await comptoir.matricule(CAMILLE), cas } })).status,
    ).toBe(202)

  /** What the laboratory's software receives back, newest last: subject and disposition. */
  async function retours(): Promise<string[]> {
    const recus = await monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(LABORATOIRE, 'INBOX')], limit: 100 })
    return await Promise.all(
      recus.map(async ({ corps }) => {
        const { objetComplet, rapport } = await lireCourriel((await monde.world.store.getBytes(corps))!)
        return `${objetComplet.slice(0, 45)} | ${rapport?.disposition ?? 'courriel'}`
      }),
    )
  }

  test('CABINET-XDM-ACCUSE : classé en un geste, le laboratoire reçoit l’accusé d’intégration', async () => {
    const id = await ficheDeCamille()
    await labo('nouveau')
    await asseoir('DUODI')
    const [recue] = await courrier.receptions.aTraiter()
    expect(await courrier.classer(recue!, id)).toBe(true)
    expect((await courrier.receptions.duPatient(id)).map(({ document }) => document?.titre)).toEqual(['Bilan sanguin'])
    expect(await retours()).toEqual([expect.stringMatching(/^Intégré : CR d’examens biologiques.* \| processed$/)])
  })

  test('CABINET-XDM-ACCUSE : refusé, le laboratoire sait pourquoi, avec le code', async () => {
    await ficheDeCamille()
    await labo('autre-ins')
    await asseoir('DUODI')
    const [recue] = await courrier.receptions.aTraiter()
    expect(await courrier.refuserDocument(recue!, codeDeRefus(recue!, await courrier.receptions.proposer(recue!)))).toBe(true)
    expect(await retours()).toEqual([expect.stringMatching(/^\[KO Intégration système !\]\[904\] XDM\/1.* \| processed\/Error: 904\^INS differente/)])
    expect(await courrier.receptions.aTraiter()).toEqual([])
  })

  test('CABINET-XDM-AUTOMATIQUE : d’office, l’accusé part seul ; une seule fois, quoi qu’on relise', async () => {
    const id = await ficheDeCamille()
    await courrier.receptions.reglerAutomatique(true)
    await labo('nouveau')
    await labo('autres-traits')
    await asseoir('DUODI')
    await courrier.lire()
    await courrier.lire()
    expect(await courrier.receptions.duPatient(id)).toHaveLength(1)
    expect(await courrier.receptions.aTraiter()).toHaveLength(1)
    expect(await retours()).toHaveLength(1)
  })

  test('CABINET-MSS-DOCUMENTS : un document de la fiche part au confrère, qui le trouve dans ses documents reçus', async () => {
    const id = await ficheDeCamille()
    const brouillon = { ...BROUILLON_VIDE, titre: 'Lettre au confrère', texte: 'Merci de ton avis.' }
    const valide = await validerDocument(cabinet, id, brouillon, CPS)
    if (!('fait' in valide)) throw new Error(valide.refuse.texte)
    await asseoir('PRIMIDI')
    const patient = (await cabinet.dossiers.lire(id))!
    const documents = { patient, choisis: [valide.fait.document] }
    expect(await courrier.envoyer({ a: [{ nom: '', adresse: DUODI }], objet: 'Avis demandé', texte: 'Bonjour.', documents })).toBe(true)
    await asseoir('DUODI')
    expect(courrier.liste[0]).toMatchObject({
      objet: expect.stringMatching(/^XDM\/1\.0\/DDM\+Avis demandé FLOREAL CAMILLE /),
      mss: { INS: 'O', CODECDA: brouillon.typeCode },
    })
    await courrier.ouvrir(courrier.liste[0]!)
    expect(courrier.fil![0]!.lu.objet).toMatch(/^Avis demandé/)
    expect(courrier.fil![0]!.lu.piecesJointes.map(({ nom }) => nom)).toEqual(['IHE_XDM.ZIP', expect.stringMatching(/FLOREAL_CAMILLE\.pdf$/)])
    const [recue] = await courrier.receptions.aTraiter()
    expect(recue).toMatchObject({
      document: { titre: 'Lettre au confrère', uniqueId: valide.fait.document.uniqueId },
      patientDit: { nomNaissance: 'FLOREAL' },
    })
    const provisoire = { ...patient, identite: IDENTITE_INITIALE }
    await expect(preparerDocuments([valide.fait.document], provisoire, { libelle: 'x', newId: () => '1', maintenant: 0 })).rejects.toThrow(RangeError)
    expect([empechementDocuments(patient), empechementDocuments(provisoire)]).toEqual(['', expect.stringContaining('identité qualifiée')])
  })
})
