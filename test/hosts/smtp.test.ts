import { createConnection, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { createTransport } from 'nodemailer'
import { ImapFlow } from 'imapflow'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { boites, cleDossier, messages } from '../../mocks/mssante/store.ts'
import { startImap } from '../../mocks/server/imap-host.ts'
import type { MailPortOptions, RunningPort } from '../../mocks/server/mail-port.ts'
import { startSmtp } from '../../mocks/server/smtp-host.ts'
import { autoriteDeTest } from '../certificats.ts'
import { identifiantDe } from '../imap.ts'
import { jetonPour } from '../jetons.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'
const COMPTES_RENDUS = 'comptes-rendus@solstice.bac.mssante.fr'

let monde: TestWorld
let smtp: RunningPort
const bugs: unknown[] = []
const autorite = autoriteDeTest()

const ecouter = async (options: Partial<MailPortOptions> = {}) => {
  const { ca, serveur } = await autorite
  smtp = await startSmtp({
    port: 0,
    sandbox: monde.sandbox,
    secureContextOptions: { ...serveur, ca },
    onBug: (error) => bugs.push(error),
    ...options,
  })
}

beforeEach(async () => {
  monde = await createTestWorld()
  await ecouter()
})
afterEach(async () => {
  await smtp.stop()
  await monde.close()
  if (bugs.length > 0) throw bugs.splice(0)[0]
})

const jetonDe = async (id: string) => await jetonPour(monde, await identifiantDe(monde, id))

/** nodemailer, as it is published. */
async function envoyer(courrier: Parameters<ReturnType<typeof createTransport>['sendMail']>[0], options: Record<string, unknown> = {}) {
  const { ca } = await autorite
  const transport = createTransport({
    host: 'localhost',
    port: smtp.port,
    requireTLS: true,
    tls: { ca },
    auth: { type: 'OAuth2', user: PRIMIDI, accessToken: await jetonDe('dr-primidi') },
    ...options,
  })
  try {
    return await transport.sendMail(courrier)
  } finally {
    transport.close()
  }
}

const lettre = { from: `Dr Claire PRIMIDI <${PRIMIDI}>`, to: DUODI, subject: 'Avis demandé', text: 'Bonjour.' }

const recus = async (adresse: string) =>
  await monde.world.store.range(messages, { index: 'parUid', equals: [cleDossier(adresse, 'INBOX')], limit: 100 })

/** Words of the protocol, said one after the other; `null` goes to TLS. */
class Mots {
  #socket: Socket | TLSSocket
  #recu = ''
  #reveil = () => {}

  constructor(port: number) {
    this.#socket = createConnection({ port, host: '127.0.0.1' })
    this.#entendre()
  }

  #entendre() {
    this.#socket.on('error', () => {})
    this.#socket.on('data', (octets: Buffer) => {
      this.#recu += octets.toString('latin1')
      this.#reveil()
    })
    this.#socket.on('close', () => this.#reveil())
  }

  /** The next whole reply. */
  async reponse(): Promise<string> {
    for (;;) {
      const fin = /(?:^|\r\n)\d{3}(?: [^\r\n]*)?\r\n/.exec(this.#recu)
      if (fin) {
        const bout = fin.index + fin[0].length
        const lue = this.#recu.slice(0, bout)
        this.#recu = this.#recu.slice(bout)
        return lue.trim()
      }
      if (this.#socket.destroyed) return ''
      await new Promise<void>((resolve) => (this.#reveil = resolve))
    }
  }

  async dit(ligne: string): Promise<string> {
    this.#socket.write(`${ligne}\r\n`, 'latin1')
    return await this.reponse()
  }

  ecrit(octets: string) {
    this.#socket.write(octets, 'latin1')
  }

  async tls(options: object = {}): Promise<void> {
    const brut = this.#socket
    brut.removeAllListeners('data')
    const { ca } = await autorite
    this.#socket = connectTls({ socket: brut, ca, servername: 'localhost', ...options })
    this.#entendre()
    await new Promise<void>((resolve, reject) => this.#socket.once('secureConnect', resolve).once('error', reject).once('close', reject))
  }

  fermer() {
    this.#socket.destroy()
  }
}

const xoauth2 = (adresse: string, jeton: string) => Buffer.from(`user=${adresse}\x01auth=Bearer ${jeton}\x01\x01`).toString('base64')
const plain = (adresse: string, secret: string, pour = '') => Buffer.from(`${pour}\0${adresse}\0${secret}`).toString('base64')

async function connecter(): Promise<Mots> {
  const mots = new Mots(smtp.port)
  await mots.reponse()
  await mots.dit('EHLO logiciel.test')
  await mots.dit('STARTTLS')
  await mots.tls()
  await mots.dit('EHLO logiciel.test')
  return mots
}

async function ouvrir(): Promise<Mots> {
  const mots = await connecter()
  expect(await mots.dit(`AUTH XOAUTH2 ${xoauth2(PRIMIDI, await jetonDe('dr-primidi'))}`)).toMatch(/^235 /)
  return mots
}

describe('nodemailer, as it is published, over STARTTLS', () => {
  test('MSS-SMTP-XOAUTH2 : un jeton Pro Santé Connect ouvre l’envoi, et le message est dans la boîte du confrère', async () => {
    const { accepted, response } = await envoyer(lettre)
    expect(accepted).toEqual([DUODI])
    expect(response).toMatch(/^250 /)
    const [recu] = await recus(DUODI)
    expect(recu!.entete).toMatchObject({ objet: 'Avis demandé', de: [{ nom: 'Dr Claire PRIMIDI', adresse: PRIMIDI }] })
    expect(await monde.lastExchange()).toMatchObject({ outcome: 'accepté', service: 'mssante' })
  })

  test('un message par SMTP est aussitôt chez le patient, sa réponse arrive par IMAP IDLE', async () => {
    const { profils } = (await monde.send('GET', '/mes/api/profils')).json<{ profils: { nomAffiche: string; matriculeIns: string }[] }>()
    const { matriculeIns } = profils.find((un) => un.nomAffiche === 'Alix NIVÔSE') ?? profils[0]!
    await envoyer({ ...lettre, to: `${matriculeIns.toLowerCase()}@patient.mssante.fr`, subject: 'Vos résultats' })
    const fils = (await monde.send('GET', `/mes/api/profils/${matriculeIns}/messagerie/conversations`)).json<{
      conversations: { id: string; objet: string }[]
    }>()
    const fil = fils.conversations.find(({ objet }) => objet === 'Vos résultats')
    expect(fil).toBeDefined()

    const { ca, serveur } = await autorite
    const imap = await startImap({ port: 0, sandbox: monde.sandbox, secureContextOptions: { ...serveur, ca }, onBug: (error) => bugs.push(error) })
    const flow = new ImapFlow({
      host: 'localhost',
      port: imap.port,
      secure: false,
      doSTARTTLS: true,
      tls: { ca },
      auth: { user: PRIMIDI, accessToken: await jetonDe('dr-primidi') },
      logger: false,
    })
    try {
      await flow.connect()
      const { exists } = await flow.mailboxOpen('INBOX')
      const arrive = new Promise<number>((resolve) => flow.on('exists', ({ count }: { count: number }) => resolve(count)))
      void flow.idle()
      const reponse = await monde.send('POST', `/mes/api/profils/${matriculeIns}/messagerie/conversations/${fil!.id}/reponses`, {
        body: { texte: 'Merci docteur.' },
      })
      expect(reponse.status).toBeLessThan(300)
      expect(await arrive).toBe(exists + 1)
    } finally {
      flow.close()
      await imap.stop()
    }
  })

  test('MSS-SMTP-APP-PLAIN : une boîte applicative envoie par PLAIN et le certificat de sa structure, d’une autorité connue', async () => {
    const { structure } = (await monde.world.store.get(boites, COMPTES_RENDUS))!
    const { ca, structure: certificat } = await autorite
    const app = { ...lettre, from: COMPTES_RENDUS }
    const auth = { user: COMPTES_RENDUS, pass: 'peu-importe' }
    expect((await envoyer(app, { auth, tls: { ca, ...(await certificat(structure)) } })).accepted).toEqual([DUODI])
    await expect(envoyer(app, { auth, tls: { ca } })).rejects.toMatchObject({ responseCode: 535 })
    await expect(envoyer(app, { auth, tls: { ca, ...(await certificat('1979000010')) } })).rejects.toMatchObject({ responseCode: 535 })
    const inconnue = await autoriteDeTest()
    await expect(envoyer(app, { auth, tls: { ca, ...(await inconnue.structure(structure)) } })).rejects.toMatchObject({ responseCode: 535 })
  })

  test('MSS-SMTP-JETON-MOT-DE-PASSE : le jeton vaut mot de passe tant que le réglage l’admet', async () => {
    const pass = await jetonDe('dr-primidi')
    const auth = { user: PRIMIDI, pass }
    expect((await envoyer(lettre, { auth })).accepted).toEqual([DUODI])
    expect((await envoyer(lettre, { auth, authMethod: 'LOGIN' })).accepted).toEqual([DUODI])
    await monde.send('PATCH', '/_sandbox/settings', { body: { 'MSS-SMTP-JETON-MOT-DE-PASSE': false } })
    await expect(envoyer(lettre, { auth })).rejects.toMatchObject({ responseCode: 535 })
  })

  test('MSS-BAL-TITULAIRE, MSS-EXPEDITEUR-PROPRE : ni la boîte, ni le nom d’un autre', async () => {
    const accessToken = await jetonDe('dr-primidi')
    await expect(envoyer(lettre, { auth: { type: 'OAuth2', user: DUODI, accessToken } })).rejects.toThrow(/535 5\.7\.8 cette boite/)
    await expect(envoyer({ ...lettre, from: DUODI })).rejects.toThrow(/550 5\.7\.1/)
    await expect(envoyer({ ...lettre, envelope: { from: PRIMIDI, to: DUODI }, from: DUODI })).rejects.toThrow(/550 5\.7\.1 le champ From/)
    expect(await recus(DUODI)).toEqual([])
  })

  test('MSS-HORS-ESPACE, MSS-LISTE-BLANCHE : le refus est dit à RCPT ; les autres destinataires reçoivent', async () => {
    await expect(envoyer({ ...lettre, to: 'quelquun@courriel.example' })).rejects.toThrow(/550 5\.7\.1/)
    const { accepted, rejected } = await envoyer({ ...lettre, to: [DUODI, 'quelquun@hors-liste.bac.mssante.fr'] })
    expect([accepted, rejected]).toEqual([[DUODI], ['quelquun@hors-liste.bac.mssante.fr']])
    expect(await recus(DUODI)).toHaveLength(1)
  })

  test('MSS-TAILLE : au-delà de ce que porte l’opérateur, 552 et rien n’est gardé', async () => {
    await expect(envoyer({ ...lettre, attachments: [{ filename: 'lourd.bin', content: Buffer.alloc(8_000_000, 7) }] })).rejects.toThrow(/552 5\.3\.4/)
    expect(await recus(DUODI)).toEqual([])
  })

  test('MSS-NON-REMIS : une boîte inconnue d’un autre opérateur revient en avis, avec l’ENVID et l’ORCPT demandés', async () => {
    const personne = 'personne@decade.bac.mssante.fr'
    await envoyer({ ...lettre, to: personne, dsn: { id: 'envoi-42', return: 'headers', notify: ['failure'], recipient: personne } })
    const [avis] = await recus(PRIMIDI)
    expect(avis!.entete.rapport).toBe('delivery-status')
    const token = await jetonDe('dr-primidi')
    const { text: source } = await monde.send('GET', `/mssante/api/boites/${PRIMIDI}/messages/${avis!.id}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(source).toMatch(/Original-Envelope-Id: envoi-42/)
    expect(source).toMatch(/Original-Recipient: rfc822;\s*personne@/)
  })
})

describe('word by word', () => {
  test('MSS-SMTP-STARTTLS : avant TLS, STARTTLS est proposé et AUTH refusé ; TLS 1.1 et les autres suites échouent', async () => {
    const mots = new Mots(smtp.port)
    expect(await mots.reponse()).toMatch(/^220 /)
    const offert = await mots.dit('EHLO logiciel.test')
    expect(offert).toContain('STARTTLS')
    expect(await mots.dit(`AUTH XOAUTH2 ${xoauth2(PRIMIDI, await jetonDe('dr-primidi'))}`)).toMatch(/^538 /)
    mots.fermer()
    for (const options of [
      { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA' },
    ]) {
      const autre = new Mots(smtp.port)
      await autre.reponse()
      await autre.dit('EHLO logiciel.test')
      await autre.dit('STARTTLS')
      await expect(autre.tls(options)).rejects.toBeDefined()
      autre.fermer()
    }
  })

  test('MSS-SMTP-XOAUTH2 : avec la commande ou après une invite ; refusé par un motif en base64, puis 535', async () => {
    const mots = await connecter()
    expect(await mots.dit('AUTH XOAUTH2')).toMatch(/^334/)
    expect(await mots.dit(xoauth2(PRIMIDI, await jetonDe('dr-primidi')))).toMatch(/^235 /)
    mots.fermer()
    const expire = await jetonDe('dr-primidi')
    await monde.advance('PT10M')
    for (const jeton of ['inconnu', expire]) {
      const refuse = await connecter()
      const motif = await refuse.dit(`AUTH XOAUTH2 ${xoauth2(PRIMIDI, jeton)}`)
      expect(JSON.parse(Buffer.from(motif.slice(4), 'base64').toString())).toEqual({ status: '401', schemes: 'bearer', scope: 'openid scope_all' })
      expect(await refuse.dit('')).toMatch(/^535 5\.7\.8 /)
      expect(await refuse.dit(`MAIL FROM:<${PRIMIDI}>`)).toMatch(/^530 /)
      refuse.fermer()
    }
  })

  test('MSS-SMTP-EXPIRATION : sur une connexion restée ouverte, le jeton expiré n’envoie plus', async () => {
    const mots = await ouvrir()
    expect(await mots.dit(`MAIL FROM:<${PRIMIDI}>`)).toMatch(/^250 /)
    await mots.dit('RSET')
    await monde.advance('PT10M')
    expect(await mots.dit(`MAIL FROM:<${PRIMIDI}>`)).toMatch(/^530 5\.7\.0 le jeton/)
    mots.fermer()
  })

  test('MSS-SMTP-MONDE : un jeton d’un autre monde envoie dans ce monde ; un monde inconnu n’est pas créé', async () => {
    const atelier = await monde.sandbox.open('atelier')
    const jeton = await jetonPour(atelier, await identifiantDe(monde, 'dr-primidi'))
    await envoyer(lettre, { auth: { type: 'OAuth2', user: PRIMIDI, accessToken: jeton } })
    expect(await recus(DUODI)).toEqual([])
    expect(await atelier.world.store.range(messages, { index: 'parUid', equals: [cleDossier(DUODI, 'INBOX')], limit: 10 })).toHaveLength(1)
    const { structure } = (await monde.world.store.get(boites, COMPTES_RENDUS))!
    const { ca, structure: certificat } = await autorite
    const mots = new Mots(smtp.port)
    await mots.reponse()
    await mots.dit('EHLO logiciel.test')
    await mots.dit('STARTTLS')
    await mots.tls({ ca, ...(await certificat(structure)) })
    await mots.dit('EHLO logiciel.test')
    expect(await mots.dit(`AUTH PLAIN ${plain(COMPTES_RENDUS, 'x', 'inconnu')}`)).toMatch(/^535 5\.7\.8 ce monde/)
    expect(await mots.dit(`AUTH PLAIN ${plain(COMPTES_RENDUS, 'x', 'atelier')}`)).toMatch(/^235 /)
    mots.fermer()
    expect((await monde.sandbox.worlds()).map(({ name }) => name)).not.toContain('inconnu')
  })

  test('what is said in clear after STARTTLS is forgotten; a line end of another kind ends nothing', async () => {
    const mots = new Mots(smtp.port)
    await mots.reponse()
    await mots.dit('EHLO logiciel.test')
    mots.ecrit(`STARTTLS\r\nMAIL FROM:<${PRIMIDI}>\r\n`)
    expect(await mots.reponse()).toMatch(/^220 /)
    await mots.tls().then(
      async () => expect(await mots.dit('RCPT TO:<x@y.z>')).toMatch(/^5/),
      () => {},
    )
    mots.fermer()

    for (const fin of ['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n']) {
      const ouvert = await ouvrir()
      await ouvert.dit(`MAIL FROM:<${PRIMIDI}>`)
      await ouvert.dit(`RCPT TO:<${DUODI}>`)
      await ouvert.dit('DATA')
      ouvert.ecrit(
        `From: ${PRIMIDI}\r\nSubject: un seul\r\n\r\nBonjour${fin}MAIL FROM:<${DUODI}>\r\nRCPT TO:<${PRIMIDI}>\r\nDATA\r\nFrom: ${DUODI}\r\n\r\nfaux\r\n.\r\n`,
      )
      await ouvert.reponse()
      ouvert.fermer()
    }
    expect(await recus(PRIMIDI)).toEqual([])
    for (const { entete } of await recus(DUODI)) expect(entete.de).toEqual([{ nom: '', adresse: PRIMIDI }])
  })

  test('too many recipients, long lines, an address that is none: refused, and the connection goes on', async () => {
    const mots = await ouvrir()
    await mots.dit(`MAIL FROM:<${PRIMIDI}>`)
    expect(await mots.dit('RCPT TO:<pas une adresse>')).toMatch(/^5/)
    expect(await mots.dit(`RCPT TO:<${'a'.repeat(400)}@medecins.bac.mssante.fr>`)).toMatch(/^(?:250|5)/)
    for (let n = 0; n < 100; n++) await mots.dit(`RCPT TO:<absent-${n}@decade.bac.mssante.fr>`)
    expect(await mots.dit(`RCPT TO:<${DUODI}>`)).toMatch(/^452 4\.5\.3 /)
    expect(await mots.dit('RSET')).toMatch(/^250 /)
    expect(await mots.dit(`MAIL FROM:<${PRIMIDI}> SIZE=99000000`)).toMatch(/^552 /)
    expect(await mots.dit(`MAIL FROM:<${PRIMIDI}>`)).toMatch(/^250 /)
    expect(await mots.dit('DATA')).toMatch(/^5/)
    mots.fermer()
  })

  test('MSS-SMTP-ACCEPTE : la panne du dépôt n’est pas dite acceptée, et ne fait pas tomber le serveur', async () => {
    const mots = await ouvrir()
    await mots.dit(`MAIL FROM:<${PRIMIDI}>`)
    await mots.dit(`RCPT TO:<${DUODI}>`)
    await mots.dit('DATA')
    mots.fermer()
    expect((await envoyer(lettre)).accepted).toEqual([DUODI])
    expect(await recus(DUODI)).toHaveLength(1)
  })
})
