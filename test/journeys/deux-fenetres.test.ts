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
  const medecin = await fenetre(context, '#/scene?scenario=identite-au-document-partage&demonstration=vite')
  await medecin.getByText('Scénario terminé').waitFor({ timeout: 90_000 })
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

test('ce que fait la patiente se voit chez le médecin, et l’inverse, sans recharger : masquer, bloquer, annoncer, fermer', async () => {
  const { medecin, patient, matricule } = await deuxFenetres()
  const cabinet = medecin.locator('.cabinet')
  const telephone = patient.locator('.telephone')
  const barre = (nom: RegExp) => telephone.getByRole('navigation').getByRole('button', { name: nom }).click()

  // Masking: a document of another author leaves the doctor's list.
  await bouton(medecin, 'Revenir à la liste').click()
  await cabinet.getByRole('button', { name: /Bilan lipidique/ }).waitFor()
  await barre(/^Documents/)
  await telephone.getByRole('button', { name: /Bilan lipidique/ }).click()
  await bouton(patient, 'Masquer aux professionnels').click()
  await telephone.getByText('Masqué : seuls vous et son auteur le voient.').waitFor()
  await cabinet.getByRole('button', { name: /Bilan lipidique/ }).waitFor({ state: 'detached' })
  await bouton(patient, 'Ne plus masquer').click()
  await cabinet.getByRole('button', { name: /Bilan lipidique/ }).waitFor()

  // Announcement: fed invisible, nothing on the phone; a month later it shows by itself.
  await medecin.getByRole('tab', { name: 'Documents' }).first().click()
  await medecin.getByLabel(/^Titre/).fill('Histologie à annoncer')
  await medecin.getByLabel(/^Texte/).fill('Résultat à expliquer en consultation.')
  await medecin
    .getByLabel(/annonce/i)
    .first()
    .check()
  await bouton(medecin, 'Valider').click()
  await cabinet.getByText('Histologie à annoncer').first().waitFor()
  await bouton(patient, 'Mes documents').click()
  await medecin.waitForTimeout(1_500)
  expect(await telephone.getByText('Histologie à annoncer').count()).toBe(0)
  await medecin.evaluate(() => fetch('/_sandbox/clock/advance', { method: 'POST', body: JSON.stringify({ duration: 'P5W' }) }))
  await telephone.getByRole('button', { name: /Histologie à annoncer/ }).waitFor()

  // Blocking on the phone, seen at the desk.
  await barre(/^Menu/)
  await telephone.getByRole('button', { name: /^Professionnels et accès/ }).click()
  await telephone.getByRole('button', { name: /^Bloquer .*Primidi/ }).click()
  await patient.getByRole('dialog').getByRole('button', { name: 'Bloquer', exact: true }).click()
  await medecin.getByRole('tab', { name: 'DMP' }).click()
  await cabinet.getByText(/le patient vous a bloqué/).waitFor()
  await telephone.getByRole('button', { name: /^Débloquer .*Primidi/ }).click()
  await telephone.getByRole('button', { name: /^Débloquer .*Primidi/ }).waitFor({ state: 'detached' })

  // Closing, with its reason, then opening again; the drawing of the machine follows.
  const formateur = await fenetre(medecin.context(), `#/profil?patient=${matricule}`)
  await expect.poll(() => formateur.locator('g.present text').first().textContent()).toBe('Activé')
  await barre(/^Accueil/)
  await patient.getByText('Gérer mon profil').click()
  await bouton(patient, 'Fermer mon profil').first().click()
  await patient
    .getByRole('dialog')
    .getByLabel(/Pourquoi/)
    .fill('Je préfère le papier')
  await patient.getByRole('dialog').getByRole('button', { name: 'Fermer mon profil' }).click()
  await patient.getByText('Votre profil est fermé.').first().waitFor()
  await cabinet
    .getByText(/DMP fermé/)
    .first()
    .waitFor()
  await cabinet.getByText(/Je préfère le papier/).waitFor()
  await expect.poll(() => formateur.locator('g.present text').first().textContent()).toBe('Fermé')
  await bouton(patient, 'Rouvrir mon profil').click()
  await cabinet
    .getByText(/DMP ouvert/)
    .first()
    .waitFor()
  expect([await marquee(medecin), await marquee(patient)]).toEqual([true, true])
}, 150_000)
