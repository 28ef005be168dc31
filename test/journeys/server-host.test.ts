import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castFor } from '../../mocks/database/cast.ts'
import { startServer } from '../../mocks/server.ts'
import { CONTENT_TYPE, depotBase64, depotDe, depotMtom, DMP_PATHS, patientCx, vihfDe } from '../dmp.ts'
import { APP, openBrowser, visit } from './app.ts'

const CAMILLE = castFor(Date.now()).patients.find(({ id }) => id === 'camille-floreal')!.personne
const CX = patientCx(CAMILLE)
const MATRICULE = CAMILLE.ins.matricule + CAMILLE.ins.cle

let browser: Browser
let server: Awaited<ReturnType<typeof startServer>>

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer({ port: 0, app: APP })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const openPhone = async (world = '') => {
  const page = await visit(browser, `${server.origin}${world}/#/patient?patient=${MATRICULE}`)
  await page
    .locator('.telephone')
    .getByRole('button', { name: /Documents/ })
    .click()
  await page.getByText('Bilan lipidique').waitFor()
  return page
}

test('un document déposé par un logiciel étranger arrive sur le téléphone ouvert, sans rechargement', async () => {
  const phone = await openPhone()
  let reloads = 0
  phone.on('load', () => (reloads += 1))
  const { body, contentType } = depotMtom(
    depotDe(CX, '1.2.250.1.999.5.1', { title: 'Lettre du confrère' }),
    vihfDe(CX, { issueInstant: new Date().toISOString() }),
  )
  const answer = await fetch(server.origin + DMP_PATHS.repository, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(body),
  })
  expect(await answer.text()).toContain('ResponseStatusType:Success')
  await phone.getByRole('button', { name: /Lettre du confrère/ }).waitFor({ timeout: 5_000 })
  await phone.getByRole('button', { name: /1 non lue/ }).waitFor()
  expect(reloads).toBe(0)
})

test('deux fenêtres suivent le même monde ; un autre monde n’en sait rien', async () => {
  const [here, there, elsewhere] = await Promise.all([openPhone(), openPhone(), openPhone('/w/ailleurs')])
  const body = depotBase64(depotDe(CX, '1.2.250.1.999.5.2', { title: 'Ordonnance du jour' }), vihfDe(CX, { issueInstant: new Date().toISOString() }))
  await fetch(server.origin + DMP_PATHS.repository, { method: 'POST', headers: CONTENT_TYPE, body })
  for (const page of [here, there]) await page.getByRole('button', { name: /Ordonnance du jour/ }).waitFor({ timeout: 5_000 })
  expect(await elsewhere.getByRole('button', { name: /Ordonnance du jour/ }).count()).toBe(0)
})

test('fermer le profil sur le téléphone change aussitôt ce que le cabinet obtient', async () => {
  const phone = await visit(browser, `${server.origin}/w/fermeture/#/patient?patient=${MATRICULE}`)
  await phone.getByText('Gérer mon profil').click()
  await phone.getByRole('button', { name: 'Fermer mon profil' }).click()
  await phone.getByRole('dialog').getByRole('button', { name: 'Fermer mon profil' }).click()
  await phone.getByText('Votre profil est fermé').waitFor()
  const body = depotBase64(depotDe(CX, '1.2.250.1.999.5.3'), vihfDe(CX, { issueInstant: new Date().toISOString() }))
  const answer = await fetch(`${server.origin}/w/fermeture${DMP_PATHS.repository}`, { method: 'POST', headers: CONTENT_TYPE, body })
  expect(await answer.text()).toContain('DMPClosed')
})

test('la page servie par le serveur le dit, et ne garde aucun monde à elle', async () => {
  const page = await visit(browser, `${server.origin}/#/integrer`)
  await page.getByText('Services sur le serveur').waitFor()
  expect(
    await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith('bac-a-sante'))),
  ).toEqual([])
})
