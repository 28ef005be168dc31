import 'fake-indexeddb/auto'
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { CPE, countedIds, createTestCabinet, TRAITS } from '../../../test/cabinet.ts'
import { Poste } from '../../conversations/poste.ts'
import type { Destinataire } from '../../dossier/courrier.ts'
import ChoisirDestinataire from './ChoisirDestinataire.svelte'

afterEach(cleanup)

function ouvrir() {
  const cabinet = createTestCabinet()
  const insi = { chercherParTraits: async () => ({ issue: 'aucune' as const }), chercherParCarteVitale: async () => ({ issue: 'aucune' as const }) }
  const poste = new Poste({
    ...cabinet,
    newId: countedIds(),
    insi,
    dmp: {} as ConstructorParameters<typeof Poste>[0]['dmp'],
    ecrireCda: () => new Uint8Array(),
  })
  const choisis: Destinataire[] = []
  return { cabinet, poste, choisis }
}

test('CABINET-MSS-PATIENT-CHOISI : l’adresse d’un patient ne se tape pas, celle d’un confrère oui', async () => {
  const { poste } = ouvrir()
  render(ChoisirDestinataire, { poste, chercher: async () => [], choisis: [] })
  await fireEvent.click(screen.getByRole('tab', { name: 'Un professionnel' }))
  const champ = screen.getByLabelText(/^Chercher dans l’Annuaire/)
  await fireEvent.input(champ, { target: { value: '109076322083489@patient.mssante.fr' } })
  await fireEvent.click(screen.getByRole('button', { name: /^Ajouter/ }))
  expect(screen.getByRole('alert').textContent).toContain('ne se tape pas')
  expect(screen.queryByRole('list', { name: 'Destinataires' })).toBeNull()
  await fireEvent.input(champ, { target: { value: 'Elise.Tridi@medecins.bac.mssante.fr' } })
  await fireEvent.click(screen.getByRole('button', { name: /^Ajouter/ }))
  expect(screen.getByRole('list', { name: 'Destinataires' }).textContent).toContain('elise.tridi@medecins.bac.mssante.fr')
})

test('CABINET-MSS-INS-QUALIFIEE : choisir un patient dont l’identité n’est pas qualifiée dit pourquoi et n’ajoute personne', async () => {
  const { cabinet, poste } = ouvrir()
  await cabinet.dossiers.creer(TRAITS, {}, CPE)
  render(ChoisirDestinataire, { poste, chercher: async () => [], choisis: [] })
  await fireEvent.click(await screen.findByRole('button', { name: /ECETINSI/ }))
  expect(screen.getByRole('alert').textContent).toContain('Identité provisoire')
  expect(screen.queryByRole('list', { name: 'Destinataires' })).toBeNull()
})

test('l’annuaire est interrogé pendant la saisie ; choisir une boîte l’ajoute avec le nom de son titulaire', async () => {
  const { poste } = ouvrir()
  const demandes: string[] = []
  const chercher = async (texte: string) => {
    demandes.push(texte)
    return texte === 'panne'
      ? 'L’annuaire ne répond pas.'
      : [
          {
            adresse: 'elise.tridi@medecins.bac.mssante.fr',
            type: 'PER' as const,
            nom: 'Élise TRIDI',
            qualite: 'Médecin',
            structure: 'Cabinet',
            ville: 'Vendémiaire',
          },
        ]
  }
  render(ChoisirDestinataire, { poste, chercher, choisis: [] })
  await fireEvent.click(screen.getByRole('tab', { name: 'Un professionnel' }))
  const champ = screen.getByLabelText(/^Chercher dans l’Annuaire/)
  for (const value of ['t', 'tr', 'tridi']) await fireEvent.input(champ, { target: { value } })
  await fireEvent.click(await screen.findByRole('button', { name: /Élise TRIDI/ }))
  expect(demandes).toEqual(['tridi'])
  expect(screen.getByRole('list', { name: 'Destinataires' }).textContent).toContain('Élise TRIDI')
  await fireEvent.input(champ, { target: { value: 'panne' } })
  expect(await screen.findByText('L’annuaire ne répond pas.')).toBeDefined()
})
