import { expect, test } from 'vitest'
import { placer } from './courbe.ts'

const CADRE = { largeur: 100, hauteur: 50, marge: 10 }

test('the largest value is at the top, the newest at the right', () => {
  expect(
    placer(
      [
        { x: 0, y: 1 },
        { x: 5, y: 3 },
        { x: 10, y: 2 },
      ],
      CADRE,
    ),
  ).toEqual([
    { x: 10, y: 40 },
    { x: 50, y: 10 },
    { x: 90, y: 25 },
  ])
})

test('one value, or values all alike, stand in the middle', () => {
  expect(placer([{ x: 3, y: 7 }], CADRE)).toEqual([{ x: 50, y: 25 }])
  expect(placer([], CADRE)).toEqual([])
})
