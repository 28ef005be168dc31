import { afterEach, beforeEach, expect, test } from 'vitest'
import { lireCourriel } from '#standards/mssante/courriel/lire-courriel.ts'
import { estRefusXdm, lireXdm } from '#standards/mssante/xdm/lire-xdm.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { CAS_COMPTE_RENDU, type CasCompteRendu } from './compte-rendu.ts'
import { cleDossier, messages } from './store.ts'

const SECRETARIAT = 'secretariat.calendrier@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'

let monde: TestWorld
let camille: string
beforeEach(async () => {
  monde = await createTestWorld()
  const { profils } = (await monde.send('GET', '/mes/api/profils')).json<{ profils: { nomAffiche: string; matriculeIns: string }[] }>()
  camille = profils.find(({ nomAffiche }) => nomAffiche === 'Camille Floréal')!.matriculeIns
})
afterEach(() => monde.close())

const envoyer = (cas: string, body: object = {}) =>
  monde.send('POST', '/mssante/bac/comptes-rendus', { body: { vers: DUODI, patient: camille, cas, ...body } })

async function recus(boite: string) {
  const tous = await monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(boite, 'INBOX')], limit: 100 })
  return await Promise.all(tous.map(async (message) => ({ message, lu: await lireCourriel((await monde.world.store.getBytes(message.corps))!) })))
}

async function dernierLot() {
  const { lu, message } = (await recus(DUODI)).at(-1)!
  const lot = await lireXdm(lu.piecesJointes.find(({ xdm }) => xdm)!.octets)
  return { lot, lu, mss: message.entete.mss }
}

test('MSS-BAC-LABORATOIRE : le message a l’objet, les en-têtes et les pièces du cahier ; son archive se lit', async () => {
  expect((await envoyer('nouveau')).status).toBe(202)
  const { lot, lu, mss } = await dernierLot()
  if (estRefusXdm(lot)) throw new Error(lot.texte)
  expect(lu.objetComplet).toMatch(/^XDM\/1\.0\/DDM\+CR d’examens biologiques FLOREAL CAMILLE \d\d\/\d\d\/\d{4}$/)
  expect(mss).toMatchObject({ INS: 'O', CODECDA: '11502-2', NIL: 'BAC-LABO' })
  expect(lu.piecesJointes.map(({ nom }) => nom)).toEqual([
    'IHE_XDM.ZIP',
    expect.stringMatching(/^\d{8}_CR d’examens biologiques_FLOREAL_CAMILLE\.pdf$/),
  ])
  expect(lot.patient).toMatchObject({ matriculeIns: camille, nomNaissance: 'FLOREAL' })
  expect(lot.documents[0]).toMatchObject({ version: 1, remplace: '', supprime: false, structure: { nom: 'Laboratoire des Quatre Saisons' } })
})

test('MSS-BAC-LABORATOIRE : versions, suppression, et ce qui ne doit pas s’intégrer', async () => {
  expect((await envoyer('version')).status).toBe(409)
  const vus = new Map<CasCompteRendu, Awaited<ReturnType<typeof dernierLot>>['lot']>()
  for (const cas of [
    'nouveau',
    'version',
    'version-ancienne',
    'autre-auteur',
    'suppression',
    'sans-ins',
    'autre-ins',
    'traits-absents',
    'autres-traits',
    'illisible',
  ] as const) {
    expect([cas, (await envoyer(cas)).status]).toEqual([cas, 202])
    vus.set(cas, (await dernierLot()).lot)
  }
  expect([...vus.keys()].toSorted()).toEqual(Object.keys(CAS_COMPTE_RENDU).toSorted())
  const document = (cas: CasCompteRendu) => {
    const lot = vus.get(cas)!
    if (estRefusXdm(lot)) throw new Error(lot.texte)
    return { ...lot.documents[0]!, ...lot.patient }
  }
  expect(document('version')).toMatchObject({ version: 2, remplace: document('nouveau').uniqueId })
  expect(document('version-ancienne')).toMatchObject({ version: 2, remplace: document('version').uniqueId })
  expect(document('autre-auteur').structure.id).not.toBe(document('version').structure.id)
  expect(document('suppression')).toMatchObject({ supprime: true, uniqueId: document('version').uniqueId })
  expect(document('sans-ins').matriculeIns).toBe('')
  expect(document('autre-ins')).toMatchObject({ nomNaissance: 'FLOREAL' })
  expect(document('autre-ins').matriculeIns).not.toBe(camille)
  expect(document('traits-absents')).toMatchObject({ dateNaissance: '', sexe: '', matriculeIns: camille })
  expect(document('autres-traits').nomNaissance).not.toBe('FLOREAL')
  expect(vus.get('illisible')).toMatchObject({ code: 906 })
})

test('two reports wait in the secretariat’s mailbox before the first scene', async () => {
  const avec = (await recus(SECRETARIAT)).filter(({ lu }) => lu.piecesJointes.some(({ xdm }) => xdm))
  expect(avec).toHaveLength(2)
})

test.each([
  [{ cas: 'toString' }],
  [{ cas: 'nouveau', patient: 'x' }],
  [{ cas: 'nouveau', vers: 'personne@medecins.bac.mssante.fr' }],
  [{ cas: 'nouveau', vers: 3 }],
])('%j is refused and sends nothing', async (corps) => {
  expect((await envoyer('nouveau', corps)).status).toBeGreaterThanOrEqual(400)
  expect(await recus(DUODI)).toEqual([])
})
