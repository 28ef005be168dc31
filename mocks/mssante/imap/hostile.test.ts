import { afterEach, beforeEach, expect, test } from 'vitest'
import { boiteOuverte, ConnexionImap, DUODI, identifiantDe, poserDansInbox, PRIMIDI, xoauth2 } from '../../../test/imap.ts'
import { jetonPour } from '../../../test/jetons.ts'
import { mutate, random } from '../../../test/mutate.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'
import { messages } from '../store.ts'

let monde: TestWorld
beforeEach(async () => {
  monde = await createTestWorld()
  await poserDansInbox(monde, DUODI, 'SECRET-DUODI', { corps: 'SECRET-DUODI' })
  for (const objet of ['un', 'deux', 'trois']) await poserDansInbox(monde, PRIMIDI, objet)
})
afterEach(() => monde.close())

const COMMANDES = [
  'CAPABILITY',
  'NOOP',
  'ID ("name" "x")',
  'ENABLE CONDSTORE',
  'NAMESPACE',
  'LIST "" "*"',
  'LIST (SUBSCRIBED) "" ("*" "%/%") RETURN (STATUS (MESSAGES UIDNEXT))',
  'LSUB "" "%"',
  'STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ)',
  'SELECT INBOX',
  'EXAMINE "INBOX" (CONDSTORE)',
  'CREATE "Archives/A&AOk-b"',
  'DELETE Archives',
  'RENAME Archives Autre',
  'SUBSCRIBE Sent',
  'APPEND INBOX (\\Seen) "01-Jan-2026 00:00:00 +0000" {12+}\r\nSubject: x\r\n',
  'APPEND INBOX {3}\r\nabc',
  'FETCH 1:* (FLAGS UID ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (Subject From)] BODY[1]<0.10>)',
  'UID FETCH 1:3,* (FLAGS) (CHANGEDSINCE 2)',
  'STORE 1 (UNCHANGEDSINCE 3) +FLAGS (\\Deleted $x)',
  'UID STORE 1:2 -FLAGS.SILENT \\Seen',
  'SEARCH CHARSET UTF-8 OR SUBJECT "un" NOT (TEXT {4+}\r\ndeux SINCE 1-Jan-2026) UID 1:*',
  'UID SEARCH RETURN (ALL) MODSEQ 1',
  'COPY 1 Sent',
  'UID MOVE 2 Trash',
  'EXPUNGE',
  'UID EXPUNGE 1:2',
  'CLOSE',
  'UNSELECT',
  'CHECK',
  'IDLE\r\nDONE',
]
const MORCEAUX = [
  '(',
  ')',
  '"',
  '\\',
  '{5}',
  '{5+}',
  '{99999999999}',
  '*',
  '%',
  '\0',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '&',
  '&AOk-',
  '\xff',
  '1:*',
  '4294967296',
  `${DUODI}|INBOX`,
  '|',
  '../',
  'UID ',
  'NIL',
  '[',
  ']',
  '<0.1>',
  '__proto__',
  'constructor',
]

const muter = (texte: string, tirer: (below: number) => number): string => mutate(texte, MORCEAUX, tirer)

test('six thousand mutated commands crash nothing, are all answered, and show nothing of another mailbox', async () => {
  const tirer = random(20_261_123)
  let connexion = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  let repondues = 0
  for (let n = 0; n < 6_000; n++) {
    const lignes = await connexion.brut(`z${n} ${muter(COMMANDES[tirer(COMMANDES.length)]!, tirer)}\r\n`)
    const texte = lignes.join('\n')
    expect(texte).not.toContain('SECRET')
    if (lignes.some((ligne) => ligne.startsWith(`z${n} `) || ligne.startsWith('* BAD'))) repondues += 1
    // What waits for the rest of a literal is given up, as a client that reconnects.
    else connexion.session.end()
    if (connexion.fermee || repondues % 50 === 49 || !lignes.length) connexion = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  }
  expect(repondues).toBeGreaterThan(3_000)
  const duDuodi = await monde.world.store.range(messages, { index: 'parUid', equals: [`${DUODI}|INBOX`], limit: 10 })
  expect(duDuodi.map(({ entete, marques }) => [entete.objet, marques])).toEqual([['SECRET-DUODI', []]])
  const saine = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  expect(await saine.fin('SELECT INBOX')).toMatch(/^OK/)
}, 60_000)

test('noise before a mailbox is open opens none', async () => {
  const tirer = random(7)
  const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
  const avant = [
    ...COMMANDES,
    `LOGIN ${DUODI} "${jeton}"`,
    `AUTHENTICATE XOAUTH2 ${xoauth2(DUODI, jeton)}`,
    `AUTHENTICATE PLAIN ${btoa(`\0${DUODI}\0${jeton}`)}`,
    'AUTHENTICATE XOAUTH2\r\n====',
    'STARTTLS',
  ]
  for (let n = 0; n < 1_500; n++) {
    const connexion = new ConnexionImap(monde, tirer(2) === 0 ? {} : { secure: false })
    for (let m = 0; m < 4; m++) await connexion.brut(`y${m} ${muter(avant[tirer(avant.length)]!, tirer)}\r\n`)
    expect(connexion.session.authenticated).toBe(false)
  }
}, 60_000)

test('bounds: a line, a literal before a mailbox is open, a search, a list of flags', async () => {
  const ligne = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  expect(await ligne.brut('x'.repeat(70_000))).toEqual(['* BYE Ligne trop longue'])
  const avant = new ConnexionImap(monde)
  expect(await avant.fin('LOGIN {9000}')).toMatch(/^NO \[TOOBIG\]/)
  const connexion = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  await connexion.dit('SELECT INBOX')
  expect(await connexion.fin(`SEARCH ${'('.repeat(200)}ALL${')'.repeat(200)}`)).toMatch(/^BAD search too complex/)
  expect(await connexion.fin(`STORE 1 +FLAGS (${Array.from({ length: 60 }, (_, n) => `k${n}`).join(' ')})`)).toMatch(/^BAD too many flags/)
  expect(await connexion.fin('SEARCH SUBJECT {300000}')).toMatch(/^NO \[TOOBIG\]/)
  expect(await connexion.fin(`FETCH ${Array.from({ length: 8_000 }, () => '1:*').join(',')} UID`)).toMatch(/^OK/)
  for (let n = 0; n < 200; n++) await connexion.dit(`CREATE d${n}`)
  expect(await connexion.fin('CREATE encore')).toMatch(/^NO \[LIMIT\]/)
  const illisible = await boiteOuverte(monde, PRIMIDI, 'dr-primidi')
  for (let n = 0; n < 20; n++) await illisible.dit('QUOI')
  expect(illisible.fermee).toBe(true)
})
