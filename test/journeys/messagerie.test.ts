import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startPage } from '../../mocks/server/page-server.ts'
import { expectAccessible, APP, DESKTOP, openBrowser, PHONE } from './app.ts'

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

async function fenetre(context: BrowserContext, route: string, viewport = DESKTOP): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(viewport)
  await page.goto(`${site.origin}/${route}`)
  return page
}

test('le médecin écrit, la patiente lit et répond, il met fin : chacun le voit chez soi sans recharger', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  onTestFinished(() => context.close())
  const medecin = await fenetre(context, '#/scene?scenario=identite-au-document-partage&demonstration=vite')
  await medecin.getByText('Scénario terminé').waitFor({ timeout: 90_000 })
  const { profils } = (await medecin.evaluate(() => fetch('/mes/api/profils').then((reponse) => reponse.json()))) as {
    profils: { matriculeIns: string; nomAffiche: string }[]
  }
  const matricule = profils.find(({ nomAffiche }) => nomAffiche === 'Camille Floréal')!.matriculeIns
  const patient = await fenetre(context, `#/patient?patient=${matricule}`, PHONE)
  const telephone = patient.locator('.telephone')
  const cabinet = medecin.locator('.cabinet')
  await telephone.getByRole('heading', { name: 'Camille Floréal' }).waitFor()

  // Written from the file: the address is never typed.
  await cabinet.getByRole('tab', { name: 'Messages' }).click()
  await cabinet.getByRole('button', { name: 'Écrire à ce patient' }).click()
  await cabinet.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await cabinet.getByText('Donnez un objet au message.').waitFor()
  await cabinet.getByLabel(/^Objet/).fill('Vos résultats')
  await cabinet.getByRole('textbox', { name: 'Message' }).fill('Bonjour Camille, tout va bien.')
  await cabinet.getByLabel(/accusé de lecture/).check()
  await cabinet.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await cabinet.getByText('Le message est parti.').waitFor()

  // On the phone: a name, no address; opening sends the receipt.
  await telephone
    .getByRole('navigation')
    .getByRole('button', { name: /Messages.*1 non lu/ })
    .click()
  await telephone.getByRole('button', { name: /Dr Claire PRIMIDI/ }).click()
  await telephone.getByText('Bonjour Camille, tout va bien.').waitFor()
  expect(await telephone.textContent()).not.toContain('@')
  await cabinet.getByRole('button', { name: /Accusé de lecture/ }).waitFor()
  await telephone.getByRole('button', { name: 'Répondre', exact: true }).click()
  await telephone.getByRole('textbox', { name: 'Message' }).fill('Merci docteur.')
  await telephone.getByRole('button', { name: 'Envoyer' }).click()

  // At the desk: told apart from professionals, the identity shown, ended in one click.
  await cabinet.getByRole('button', { name: 'Fermer la fiche' }).click()
  await cabinet.getByRole('tab', { name: /^Messagerie/ }).click()
  const ligne = cabinet.getByRole('button', { name: /FLOREAL Camille.*Patient.*Re: Vos résultats/s })
  await ligne.waitFor()
  await expectAccessible(medecin)
  await ligne.click()
  await cabinet.getByText(/Nom de naissance/).waitFor()
  await cabinet.getByText('Merci docteur.').waitFor()
  await cabinet.getByRole('button', { name: 'Mettre fin aux échanges' }).click()
  await telephone.getByText('Dr Claire PRIMIDI Cabinet médical du Calendrier a mis fin à vos échanges.').waitFor()
  expect(await telephone.getByRole('button', { name: 'Répondre', exact: true }).count()).toBe(0)
  await expectAccessible(patient)

  // Writing again opens them again.
  await cabinet.getByRole('button', { name: 'Écrire de nouveau' }).click()
  await cabinet.getByRole('textbox', { name: 'Message' }).fill('Finalement, rappelez-moi.')
  await cabinet.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await telephone.getByRole('button', { name: 'Répondre', exact: true }).waitFor()
}, 150_000)

test('la patiente écrit la première à une pharmacie, pas à un médecin', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  onTestFinished(() => context.close())
  const patient = await fenetre(context, '#/patient', PHONE)
  const telephone = patient.locator('.telephone')
  await telephone
    .getByRole('navigation')
    .getByRole('button', { name: /^Messages/ })
    .click()
  await telephone.getByRole('button', { name: 'Nouveau' }).click()
  await telephone.getByLabel(/^Nom du professionnel/).fill('primidi')
  await telephone.getByRole('button', { name: 'Chercher' }).click()
  expect(await telephone.getByRole('button', { name: /PRIMIDI.*doit vous écrire d’abord/s }).isDisabled()).toBe(true)
  await telephone.getByLabel(/^Nom du professionnel/).fill('moisson')
  await telephone.getByLabel(/^Nom du professionnel/).press('Enter')
  await telephone.getByRole('button', { name: /Moisson.*Pharmacie joignable/s }).click()
  await telephone.getByLabel(/^Objet/).fill('Mon traitement')
  await telephone.getByRole('textbox', { name: 'Message' }).fill('Est-il prêt ?')
  await telephone.getByRole('button', { name: 'Envoyer' }).click()
  await telephone.getByText('Est-il prêt ?').waitFor()
})
