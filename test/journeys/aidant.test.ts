import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const bouton = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const telephoneDe = async (page: Page, nom: string) => {
  await page.getByLabel('Téléphone de').selectOption({ label: nom })
  await page.getByText('Mon espace santé de').waitFor()
}
const menu = async (page: Page, nom: RegExp) => {
  await page.getByRole('navigation', { name: 'Mon espace santé' }).getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: nom }).click()
}
/** As the person's own papers say it. */
const naissance = (page: Page, nom: string): Promise<string> =>
  page.evaluate(async (nomAffiche) => {
    const { profils } = (await (await fetch('/mes/api/profils')).json()) as { profils: { nomAffiche: string; matriculeIns: string }[] }
    const { matriculeIns } = profils.find((un) => un.nomAffiche === nomAffiche)!
    return ((await (await fetch(`/mes/api/profils/${matriculeIns}`)).json()) as { dateNaissance: string }).dateNaissance
  }, nom)

test('Ma fille est mon aidante (T17) : inviter, se tromper, accepter, ouvrir son profil, le perdre', async () => {
  const page = await visit(browser, `${site.origin}/#/patient`, { viewport: PHONE })
  await telephoneDe(page, 'Jeanne Messidor')
  await menu(page, /^Aidants et représentants/)
  await bouton(page, 'Inviter un aidant').click()
  await page.getByLabel(/^Nom de naissance/).fill('Floréal')
  await page.getByLabel(/^Premier prénom/).fill('Camille')
  await page.getByLabel(/^Date de naissance/).fill('1990-01-01')
  await page.getByLabel(/sur l’honneur/).check()
  await bouton(page, 'Envoyer l’invitation').click()
  await page.getByText('Personne ne répond à ces traits').waitFor()
  await page.getByLabel(/^Date de naissance/).fill(await naissance(page, 'Camille Floréal'))
  await page.keyboard.press('Enter')
  await page.getByText('Invitation envoyée').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)

  await telephoneDe(page, 'Camille Floréal')
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await page.getByRole('button', { name: /^Demande pour devenir aidant/ }).click()
  await bouton(page, /^Accepter/).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('button', { name: 'Accepter', exact: true }).click()
  await dialogue.getByText('n’a pas été faite').waitFor()
  await dialogue.getByLabel(/sur l’honneur/).check()
  await dialogue.getByRole('button', { name: 'Accepter', exact: true }).click()
  await page.getByText('Invitation acceptée').waitFor()
  await page.getByLabel('Profil affiché').selectOption({ label: 'Jeanne Messidor, que j’aide' })
  await page.getByText('Vous agissez comme aidant').waitFor()
  await page.getByRole('heading', { name: 'Jeanne Messidor' }).waitFor()
  expect(await page.getByText('Gérer mon profil').count()).toBe(0)
  await expectAccessible(page)

  // Jeanne, elsewhere, takes the access back: the phone that shows her profile goes back to its own.
  await page.evaluate(async () => {
    const { profils } = (await (await fetch('/mes/api/profils')).json()) as { profils: { nomAffiche: string; matriculeIns: string }[] }
    const base = `/mes/api/profils/${profils.find((un) => un.nomAffiche === 'Jeanne Messidor')!.matriculeIns}/delegations`
    const { delegations } = (await (await fetch(base)).json()) as { delegations: { id: string; delegue: string }[] }
    await fetch(`${base}/${delegations.find(({ delegue }) => delegue === 'Camille Floréal')!.id}/retirer`, { method: 'POST' })
  })
  await page.getByText('Vous n’avez plus accès à ce profil').waitFor()
  await page.getByRole('heading', { name: 'Camille Floréal' }).waitFor()
})

test('Activer avec le code reçu (T01), au clavier : la boîte personnelle est hors de Mon espace santé', async () => {
  const page = await visit(browser, `${site.origin}/#/patient`, { viewport: DESKTOP })
  await telephoneDe(page, 'Basile Safran')
  await bouton(page, 'Activer mon profil').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Activer le profil' }).waitFor()
  await bouton(page, 'Activer mon profil').focus()
  await page.keyboard.press('Enter')
  await page.getByText('Le code compte 8 chiffres').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('inputmode'))).toBe('numeric')
  await page.keyboard.type('11111111')
  await page.getByLabel(/^Date de naissance/).fill('1999-01-01')
  await page.getByLabel(/conditions d’utilisation/).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.getByText('Ce n’est pas le dernier code envoyé').waitFor()
  await bouton(page, 'Demander un nouveau code').click()
  await bouton(page, 'Voir ma boîte personnelle').click()
  await page.getByText('Hors de Mon espace santé').waitFor()
  expect(await page.getByRole('navigation', { name: 'Mon espace santé' }).count()).toBe(0)
  await expectAccessible(page)
  const code = /\d{8}/.exec(await page.getByText(/Il sert une seule fois/).innerText())![0]
  await bouton(page, 'Mon espace santé').click()
  await bouton(page, 'Activer mon profil').click()
  await page.getByLabel(/^Code provisoire/).fill(code)
  await page.getByLabel(/^Date de naissance/).fill(await naissance(page, 'Basile Safran'))
  await page.getByLabel(/conditions d’utilisation/).check()
  await page.keyboard.press('Enter')
  await page.getByText('Bienvenue dans Mon espace santé').waitFor()
})
