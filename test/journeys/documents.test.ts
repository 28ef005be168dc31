import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPage } from '../../mocks/server/page-server.ts'
import { APP, expectAccessible, expectNoSidewaysScroll, openBrowser, PHONE, visit } from './app.ts'

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

async function telephone(): Promise<Page> {
  const page = await visit(browser, `${site.origin}/#/patient`, { viewport: PHONE })
  await page
    .getByRole('navigation', { name: 'Mon espace santé' })
    .getByRole('button', { name: /^Documents/ })
    .click()
  await page.getByRole('heading', { name: 'Mes documents' }).waitFor()
  return page
}

const focalise = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())

test('le patient ajoute un PDF, l’ouvre, le masque et le supprime, sans souris', async () => {
  const page = await telephone()
  await expectAccessible(page)
  const presser = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await presser('Ajouter')
  // A new view begins at its title.
  await expect.poll(() => focalise(page)).toBe('Ajouter un document')
  await presser('Ajouter')
  await page.getByText('Choisissez d’abord un fichier.').waitFor()
  await expectAccessible(page)
  await page.getByLabel('Fichier').setInputFiles({ name: 'radio.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') })
  await page.getByLabel(/^Titre/).fill('Ma radio')
  await page.getByLabel('Catégorie').selectOption('RADIO_SC')
  await presser('Ajouter')
  await page.getByRole('button', { name: /^Ma radio/ }).press('Enter')
  await expect.poll(() => focalise(page)).toBe('Ma radio')
  await page.getByText('Ajouté par vous').waitFor()
  await expectAccessible(page)
  const telechargement = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Télécharger \(pdf/ }).press('Enter')
  expect((await telechargement).suggestedFilename()).toBe('Ma radio.pdf')
  // Alone in a tab that knows nothing of this one.
  const lien = page.getByRole('link', { name: 'Ouvrir dans un onglet' })
  expect(await lien.getAttribute('rel')).toBe('noopener noreferrer')
  const onglet = page.context().waitForEvent('page')
  await lien.press('Enter')
  const ouvert = await onglet
  expect(ouvert.url()).toMatch(/^blob:/)
  await ouvert.close()
  await presser('Masquer aux professionnels')
  await page.getByText('Masqué : seuls vous et son auteur le voient.').waitFor()
  await presser('Signaler une anomalie')
  await page.getByLabel('Qu’est-ce qui ne va pas ?').waitFor()
  await expectAccessible(page)
  await presser('Renoncer')
  await expectNoSidewaysScroll(page)
  await presser('Supprimer')
  // The harmless answer is under the finger.
  await expect.poll(() => focalise(page)).not.toBe('Supprimer')
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).press('Enter')
  await page.getByRole('heading', { name: 'Mes documents' }).waitFor()
  expect(await page.getByRole('button', { name: /^Ma radio/ }).count()).toBe(0)
})

test('tout télécharger : demandé, prêt quand l’horloge l’a dit, puis une archive', async () => {
  const page = await telephone()
  await page.getByRole('button', { name: 'Masquage et téléchargement de tout' }).click()
  await page.getByRole('button', { name: 'Demander toutes mes données' }).click()
  await page.getByText('en préparation').waitFor()
  await expectAccessible(page)
  await page.evaluate(() => fetch('/_sandbox/clock/advance', { method: 'POST', body: '{"duration":"PT3H"}' }))
  const telechargement = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Télécharger', exact: true }).click()
  expect((await telechargement).suggestedFilename()).toBe('mon-espace-sante.zip')
})
