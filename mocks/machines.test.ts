import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { CONTENT_TYPE, depotBase64, depotDe, DMP_PATHS, patientCx, vihfDe, visibilite } from '../test/dmp.ts'
import { createTestMes, type TestMes } from '../test/mes.ts'
import { PERSONNES_PUBLIEES } from './database/official-identities.ts'
import { castOf } from './database/registre.ts'
import type { MachineDecrite } from './kit/machine-description.ts'
import type { Exemplaire } from './kit/machine-routes.ts'
import { services } from './routes.ts'

const CHEMINS = {
  profil: '/mes/api/machines/profil',
  delegation: '/mes/api/machines/delegation',
  appariement: '/mes/api/machines/appariement',
  document: '/dmp/api/machines/document',
  contact: '/mssante/api/machines/contact',
} as const

type Nom = keyof typeof CHEMINS
const NOMS = Object.keys(CHEMINS) as Nom[]
const CODES = new Set(services.flatMap(({ rules }) => Object.keys(rules)))
const CAMILLE = 'camille-floreal'

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

const decrite = async (nom: Nom) => (await mes.monde.send('GET', CHEMINS[nom])).json<MachineDecrite>()
const exemplaires = async (nom: Nom, id = CAMILLE) =>
  (await mes.monde.send('GET', `${CHEMINS[nom]}/${mes.matricule(id)}`)).json<{ exemplaires: Exemplaire[] }>().exemplaires

describe('ce qui se dessine', () => {
  test.each(NOMS)('%s : chaque flèche va d’un état connu à un autre et cite des règles du registre', async (nom) => {
    const { etats, transitions, initiaux, regions } = await decrite(nom)
    const connus = etats.map(({ etat }) => etat)
    expect(new Set(connus).size).toBe(connus.length)
    expect(initiaux).toHaveLength(regions?.length ?? 1)
    for (const { de, vers, regle, conditions = [], libelle } of transitions) {
      expect(connus).toContain(de)
      expect(connus).toContain(vers)
      expect(libelle).not.toBe('')
      for (const code of [regle, ...conditions]) expect(CODES).toContain(code)
    }
    // From where it begins, every state is reached.
    const atteints = new Set<string>(initiaux)
    for (let avant = 0; avant < atteints.size;) {
      avant = atteints.size
      for (const { de, vers } of transitions) if (atteints.has(de)) atteints.add(vers)
    }
    expect([...atteints].toSorted()).toEqual(connus.toSorted())
  })

  test('les gardes et les refus se lisent sur les flèches, les délais suivent leur réglage', async () => {
    const delegation = await decrite('delegation')
    expect(delegation.transitions.find(({ evenement }) => evenement === 'delegue.accepte')?.conditions).toEqual([
      'MES-DELEGATION-ATTESTATION',
      'MES-DELEGATION-EXPIREE',
      'MES-DELEGATION-ACTIVE',
      'MES-DELEGATION-5-AIDES',
      'MES-DELEGATION-3-AIDANTS',
    ])
    const delai = async () => (await decrite('delegation')).transitions.find(({ evenement }) => evenement === 'delai.invitation')?.delai
    expect(await delai()).toBe('P30D')
    await mes.monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-DELAI-INVITATION': 'P3D' } })
    expect(await delai()).toBe('P3D')
    const { transitions } = await decrite('appariement')
    const consent = Object.fromEntries(transitions.flatMap(({ de, evenement, regle }) => (evenement === 'patient.consent' ? [[de, regle]] : [])))
    expect(consent).toMatchObject({ demande: 'MES-APPARIEMENT-CONSENTEMENT', aRenouveler: 'MES-APPARIEMENT-RENOUVELLEMENT' })
  })

  test('une machine ou une personne inconnue répond 404, un matricule qui pourrait être réel n’est pas gardé', async () => {
    for (const chemin of [
      '/mes/api/machines/constructor',
      '/dmp/api/machines/profil',
      `${CHEMINS.contact}/299`,
      `${CHEMINS.document}/299019799999900`,
    ])
      expect((await mes.monde.send('GET', chemin)).status).toBe(404)
    for (const nom of NOMS) {
      const refus = await mes.monde.send('GET', `${CHEMINS[nom]}/184077512345612`)
      expect([refus.status, refus.json()['rule']]).toEqual([409, 'SANDBOX-FICTIF-SEULEMENT'])
      expect((await mes.monde.lastExchange()).path).not.toContain('184077512345612')
    }
  })
})

describe('où en est chacun', () => {
  test('chaque exemplaire est dans un état de la machine, un par région, et son échéance est une de ses flèches', async () => {
    const { patients } = await castOf(mes.monde.world)
    for (const nom of NOMS) {
      const { etats, transitions, regions } = await decrite(nom)
      for (const { id } of patients)
        for (const un of await exemplaires(nom, id)) {
          expect(un.etats).toHaveLength(regions?.length ?? 1)
          for (const etat of un.etats) expect(etats.map((connu) => connu.etat)).toContain(etat)
          const attendus = transitions.filter(({ de }) => un.etats.includes(de)).map(({ evenement }) => evenement)
          expect([undefined, ...attendus]).toContain(un.echeance?.evenement)
        }
    }
  })

  test('un service qui demande attend dix minutes, puis n’est plus apparié', async () => {
    const podometre = async () => (await exemplaires('appariement')).find(({ id }) => id === 'podometre')
    expect(await podometre()).toEqual({ id: 'podometre', libelle: 'Podomètre Foulée (fictif)', etats: ['sansSuite'] })
    await mes.appeler('POST', CAMILLE, '/services/podometre/demande', {})
    expect(await podometre()).toMatchObject({ etats: ['demande'], echeance: { le: mes.monde.world.now() + 600_000, evenement: 'delai.limite' } })
    await mes.monde.advance('PT11M')
    expect((await podometre())?.etats).toEqual(['sansSuite'])
  })

  test('un document invisible du patient se voit ici, avec ce que le temps lui fera', async () => {
    const personne = (await castOf(mes.monde.world)).patients.find(({ id }) => id === CAMILLE)!.personne
    const cx = patientCx(personne)
    const uid = '1.2.250.1.999.88.1'
    await mes.monde.send('POST', DMP_PATHS.repository, {
      body: depotBase64(depotDe(cx, uid, { confidentialityCodes: visibilite('INVISIBLE_PATIENT') }), vihfDe(cx)),
      headers: CONTENT_TYPE,
    })
    const lui = async () => (await exemplaires('document')).find(({ id }) => id === uid)
    const depose = mes.monde.world.now()
    expect(await lui()).toMatchObject({
      etats: ['approved', 'professionnels.visible', 'patient.invisible', 'representants.visible'],
      echeance: { evenement: 'delai.signalement', le: depose + 14 * 86_400_000 },
    })
    await mes.monde.advance('P2W')
    expect(await lui()).toMatchObject({ etats: expect.arrayContaining(['patient.signale']), echeance: { evenement: 'delai.visibilite' } })
    await mes.monde.advance('P1M')
    expect((await lui())?.etats).toContain('patient.visible')
    expect((await lui())?.echeance).toBeUndefined()
    expect((await mes.lire<{ documents: { id: string }[] }>(CAMILLE, '/documents')).documents.map(({ id }) => id)).toContain(uid)
  })

  test('une personne atteinte par un ancien matricule est la même, sous l’actif', async () => {
    const avecHistorique = PERSONNES_PUBLIEES.find(({ historique }) => historique.length > 0)!
    const ancien = matriculeIns(avecHistorique.historique[0]!)
    const { exemplaires: lus } = (await mes.monde.send('GET', `${CHEMINS.profil}/${ancien}`)).json<{ exemplaires: Exemplaire[] }>()
    expect(lus.map(({ id }) => id)).toEqual([matriculeIns(avecHistorique.ins)])
  })
})
