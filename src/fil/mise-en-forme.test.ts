import fc from 'fast-check'
import { expect, test } from 'vitest'
import { colorer, indenter } from './mise-en-forme.ts'

test('colouring loses and adds no character, whatever the message', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((s) => `<a b="1">${s}</a>`),
        fc.json(),
      ),
      (texte) => {
        expect(
          colorer(texte)
            .map((morceau) => morceau.texte)
            .join(''),
        ).toBe(texte)
      },
    ),
  )
})

test('an element that holds text stays on one line, its neighbours are indented', () => {
  expect(indenter('<a><b>texte</b><c/><d></d></a>')).toBe('<a>\n  <b>texte</b>\n  <c/>\n  <d></d>\n</a>')
})

test('indenting XML changes only white space between tags', () => {
  const message = '<s:Envelope xmlns:s="x"><s:Body><r a="1 &amp; 2">é  è</r></s:Body></s:Envelope>'
  expect(indenter(message).replace(/>\s+</g, '><')).toBe(message)
})

test('JSON is indented, broken JSON is left as it is', () => {
  expect(indenter('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(indenter('{"a":')).toBe('{"a":')
})

test('attributes and tags are told apart', () => {
  expect(colorer('<a b="c">d</a>').filter(({ genre }) => genre !== 'ponctuation')).toEqual([
    { genre: 'balise', texte: 'a' },
    { genre: 'texte', texte: ' ' },
    { genre: 'attribut', texte: 'b' },
    { genre: 'valeur', texte: '"c"' },
    { genre: 'texte', texte: 'd' },
    { genre: 'balise', texte: 'a' },
  ])
})
