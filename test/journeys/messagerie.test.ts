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

test('la formatrice montre les autres lignes du tableau des conversations (mssante.md §4.3) sans quitter la scène', async () => {
  const context = await browser.newContext({ locale: 'fr-FR' })
  onTestFinished(() => context.close())
  const scene = await fenetre(context, '#/scene?scenario=identite-au-document-partage&demonstration=vite')
  await scene.getByText('Scénario terminé').waitFor({ timeout: 90_000 })
  const matricule = await scene.evaluate(async () => {
    const { profils } = (await (await fetch('/mes/api/profils')).json()) as { profils: { matriculeIns: string; nomAffiche: string }[] }
    return profils.find(({ nomAffiche }) => nomAffiche === 'Camille Floréal')!.matriculeIns
  })
  const cabinet = scene.locator('.cabinet')
  const telephone = scene.locator('.telephone')
  await cabinet.getByRole('tab', { name: 'Messages' }).click()
  await telephone
    .getByRole('navigation')
    .getByRole('button', { name: /^Messages/ })
    .click()

  const remplir = async (objet: string) => {
    await cabinet.getByLabel(/^Objet/).fill(objet)
    await cabinet.getByRole('textbox', { name: 'Message' }).fill(`Texte de ${objet}`)
    await cabinet.getByRole('button', { name: 'Envoyer', exact: true }).click()
  }
  const ecrire = async (objet: string) => {
    await cabinet.getByRole('button', { name: 'Écrire à ce patient' }).click()
    await remplir(objet)
    await cabinet.getByRole('button', { name: 'Écrire à ce patient' }).waitFor()
  }
  /** On the phone, from wherever it is. */
  const ouvrir = async (objet: string) => {
    const retour = telephone.getByRole('button', { name: 'Messages', exact: true }).first()
    if (await telephone.getByRole('heading', { name: 'Messages', exact: true }).isHidden()) await retour.click()
    await telephone.locator('.liste button', { hasText: objet }).first().click()
    await telephone.getByRole('heading', { name: objet, exact: true }).waitFor()
  }
  const repondre = telephone.getByRole('button', { name: 'Répondre', exact: true })
  const termines = telephone.getByText(/a mis fin à vos échanges/)

  // Rows 3 and 6: a thread of its own; « [fin] » is an ordinary subject.
  await ecrire('[fin]')
  await ouvrir('[fin]')
  await repondre.waitFor()
  // Row 5: « [FIN] » ends, for the mailbox: the other thread cannot be answered any more.
  await ecrire('[FIN]')
  await termines.waitFor()
  expect(await repondre.count()).toBe(0)
  // Row 7: the professional opens it again, and everything of this mailbox with it.
  await ecrire('De retour')
  await repondre.waitFor()
  // Row 16: too large is refused where it is written.
  await repondre.click()
  await telephone.getByRole('textbox', { name: 'Message' }).fill('Voici tout.')
  await telephone.locator('input[type=file]').setInputFiles({ name: 'lourd.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(26_000_000, 32) })
  await telephone.getByRole('button', { name: 'Envoyer' }).click()
  await telephone.getByRole('alert').getByText(/ Mo/).waitFor()
  await telephone.getByRole('button', { name: 'Renoncer' }).click()
  // Row 17: gone for the patient alone.
  await telephone.getByRole('button', { name: 'Supprimer la conversation' }).click()
  await telephone.getByRole('heading', { name: 'Messages', exact: true }).waitFor()
  expect(await telephone.locator('.liste button', { hasText: /\[fin\]/ }).count()).toBe(0)

  // Rows 10 and 25: a colleague in the same message; an end has no effect towards a colleague.
  await cabinet.getByRole('button', { name: 'Fermer la fiche' }).click()
  await cabinet.getByRole('tab', { name: /^Messagerie/ }).click()
  const nouveau = async (objet: string, patient: boolean) => {
    await cabinet.getByRole('button', { name: 'Nouveau message' }).click()
    if (patient) await cabinet.getByRole('button', { name: /FLOREAL Camille/ }).click()
    await cabinet.getByRole('tab', { name: 'Un professionnel' }).click()
    await cabinet.getByLabel(/Chercher dans l’Annuaire/).fill('duodi')
    await cabinet
      .getByRole('list', { name: 'Boîtes de l’annuaire' })
      .getByRole('button', { name: /bastien\.duodi@medecins/ })
      .click()
    await remplir(objet)
    await cabinet.getByText('Le message est parti.').waitFor()
  }
  await nouveau('À deux', true)
  await ouvrir('À deux')
  await telephone
    .getByText(/à .*Bastien DUODI/)
    .first()
    .waitFor()
  await nouveau('[FIN]', false)
  await repondre.waitFor()

  // Rows 20 to 22: the profile closed, then opened again.
  const acte = (nom: string) =>
    scene.evaluate(
      ([qui, quoi]) =>
        fetch(`/mes/api/profils/${qui}/actes/${quoi}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(
          ({ status }) => status,
        ),
      [matricule, nom],
    )
  expect(await acte('fermer')).toBeLessThan(300)
  await cabinet.getByRole('button', { name: 'Nouveau message' }).click()
  await cabinet.getByRole('button', { name: /FLOREAL Camille/ }).click()
  await remplir('Trop tard')
  await cabinet
    .getByText(/n’a pas été remis/)
    .first()
    .waitFor()
  await cabinet
    .getByRole('button', { name: /Non-remise/ })
    .first()
    .waitFor()
  expect(await acte('rouvrir')).toBeLessThan(300)

  // Rows 24 and 23: the professional stops, then the operator takes the mailbox away.
  await scene.getByRole('button', { name: 'Pilotage' }).click()
  const pilotage = scene.getByRole('dialog')
  await pilotage.getByRole('tab', { name: 'Messagerie' }).click()
  await pilotage.getByLabel(/^Le professionnel n’exerce plus/).check()
  await scene.keyboard.press('Escape')
  await telephone
    .getByRole('navigation')
    .getByRole('button', { name: /^Messages/ })
    .click()
  await ouvrir('À deux')
  await telephone.getByText(/n’est plus en activité/).waitFor()
  await scene.getByRole('button', { name: 'Pilotage' }).click()
  await pilotage.getByRole('tab', { name: 'Messagerie' }).click()
  await pilotage.getByRole('button', { name: 'Supprimer cette boîte' }).click()
  await scene.keyboard.press('Escape')
  await repondre.click()
  await telephone.getByRole('textbox', { name: 'Message' }).fill('Êtes-vous là ?')
  await telephone.getByRole('button', { name: 'Envoyer' }).click()
  await telephone
    .getByText(/n’a pas (?:pu être|été) remis|Message non distribué/)
    .first()
    .waitFor()
}, 150_000)
