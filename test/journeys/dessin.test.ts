import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPage } from '../../mocks/server/page-server.ts'
import { APP, DESKTOP, expectAccessible, expectNoSidewaysScroll, openBrowser, PHONE, visit } from './app.ts'

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

describe.each([
  ['bureau', DESKTOP],
  ['téléphone', PHONE],
] as const)('vu de l’intérieur, écran de %s', (_, viewport) => {
  test('chaque machine se dessine pour une personne et une chose choisies, accessible, sur fond clair et sombre', async () => {
    const page = await visit(browser, `${site.origin}/#/profil`, { viewport })
    await page.getByRole('img', { name: /Le profil de Mon espace santé/ }).waitFor()
    await page.getByLabel('De qui').selectOption('jeanne-messidor')
    for (const [quoi, dessine] of [
      ['delegation', /La délégation.*État présent : Acceptée/],
      ['appariement', /L’appariement.*État présent : Non synchronisé/],
      ['contact', /Le contact MSSanté.*Aucun état présent/],
      ['document', /Le document/],
      ['profil', /Le profil.*État présent : Activé/],
    ] as const) {
      await page.getByLabel('Quoi').selectOption(quoi)
      await page.getByRole('img', { name: dessine }).waitFor()
      await page.getByText('La machine en toutes lettres').click()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByLabel('Quoi').selectOption('delegation')
    await page.getByText('La machine en toutes lettres').waitFor()
    await page.waitForTimeout(600)
    await expectAccessible(page)
  })
})

test('Mon histoire de santé, du menu du téléphone : accessible, et ce que l’Assurance maladie inscrit s’y lit', async () => {
  const page = await visit(browser, `${site.origin}/#/patient`, { viewport: PHONE })
  await page.getByRole('navigation', { name: 'Mon espace santé' }).getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: /^Mon histoire de santé/ }).click()
  await page.getByText('Radiographie du thorax').waitFor()
  await expectAccessible(page)
  await page.getByText('Jouer l’autre côté').click()
  await page.getByRole('button', { name: 'Inscrire un médicament' }).click()
  await page.locator('.soin', { hasText: 'Paracétamol' }).waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Menu' }).first().click()
  expect(await page.getByRole('heading', { name: 'Menu' }).isVisible()).toBe(true)
})
