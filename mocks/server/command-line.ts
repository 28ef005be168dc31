import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readInstant } from '../kit/instant.ts'
import type { RunningServer } from '../server.ts'

const HELP = `Bac à santé — simulation des services nationaux de santé (données fictives)

  bac-a-sante serve [options]   joue les services sur un port HTTP, avec l’application sur /
      --port <n>      8080 ; 0 : n’importe quel port libre
      --host <nom>    127.0.0.1 ; 0.0.0.0 ouvre le serveur au réseau
      --smtp-port <n> 2525 ; envoi de messages MSSanté (0, ou --port 0 : n’importe quel port libre)
      --imap-port <n> 1143 ; lecture des boîtes MSSanté
      --no-mail       sans ces deux ports
      --date <date>   heure simulée du début : 2026-11-23 ou 2026-11-23T09:00:00+01:00
      --seed <n>      1 ; même graine, mêmes octets
      --data <dossier> garde les mondes sur disque ; sans elle, ils finissent avec le programme
      --no-app        sans l’application
  bac-a-sante page [options]    sert l’application seule : les services tournent dans la page
      --port <n>      4173
      --host <nom>    127.0.0.1
  bac-a-sante --help            cette aide

Plays the French national e-health services on an HTTP port (serve), or serves the app that plays them in the page (page).
`

/** Of the longest title. */
const WIDTH = 51

/** Above 1024: no special right is needed. */
const SMTP_PORT = 2525
const IMAP_PORT = 1143

const APP = join(dirname(fileURLToPath(import.meta.url)), '../../dist')

/** A mistake of the person at the keyboard, told in one sentence. */
class UsageError extends Error {}

/**
 * Runs one command until it is asked to stop (SIGINT, SIGTERM).
 * @returns the exit status: 0, 1 when it cannot run, 2 when the command makes no sense.
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = readArguments(args)
    const [command, ...rest] = positionals
    if (values.help || (command === undefined && args.length === 0)) {
      console.log(HELP)
      return 0
    }
    if (rest.length > 0) throw new UsageError(`« ${rest[0]} » est de trop.`)
    if (command === 'serve') return await serve(values)
    if (command === 'page') return await page(values)
    throw new UsageError(command === undefined ? 'Il manque la commande : serve ou page.' : `« ${command} » n’est pas une commande : serve ou page.`)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\nAide / help : bac-a-sante --help`)
      return 2
    }
    console.error(explain(error))
    return 1
  }
}

type Values = ReturnType<typeof readArguments>['values']

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        host: { type: 'string' },
        'smtp-port': { type: 'string' },
        'imap-port': { type: 'string' },
        'no-mail': { type: 'boolean' },
        date: { type: 'string' },
        seed: { type: 'string' },
        data: { type: 'string' },
        'no-app': { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > most) throw new UsageError(`--${name} attend un entier de 0 à ${most}, pas « ${text} ».`)
  return value
}

async function serve({ port, host, date, seed, data, 'no-app': noApp, 'no-mail': noMail, ...values }: Values): Promise<number> {
  const listening = wholeNumber('port', port, 8080, 65_535)
  if (noMail && (values['smtp-port'] ?? values['imap-port']) !== undefined)
    throw new UsageError('--no-mail ferme les ports de messagerie : il ne va pas avec --smtp-port ni --imap-port.')
  const mail = noMail
    ? undefined
    : {
        // Who leaves the choice of one port to the machine leaves it the others.
        smtpPort: wholeNumber('smtp-port', values['smtp-port'], listening === 0 ? 0 : SMTP_PORT, 65_535),
        imapPort: wholeNumber('imap-port', values['imap-port'], listening === 0 ? 0 : IMAP_PORT, 65_535),
      }
  const time = date === undefined ? undefined : readInstant(date)
  if (date !== undefined && time === undefined) throw new UsageError(`--date attend une date ISO 8601 (2026-11-23), pas « ${date} ».`)
  const stop = stopAsked()
  const { startServer } = await import('../server.ts')
  const server = await startServer({
    port: listening,
    seed: wholeNumber('seed', seed, 1, 2 ** 32 - 1),
    ...(host !== undefined && { host }),
    ...(time !== undefined && { date: time }),
    ...(data !== undefined && { data }),
    ...(!noApp && { app: APP }),
  })
  await endpoints(server.origin, server.sandbox.country.services, server.app)
  try {
    if (mail) print(mailLines(await server.openMail(mail), host))
  } catch (error) {
    await server.stop()
    throw error
  }
  if (!noApp && !server.app) console.log('Application : pas encore construite (npm run build), les services répondent sans elle.')
  if (host !== undefined) console.log('Attention : ouvert au réseau par --host. Données fictives seulement.')
  await stop
  await server.stop()
  return 0
}

interface Listed {
  readonly title: string
  readonly routes: readonly { readonly path: string }[]
  readonly entrances?: readonly string[]
}

/** One line for each, once the server has really answered. */
async function endpoints(origin: string, services: readonly Listed[], app: boolean): Promise<void> {
  const health = await fetch(`${origin}/_sandbox/health`)
  if (!health.ok) throw new Error(`the server answers ${health.status}`)
  const lines: [string, string][] = app ? [['Application', `${origin}/`]] : []
  for (const { title, routes, entrances = [...new Set(routes.map(({ path }) => common(path)))] } of services)
    for (const path of entrances) lines.push([title, origin + path])
  lines.push(['Pilotage du bac à sable', `${origin}/_sandbox`])
  print(lines)
}

const print = (lines: readonly [string, string][]): void => {
  for (const [title, where] of lines) console.log(`${title.padEnd(WIDTH)}  ${where}`)
}

function mailLines(mail: Awaited<ReturnType<RunningServer['openMail']>>, host = '127.0.0.1'): [string, string][] {
  const { smtp, imap, tls } = mail
  return [
    ['MSSanté — envoi (SMTP, STARTTLS)', `${host}:${smtp}`],
    ['MSSanté — lecture (IMAP, STARTTLS)', `${host}:${imap}`],
    ['MSSanté — autorité fictive des certificats', tls.caFile],
    ...[...tls.organisations].map(([id, { certFile }]): [string, string] => [`MSSanté — certificat de ${id}`, certFile]),
  ]
}

/** A path up to its first parameter, three segments at most for JSON interfaces. */
function common(path: string): string {
  const fixed = path.replace(/\/\{.*$/, '')
  return fixed.startsWith('/mes/') || fixed.startsWith('/annuaire/') ? fixed.split('/').slice(0, 3).join('/') : fixed
}

async function page({ port, host }: Values): Promise<number> {
  if (!existsSync(join(APP, 'index.html'))) throw new UsageError('L’application n’est pas construite : npm run build (ou npm start, qui le fait).')
  const stop = stopAsked()
  const { startPage } = await import('./page-server.ts')
  const server = await startPage({ port: wholeNumber('port', port, 4173, 65_535), app: APP, ...(host !== undefined && { host }) })
  console.log(`Bac à santé : ${server.origin}/`)
  await stop
  await server.stop()
  return 0
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}

function explain(error: unknown): string {
  const { code, port, message } = error as { code?: string; port?: number; message?: string }
  if (code === 'EADDRINUSE')
    return `Le port ${port} est déjà pris : fermez l’autre programme ou choisissez un autre port (--port, --smtp-port, --imap-port). (Port ${port} is in use.)`
  if (code === 'EACCES')
    return `Pas le droit d’ouvrir le port ${port} ou ce dossier : choisissez un port au-dessus de 1024, un dossier à vous. (Permission denied.)`
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return 'Cette machine n’a pas l’adresse donnée par --host. (No such address here.)'
  if (/database is locked/.test(message ?? '')) return 'Le dossier --data est déjà utilisé par un autre serveur. (The data folder is in use.)'
  return `Le bac à sable n’a pas pu démarrer : ${message ?? String(error)}`
}
