import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestMes, regle, type TestMes } from '../../../test/mes.ts'
import { rendezVous, type RendezVousEnregistre } from './store.ts'

const AUTRE = 'sophie-germinal'
const RDV = { genre: 'rendez-vous', titre: 'Dentiste', lieu: 'Rue des Jours', debut: '2026-11-30T10:30:00+01:00' }

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

const ajouter = (body: object, id = AUTRE) => mes.appeler('POST', id, '/agenda', body)
const agenda = async (id = AUTRE) =>
  (await mes.lire<{ agenda: (RendezVousEnregistre & { rappelLe: number; modifiable: boolean })[] }>(id, '/agenda')).agenda
const rappels = async () => (await mes.codes(AUTRE)).filter((code) => code.startsWith('RAPPEL'))

test('MES-AGENDA-NE-RESERVE-PAS : ce qu’on note reste dans l’agenda, et personne d’autre ne le sait', async () => {
  expect((await ajouter(RDV)).status).toBe(201)
  expect(await agenda()).toMatchObject([{ titre: 'Dentiste', auteur: 'PATIENT', statut: 'prévu', modifiable: true }])
  expect(await rappels()).toEqual([])
})

test('MES-AGENDA-RAPPELS-JOUR : dix rappels un même jour à Paris, pas onze ; les rendez-vous ne comptent pas', async () => {
  const rappel = (debut: string) => ajouter({ genre: 'rappel', titre: 'Comprimé', debut })
  for (let heure = 0; heure < 10; heure++) expect((await rappel(`2026-11-30T${String(heure).padStart(2, '0')}:30:00+01:00`)).status).toBe(201)
  expect(regle(await rappel('2026-11-30T23:30:00+01:00'))).toBe('MES-AGENDA-RAPPELS-JOUR')
  expect((await rappel('2026-12-01T00:30:00+01:00')).status).toBe(201)
  expect((await ajouter(RDV)).status).toBe(201)
  const [premier] = await agenda()
  expect((await mes.appeler('PUT', AUTRE, `/agenda/${premier!.id}`, { note: 'Avec un verre d’eau' })).status).toBe(200)
  await mes.appeler('PUT', AUTRE, `/agenda/${premier!.id}`, { statut: 'annulé' })
  expect((await rappel('2026-11-30T23:30:00+01:00')).status).toBe(201)
})

test('MES-AGENDA-LONGUEURS : un titre de 100 caractères, une note de 1 000, une fin après le début', async () => {
  expect((await ajouter({ ...RDV, titre: 'x'.repeat(100), note: 'y'.repeat(1_000) })).status).toBe(201)
  for (const faux of [
    { titre: 'x'.repeat(101) },
    { titre: ' ' },
    { note: 'y'.repeat(1_001) },
    { lieu: 'z'.repeat(101) },
    { fin: '2026-11-30T09:00:00+01:00' },
    { debut: '1700-01-01T00:00:00Z' },
  ])
    expect([faux, regle(await ajouter({ ...RDV, ...faux }))]).toEqual([faux, 'MES-AGENDA-LONGUEURS'])
  for (const faux of [{ genre: 'fête' }, { titre: 3 }, { debut: 'demain' }, { debut: null }, { fin: 'après' }, { statut: 'perdu' }])
    expect((await ajouter({ ...RDV, ...faux })).status).toBe(400)
  expect(await agenda()).toHaveLength(1)
})

test('MES-AGENDA-TIERS : le rendez-vous d’un service ne se change ni ne se supprime ici', async () => {
  const base = { matriculeIns: mes.matricule(AUTRE), genre: 'rendez-vous', titre: 'Téléconsultation', note: '', lieu: '', statut: 'prévu' } as const
  await mes.monde.world.store.put(rendezVous, {
    ...base,
    id: 'tiers',
    auteur: 'EDITOR_SOLUTION',
    service: 'teleconsult',
    debut: Date.UTC(2026, 11, 1),
    modifieLe: 0,
  })
  expect(regle(await mes.appeler('PUT', AUTRE, '/agenda/tiers', { titre: 'Autre' }))).toBe('MES-AGENDA-TIERS')
  expect(regle(await mes.appeler('DELETE', AUTRE, '/agenda/tiers'))).toBe('MES-AGENDA-TIERS')
  expect((await mes.appeler('DELETE', 'camille-floreal', '/agenda/tiers')).status).toBe(404)
  expect(await agenda()).toMatchObject([{ titre: 'Téléconsultation', modifiable: false }])
})

test('MES-AGENDA-ANNONCE : la veille pour un rendez-vous, à l’heure pour un rappel ; déplacé, supprimé ou annulé, il suit', async () => {
  const { id } = (await ajouter(RDV)).json<{ id: string }>()
  await ajouter({ genre: 'rappel', titre: 'Comprimé', debut: '2026-11-25T08:00:00+01:00' })
  // The trainer reads who is told, before time passes.
  const { events } = (await mes.monde.send('GET', '/_sandbox/clock/preview?advance=P2D')).json<{ events: Record<string, string>[] }>()
  expect(events).toContainEqual(
    expect.objectContaining({
      rule: 'MES-AGENDA-ANNONCE',
      name: 'Sophie Germinal',
      title: 'Sophie Germinal reçoit le rappel de son agenda : « Comprimé »',
    }),
  )
  await mes.monde.advance('P2D')
  expect(await rappels()).toEqual(['RAPPEL_AGENDA'])
  await mes.appeler('PUT', AUTRE, `/agenda/${id}`, { debut: '2026-12-10T10:30:00+01:00' })
  await mes.monde.advance('P14D')
  expect(await rappels()).toEqual(['RAPPEL_AGENDA'])
  await mes.monde.advance('PT3H')
  expect(await rappels()).toEqual(['RAPPEL_RDV_USAGER', 'RAPPEL_AGENDA'])
  const [nouvelle] = (await mes.lire<{ notifications: { texte: string; le: number }[] }>(AUTRE, '/notifications')).notifications
  expect(nouvelle).toMatchObject({ texte: 'Demain à 10:30 : Dentiste, Rue des Jours.', le: Date.UTC(2026, 11, 9, 9, 30) })
  for (const fin of ['supprimé', 'annulé']) {
    const une = (await ajouter({ ...RDV, debut: '2026-12-20T10:30:00+01:00' })).json<{ id: string }>()
    if (fin === 'annulé') await mes.appeler('PUT', AUTRE, `/agenda/${une.id}`, { statut: 'annulé' })
    else await mes.appeler('DELETE', AUTRE, `/agenda/${une.id}`)
  }
  await mes.monde.advance('P1M')
  expect(await rappels()).toHaveLength(2)
})
