import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  boiteOuverte,
  ConnexionImap,
  DUODI,
  identifiantDe,
  messageDeTest,
  poserDansInbox,
  type PoserOptions,
  PRIMIDI,
  xoauth2,
} from '../../../test/imap.ts'
import { jetonPour } from '../../../test/jetons.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'
import { ajouter, creerDossier, dossierDe, marquer, retirer } from '../dossier.ts'
import { boites, cleDossier, dossiers, messages } from '../store.ts'

const COMPTES_RENDUS = 'comptes-rendus@solstice.bac.mssante.fr'

let monde: TestWorld
beforeEach(async () => void (monde = await createTestWorld()))
afterEach(() => monde.close())

const ouverte = () => boiteOuverte(monde, PRIMIDI, 'dr-primidi')

const message = messageDeTest
const poser = (objet: string, options?: PoserOptions) => poserDansInbox(monde, PRIMIDI, objet, options)

async function avec(...objets: string[]): Promise<ConnexionImap> {
  for (const objet of objets) await poser(objet)
  const connexion = await ouverte()
  await connexion.dit('SELECT INBOX')
  return connexion
}

describe('opening a mailbox', () => {
  test('MSS-IMAP-STARTTLS : avant TLS, LOGIN est fermé, aucune boîte ne s’ouvre, et ce qui suit STARTTLS en clair est oublié', async () => {
    const connexion = new ConnexionImap(monde, { secure: false })
    await connexion.session.greet()
    expect(connexion.lignes()[0]).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 .*STARTTLS LOGINDISABLED\]/)
    expect(await connexion.fin('LOGIN a b')).toMatch(/^NO \[PRIVACYREQUIRED\]/)
    expect(await connexion.fin('AUTHENTICATE PLAIN AGEAYg==')).toMatch(/^NO \[PRIVACYREQUIRED\]/)
    const lignes = await connexion.brut('x1 STARTTLS\r\nx2 CAPABILITY\r\n')
    expect(lignes).toEqual([expect.stringMatching(/^x1 OK/)])
    expect((await connexion.dit('CAPABILITY'))[0]).toMatch(/AUTH=XOAUTH2 AUTH=PLAIN$/)
  })

  test('MSS-IMAP-XOAUTH2 : le jeton vient avec la commande ou après une invite', async () => {
    const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
    const aussitot = new ConnexionImap(monde)
    expect(await aussitot.fin(`AUTHENTICATE XOAUTH2 ${xoauth2(PRIMIDI, jeton)}`)).toMatch(/^OK \[CAPABILITY .*IDLE/)
    const apres = new ConnexionImap(monde)
    expect(await apres.dit('AUTHENTICATE XOAUTH2')).toEqual(['+ '])
    expect((await apres.brut(`${xoauth2(PRIMIDI, jeton)}\r\n`))[0]).toMatch(/^t1 OK/)
    const abandon = new ConnexionImap(monde)
    await abandon.dit('AUTHENTICATE XOAUTH2')
    expect(await abandon.brut('*\r\n')).toEqual(['t1 BAD Abandon'])
    expect(abandon.session.authenticated).toBe(false)
  })

  test('MSS-IMAP-JETON-REFUSE : un jeton inconnu ou expiré est expliqué en base64, puis refusé', async () => {
    const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
    await monde.advance('PT5M')
    for (const mauvais of ['inconnu', jeton, '']) {
      const connexion = new ConnexionImap(monde)
      const [invite = ''] = await connexion.dit(`AUTHENTICATE XOAUTH2 ${xoauth2(PRIMIDI, mauvais)}`)
      expect(JSON.parse(atob(invite.slice(2)))).toEqual({ status: '401', schemes: 'bearer', scope: 'openid scope_all' })
      expect(await connexion.brut('\r\n')).toEqual([expect.stringMatching(/^t1 NO \[AUTHENTICATIONFAILED\]/)])
    }
  })

  test('MSS-BAL-TITULAIRE : un jeton valable n’ouvre pas la boîte d’un autre', async () => {
    const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
    for (const autre of [DUODI, 'personne@medecins.bac.mssante.fr', COMPTES_RENDUS, 'ancienne@medecins.bac.mssante.fr'])
      expect(await new ConnexionImap(monde).fin(`AUTHENTICATE XOAUTH2 ${xoauth2(autre, jeton)}`)).toMatch(/^NO \[AUTHORIZATIONFAILED\]/)
  })

  test('MSS-IMAP-APP-PLAIN : une boîte applicative s’ouvre par PLAIN et le certificat de sa structure, sans regarder le mot de passe', async () => {
    const { structure } = (await monde.world.store.get(boites, COMPTES_RENDUS))!
    const plain = (adresse: string, pour = '') => `AUTHENTICATE PLAIN ${btoa(`${pour}\0${adresse}\0peu-importe`)}`
    expect(await new ConnexionImap(monde, { structure }).fin(plain(COMPTES_RENDUS))).toMatch(/^OK/)
    expect(await new ConnexionImap(monde, { structure: '1999999999' }).fin(plain(COMPTES_RENDUS))).toMatch(/^NO \[AUTHORIZATIONFAILED\]/)
    expect(await new ConnexionImap(monde, { structure }).fin(plain(PRIMIDI))).toMatch(/^NO \[AUTHORIZATIONFAILED\]/)
    expect(await new ConnexionImap(monde).fin(plain(COMPTES_RENDUS))).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
  })

  test('MSS-IMAP-MONDE : avec un certificat, l’identité d’autorisation de PLAIN nomme le monde', async () => {
    const { structure } = (await monde.world.store.get(boites, COMPTES_RENDUS))!
    const plain = (pour: string) => `AUTHENTICATE PLAIN ${btoa(`${pour}\0${COMPTES_RENDUS}\0x`)}`
    expect(await new ConnexionImap(monde, { structure }).fin(plain('atelier'))).toMatch(/^NO \[AUTHENTICATIONFAILED\] Ce monde/)
    const atelier = await monde.sandbox.open('atelier')
    await atelier.world.atomically(async (inside) => {
      const inbox = await dossierDe(inside, COMPTES_RENDUS, 'INBOX')
      await ajouter(inside, inbox!, { octets: message('Dans l’atelier') })
    })
    const connexion = new ConnexionImap(monde, { structure })
    expect(await connexion.fin(plain('atelier'))).toMatch(/^OK/)
    expect(await connexion.dit('STATUS INBOX (MESSAGES)')).toContain('* STATUS INBOX (MESSAGES 1)')
  })

  test('MSS-IMAP-JETON-MOT-DE-PASSE : un jeton tient lieu de mot de passe, sauf réglage contraire', async () => {
    const jeton = await jetonPour(monde, await identifiantDe(monde, 'dr-primidi'))
    expect(await new ConnexionImap(monde).fin(`LOGIN ${PRIMIDI} "${jeton}"`)).toMatch(/^OK/)
    expect(await new ConnexionImap(monde).fin(`AUTHENTICATE PLAIN ${btoa(`\0${PRIMIDI}\0${jeton}`)}`)).toMatch(/^OK/)
    expect(await new ConnexionImap(monde).fin(`LOGIN ${PRIMIDI} secret`)).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
    await monde.running.changeSettings({ 'MSS-IMAP-JETON-MOT-DE-PASSE': false })
    expect(await new ConnexionImap(monde).fin(`LOGIN ${PRIMIDI} "${jeton}"`)).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
  })

  test('MSS-IMAP-EXPIRATION : le jeton qui expire met fin à la connexion, occupée ou non', async () => {
    const occupee = await ouverte()
    const oisive = await ouverte()
    await oisive.dit('SELECT INBOX')
    await oisive.dit('IDLE')
    await monde.advance('PT5M')
    expect(await occupee.dit('NOOP')).toEqual([expect.stringMatching(/^\* BYE \[AUTHENTICATIONFAILED\]/)])
    await oisive.session.tick()
    expect(oisive.lignes()).toEqual([expect.stringMatching(/^\* BYE/)])
    expect([occupee.fermee, oisive.fermee]).toEqual([true, true])
  })

  test('ends the connection of who guesses, or who says much before a mailbox is open', async () => {
    const devine = new ConnexionImap(monde)
    for (let n = 0; n < 5; n++) await devine.dit('LOGIN a b')
    expect(devine.fermee).toBe(true)
    const bavard = new ConnexionImap(monde)
    for (let n = 0; n < 51; n++) await bavard.dit('CAPABILITY')
    expect(bavard.fermee).toBe(true)
  })
})

describe('folders', () => {
  test('INBOX whatever its case, names in modified UTF-7, levels, special use', async () => {
    const connexion = await ouverte()
    expect(await connexion.dit('CREATE "Archives/Ann&AOk-e 2026"')).toEqual(['. OK Dossier cree'])
    expect(await connexion.dit('LIST "" "*"')).toEqual([
      '* LIST (\\HasNoChildren) "/" INBOX',
      '* LIST (\\Noselect \\HasChildren) "/" Archives',
      '* LIST (\\HasNoChildren) "/" "Archives/Ann&AOk-e 2026"',
      '* LIST (\\HasNoChildren \\Drafts) "/" Drafts',
      '* LIST (\\HasNoChildren \\Sent) "/" Sent',
      '* LIST (\\HasNoChildren \\Trash) "/" Trash',
      '. OK Fait',
    ])
    expect((await connexion.dit('LIST "" "%"')).length).toBe(6)
    expect(await connexion.dit('LIST "Archives/" "%"')).toHaveLength(2)
    expect(await connexion.dit('LIST "" ""')).toEqual(['* LIST (\\Noselect) "/" ""', '. OK Fait'])
    expect(await connexion.dit('LIST "" "inbox"')).toHaveLength(2)
    expect(await monde.world.store.get(dossiers, cleDossier(PRIMIDI, 'Archives/Année 2026'))).toBeDefined()
    expect(await connexion.fin('CREATE sent')).toMatch(/^NO \[ALREADYEXISTS\]/)
    expect(await connexion.fin('CREATE "a//b"')).toMatch(/^NO \[CANNOT\]/)
    expect(await connexion.fin('SELECT inbox')).toMatch(/^OK \[READ-WRITE\]/)
  })

  test('subscriptions are kept, LSUB shows them', async () => {
    const connexion = await ouverte()
    expect(await connexion.dit('UNSUBSCRIBE Trash')).toEqual(['. OK Fait'])
    expect((await connexion.dit('LSUB "" "*"')).filter((ligne) => ligne.startsWith('* LSUB'))).toHaveLength(3)
    expect(await connexion.dit('LIST (SUBSCRIBED) "" "*" RETURN (STATUS (MESSAGES))')).toContain('* STATUS Sent (MESSAGES 0)')
    expect(await connexion.fin('SUBSCRIBE Absent')).toMatch(/^NO/)
  })

  test('SELECT tells all that a client relies on; EXAMINE changes nothing', async () => {
    await poser('Lu', { marques: ['\\Seen'] })
    await poser('Non lu')
    const connexion = await ouverte()
    const dossier = await monde.world.store.get(dossiers, cleDossier(PRIMIDI, 'INBOX'))
    expect(await connexion.dit('SELECT INBOX')).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk)',
      '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk \\*)] Marques',
      '* 2 EXISTS',
      '* 0 RECENT',
      '* OK [UNSEEN 2] Premier message non lu',
      `* OK [UIDVALIDITY ${dossier!.uidValidity}] Valeur des UID`,
      '* OK [UIDNEXT 3] Prochain UID',
      `* OK [HIGHESTMODSEQ ${dossier!.modseq}] Dernier changement`,
      '. OK [READ-WRITE] Dossier ouvert',
    ])
    expect(await connexion.fin('EXAMINE INBOX')).toMatch(/^OK \[READ-ONLY\]/)
    expect(await connexion.fin('STORE 1 +FLAGS (\\Deleted)')).toMatch(/^NO \[READ-ONLY\]/)
    expect(await connexion.fin('EXPUNGE')).toMatch(/^NO \[READ-ONLY\]/)
    await connexion.dit('FETCH 2 BODY[]')
    expect((await monde.world.store.get(dossiers, cleDossier(PRIMIDI, 'INBOX')))!.nonLus).toBe(1)
    expect(await connexion.fin('SELECT Absent')).toMatch(/^NO \[NONEXISTENT\]/)
    // A failed SELECT leaves no folder selected.
    expect(await connexion.fin('FETCH 1 FLAGS')).toMatch(/^BAD/)
  })

  test('RENAME takes what is below along; of INBOX, it takes the messages; folders of every mailbox stay', async () => {
    const connexion = await avec('Un', 'Deux')
    await connexion.dit('CREATE A')
    await connexion.dit('CREATE A/B')
    expect(await connexion.fin('RENAME A Z')).toMatch(/^OK/)
    expect((await connexion.dit('LIST "" "Z*"')).map((ligne) => ligne.split(' ').at(-1))).toEqual(['Z', 'Z/B', 'Fait'])
    expect(await connexion.dit('RENAME INBOX Archives')).toEqual(['* 2 EXPUNGE', '* 1 EXPUNGE', '. OK Messages deplaces'])
    expect(await connexion.dit('STATUS Archives (MESSAGES)')).toContain('* STATUS Archives (MESSAGES 2)')
    expect(await connexion.dit('STATUS INBOX (MESSAGES UIDNEXT UNSEEN)')).toContain('* STATUS INBOX (MESSAGES 0 UIDNEXT 3 UNSEEN 0)')
    for (const commande of ['DELETE INBOX', 'DELETE Trash', 'RENAME Sent Envois']) expect(await connexion.fin(commande)).toMatch(/^NO \[CANNOT\]/)
    expect(await connexion.fin('DELETE Z/B')).toMatch(/^OK/)
    expect(await connexion.fin('DELETE Z/B')).toMatch(/^NO \[NONEXISTENT\]/)
  })

  test('a folder deleted by another ends the connection that has it selected', async () => {
    const [connexion, autre] = [await ouverte(), await ouverte()]
    await autre.dit('CREATE Passager')
    await connexion.dit('SELECT Passager')
    await autre.dit('DELETE Passager')
    expect(await connexion.dit('NOOP')).toEqual([expect.stringMatching(/^\* BYE/)])
  })
})

describe('reading', () => {
  const multipart = ['Content-Type: multipart/mixed; boundary="--b"', 'MIME-Version: 1.0']
  const corps = [
    'préambule',
    '----b',
    'Content-Type: multipart/alternative; boundary=in',
    '',
    '--in',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Bonjour l=C3=A9gende',
    '--in',
    'Content-Type: text/html',
    '',
    '<p>Bonjour</p>',
    '--in--',
    '----b',
    'Content-Type: application/pdf; name="compte rendu.pdf"',
    'Content-Disposition: attachment; filename="compte rendu.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0=',
    '----b',
    'Content-Type: message/rfc822',
    '',
    'Subject: Dedans',
    'From: a@b.fr',
    '',
    'Corps du dedans',
    '----b--',
  ].join('\r\n')

  test('ENVELOPE shows addresses, groups and encoded words as they are written', async () => {
    await poser('=?utf-8?Q?=C3=89t=C3=A9?=', {
      champs: ['Cc: Cabinet: un@a.fr, "Deux, le \\"grand\\"" <deux@a.fr>;, trois@a.fr', 'Message-ID: <id@bac.test>', 'In-Reply-To: <autre@bac.test>'],
    })
    const connexion = await avec()
    expect((await connexion.dit('FETCH 1 ENVELOPE'))[0]).toBe(
      '* 1 FETCH (ENVELOPE ("Mon, 23 Nov 2026 09:00:00 +0100" "=?utf-8?Q?=C3=89t=C3=A9?=" ' +
        '(("Dr Bastien DUODI" NIL "bastien.duodi" "medecins.bac.mssante.fr")) (("Dr Bastien DUODI" NIL "bastien.duodi" "medecins.bac.mssante.fr")) ' +
        '(("Dr Bastien DUODI" NIL "bastien.duodi" "medecins.bac.mssante.fr")) ((NIL NIL "claire.primidi" "medecins.bac.mssante.fr")) ' +
        '((NIL NIL "Cabinet" NIL)(NIL NIL "un" "a.fr")("Deux, le \\"grand\\"" NIL "deux" "a.fr")(NIL NIL NIL NIL)(NIL NIL "trois" "a.fr")) NIL "<autre@bac.test>" "<id@bac.test>"))',
    )
  })

  test('BODYSTRUCTURE and BODY describe parts within parts', async () => {
    await poser('Structure', { champs: multipart, corps })
    const connexion = await avec()
    expect((await connexion.dit('FETCH 1 BODYSTRUCTURE'))[0]).toBe(
      '* 1 FETCH (BODYSTRUCTURE ((("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 20 1 NIL NIL NIL NIL)("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 14 1 NIL NIL NIL NIL) ' +
        '"alternative" ("boundary" "in") NIL NIL NIL)("application" "pdf" ("name" "compte rendu.pdf") NIL NIL "base64" 8 NIL ("attachment" ("filename" "compte rendu.pdf")) NIL NIL)' +
        '("message" "rfc822" NIL NIL NIL "7bit" 48 (NIL "Dedans" ((NIL NIL "a" "b.fr")) ((NIL NIL "a" "b.fr")) ((NIL NIL "a" "b.fr")) NIL NIL NIL NIL NIL) ' +
        '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 15 1 NIL NIL NIL NIL) 4 NIL NIL NIL NIL) "mixed" ("boundary" "--b") NIL NIL NIL))',
    )
    expect((await connexion.dit('FETCH 1 BODY'))[0]).toMatch(/^\* 1 FETCH \(BODY \(\(\("text" "plain" .* 20 1\)/)
  })

  test.each([
    ['BODY.PEEK[1.1]', 'Bonjour l=C3=A9gende'],
    ['BODY.PEEK[1.1.MIME]', 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'],
    ['BODY.PEEK[2]', 'JVBERi0='],
    ['BODY.PEEK[3.HEADER]', 'Subject: Dedans\r\nFrom: a@b.fr\r\n\r\n'],
    ['BODY.PEEK[3.HEADER.FIELDS (From)]', 'From: a@b.fr\r\n\r\n'],
    ['BODY.PEEK[3.TEXT]', 'Corps du dedans'],
    ['BODY.PEEK[3.1]', 'Corps du dedans'],
    ['BODY.PEEK[HEADER.FIELDS (subject x-absent)]', 'Subject: Structure\r\n\r\n'],
    ['BODY.PEEK[]<6.10>', 'Dr Bastien'],
    ['BODY.PEEK[2]<4.100>', 'Ri0='],
    ['BODY.PEEK[2]<100.10>', ''],
  ])('%s', async (section, attendu) => {
    await poser('Structure', { champs: multipart, corps })
    const connexion = await avec()
    const nom = section.replace('.PEEK', '').replace(/<(\d+)\.\d+>/, '<$1>')
    expect((await connexion.dit(`FETCH 1 ${section}`)).join('\r\n')).toBe(`* 1 FETCH (${nom} {${attendu.length}}\r\n${attendu})\r\n. OK Fait`)
  })

  test('a part that is not there is NIL; a single part is number 1', async () => {
    const connexion = await avec('Simple')
    expect((await connexion.dit('FETCH 1 (BODY.PEEK[2] BODY.PEEK[1.1] BODY.PEEK[1])')).join('\r\n')).toBe(
      '* 1 FETCH (BODY[2] NIL BODY[1.1] NIL BODY[1] {7}\r\nTexte\r\n)\r\n. OK Fait',
    )
  })

  test('HEADER and TEXT make the whole; RFC822.SIZE counts it; a body asked for without PEEK is read', async () => {
    const connexion = await avec('Entier')
    const taille = message('Entier').length
    const [premiere = ''] = await connexion.dit('FETCH 1 (RFC822.SIZE INTERNALDATE RFC822.HEADER)')
    expect(premiere).toMatch(new RegExp(`^\\* 1 FETCH \\(RFC822.SIZE ${taille} INTERNALDATE "23-Nov-2026 08:00:00 \\+0000" RFC822.HEADER {`))
    const lignes = (await connexion.dit('FETCH 1 BODY[]')).join('\r\n')
    expect(lignes).toBe(`* 1 FETCH (BODY[] {${taille}}\r\n${new TextDecoder().decode(message('Entier'))} FLAGS (\\Seen))\r\n. OK Fait`)
  })

  test('numbers beyond the last are a mistake, UIDs that are not there are not', async () => {
    const connexion = await avec('Un', 'Deux', 'Trois')
    expect(await connexion.fin('FETCH 4 FLAGS')).toMatch(/^BAD/)
    expect(await connexion.dit('UID FETCH 7:9 FLAGS')).toEqual(['. OK Fait'])
    expect(await connexion.dit('UID FETCH 9:* UID')).toEqual(['* 3 FETCH (UID 3)', '. OK Fait'])
    expect(await connexion.dit('FETCH *:2,1,2 UID')).toEqual(['* 1 FETCH (UID 1)', '* 2 FETCH (UID 2)', '* 3 FETCH (UID 3)', '. OK Fait'])
    const vide = await ouverte()
    await vide.dit('SELECT Trash')
    expect(await vide.dit('UID FETCH 1:* FLAGS')).toEqual(['. OK Fait'])
  })
})

describe('marking, copying, removing', () => {
  test('STORE adds, removes, replaces; silent or not; new keywords are shown first', async () => {
    const connexion = await avec('Un', 'Deux')
    expect(await connexion.dit('STORE 1:2 +FLAGS (\\seen $Traite)')).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk $Traite)',
      '* 1 FETCH (FLAGS (\\Seen $Traite))',
      '* 2 FETCH (FLAGS (\\Seen $Traite))',
      '. OK Fait',
    ])
    expect(await connexion.dit('UID STORE 2 -FLAGS $traite')).toEqual(['* 2 FETCH (UID 2 FLAGS (\\Seen))', '. OK Fait'])
    expect(await connexion.dit('STORE 2 FLAGS.SILENT (\\Flagged)')).toEqual(['. OK Fait'])
    expect(await connexion.dit('FETCH 2 FLAGS')).toEqual(['* 2 FETCH (FLAGS (\\Flagged))', '. OK Fait'])
    expect(await connexion.fin('STORE 1 +FLAGS (\\Inconnue)')).toMatch(/^BAD/)
  })

  test('UNCHANGEDSINCE spares what another changed meanwhile', async () => {
    const connexion = await avec('Un', 'Deux')
    const [, ancien] = /MODSEQ \((\d+)\)/.exec((await connexion.dit('FETCH 2 (MODSEQ)'))[0]!) ?? []
    const autre = await ouverte()
    await autre.dit('SELECT INBOX')
    await autre.dit('STORE 1 +FLAGS (\\Flagged)')
    expect(await connexion.fin(`UID STORE 1:2 (UNCHANGEDSINCE ${ancien}) +FLAGS (\\Seen)`)).toBe('OK [MODIFIED 1] Certains messages avaient change')
    expect(await connexion.dit(`UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${ancien})`)).toHaveLength(3)
  })

  test('APPEND keeps the date and the flags, and tells the UID', async () => {
    const connexion = await ouverte()
    const { uidValidity } = (await monde.world.store.get(dossiers, cleDossier(PRIMIDI, 'Sent')))!
    const octets = new TextDecoder().decode(message('Envoyé'.normalize()))
    const binaire = [...new TextEncoder().encode(octets)].map((octet) => String.fromCharCode(octet)).join('')
    expect(await connexion.fin(`APPEND Sent (\\Seen) " 1-Jan-2026 10:00:00 +0200" {${binaire.length}+}\r\n${binaire}`)).toBe(
      `OK [APPENDUID ${uidValidity} 1] Message garde`,
    )
    await connexion.dit('SELECT Sent')
    expect((await connexion.dit('FETCH 1 (FLAGS INTERNALDATE)'))[0]).toBe('* 1 FETCH (FLAGS (\\Seen) INTERNALDATE " 1-Jan-2026 08:00:00 +0000")')
    expect(await connexion.fin('APPEND Absent {2+}\r\nok')).toMatch(/^NO \[TRYCREATE\]/)
    expect(await connexion.fin('APPEND Sent {0+}\r\n')).toMatch(/^NO/)
  })

  test('APPEND waits for a literal to be accepted, and refuses one that is too long before it is sent', async () => {
    const connexion = await ouverte()
    expect(await connexion.dit('APPEND Sent {5}')).toEqual(['+ OK'])
    expect(await connexion.brut('abcde\r\n')).toEqual([expect.stringMatching(/^t2 OK \[APPENDUID/)])
    expect(await connexion.fin('APPEND Sent {33554433}')).toMatch(/^NO \[TOOBIG\]/)
    expect(await connexion.fin('NOOP')).toMatch(/^OK/)
    await connexion.dit('APPEND Sent {33554433+}')
    expect(connexion.fermee).toBe(true)
  })

  test('APPEND in a mailbox that is full says OVERQUOTA', async () => {
    const connexion = await boiteOuverte(monde, 'archives.calendrier@medecins.bac.mssante.fr', 'dr-primidi')
    expect(await connexion.fin('APPEND INBOX {5+}\r\nabcde')).toMatch(/^NO \[OVERQUOTA\]/)
  })

  test('COPY and MOVE tell where messages went; a folder that is not there may be made', async () => {
    const connexion = await avec('Un', 'Deux', 'Trois')
    await monde.advance('PT1S')
    await connexion.dit('CREATE Rangés'.replace('é', '&AOk-'))
    const { uidValidity } = (await monde.world.store.get(dossiers, cleDossier(PRIMIDI, 'Rangés')))!
    expect(await connexion.fin('COPY 1:2 "Rang&AOk-s"')).toBe(`OK [COPYUID ${uidValidity} 1:2 1:2] Messages copies`)
    expect(await connexion.dit('UID MOVE 1,3 "Rang&AOk-s"')).toEqual([
      `* OK [COPYUID ${uidValidity} 1,3 3:4] Nouveaux UID`,
      '* 3 EXPUNGE',
      '* 1 EXPUNGE',
      '. OK Messages deplaces',
    ])
    expect(await connexion.fin('COPY 1 Absent')).toMatch(/^NO \[TRYCREATE\]/)
    expect(await connexion.dit('UID COPY 99 Trash')).toEqual(['. OK Messages copies'])
  })

  test('EXPUNGE removes what is marked, numbers told from the last; UID EXPUNGE only what it names; CLOSE says nothing', async () => {
    const connexion = await avec('1', '2', '3', '4', '5')
    await connexion.dit('STORE 2,3,5 +FLAGS.SILENT (\\Deleted)')
    expect(await connexion.dit('UID EXPUNGE 3:4')).toEqual(['* 3 EXPUNGE', '. OK Fait'])
    expect(await connexion.dit('EXPUNGE')).toEqual(['* 4 EXPUNGE', '* 2 EXPUNGE', '. OK Fait'])
    await connexion.dit('STORE 1 +FLAGS (\\Deleted)')
    expect(await connexion.dit('CLOSE')).toEqual(['. OK Dossier ferme'])
    expect(await connexion.dit('STATUS INBOX (MESSAGES)')).toContain('* STATUS INBOX (MESSAGES 1)')
    await connexion.dit('SELECT INBOX')
    await connexion.dit('STORE 1 +FLAGS (\\Deleted)')
    expect(await connexion.fin('UNSELECT')).toMatch(/^OK/)
    expect(await connexion.dit('STATUS INBOX (MESSAGES)')).toContain('* STATUS INBOX (MESSAGES 1)')
  })
})

describe('what others do', () => {
  const inbox = () => monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(PRIMIDI, 'INBOX')], limit: 100 })

  test('is told with the next answer, or at once in IDLE; numbers stay right', async () => {
    const connexion = await avec('1', '2', '3')
    const [, deux, trois] = await inbox()
    await monde.world.atomically(async (inside) => {
      await retirer(inside, deux!)
      await marquer(inside, trois!, ['\\Flagged'])
    })
    await poser('4')
    expect(await connexion.dit('NOOP')).toEqual(['* 2 EXPUNGE', '* 3 EXISTS', '* 1 RECENT', '* 2 FETCH (UID 3 FLAGS (\\Flagged))', '. OK Fait'])
    expect(await connexion.dit('IDLE')).toEqual(['+ En attente'])
    await poser('5')
    await new Promise((resolve) => setImmediate(resolve))
    expect(connexion.lignes()).toEqual(['* 4 EXISTS', '* 2 RECENT'])
    expect(await connexion.brut('DONE\r\n')).toEqual([expect.stringMatching(/^t\d+ OK Fait/)])
    await poser('6')
    expect(connexion.lignes()).toEqual([])
  })

  test('no departure is told while sequence numbers are being answered', async () => {
    const connexion = await avec('1', '2', '3')
    const [un] = await inbox()
    await monde.world.atomically((inside) => retirer(inside, un!))
    expect(await connexion.dit('FETCH 2 UID')).toEqual(['* 2 FETCH (UID 2)', '. OK Fait'])
    expect(await connexion.dit('FETCH 1 FLAGS')).toEqual(['. OK [EXPUNGEISSUED] Certains messages ont ete supprimes entre-temps'])
    expect(await connexion.dit('STORE 3 +FLAGS.SILENT (\\Seen)')).toEqual(['. OK Fait'])
    expect(await connexion.dit('UID FETCH 3 UID')).toEqual(['* 3 FETCH (UID 3)', '* 1 EXPUNGE', '. OK Fait'])
    expect(await connexion.dit('FETCH 2 UID')).toEqual(['* 2 FETCH (UID 3)', '. OK Fait'])
  })
})

test('a mailbox never shows what another holds, whatever name is asked for', async () => {
  await monde.world.atomically(async (inside) => void (await creerDossier(inside, DUODI, 'Privé')))
  const connexion = await ouverte()
  for (const nom of [`${DUODI}|INBOX`, `../${DUODI}/INBOX`, `"${DUODI}|Priv&AOk-"`, '"|"', '""'])
    expect(await connexion.fin(`SELECT ${nom}`)).toMatch(/^(?:NO|BAD)/)
})

test('waits for a client that reads slowly: what it has not taken is not written', async () => {
  await poser('Lourd', { corps: 'x'.repeat(100_000) })
  const connexion = await avec()
  await connexion.dit('COPY 1 INBOX')
  for (let n = 0; n < 6; n++) await connexion.dit('COPY 1:* INBOX')
  connexion.retenir()
  const fetch = connexion.brut('f FETCH 1:* BODY.PEEK[]\r\n')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(connexion.octetsRecus).toBeLessThan(200_000)
  connexion.relacher()
  expect((await fetch).at(-1)).toBe('f OK Fait')
})
