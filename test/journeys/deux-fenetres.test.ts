import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startPage } from '../../mocks/server/page-server.ts'
import { APP, DESKTOP, openBrowser, PHONE } from './app.ts'

let browser: Browser
let site: Awaited<ReturnType<typeof startPage>>

beforeAll(async () => {
  browser = await openBrowser()
  site = await startPage({ port: 0, app: APP })
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

const bouton = (page: Page, name: string | RegExp) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })

async function fenetre(context: BrowserContext, route: string, viewport = DESKTOP): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(viewport)
  await page.goto(`${site.origin}/${route}`)
  await page.locator('[data-sandbox-ready], .telephone, .cabinet, .profil').first().waitFor({ state: 'attached' })
  return page
}

/** A reload would be seen: the mark is gone. */
const marquer = (page: Page) => page.evaluate(() => Object.assign(globalThis, { jamaisRechargee: true }))
const marquee = (page: Page) => page.evaluate(() => (globalThis as { jamaisRechargee?: boolean }).jamaisRechargee === true)

/** The doctor's window, the file of Camille open on her DMP; the patient's window; both on one world. */
async function deuxFenetres(): Promise<{ medecin: Page; patient: Page; matricule: string }> {
  const context = await browser.newContext({ locale: 'fr-FR' })
  onTestFinished(() => context.close())
  const medecin = await fenetre(context, '#/scene?scenario=identite-au-document-partage&demonstration')
  await medecin.getByText('Scénario terminé').waitFor({ timeout: 60_000 })
  const { profils } = (await medecin.evaluate(() => fetch('/mes/api/profils').then((reponse) => reponse.json()))) as {
    profils: { matriculeIns: string; nomAffiche: string }[]
  }
  const matricule = profils.find(({ nomAffiche }) => nomAffiche === 'Camille Floréal')!.matriculeIns
  const patient = await fenetre(context, `#/patient?patient=${matricule}`, PHONE)
  await patient.getByRole('heading', { name: 'Camille Floréal' }).waitFor()
  await marquer(medecin)
  await marquer(patient)
  return { medecin, patient, matricule }
}

test('la patiente ferme son profil : le médecin voit le DMP fermé, sans recharger ; elle rouvre, il le retrouve', async () => {
  const { medecin, patient } = await deuxFenetres()
  await patient.getByText('Gérer mon profil').click()
  await bouton(patient, 'Fermer mon profil').first().click()
  await patient
    .getByRole('dialog')
    .getByLabel(/Pourquoi/)
    .fill('Je préfère le papier')
  await patient.getByRole('dialog').getByRole('button', { name: 'Fermer mon profil' }).click()
  await patient.getByText('Votre profil est fermé.').first().waitFor()
  await medecin
    .locator('.cabinet')
    .getByText(/DMP fermé/)
    .first()
    .waitFor()
  await medecin
    .locator('.cabinet')
    .getByText(/Je préfère le papier/)
    .waitFor()
  await bouton(patient, 'Rouvrir mon profil').click()
  await medecin
    .locator('.cabinet')
    .getByText(/DMP ouvert/)
    .first()
    .waitFor()
  expect([await marquee(medecin), await marquee(patient)]).toEqual([true, true])
}, 120_000)

test('la patiente bloque le médecin : il n’accède plus ; le profil vu de l’intérieur suit ce qu’elle fait', async () => {
  const { medecin, patient, matricule } = await deuxFenetres()
  await patient.evaluate((m) => fetch(`/mes/api/profils/${m}/blocages/899700979001`, { method: 'PUT', body: '{}' }), matricule)
  await medecin
    .locator('.cabinet')
    .getByText(/le patient vous a bloqué/)
    .waitFor()
  expect(await marquee(medecin)).toBe(true)

  const formateur = await fenetre(medecin.context(), `#/profil?patient=${matricule}`)
  await formateur.getByText('Ce que chacun voit').waitFor()
  await expect.poll(() => formateur.locator('g.present text').first().textContent()).toBe('Activé')
  await patient.evaluate((m) => fetch(`/mes/api/profils/${m}/actes/fermer`, { method: 'POST', body: '{}' }), matricule)
  await expect.poll(() => formateur.locator('g.present text').first().textContent()).toBe('Fermé')
  await formateur.getByText('message non remis').waitFor()
}, 120_000)
