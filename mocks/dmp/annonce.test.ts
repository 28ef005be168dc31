import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { ASSOCIATION } from '#standards/xds/metadata.ts'
import { readRegistryResponse } from '#standards/xds/registry-response.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { castFor } from '../database/cast.ts'
import {
  ACTIONS,
  changementDeFiche,
  changementDeStatut,
  CONTENT_TYPE,
  depotBase64,
  depotDe,
  DMP_PATHS,
  enveloppe,
  patientCx,
  td03,
  vihfDe,
  visibilite,
} from '../../test/dmp.ts'
import { createTestWorld, TEST_DATE, type TestAnswer, type TestWorld } from '../../test/world.ts'
import { annulerAnnonce } from './annonce.ts'
import { documents, entryDe, parUniqueId } from './store.ts'

const { patients } = castFor(Date.parse(TEST_DATE))
const identite = (id: string) => patients.find((un) => un.id === id)!.personne
const CAMILLE = identite('camille-floreal')
const CX = patientCx(CAMILLE)
const UID = '1.2.250.1.999.53.1'
const matricule = (id: string) => identite(id).ins.matricule + identite(id).ins.cle

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
})
afterEach(() => monde.close())

const appeler = (path: string, action: string, payload: XmlElement): Promise<TestAnswer> =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihfDe(CX)), headers: CONTENT_TYPE })
const deposer = (codes: string[] = ['INVISIBLE_PATIENT'], uniqueId = UID) =>
  monde.send('POST', DMP_PATHS.repository, {
    body: depotBase64(depotDe(CX, uniqueId, { confidentialityCodes: visibilite(...codes) }), vihfDe(CX)),
    headers: CONTENT_TYPE,
  })
const courant = async () => (await parUniqueId(monde.world, UID))[0]!
const dePatient = async <T>(quoi: string) =>
  (await monde.send('GET', `/mes/api/profils/${matricule('camille-floreal')}/${quoi}`)).json<Record<string, T[]>>()[quoi]!
/** Her agenda and her age have reminders of their own. */
const notifications = async () =>
  (await dePatient<{ code: string; le: number; titre: string; texte: string; documentId?: string }>('notifications')).filter(
    ({ code }) => !code.startsWith('RAPPEL_'),
  )
const vus = async () => (await dePatient<{ id: string }>('documents')).map((un) => un.id)
const annoncer = async (codes: string[] = [], lot = '1.2.3.53') =>
  readRegistryResponse(
    readSoapEnvelope(
      (
        await appeler(
          DMP_PATHS.registry,
          ACTIONS.iti57,
          changementDeFiche(CX, { ...entryDe(await courant()), confidentialityCodes: visibilite(...codes) }, lot),
        )
      ).text,
    ).payload!,
  )

describe('dispositif d’annonce', () => {
  test('DMP-INVISIBLE-PATIENT : rien ne s’annonce avant deux semaines', async () => {
    await deposer()
    await monde.advance('P13D')
    expect(await notifications()).toEqual([])
    expect(await vus()).not.toContain(UID)
  })

  test('MES-ANNONCE-SIGNALEE : à deux semaines, le patient sait que son dossier a changé, et rien de plus', async () => {
    await deposer()
    await monde.advance('P2W')
    const [seule, ...autres] = await notifications()
    expect(autres).toEqual([])
    expect(seule).toMatchObject({ code: 'MODIF_DOCUMENT', titre: 'Votre dossier a été mis à jour' })
    expect(seule!.texte).toContain('voir un professionnel')
    expect(JSON.stringify([seule, await dePatient('activites')])).not.toMatch(/Consultation|PRIMIDI|999\.53/)
    expect(seule).not.toHaveProperty('documentId')
    expect(await vus()).not.toContain(UID)
  })

  test('DMP-ANNONCE-SIGNALEMENT : le délai se compte du dépôt et se règle ; un dossier fermé n’entend rien', async () => {
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'DMP-ANNONCE-SIGNALEMENT': 'P3D' } })
    await deposer()
    await monde.advance('P3D')
    expect(await notifications()).toHaveLength(1)
    expect((await courant()).signaleLe).toBe(Date.parse('2026-11-26T08:00:00.000Z'))
    await monde.world.store.put(documents, { ...(await courant()), patient: matricule('yann-nivose') })
    await monde.advance('P1M')
    expect((await courant()).entry.confidentialityCodes).toEqual(visibilite())
    expect((await notifications()).map(({ code }) => code)).not.toContain('REMISE_VISIBILITE_AUTO')
  })

  test('DMP-ANNONCE-VISIBILITE : à un mois, le document devient visible de lui-même, sous une nouvelle version', async () => {
    await deposer()
    const avant = await courant()
    await monde.advance('P1M')
    expect((await notifications()).map(({ code, documentId }) => [code, documentId])).toEqual([
      ['REMISE_VISIBILITE_AUTO', UID],
      ['MODIF_DOCUMENT', undefined],
    ])
    expect(await vus()).toContain(UID)
    expect((await courant()).entry).toMatchObject({ version: 2, logicalId: avant.entry.logicalId, confidentialityCodes: visibilite() })
  })

  test('MES-REMISE-VISIBILITE-AUTO : un saut de six mois donne la même chose qu’un mois, chaque nouvelle à son heure', async () => {
    await deposer()
    await monde.advance('P6M')
    const recues = await notifications()
    expect(recues.map(({ code, le }) => [code, new Date(le).toISOString()])).toEqual([
      ['REMISE_VISIBILITE_AUTO', '2026-12-23T08:00:00.000Z'],
      ['MODIF_DOCUMENT', '2026-12-07T08:00:00.000Z'],
    ])
  })

  test('DMP-ANNONCE-FAITE : l’annonce faite rend visible, prévient, et arrête les délais', async () => {
    await deposer()
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    expect((await annoncer()).status).toBe('Success')
    expect(await vus()).toContain(UID)
    expect((await notifications())[0]).toMatchObject({ code: 'AJOUT_DOCUMENT', documentId: UID })
    await monde.advance('P3M')
    expect((await notifications()).map(({ code }) => code)).not.toContain('REMISE_VISIBILITE_AUTO')
    // And for good.
    expect((await annoncer(['INVISIBLE_PATIENT'], '1.2.3.54')).errors).toMatchObject([{ code: 'XDSMetadataUpdateError' }])
  })

  test('DMP-ANNONCE-FAITE : supprimé avant l’annonce, le document n’attend plus, et sa suppression n’est pas dite', async () => {
    await deposer()
    await appeler(DMP_PATHS.registry, ACTIONS.iti57, changementDeStatut(CX, (await courant()).entryUuid, 'Approved', 'Deleted'))
    await monde.advance('P3M')
    expect(await notifications()).toEqual([])
    expect(await vus()).not.toContain(UID)
  })

  test('DMP-ANNONCE-FAITE : remplacé par une version visible, le document est nouveau pour le patient, et l’ancien n’attend plus', async () => {
    await deposer()
    const { entryUuid } = await courant()
    const nouveau = depotDe(CX, `${UID}.2`)
    const rplc = { id: 'A2', type: ASSOCIATION.RPLC, source: 'Doc01', target: entryUuid, slots: {} }
    const body = depotBase64({ ...nouveau, associations: [...nouveau.associations, rplc] }, vihfDe(CX))
    await monde.send('POST', DMP_PATHS.repository, { body, headers: CONTENT_TYPE })
    expect(await notifications()).toMatchObject([{ code: 'AJOUT_DOCUMENT', documentId: `${UID}.2` }])
    await monde.advance('P3M')
    expect(await notifications()).toHaveLength(1)
  })

  test('DMP-MASQUE-ET-INVISIBLE : un document invisible ne se masque pas', async () => {
    await deposer()
    await appeler(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'))
    expect((await annoncer(['MASQUE_PS', 'INVISIBLE_PATIENT'])).errors).toMatchObject([{ code: 'XDSRegistryMetadataError' }])
  })

  test('un document visible n’a pas de délai, et annuler ce qui n’existe pas ne fait rien', async () => {
    await deposer([])
    await monde.world.atomically(async (inside) => annulerAnnonce(inside, { uniqueId: UID }))
    await monde.advance('P2M')
    expect((await notifications()).map(({ code }) => code)).toEqual(['AJOUT_DOCUMENT'])
  })

  test('le document invisible des données de départ attend lui aussi : Hugo est prévenu onze jours plus tard', async () => {
    // His profile is not activated: the centre fills, he cannot read it yet.
    const recues = async () => {
      const rows = (await monde.running.store.dump()).collections['mes-notifications'] as { matriculeIns: string; code: string }[]
      return rows.filter(({ matriculeIns }) => matriculeIns === matricule('hugo-brumaire')).map(({ code }) => code)
    }
    const avant = await recues()
    await monde.advance('P10D')
    expect(await recues()).toEqual(avant)
    await monde.advance('P1D')
    expect(await recues()).toContain('MODIF_DOCUMENT')
    await monde.advance('P1M')
    expect(await recues()).toContain('REMISE_VISIBILITE_AUTO')
  })
})
