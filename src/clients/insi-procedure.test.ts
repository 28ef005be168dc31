import { expect, test } from 'vitest'
import { CPE, RENDUE } from '../../test/cabinet.ts'
import type { TraitsRecherche } from '#standards/ins/traits.ts'
import type { ReponseInsi } from './insi-port.ts'
import { rechercherParTraits } from './insi-procedure.ts'

function insiQui(repond: (traits: TraitsRecherche) => ReponseInsi) {
  const appels: TraitsRecherche[] = []
  return {
    appels,
    async chercherParTraits(traits: TraitsRecherche) {
      appels.push(traits)
      return repond(traits)
    },
  }
}

const TRAITS = { nomNaissance: 'HOUILLES', prenoms: ['PIERRE', 'PAUL', 'JACQUES'], sexe: 'M', dateNaissance: '1993-01-27' } as const

test('un prénom par appel, dans l’ordre, puis tous ensemble', async () => {
  const insi = insiQui(() => ({ issue: 'aucune' }))
  const { reponse, essais } = await rechercherParTraits(insi, TRAITS, CPE)
  expect(reponse).toEqual({ issue: 'aucune' })
  expect(insi.appels.map(({ prenoms }) => prenoms)).toEqual([['PIERRE'], ['PAUL'], ['JACQUES'], ['PIERRE PAUL JACQUES']])
  expect(essais).toHaveLength(4)
})

test('le premier appel qui trouve arrête la recherche', async () => {
  const insi = insiQui(({ prenoms }) => (prenoms[0] === 'PAUL' ? { issue: 'trouvee', identite: RENDUE } : { issue: 'aucune' }))
  const { reponse } = await rechercherParTraits(insi, TRAITS, CPE)
  expect(reponse.issue).toBe('trouvee')
  expect(insi.appels).toHaveLength(2)
})

test('plusieurs identités : le même appel repart avec le lieu de naissance, s’il est connu', async () => {
  const insi = insiQui(({ lieuNaissance }) => (lieuNaissance ? { issue: 'trouvee', identite: RENDUE } : { issue: 'plusieurs' }))
  const { reponse, essais } = await rechercherParTraits(insi, { ...TRAITS, prenoms: ['LEONARDO'], lieuNaissance: '63220' }, CPE)
  expect(reponse.issue).toBe('trouvee')
  expect(essais.map(({ avecLieu }) => avecLieu)).toEqual([false, true])
  expect((await rechercherParTraits(insi, { ...TRAITS, prenoms: ['LEONARDO'] }, CPE)).reponse.issue).toBe('plusieurs')
})

test('une faute arrête la recherche : elle ne dit rien de la personne', async () => {
  const insi = insiQui(() => ({ issue: 'refus', code: 'insi_102', texte: 'erreur technique' }))
  expect((await rechercherParTraits(insi, TRAITS, CPE)).reponse).toMatchObject({ code: 'insi_102' })
  expect(insi.appels).toHaveLength(1)
})
