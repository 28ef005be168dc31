import type { Browser, Page } from 'playwright-core'
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

const SCENARIO = '#/scene?scenario=identite-au-document-partage'
const bouton = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** What the trainee reads in the frame of the scenario. */
async function naissance(page: Page): Promise<string> {
  const dit = (await page.locator('.personne dd').nth(2).textContent()) ?? ''
  const [, jour, mois, annee] = /(\d+)(?:er)? (\S+) (\d+)/.exec(dit) ?? []
  const rang =
    ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'].indexOf(mois ?? '') + 1
  return `${annee}-${String(rang).padStart(2, '0')}-${String(jour).padStart(2, '0')}`
}

const etapesFaites = (page: Page) => page.locator('.etapes .faite').count()

describe.each([
  ['bureau', DESKTOP],
  ['téléphone', PHONE],
] as const)('De l’identité au document partagé, écran de %s', (_, viewport) => {
  test('une personne fait tout le parcours à la main, chaque étape se coche quand elle a eu lieu', async () => {
    const page = await visit(browser, `${site.origin}/${SCENARIO}`, { viewport })
    await page.getByText('Étape 1 sur 8').waitFor()
    const date = await naissance(page)

    await page
      .getByLabel(/^Date de naissance/)
      .first()
      .fill(date)
    await page.getByLabel(/^Premières lettres/).fill('FLO')
    await bouton(page, 'Chercher').click()
    await page.getByRole('heading', { name: 'Créer une fiche' }).waitFor()
    await page.getByLabel(/^Nom de naissance/).fill('Floréal')
    await page.getByLabel(/^Premier prénom/).fill('Camille')
    await page.getByLabel('Féminin').check()
    await page.getByLabel(/^Lieu de naissance/).fill('97911')
    await bouton(page, 'Créer la fiche').click()
    await expect.poll(() => etapesFaites(page)).toBe(1)

    await bouton(page, 'Interroger INSi par les traits').click()
    await page.getByRole('button', { name: /C’est bien/ }).click()
    await expect.poll(() => etapesFaites(page)).toBe(2)
    await expectAccessible(page)

    await page.getByLabel(/^Pièce d’identité vue/).selectOption('CN')
    await bouton(page, 'Enregistrer la pièce').click()
    await page.getByRole('button', { name: /^Qualifier/ }).click()
    await expect.poll(() => etapesFaites(page)).toBe(3)

    await page.getByRole('tab', { name: 'Volontés' }).click()
    await bouton(page, 'Patient informé').click()
    await page.getByLabel(/accepte que ce cabinet consulte/).check()
    await bouton(page, 'Enregistrer le consentement').click()
    await expect.poll(() => etapesFaites(page)).toBe(4)

    await page.getByLabel(/Dr Claire Primidi/).check()
    await page.getByRole('tab', { name: 'Documents' }).first().click()
    await page.getByLabel(/^Titre/).fill('Consultation de suivi')
    await page.getByLabel(/^Texte/).fill('Examen normal.')
    await bouton(page, 'Valider').click()
    // Feeding and arrival on the phone: steps 5 and 6, nobody clicks.
    await expect.poll(() => etapesFaites(page), { timeout: 15_000 }).toBe(6)

    await page.getByRole('tab', { name: 'DMP' }).click()
    await page.getByRole('button', { name: /^Consulter/ }).click()
    await page
      .locator('.cabinet')
      .getByRole('button', { name: /Consultation de suivi/ })
      .click()
    await expect.poll(() => etapesFaites(page), { timeout: 15_000 }).toBe(8)
    await page.getByText('Scénario terminé').waitFor()
    const cadre = page.frameLocator('iframe[title*="Consultation de suivi"]')
    await expect.poll(() => cadre.locator('body').textContent()).toContain('Examen normal.')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  test('la démonstration se joue seule, le téléphone montre le document et le fil chaque message', async () => {
    const page = await visit(browser, `${site.origin}/${SCENARIO}&demonstration`, { viewport })
    await page.getByText('Scénario terminé').waitFor({ timeout: 45_000 })
    if (viewport === PHONE) await page.getByRole('tab', { name: /Téléphone/ }).click()
    const telephone = page.getByRole('navigation', { name: 'Mon espace santé' })
    await telephone.getByRole('button', { name: /Documents/ }).click()
    await page
      .locator('.telephone')
      .getByRole('button', { name: /Consultation de médecine générale/ })
      .click()
    await expect.poll(() => page.frameLocator('.telephone iframe').locator('body').textContent()).toContain('rhinopharyngite')
    await telephone.getByRole('button', { name: /Notifications/ }).click()
    await page.locator('.telephone').getByText('Nouveau document').waitFor()
    await page.getByRole('button', { name: /TD2\.1 alimentation/ }).click()
    const echange = page.getByRole('dialog')
    await echange.getByText('DMP-UNIQUEID-UNIQUE').waitFor()
    await echange.getByText('ProvideAndRegisterDocumentSetRequest').first().waitFor()
    await expectAccessible(page)
  }, 90_000)

  test.each(['#/', '#/scene', '#/integrer'])('la page %s est accessible et tient dans l’écran', async (route) => {
    const page = await visit(browser, `${site.origin}/${route}`, { viewport })
    await page.locator('[data-sandbox-ready]').waitFor({ state: 'attached' })
    await page.waitForTimeout(1_200)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.waitForTimeout(600)
    await expectAccessible(page)
  })
})

test('le pilotage s’ouvre et se ferme au clavier, chaque onglet est accessible', async () => {
  const page = await visit(browser, `${site.origin}/#/scene`)
  await page.locator('[data-sandbox-ready]').waitFor({ state: 'attached' })
  await page.keyboard.press('Alt+p')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  for (const onglet of ['Temps', 'Pannes', 'Monde', 'Distribution', 'Règles']) {
    await dialog.getByRole('tab', { name: onglet }).click()
    await page.waitForTimeout(300)
    await expectAccessible(page)
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('une panne du DMP se voit, l’envoi attend et repart quand elle est retirée et que le temps passe', async () => {
  const page = await visit(browser, `${site.origin}/${SCENARIO}`)
  await page.getByText('Étape 1 sur 8').waitFor()
  for (const etape of [1, 2, 3, 4]) {
    await bouton(page, 'Faites-le pour moi').click()
    await expect.poll(() => etapesFaites(page), { timeout: 20_000 }).toBe(etape)
  }
  await page.evaluate(() => fetch('/_sandbox/faults', { method: 'POST', body: JSON.stringify({ kind: 'status', status: 503, service: 'dmp' }) }))
  await page.getByText('1 panne').waitFor()
  await page.getByLabel(/Dr Claire Primidi/).check()
  await page.getByRole('tab', { name: 'Documents' }).first().click()
  await page.getByLabel(/^Titre/).fill('Consultation')
  await page.getByLabel(/^Texte/).fill('Rien à signaler.')
  await bouton(page, 'Valider').click()
  await page
    .getByText(/en panne|réessay|repart|nouvel essai/i)
    .first()
    .waitFor()
  expect(await etapesFaites(page)).toBe(4)
  await page.evaluate(() => fetch('/_sandbox/faults', { method: 'DELETE' }))
  await page.evaluate(() => fetch('/_sandbox/clock/advance', { method: 'POST', body: JSON.stringify({ duration: 'PT1H' }) }))
  await expect.poll(() => etapesFaites(page), { timeout: 20_000 }).toBe(6)
})
