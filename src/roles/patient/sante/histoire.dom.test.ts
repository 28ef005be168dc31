import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choisir } from '../../../../test/dom.ts'
import { createTestMes, type TestMes } from '../../../../test/mes.ts'
import { fetchOn } from '../../../../test/world-fetch.ts'
import { MesClient } from '../../../clients/mes/mes-client.ts'
import { Telephone } from '../telephone.svelte.ts'
import Histoire from './Histoire.svelte'

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(async () => {
  cleanup()
  await mes.close()
})

async function ouvrir(id: string) {
  const telephone = new Telephone(new MesClient({ base: '', fetch: fetchOn(mes.monde.sandbox) }), mes.matricule(id))
  await telephone.lire()
  render(Histoire, { telephone, maintenant: mes.monde.world.now(), aller: () => {}, menu: [] })
  await screen.findByRole('heading', { name: 'Mon histoire de santé' })
}

const soins = () => screen.queryAllByRole('listitem').map((ligne) => ligne.querySelector('.soin')?.textContent)
const annees = () => screen.queryAllByRole('heading', { level: 4 }).map(({ textContent }) => textContent)

test('MES-HISTOIRE-LECTURE : une ligne du temps, le plus récent d’abord, une année après l’autre, sans rien à changer', async () => {
  await ouvrir('camille-floreal')
  await screen.findByText('Radiographie du thorax')
  expect(annees()).toEqual(['2026', '2025'])
  expect(soins()).toEqual(['Vaccin contre la grippe', 'Corticoïde inhalé', 'Consultation', 'Radiographie du thorax'])
  expect(screen.queryByRole('button', { name: /Changer|Supprimer|Ajouter/ })).toBeNull()
  await choisir('Montrer', 'Imagerie')
  expect([annees(), soins()]).toEqual([['2025'], ['Radiographie du thorax']])
})

test('MES-HISTOIRE-ALIMENTATION : vide, puis remplie par l’Assurance maladie que l’on joue', async () => {
  await ouvrir('sophie-germinal')
  await screen.findByText('L’Assurance maladie n’a encore rien inscrit.')
  await fireEvent.click(screen.getByRole('button', { name: 'Inscrire un vaccin', hidden: true }))
  expect(await screen.findByText('23 novembre')).toBeTruthy()
  expect(soins()).toEqual(['Vaccin contre la grippe'])
})

test('MES-HISTOIRE-MASQUEE : la page dit qu’elle suit le réglage des nouveaux documents', async () => {
  await mes.appeler('PUT', 'camille-floreal', '/documents/masquage', { masquerNouveaux: true })
  await ouvrir('camille-floreal')
  expect(await screen.findByText('Masquée aux professionnels')).toBeTruthy()
})
