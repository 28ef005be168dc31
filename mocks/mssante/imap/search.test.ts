import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { boiteOuverte, type ConnexionImap, poserDansInbox, type PoserOptions, PRIMIDI } from '../../../test/imap.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'
import { ajouter, dossierDe } from '../dossier.ts'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const poser = (objet: string, options?: PoserOptions) => poserDansInbox(monde, PRIMIDI, objet, options)

async function avec(...objets: string[]): Promise<ConnexionImap> {
  for (const objet of objets) await poser(objet)
  const connexion = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  await connexion.dit('SELECT INBOX')
  return connexion
}

describe('SEARCH', () => {
  const JOUR = 86_400_000

  test.each([
    ['ALL', '1 2 3 4'],
    ['UNSEEN', '2 3 4'],
    ['SEEN FLAGGED', '1'],
    ['KEYWORD $traite', '2'],
    ['UNKEYWORD $Traite 1:3', '1 3'],
    ['OR SUBJECT "bilan" SUBJECT "radio"', '1 2'],
    ['NOT (OR SUBJECT "bilan" SUBJECT "radio")', '3 4'],
    ['SUBJECT BILAN', '1'],
    ['CHARSET UTF-8 SUBJECT {8+}\r\nété à', '3'],
    ['FROM duodi', '1 2 3 4'],
    ['TO primidi NOT BCC x', '1 2 3 4'],
    ['HEADER X-MSS-NIL 123', '2'],
    ['HEADER X-Particulier ""', '4'],
    ['HEADER Message-ID <quatre@bac.test>', '4'],
    ['BODY légende', '3'],
    ['TEXT particulier', '4'],
    ['BODY particulier', ''],
    ['SINCE 22-Nov-2026', '3 4'],
    ['BEFORE 22-Nov-2026', '1 2'],
    ['ON 21-Nov-2026', '2'],
    ['SENTSINCE 23-Nov-2026', '1 2 3 4'],
    ['SENTBEFORE 23-Nov-2026', ''],
    ['LARGER 1000', '4'],
    ['SMALLER 1000 3:*', '3'],
    ['UID 2:3', '2 3'],
    ['NOT UID 2:3', '1 4'],
    ['2,*', '2 4'],
    ['NEW', ''],
    ['OLD', '1 2 3 4'],
    ['UNDELETED UNANSWERED UNDRAFT UNFLAGGED', '2 3 4'],
  ])('%s', async (cle, attendu) => {
    const le = monde.world.now()
    await poser('Bilan de la semaine', { marques: ['\\Seen', '\\Flagged'], le: le - 3 * JOUR })
    await poser('Radio', { marques: ['$Traite'], champs: ['X-MSS-NIL: 12345'], le: le - 2 * JOUR })
    await poser('=?utf-8?Q?L=27=C3=89T=C3=89_=C3=A0_la_plage?=', {
      corps: 'Une l=C3=A9gende',
      champs: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
    })
    await poser('Long', { corps: 'x'.repeat(2_000), champs: ['X-Particulier: oui', 'Message-ID: <Quatre@bac.test>'] })
    const connexion = await avec()
    const octets = [...new TextEncoder().encode(cle)].map((octet) => String.fromCharCode(octet)).join('')
    expect(await connexion.dit(`SEARCH ${octets}`)).toEqual([`* SEARCH${attendu === '' ? '' : ` ${attendu}`}`, '. OK Fait'])
  })

  test('by UID, in short, by modseq; another charset is said to be unknown', async () => {
    const connexion = await avec('1', '2', '3')
    await connexion.dit('STORE 1 +FLAGS (\\Deleted)')
    await connexion.dit('EXPUNGE')
    expect(await connexion.dit('UID SEARCH 1:2')).toEqual(['* SEARCH 2 3', '. OK Fait'])
    expect((await connexion.dit('UID SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN'))[0]).toMatch(
      /^\* ESEARCH \(TAG "t\d+"\) UID COUNT 2 MIN 2 MAX 3 ALL 2:3$/,
    )
    expect(await connexion.dit('SEARCH MODSEQ 4')).toEqual(['* SEARCH 2 (MODSEQ 4)', '. OK Fait'])
    expect(await connexion.fin('SEARCH CHARSET KOI8-R ALL')).toBe('NO [BADCHARSET (US-ASCII UTF-8)] Jeu de caracteres inconnu')
  })

  test('the day a message was sent is the one its author wrote', async () => {
    await monde.world.atomically(async (inside) => {
      const octets = new TextEncoder().encode('Date: Tue, 24 Nov 2026 00:30:00 +0100\r\nSubject: Minuit\r\n\r\nx')
      await ajouter(inside, (await dossierDe(inside, PRIMIDI, 'INBOX'))!, { octets })
    })
    const connexion = await avec()
    expect((await connexion.dit('SEARCH SENTON 24-Nov-2026'))[0]).toBe('* SEARCH 1')
    expect((await connexion.dit('SEARCH SENTON 23-Nov-2026'))[0]).toBe('* SEARCH')
  })
})
