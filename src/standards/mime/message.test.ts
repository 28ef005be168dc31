import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { boitesDe, enClair, identifiantsDe, MAX_ENTETE, readEntete, valeurDe, valeursDe } from './entetes.ts'
import { ecrireBoite, type Partie, writeMessage } from './write-message.ts'

const octets = (texte: string) => new TextEncoder().encode(texte)
const ecrire = (champs: readonly (readonly [string, string])[], corps: Partie): Uint8Array => writeMessage({ champs, corps, frontiere: 'f-1' })
const TEXTE = 'text/plain; charset=utf-8'

describe('lire un en-tête', () => {
  test('les lignes repliées se rejoignent, la casse des noms ne compte pas, le corps commence après la ligne vide', () => {
    const message = octets('Subject: un\r\n  deux\r\nX-Mss-Mes: FIN\r\nTO: a@b.fr\r\n\r\ncorps')
    const entete = readEntete(message)
    expect([valeurDe(entete, 'subject'), valeurDe(entete, 'X-MSS-MES'), valeursDe(entete, 'To')]).toEqual(['un deux', 'FIN', ['a@b.fr']])
    expect(new TextDecoder().decode(message.subarray(entete.corps))).toBe('corps')
  })

  test('ce qui n’est pas un champ est sauté, des fins de ligne LF et un en-tête sans fin se lisent', () => {
    expect(readEntete(octets('bla\n: rien\nSubject: oui')).champs).toEqual([{ nom: 'Subject', valeur: 'oui' }])
    expect(readEntete(new Uint8Array()).champs).toEqual([])
  })

  test('un en-tête démesuré n’est pas lu au-delà de sa limite', () => {
    const { champs } = readEntete(octets(`A: ${'x\r\n '.repeat(MAX_ENTETE)}\r\nSubject: trop loin\r\n\r\n`))
    expect(champs.some(({ nom }) => nom === 'Subject')).toBe(false)
  })

  test('des octets quelconques ne font jamais échouer', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bruts) => readEntete(bruts).corps <= bruts.length))
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (valeur) => Array.isArray(boitesDe(valeur)) && Array.isArray(identifiantsDe(valeur)) && typeof enClair(valeur) === 'string',
      ),
    )
  })

  test('adresses, noms codés et groupes', () => {
    expect(boitesDe('=?utf-8?q?Dr_=C3=89lise?= TRIDI <E.Tridi@X.fr>, "B, C" <c@d.fr>, Groupe: e@f.fr;')).toEqual([
      { nom: 'Dr Élise TRIDI', adresse: 'e.tridi@x.fr' },
      { nom: 'B, C', adresse: 'c@d.fr' },
      { nom: '', adresse: 'e@f.fr' },
    ])
    expect(identifiantsDe('<a@b> (commentaire) <c@d>')).toEqual(['<a@b>', '<c@d>'])
  })
})

describe('écrire un message', () => {
  test('un lecteur de courrier relit textes, pièces jointes et champs accentués', async () => {
    const image = Uint8Array.from({ length: 300 }, (_, n) => n % 256)
    const message = ecrire(
      [
        ['From', ecrireBoite('Dr Élise TRIDI', 'elise.tridi@medecins.bac.mssante.fr')],
        ['To', ecrireBoite('Floréal, Camille', 'c@patient.mssante.fr')],
        ['Subject', `Compte rendu de l’été ${'très long '.repeat(20)}fin`],
      ],
      {
        type: 'multipart/mixed',
        contenu: [
          {
            type: 'multipart/alternative',
            contenu: [
              { type: TEXTE, contenu: `Été = 1 \nligne ${'longue '.repeat(30)}\n` },
              { type: 'text/html; charset=utf-8', contenu: '<p>Été</p>' },
            ],
          },
          { type: 'image/png', contenu: image, nomFichier: 'été (1).png' },
        ],
      },
    )
    const lu = await PostalMime.parse(message)
    expect(lu.subject).toBe(`Compte rendu de l’été ${'très long '.repeat(20)}fin`)
    expect(lu.from).toMatchObject({ name: 'Dr Élise TRIDI', address: 'elise.tridi@medecins.bac.mssante.fr' })
    expect(lu.to?.[0]).toMatchObject({ name: 'Floréal, Camille' })
    expect(lu.text?.replaceAll('\r\n', '\n')).toContain(`Été = 1 \nligne ${'longue '.repeat(30)}`)
    expect(lu.html).toContain('<p>Été</p>')
    const [piece] = lu.attachments
    expect([piece?.filename, new Uint8Array(piece?.content as ArrayBuffer)]).toEqual(['été (1).png', image])
    for (const ligne of new TextDecoder().decode(message).split('\r\n')) expect(ligne.length).toBeLessThanOrEqual(998)
  })

  test('aucune valeur n’ajoute un champ ni ne coupe l’en-tête', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (valeur) => {
        const { champs } = readEntete(ecrire([['Subject', `${valeur}\r\nX-Injecte: 1\r\n\r\n`]], { type: TEXTE, contenu: '' }))
        expect(champs.map(({ nom }) => nom)).toEqual(['Subject', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'])
      }),
    )
  })

  test('tout texte se relit tel quel', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (contenu) => {
        const texte = contenu.replace(/\r\n?/g, '\n').toWellFormed()
        const lu = await PostalMime.parse(ecrire([], { type: TEXTE, contenu: `debut\n${texte}\nfin` }))
        expect(lu.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(`debut\n${texte}\nfin`)
      }),
      { numRuns: 60 },
    )
  })
})
