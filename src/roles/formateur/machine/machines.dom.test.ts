import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choisir } from '../../../../test/dom.ts'
import { createTestMes, type TestMes } from '../../../../test/mes.ts'
import { fetchOn } from '../../../../test/world-fetch.ts'
import { MesClient } from '../../../clients/mes/mes-client.ts'
import { SandboxClient } from '../../../clients/sandbox-client.ts'
import { Telephone } from '../../patient/telephone.svelte.ts'
import VueMachines from './VueMachines.svelte'

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(async () => {
  cleanup()
  await mes.close()
})

const CAMILLE = 'camille-floreal'

async function montrer() {
  const acces = { base: '', fetch: fetchOn(mes.monde.sandbox) }
  const telephone = new Telephone(new MesClient(acces), mes.matricule(CAMILLE))
  await telephone.lire()
  const sandbox = new SandboxClient(acces)
  const personnes = [{ id: CAMILLE, nomAffiche: 'Camille Floréal' }]
  render(VueMachines, { telephone, sandbox, maintenant: mes.monde.world.now(), personnes, choisi: CAMILLE })
  return telephone
}

const possibles = async () => within((await screen.findByRole('heading', { name: 'Ce que la machine admet maintenant' })).parentElement!)

test('le dessin suit un service : demandé, il montre les règles de l’accord et attendre dix minutes le fait tomber', async () => {
  const telephone = await montrer()
  await choisir('Quoi', 'appariement')
  await choisir('Quel service', 'podometre')
  await mes.appeler('POST', CAMILLE, '/services/podometre/demande', {})
  await telephone.lire()
  await screen.findByRole('img', { name: /État présent : En attente de votre accord/ })
  const liste = await possibles()
  expect(liste.getByText('MES-APPARIEMENT-CONSENTEMENT')).toBeTruthy()
  await fireEvent.click(liste.getByRole('button', { name: 'Attendre' }))
  await telephone.lire()
  expect(await screen.findByRole('img', { name: /État présent : Non synchronisé/ })).toBeTruthy()
})

test('un document a un état par lecteur ; sans rien à dessiner, la machine se lit quand même', async () => {
  const telephone = await montrer()
  const [document] = telephone.documents.filter(({ masquable }) => masquable)
  await choisir('Quoi', 'document')
  await choisir('Quel document', document!.id)
  await mes.appeler('PATCH', CAMILLE, `/documents/${document!.id}`, { masque: true })
  await telephone.lire()
  expect(await screen.findByRole('img', { name: /Masqué/ })).toBeTruthy()
  await choisir('Quoi', 'contact')
  expect(await screen.findByText(/Aucune boîte professionnelle/)).toBeTruthy()
  expect(screen.getByRole('img', { name: /Aucun état présent/ })).toBeTruthy()
})
