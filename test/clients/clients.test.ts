import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Bac } from '../bac.ts'

/**
 * Mail softwares as Debian and Python ship them, unmodified, against `serve`: XOAUTH2 with a Pro Santé Connect token, the token as a password
 * for those that know no XOAUTH2, a certificate for a mailbox of a software.
 */

const PRIMIDI = { adresse: 'claire.primidi@medecins.bac.mssante.fr', identifiant: '899700979001' }
const DUODI = { adresse: 'bastien.duodi@medecins.bac.mssante.fr', identifiant: '899700979002' }
const COMPTES_RENDUS = 'comptes-rendus@solstice.bac.mssante.fr'

let bac: Bac
const dossier = mkdtempSync(join(tmpdir(), 'bac-clients-'))
beforeAll(async () => {
  bac = await Bac.start()
})
afterAll(async () => {
  await bac.stop()
  rmSync(dossier, { recursive: true, force: true })
})

/** Runs a program; its standard output. @throws {Error} with what it said when it fails. */
function lancer(programme: string, args: readonly string[], { input, env = {} }: { input?: string; env?: Record<string, string> } = {}): string {
  const { status, stdout, stderr, error } = spawnSync(programme, args, {
    encoding: 'utf8',
    timeout: 60_000,
    cwd: dossier,
    env: { ...process.env, ...env },
    ...(input === undefined ? {} : { input }),
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${programme} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout + stderr
}

const fichier = (nom: string, contenu: string): string => {
  const chemin = join(dossier, nom)
  writeFileSync(chemin, contenu, { mode: 0o700 })
  return chemin
}

const lettre = (objet: string, de = PRIMIDI.adresse, a = DUODI.adresse) =>
  `From: <${de}>\r\nTo: <${a}>\r\nSubject: ${objet}\r\nDate: ${new Date().toUTCString()}\r\nMessage-ID: <${objet.replaceAll(/\W/g, '')}@logiciel.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, ${objet}.\r\n`

/** Subjects of the folder, as the HTTP interface shows them. */
async function objets({ adresse, identifiant }: typeof PRIMIDI, nom = 'INBOX'): Promise<string[]> {
  const reponse = await fetch(`${bac.origin}/mssante/api/boites/${adresse}/messages?dossier=${nom}`, {
    headers: { Authorization: `Bearer ${await bac.token(identifiant)}` },
  })
  const { messages } = (await reponse.json()) as { messages: { objet: string }[] }
  return messages.map(({ objet }) => objet)
}

describe('curl', () => {
  const curl = async ({ adresse, identifiant }: typeof PRIMIDI, url: string, ...args: string[]) =>
    lancer('curl', [
      '--silent',
      '--show-error',
      '--ssl-reqd',
      '--cacert',
      bac.ca,
      '--user',
      adresse,
      '--oauth2-bearer',
      await bac.token(identifiant),
      '--url',
      url,
      ...args,
    ])

  test('hands a message in by SMTP, and reads it by IMAP', async () => {
    const courrier = fichier('curl.eml', lettre('Essai avec curl'))
    await curl(PRIMIDI, `smtp://localhost:${bac.smtp}`, '--mail-from', PRIMIDI.adresse, '--mail-rcpt', DUODI.adresse, '--upload-file', courrier)
    const trouves = await curl(DUODI, `imap://localhost:${bac.imap}/INBOX`, '--request', 'UID SEARCH SUBJECT "avec curl"')
    const uid = /SEARCH (\d+)/.exec(trouves)![1]!
    expect(await curl(DUODI, `imap://localhost:${bac.imap}/INBOX;UID=${uid}`)).toContain('Bonjour, Essai avec curl.')
    expect(await curl(DUODI, `imap://localhost:${bac.imap}/`)).toMatch(/\* LIST \(.*\\Sent.*\) "\/" "?Sent/)
  })

  test('puts a message in a folder', async () => {
    await curl(PRIMIDI, `imap://localhost:${bac.imap}/Sent`, '--upload-file', fichier('envoye.eml', lettre('Rangé par curl')))
    expect(await objets(PRIMIDI, 'Sent')).toContain('Rangé par curl')
  })

  test('is told that somebody else’s mailbox does not open', async () => {
    const dAutrui = { adresse: DUODI.adresse, identifiant: PRIMIDI.identifiant }
    // 67: « the user name, password, or similar was not accepted ».
    await expect(curl(dAutrui, `imap://localhost:${bac.imap}/INBOX`)).rejects.toThrow(/curl ended with 67/)
  })
})

describe('swaks', () => {
  const base = () => ['--server', 'localhost', '--port', String(bac.smtp), '--tls', '--tls-verify', '--tls-ca-path', bac.ca]

  test('sends with the token as a password: it knows no XOAUTH2', async () => {
    const dit = lancer('swaks', [
      ...base(),
      '--auth',
      'PLAIN',
      '--auth-user',
      PRIMIDI.adresse,
      '--auth-password',
      await bac.token(PRIMIDI.identifiant),
      '--from',
      PRIMIDI.adresse,
      '--to',
      DUODI.adresse,
      '--header',
      'Subject: Essai avec swaks',
    ])
    expect(dit).toMatch(/250 2\.6\.0/)
    expect(await objets(DUODI)).toContain('Essai avec swaks')
  })

  test('sends from a mailbox of a software, with the certificate of its structure', async () => {
    lancer('swaks', [
      ...base(),
      '--tls-cert',
      bac.structure.cert,
      '--tls-key',
      bac.structure.key,
      '--auth',
      'PLAIN',
      '--auth-user',
      COMPTES_RENDUS,
      '--auth-password',
      'peu-importe',
      '--from',
      COMPTES_RENDUS,
      '--to',
      DUODI.adresse,
      '--header',
      'Subject: Compte rendu par swaks',
    ])
    expect(await objets(DUODI)).toContain('Compte rendu par swaks')
  })

  test('is refused outside of the trust space', async () => {
    const { status, stdout } = spawnSync(
      'swaks',
      [
        ...base(),
        '--auth',
        'LOGIN',
        '--auth-user',
        PRIMIDI.adresse,
        '--auth-password',
        await bac.token(PRIMIDI.identifiant),
        '--from',
        PRIMIDI.adresse,
        '--to',
        'quelquun@courriel.example',
      ],
      { encoding: 'utf8', timeout: 60_000 },
    )
    expect(status).toBe(24)
    expect(stdout).toMatch(/550 5\.7\.1/)
  })
})

test('mbsync keeps a Maildir in step, both ways', async () => {
  const boite = join(dossier, 'maildir')
  mkdirSync(boite)
  await envoyerParHttp('Avant mbsync')
  const rc = fichier(
    'mbsyncrc',
    `IMAPAccount mss
Host localhost
Port ${bac.imap}
User ${DUODI.adresse}
PassCmd "cat ${fichier('jeton', await bac.token(DUODI.identifiant))}"
SSLType STARTTLS
CertificateFile ${bac.ca}
AuthMechs PLAIN

IMAPStore loin
Account mss

MaildirStore ici
Path ${boite}/
Inbox ${boite}/INBOX
SubFolders Verbatim

Channel tout
Far :loin:
Near :ici:
Patterns INBOX Sent
Create Near
Expunge Both
SyncState *
`,
  )
  const mbsync = () => lancer('mbsync', ['--config', rc, '--all'], { env: { HOME: dossier } })
  mbsync()
  const recus = () => ['new', 'cur'].flatMap((ou) => readdirSync(join(boite, 'INBOX', ou)).map((nom) => join(boite, 'INBOX', ou, nom)))
  expect(
    recus()
      .map((chemin) => readFileSync(chemin, 'utf8'))
      .join('\n'),
  ).toContain('Avant mbsync')
  const nombre = recus().length
  writeFileSync(join(boite, 'Sent', 'new', '1.ici'), lettre('Écrit sur le poste', DUODI.adresse, PRIMIDI.adresse).replaceAll('\r\n', '\n'))
  rmSync(recus()[0]!)
  await envoyerParHttp('Après mbsync')
  mbsync()
  expect(await objets(DUODI, 'Sent')).toContain('Écrit sur le poste')
  expect(recus()).toHaveLength(nombre)
  expect(await objets(DUODI)).toHaveLength(nombre)
})

test('mutt reads with XOAUTH2 and sends', async () => {
  const jeton = fichier('jeton.sh', `#!/bin/sh\nprintf %s '${await bac.token(PRIMIDI.identifiant)}'\n`)
  const copie = join(dossier, 'copie')
  await envoyerParHttp('Lu par mutt', DUODI, PRIMIDI)
  const commun = `set ssl_starttls=yes
set ssl_force_tls=yes
set ssl_ca_certificates_file="${bac.ca}"
set certificate_file="${bac.ca}"
set from="${PRIMIDI.adresse}"
set envelope_from=yes
set use_from=yes
set smtp_url="smtp://${PRIMIDI.adresse.replace('@', '%40')}@localhost:${bac.smtp}"
set smtp_authenticators="xoauth2"
set smtp_oauth_refresh_command="${jeton}"
set imap_user="${PRIMIDI.adresse}"
set imap_authenticators="xoauth2"
set imap_oauth_refresh_command="${jeton}"
set folder="imap://localhost:${bac.imap}/"
set record="imap://localhost:${bac.imap}/Sent"
set copy=yes
set confirmappend=no
set confirmcreate=no
set delete=no
set header_cache=""
set mbox_type=Maildir
set timeout=5
`
  const rc = fichier('muttrc', commun)
  lancer('mutt', ['-n', '-F', rc, '-s', 'Essai avec mutt', '--', DUODI.adresse], { input: 'Bonjour.\n', env: { HOME: dossier } })
  expect(await objets(DUODI)).toContain('Essai avec mutt')
  expect(await objets(PRIMIDI, 'Sent')).toContain('Essai avec mutt')
  // mutt reads on a terminal only: `script` is one.
  const lecture = fichier('muttrc-lecture', `${commun}push "<search>Lu par mutt<enter><copy-message>${copie}<enter><quit>"\n`)
  lancer('script', ['-qec', `mutt -n -F ${lecture} -f imap://localhost:${bac.imap}/INBOX`, '/dev/null'], { env: { HOME: dossier, TERM: 'xterm' } })
  const copies = ['new', 'cur'].flatMap((ou) => readdirSync(join(copie, ou)).map((nom) => readFileSync(join(copie, ou, nom), 'utf8')))
  expect(copies.join('\n')).toContain('Subject: Lu par mutt')
})

test('Python’s smtplib and imaplib, XOAUTH2 with and without an initial response', async () => {
  const programme = fichier('essai.py', PYTHON)
  const dit = lancer('python3', [
    programme,
    String(bac.smtp),
    String(bac.imap),
    bac.ca,
    PRIMIDI.adresse,
    await bac.token(PRIMIDI.identifiant),
    DUODI.adresse,
    await bac.token(DUODI.identifiant),
  ])
  expect(dit.trim().split('\n')).toEqual(['sent', 'read', 'flagged', 'moved', 'refused 535'])
})

const PYTHON = `
import imaplib, smtplib, ssl, sys, time
smtp_port, imap_port, ca, sender, token, receiver, receiver_token = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
xoauth2 = lambda user, bearer: f"user={user}\\x01auth=Bearer {bearer}\\x01\\x01"

for initial in (True, False):
    with smtplib.SMTP("localhost", int(smtp_port)) as smtp:
        smtp.starttls(context=context)
        smtp.ehlo()
        smtp.auth("XOAUTH2", lambda challenge=None: xoauth2(sender, token), initial_response_ok=initial)
        smtp.sendmail(sender, [receiver], f"From: {sender}\\r\\nTo: {receiver}\\r\\nSubject: Python {initial}\\r\\n\\r\\n.point\\r\\nBonjour\\r\\n")
print("sent")

imap = imaplib.IMAP4("localhost", int(imap_port))
imap.starttls(context)
imap.authenticate("XOAUTH2", lambda challenge: xoauth2(receiver, receiver_token).encode())
imap.select("INBOX")
_, [found] = imap.uid("SEARCH", None, "SUBJECT", '"Python True"')
uid = found.split()[-1]
_, data = imap.uid("FETCH", uid, "(FLAGS BODY[])")
assert b"\\r\\n.point\\r\\nBonjour" in data[0][1], data
print("read")
imap.uid("STORE", uid, "+FLAGS", "(\\\\Flagged)")
_, [found] = imap.uid("SEARCH", None, "FLAGGED")
assert uid in found.split(), found
print("flagged")
imap.create("Essais")
imap.uid("COPY", uid, "Essais")
imap.uid("STORE", uid, "+FLAGS", "(\\\\Deleted)")
imap.expunge()
imap.append("Essais", "(\\\\Seen)", imaplib.Time2Internaldate(time.time()), b"From: <a@medecins.bac.mssante.fr>\\r\\nSubject: Depose\\r\\n\\r\\nTexte\\r\\n")
_, [count] = imap.select("Essais")
assert int(count) == 2, count
imap.close()
imap.logout()
print("moved")

with smtplib.SMTP("localhost", int(smtp_port)) as smtp:
    smtp.starttls(context=context)
    smtp.ehlo()
    try:
        smtp.auth("XOAUTH2", lambda challenge=None: xoauth2(sender, "faux") if challenge is None else "")
    except smtplib.SMTPAuthenticationError as error:
        print("refused", error.smtp_code)
`

/** Through the HTTP interface. */
async function envoyerParHttp(objet: string, de = PRIMIDI, a = DUODI): Promise<void> {
  const reponse = await fetch(`${bac.origin}/mssante/api/boites/${de.adresse}/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await bac.token(de.identifiant)}`, 'Content-Type': 'message/rfc822' },
    body: lettre(objet, de.adresse, a.adresse),
  })
  if (!reponse.ok) throw new Error(await reponse.text())
}
