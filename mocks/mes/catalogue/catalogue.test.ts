import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { appliquerAppariement, APPARIEMENT_VIDE, type EtatAppariement, type EvenementAppariement } from './lifecycle.ts'

let monde: TestWorld
let matricules: ReadonlyMap<string, string>

beforeEach(async () => {
  monde = await createTestWorld()
  matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
})
afterEach(() => monde.close())

const de = (id: string): string => matricules.get(id) ?? id
const appeler = (method: string, id: string, suite: string, body?: object, auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const regle = (answer: TestAnswer): unknown => answer.json()['rule']
const demander = (service = 'podometre', id = 'camille-floreal') => appeler('POST', id, `/services/${service}/demande`, {})
const consentir = (finalites: unknown, service = 'podometre', id = 'camille-floreal', auteur?: string) =>
  appeler('PUT', id, `/services/${service}/consentement`, { finalites }, auteur)
const desynchroniser = (service = 'podometre') => appeler('DELETE', 'camille-floreal', `/services/${service}/consentement`)
const voir = async (service = 'podometre', id = 'camille-floreal') => {
  const { services } = (await appeler('GET', id, '/services')).json<{ services: { id: string; appariement: Record<string, unknown> }[] }>()
  return services.find((un) => un.id === service)!.appariement
}
const jeton = async (service = 'podometre') => {
  const answer = await appeler('POST', 'camille-floreal', `/services/${service}/jeton`, {})
  return answer.status === 201 ? String(answer.json()['access_token']) : ''
}
const lireAvec = async (porte: string) => (await monde.send('GET', '/mes/fhir/Observation', { headers: { Authorization: `Bearer ${porte}` } })).status
const TOUT = ['MESURES_LECTURE', 'MESURES_ECRITURE']

describe('le consentement', () => {
  test('MES-APPARIEMENT-CONSENTEMENT : rien n’est consenti à la demande, puis seulement ce qui est choisi', async () => {
    expect((await demander()).status).toBe(201)
    expect(await voir()).toMatchObject({ etat: 'demande', finalites: [], accede: false })
    for (const faux of [[], ['AGENDA_LECTURE'], 'MESURES_LECTURE', [3], ['__proto__'], undefined]) {
      const refus = await consentir(faux)
      expect([refus.status, regle(refus)]).toEqual([422, 'MES-APPARIEMENT-CONSENTEMENT'])
    }
    expect((await consentir(['MESURES_ECRITURE'])).status).toBe(200)
    expect(await voir()).toMatchObject({ etat: 'synchronise', finalites: ['MESURES_ECRITURE'], accede: true })
  })

  test('MES-APPARIEMENT-MODIFIABLE : retirer la lecture la coupe aussitôt, avec le même jeton', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    expect(await lireAvec(porte)).toBe(200)
    await consentir(['MESURES_ECRITURE'])
    expect(await lireAvec(porte)).toBe(403)
  })

  test('MES-APPARIEMENT-DESYNCHRONISATION : le jeton ne vaut plus rien, une nouvelle demande est possible', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    expect((await desynchroniser()).status).toBe(204)
    expect(await lireAvec(porte)).toBe(401)
    expect(await voir()).toMatchObject({ etat: 'sansSuite', fin: 'titulaire', finalites: [] })
    expect((await demander()).status).toBe(201)
  })

  test('MES-APPARIEMENT-ETAT : consentir sans demande, désynchroniser deux fois : refusé', async () => {
    expect((await consentir(TOUT)).status).toBe(422)
    const refus = await desynchroniser()
    expect([refus.status, regle(refus)]).toEqual([409, 'MES-APPARIEMENT-ETAT'])
    expect((await appeler('POST', 'camille-floreal', '/services/inconnu/demande', {})).status).toBe(404)
    expect((await appeler('POST', 'camille-floreal', '/services/constructor/demande', {})).status).toBe(404)
  })

  test('MES-APPARIEMENT-DEMANDE : sans réponse en dix minutes, la demande tombe', async () => {
    await demander()
    await monde.advance('PT11M')
    expect(await voir()).toMatchObject({ etat: 'sansSuite', fin: 'demande expirée' })
  })

  test('un aidant voit les services mais ne consent pas', async () => {
    await demander('podometre', 'jeanne-messidor')
    const refus = await consentir(TOUT, 'podometre', 'jeanne-messidor', 'claire-messidor')
    expect([refus.status, regle(refus)]).toEqual([403, 'MES-AIDANT-LIMITES'])
    expect((await appeler('GET', 'jeanne-messidor', '/services', undefined, 'claire-messidor')).status).toBe(200)
  })
})

describe('le service', () => {
  const statut = (valeur: unknown, service = 'podometre') => monde.send('POST', `/mes/api/services/${service}/statut`, { body: { statut: valeur } })

  test('MES-CATALOGUE-STATUT : suspendu, l’accès est coupé puis rendu ; déréférencé, la synchronisation finit', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    await statut('SUSPENDUE')
    expect(await lireAvec(porte)).toBe(403)
    expect(await voir()).toMatchObject({ etat: 'synchronise', accede: false })
    await statut('EN_LIGNE')
    expect(await lireAvec(porte)).toBe(200)
    await statut('DEREFERENCEE')
    expect(await lireAvec(porte)).toBe(401)
    expect(await voir()).toMatchObject({ etat: 'sansSuite', fin: 'déréférencement' })
    expect(regle(await demander())).toBe('MES-CATALOGUE-STATUT')
    expect(regle(await demander('tension-facile'))).toBe('MES-CATALOGUE-STATUT')
    for (const faux of ['X', '__proto__', 3, null]) expect((await statut(faux)).status).toBe(400)
  })

  test('MES-CATALOGUE-SANS-ECHANGE : présenté, pas synchronisé', async () => {
    expect(regle(await demander('souffle-tranquille'))).toBe('MES-CATALOGUE-SANS-ECHANGE')
  })

  test('MES-APPARIEMENT-RENOUVELLEMENT : le service change, l’accès tient jusqu’à la date limite, puis cesse', async () => {
    await demander()
    await consentir(TOUT)
    const evolution = await monde.send('POST', '/mes/api/services/podometre/evolution', { body: {} })
    expect(evolution.json()).toMatchObject({ version: 2 })
    expect(await voir()).toMatchObject({ etat: 'aRenouveler', accede: true, finalites: TOUT, limite: Date.UTC(2026, 11, 23, 8) })
    await monde.advance('P29D')
    expect(await voir()).toMatchObject({ etat: 'aRenouveler' })
    await monde.advance('P2D')
    expect(await voir()).toMatchObject({ etat: 'sansSuite', fin: 'non renouvelé' })
  })

  test('MES-APPARIEMENT-RENOUVELLEMENT : renouvelé à temps, la date limite ne compte plus', async () => {
    await demander()
    await consentir(TOUT)
    await monde.send('POST', '/mes/api/services/podometre/evolution', { body: {} })
    expect((await consentir(['PATIENT_LECTURE'])).status).toBe(200)
    await monde.advance('P3M')
    expect(await voir()).toMatchObject({ etat: 'synchronise', finalites: ['PATIENT_LECTURE'] })
  })

  test('MES-APPARIEMENT-MAJORITE : à dix-huit ans, les accords attendent d’être confirmés', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    await monde.world.tell({ type: 'profil.majorite', matriculeIns: de('camille-floreal') })
    expect(await voir()).toMatchObject({ etat: 'aConfirmer', accede: false, finalites: TOUT })
    expect(await lireAvec(porte)).toBe(401)
    await consentir(['MESURES_LECTURE'])
    expect(await voir()).toMatchObject({ etat: 'synchronise', finalites: ['MESURES_LECTURE'] })
  })

  test('MES-APPARIEMENT-90-JOURS : la liste arrive par courriel tous les 90 jours, sauf préférence contraire', async () => {
    await demander()
    await consentir(TOUT)
    const lettres = async () => {
      const { courriers } = (await appeler('GET', 'camille-floreal', '/boite-personnelle')).json<{ courriers: { objet: string; texte: string }[] }>()
      return courriers.filter(({ objet }) => objet.includes('services synchronisés'))
    }
    await monde.advance('P89D')
    expect(await lettres()).toHaveLength(0)
    await monde.advance('P92D')
    expect(await lettres()).toHaveLength(2)
    expect((await lettres())[0]?.texte).toContain('Podomètre Foulée')
    await appeler('PUT', 'camille-floreal', '/preferences', { NOTIF_SYNCHRONIZED_SERVICE: false })
    await monde.advance('P180D')
    expect(await lettres()).toHaveLength(2)
  })

  test('MES-APPARIEMENT-TRACE : l’historique garde demande, lecture (une par jour) et fin', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    await lireAvec(porte)
    await lireAvec(porte)
    await desynchroniser()
    const { activites } = (await appeler('GET', 'camille-floreal', '/activites')).json<{
      activites: { typeActeur: string; groupe: string; texte: string }[]
    }>()
    const siennes = activites.filter(({ groupe }) => groupe === 'SERVICE_TIERS')
    expect(siennes.map(({ texte }) => texte).filter((texte) => texte.includes('a lu'))).toHaveLength(1)
    expect(siennes).toHaveLength(4)
    expect(siennes.some(({ typeActeur }) => typeActeur === 'SERVICE_TIERS')).toBe(true)
  })

  test('un profil supprimé ne garde ni synchronisation ni jeton', async () => {
    await demander()
    await consentir(TOUT)
    const porte = await jeton()
    await appeler('POST', 'camille-floreal', '/actes/fermer-et-supprimer', {})
    expect(await lireAvec(porte)).toBe(403)
    await monde.advance('P3M')
    expect(await lireAvec(porte)).toBe(401)
    await appeler('POST', 'camille-floreal', '/actes/creer', {})
    expect(await voir()).toMatchObject({ etat: 'sansSuite', finalites: [] })
  })
})

describe('la machine', () => {
  const LE = 1_000
  const EVENEMENTS: readonly EvenementAppariement[] = [
    { type: 'service.demande', le: LE, demandees: ['MESURES_LECTURE'], limite: 2_000 },
    { type: 'patient.consent', le: LE, finalites: ['MESURES_LECTURE'] },
    { type: 'patient.desynchronise', le: LE },
    { type: 'service.desynchronise', le: LE },
    { type: 'service.change', le: LE, demandees: ['MESURES_LECTURE', 'AGENDA_LECTURE'], limite: 3_000 },
    { type: 'catalogue.dereference', le: LE },
    { type: 'patient.majorite', le: LE },
    { type: 'delai.limite', le: LE },
  ]

  test('MES-APPARIEMENT-ETAT : chaque chemin mène à un état connu, et sans accord rien n’est permis', () => {
    const vus = new Set<EtatAppariement>()
    const parcourir = (appariement: typeof APPARIEMENT_VIDE, profondeur: number): void => {
      vus.add(appariement.etat)
      const permis = appariement.etat !== 'sansSuite' && appariement.etat !== 'demande'
      expect(appariement.contexte.finalites.length > 0).toBe(permis)
      if (profondeur === 0) return
      for (const evenement of EVENEMENTS) {
        const apres = appliquerAppariement(appariement, evenement)
        if (apres) parcourir(apres, profondeur - 1)
      }
    }
    parcourir(APPARIEMENT_VIDE, 5)
    expect([...vus].sort()).toEqual(['aConfirmer', 'aRenouveler', 'demande', 'sansSuite', 'synchronise'])
  })
})
