import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestMes, type TestMes } from '../../../test/mes.ts'
import { aVenir, enCours, occurrencesDe } from './rules.ts'

const NEE_EN_1976 = { dateNaissance: '1976-11-30', sexe: 'F' }
const MAINTENANT = Date.UTC(2026, 10, 23, 8)
const noms = (dateNaissance: string, sexe: string, le = MAINTENANT) =>
  enCours(occurrencesDe({ dateNaissance, sexe }), dateNaissance, le).map(({ id }) => id)

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

test('MES-PREVENTION-AGES : à chaque âge et à chaque sexe ses examens', () => {
  expect(noms('2001-05-02', 'F')).toEqual(['col-uterus-25', 'dtp-25'])
  expect(noms('2001-05-02', 'M')).toEqual(['dtp-25'])
  expect(noms('1996-01-01', 'M')).toEqual([])
  expect(noms('2013-11-23', 'M')).toEqual(['papillomavirus-11'])
  expect(noms('1956-03-03', 'F')).toEqual(['bilan-prevention-70', 'colorectal-70', 'grippe-70', 'sein-70'])
  expect(aVenir(occurrencesDe(NEE_EN_1976), MAINTENANT).map(({ id }) => id)).toEqual(['col-uterus-50', 'colorectal-50', 'sein-50'])
  // Unknown day and month.
  expect(occurrencesDe({ dateNaissance: '1976-00-00', sexe: 'M' }).every(({ le }) => Number.isFinite(le))).toBe(true)
})

test('MES-PREVENTION-STATUT : à planifier, fait, non fait, sans réponse ; rien d’autre, et rien pour les autres', async () => {
  const { enCours: dus } = await mes.lire<{ enCours: { id: string; statut: string }[] }>('jeanne-messidor', '/prevention')
  const [un] = dus
  expect(un?.statut).toBe('TO_PLAN')
  for (const statut of ['DONE', 'NOT_DONE', 'NOT_SPECIFIED', 'TO_PLAN'])
    expect((await mes.appeler('PUT', 'jeanne-messidor', `/prevention/${un!.id}`, { statut })).json()).toMatchObject({ statut })
  expect((await mes.appeler('PUT', 'jeanne-messidor', `/prevention/${un!.id}`, { statut: 'LATER' })).status).toBe(400)
  expect((await mes.appeler('PUT', 'hugo-brumaire', '/prevention/sein-50', { statut: 'DONE' })).status).toBe(403)
  expect((await mes.appeler('PUT', 'jean-baptiste-thermidor', '/prevention/sein-50', { statut: 'DONE' })).status).toBe(404)
})

test('MES-PREVENTION-RAPPEL : le jour venu, sauf d’un examen dit fait, et par les canaux gardés', async () => {
  interface Prevision {
    readonly id: string
    readonly le: number
    readonly genre: string
  }
  const qui = 'jeanne-messidor'
  const { aVenir: prochains } = await mes.lire<{ aVenir: Prevision[] }>(qui, '/prevention')
  await mes.appeler('PUT', qui, '/preferences', { NOTIF_APPOINTMENT: false, NOTIF_DEPISTAGE: false })
  const [premier] = prochains
  expect(premier).toBeDefined()
  const dits = async () => (await mes.codes(qui)).filter((code) => code.startsWith('RAPPEL_RDV_PREV')).length
  await mes.monde.advance(`P${Math.ceil((premier!.le - mes.monde.world.now()) / 86_400_000)}D`)
  const jour = prochains.filter(({ le }) => le === premier!.le).length
  expect(await dits()).toBe(jour)
  const { notifications } = await mes.lire<{ notifications: { code: string; canaux: { canal: string }[] }[] }>(qui, '/notifications')
  const canauxDes = notifications.filter(({ code }) => code.startsWith('RAPPEL_RDV_PREV')).map(({ canaux }) => canaux.map(({ canal }) => canal))
  expect(canauxDes).toEqual(Array.from({ length: jour }, () => ['centre']))
  const suivants = (await mes.lire<{ aVenir: Prevision[] }>(qui, '/prevention')).aVenir
  for (const { id } of suivants) await mes.appeler('PUT', qui, `/prevention/${id}`, { statut: 'DONE' })
  await mes.monde.advance('P364D')
  expect(await dits()).toBe(jour)
})
