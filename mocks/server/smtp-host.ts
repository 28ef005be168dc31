/** Mail handed in on a real port: sockets and SMTP by `smtp-server`; what is accepted is the service's to say. */
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerAddress, type SMTPServerAuthentication, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { MAX_BODY } from '../kit/dispatch.ts'
import type { Message } from '../kit/message.ts'
import { Recording } from '../kit/recording.ts'
import type { SmtpAuth, SmtpIdentity, SmtpRefusal } from '../kit/smtp.ts'
import type { RunningWorld } from '../sandbox/running-world.ts'
import { type MailPortOptions, MAX_CONNECTIONS, type RunningPort, SUITES } from './mail-port.ts'

const MAX_RECIPIENTS = 100
/** Real milliseconds. */
const SILENCE = 60_000

interface Logged {
  readonly running: RunningWorld
  readonly identity: SmtpIdentity
}

/** @throws {Error} with `code: 'EADDRINUSE'` and the like; no service takes mail. */
export async function startSmtp({
  port,
  host = '127.0.0.1',
  sandbox,
  secureContextOptions,
  sansTls,
  onBug = sandbox.onBug,
}: MailPortOptions): Promise<RunningPort> {
  const service = sandbox.country.services.find(({ smtp }) => smtp)
  if (!service?.smtp) throw new Error('no service takes mail')
  const { name } = service
  const smtp = await service.smtp()
  /** OU of the certificate shown in each connection, by the id of its session. */
  const structures = new Map<string, string>()
  /** What the service refuses goes to the client; a mistake of ours is told as one to try again. */
  const answering = <Sent, Answer>(where: string, work: (sent: Sent, session: SMTPServerSession) => Promise<Answer>) =>
    callbackify(async (sent: Sent, session: SMTPServerSession) => {
      try {
        return await work(sent, session)
      } catch (error) {
        if (error instanceof Error && 'responseCode' in error) throw error
        onBug(error, `SMTP ${where}`)
        throw reply({ code: 451, status: '4.3.0', text: 'erreur interne du bac à sable, réessayez' })
      }
    })

  const server = new SMTPServer({
    banner: 'Bac a sante, simulation',
    ...secureContextOptions,
    name: 'localhost',
    heloResponse: '%s Bac a sante, %s',
    ...(secureContextOptions
      ? {
          requestCert: secureContextOptions.ca !== undefined,
          rejectUnauthorized: false,
          minVersion: 'TLSv1.2' as const,
          ciphers: SUITES,
          honorCipherOrder: true,
        }
      : {}),
    authMethods: ['XOAUTH2', 'PLAIN', 'LOGIN'],
    disabledCommands: secureContextOptions ? [] : ['STARTTLS'],
    allowInsecureAuth: sansTls === true || !secureContextOptions,
    hideENHANCEDSTATUSCODES: false,
    hideDSN: false,
    hideSMTPUTF8: true,
    disableReverseLookup: true,
    size: MAX_BODY,
    maxRecipients: MAX_RECIPIENTS,
    maxClients: MAX_CONNECTIONS,
    socketTimeout: SILENCE,
    closeTimeout: 1_000,
    logger: false,

    onSecure(socket: TLSSocket, session, done) {
      const { OU } = socket.authorized ? (socket.getPeerCertificate().subject ?? {}) : {}
      if (typeof OU === 'string' && OU !== '') structures.set(session.id, OU)
      done()
    },

    onClose: ({ id }) => void structures.delete(id),

    onAuth: answering('authentication', async (auth: SMTPServerAuthentication, session: SMTPServerSession) => {
      const logged = await login(auth, session)
      if (!('code' in logged)) return { user: logged }
      if (logged.token && auth.method === 'XOAUTH2') return { data: REFUSED_TOKEN }
      throw reply(logged)
    }),

    onMailFrom: answering('sender', async ({ address }: SMTPServerAddress, session: SMTPServerSession) => {
      const { running, identity } = loggedOf(session)
      const refusal = await smtp.sender(running.world, identity, address)
      if (refusal) throw reply(refusal)
    }),

    onRcptTo: answering('recipient', async ({ address }: SMTPServerAddress, session: SMTPServerSession) => {
      const refusal = await smtp.recipient(loggedOf(session).running.world, fromOf(session), address)
      if (refusal) throw reply(refusal)
    }),

    onData: answering('data', async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
      const octets = await read(stream)
      const answer = 'code' in octets ? octets : await submit(octets, session)
      if ('code' in answer) throw reply(answer)
      return answer.text
    }),
  })

  async function login(
    { method, username = '', password, accessToken, authzid = '' }: SMTPServerAuthentication,
    { id }: SMTPServerSession,
  ): Promise<Logged | SmtpRefusal> {
    if (method !== 'XOAUTH2' && method !== 'PLAIN' && method !== 'LOGIN') return { code: 504, status: '5.5.4', text: 'XOAUTH2 ou PLAIN' }
    const auth: SmtpAuth = {
      method,
      username,
      secret: accessToken ?? password ?? '',
      authzid: authzid === username ? '' : authzid,
      structure: structures.get(id),
    }
    const name = smtp.worldOf(auth)
    // A name that comes over the wire makes no new world.
    if (name !== 'default' && !(await sandbox.worlds()).some((known) => known.name === name))
      return { code: 535, status: '5.7.8', text: 'ce monde n’existe pas' }
    const running = await sandbox.open(name)
    const identity = await smtp.authenticate(running.world, auth)
    return 'code' in identity ? identity : { running, identity }
  }

  async function submit(octets: Uint8Array, session: SMTPServerSession): Promise<SmtpRefusal | { text: string }> {
    const { running, identity } = loggedOf(session)
    const { dsn, rcptTo } = session.envelope
    const from = fromOf(session)
    const recording = new Recording(
      asMessage(
        octets,
        from,
        rcptTo.map(({ address }) => address),
      ),
      name,
      running.now(),
      undefined,
    )
    const to = rcptTo.map(({ address, dsn: wanted }) => ({
      address,
      ...(wanted?.notify ? { notify: wanted.notify } : {}),
      ...(wanted?.orcpt === undefined ? {} : { orcpt: wanted.orcpt }),
    }))
    const answer = await smtp.message(running.world, identity, { from, to, ...(dsn?.envid ? { envid: dsn.envid } : {}) }, octets, recording)
    recording.writeTo(running.journal, {
      status: 'code' in answer ? answer.code : 250,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'code' in answer ? `${answer.code} ${answer.status} ${answer.text}` : `250 2.0.0 ${answer.text}`,
    })
    return answer
  }

  // Connections that break are their client's affair.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const loggedOf = ({ user }: SMTPServerSession): Logged => user as Logged

const fromOf = ({ envelope: { mailFrom } }: SMTPServerSession): string => (mailFrom ? mailFrom.address : '')

/** How a token is told to be refused, before 535. @see mssante.md §5.1 */
const REFUSED_TOKEN = { status: '401', schemes: 'bearer', scope: 'openid scope_all' }

const TOO_LARGE: SmtpRefusal = { code: 552, status: '5.3.4', text: `message de plus de ${MAX_BODY / 1_048_576} Mio` }

/** As the thread shows it: a request whose headers are the envelope. */
const asMessage = (octets: Uint8Array, from: string, to: readonly string[]): Message => ({
  method: 'SMTP',
  path: '/mssante/smtp',
  query: '',
  base: '',
  headers: { 'mail from': from, 'rcpt to': to.join(', '), 'content-type': 'message/rfc822' },
  body: octets,
})

const CUT: SmtpRefusal = { code: 451, status: '4.4.2', text: 'connexion interrompue avant la fin du message' }

/** The whole message; what is beyond the limit is read and dropped. */
async function read(stream: SMTPServerDataStream): Promise<Uint8Array | SmtpRefusal> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Uint8Array)
  } catch {
    return CUT
  }
  return stream.sizeExceeded ? TOO_LARGE : new Uint8Array(Buffer.concat(chunks))
}

function reply({ code, status, text }: SmtpRefusal): Error {
  return Object.assign(new Error(ascii(text)), { responseCode: withStatus(code, status) })
}

/**
 * The library writes its own enhanced code after a number it knows, and nothing after what it does not know: given both as one, ours is what
 * goes on the wire. `test/hosts/smtp.test.ts` holds it to that.
 */
const withStatus = (code: number, status: string): number => `${code} ${status}` as unknown as number

/** Replies are ASCII. @see RFC 5321 §4.2 */
const ascii = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘]/g, "'")
    .replace(/[«»]/g, '"')
    .replace(/[^\x20-\x7e]/g, '?')
