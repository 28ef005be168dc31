import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lireCourriel } from '#standards/mssante/courriel/lire-courriel.ts'
import { boitesDe, readEntete, valeursDe } from '#standards/mime/entetes.ts'
import type { RunningPort } from '../../mocks/server/mail-port.ts'
import { startSmtp } from '../../mocks/server/smtp-host.ts'
import { autoriteDeTest } from '../certificats.ts'
import { Comptoir, lignes, type Monde, type Reponse } from '../conversation-rows.ts'
import { jetonPour } from '../jetons.ts'
import { createTestWorld, type TestWorld } from '../world.ts'

let bac: TestWorld
let smtp: RunningPort
let ca: string

beforeAll(async () => {
  bac = await createTestWorld()
  const autorite = await autoriteDeTest()
  ca = autorite.ca
  smtp = await startSmtp({ port: 0, sandbox: bac.sandbox, secureContextOptions: { ...autorite.serveur, ca } })
})
afterAll(async () => {
  await smtp.stop()
  await bac.close()
})

const ENVOI = /^\/mssante\/api\/boites\/([^/]+)\/messages$/

/** As on HTTP, but what a professional sends goes by SMTP: what did not arrive is read in the report that comes back. */
function monde(nom: string): Monde {
  const jeton = async (identifiant: string) => await jetonPour(await bac.sandbox.open(nom), identifiant)

  const appeler: Monde['appeler'] = async (method, chemin, { headers = {}, body = '' } = {}) => {
    const boite = ENVOI.exec(chemin)?.[1]
    if (method === 'POST' && boite && body instanceof Uint8Array) return await envoyer(boite, body, headers)
    const { status, text } = await bac.send(method, `/w/${nom}${chemin}`, { headers, body })
    return { status, text, json: text.startsWith('{') ? JSON.parse(text) : {} }
  }

  const avis = async (boite: string, headers: Record<string, string>): Promise<{ id: string; rapport?: string }[]> =>
    (await appeler('GET', `/mssante/api/boites/${boite}/messages?dossier=INBOX`, { headers })).json.messages.filter(
      ({ rapport }: { rapport?: string }) => rapport === 'delivery-status',
    )

  async function envoyer(boite: string, octets: Uint8Array, headers: Record<string, string>): Promise<Reponse> {
    const entete = readEntete(octets)
    const to = ['To', 'Cc'].flatMap((champ) => valeursDe(entete, champ).flatMap(boitesDe)).map(({ adresse }) => adresse)
    const avant = new Set((await avis(boite, headers)).map(({ id }) => id))
    const transport = createTransport({
      host: 'localhost',
      port: smtp.port,
      requireTLS: true,
      tls: { ca },
      auth: { type: 'OAuth2', user: boite, accessToken: headers['Authorization']!.slice('Bearer '.length) },
    })
    try {
      await transport.sendMail({ envelope: { from: boite, to }, raw: Buffer.from(octets) })
    } finally {
      transport.close()
    }
    // Operators do not file what was sent: the software does.
    await bac.send('POST', `/w/${nom}/mssante/api/boites/${boite}/dossiers/Sent/messages`, { headers, body: octets })
    const nonRemis: { adresse: string; smtp: string }[] = []
    for (const { id } of await avis(boite, headers)) {
      if (avant.has(id)) continue
      const source = await bac.send('GET', `/w/${nom}/mssante/api/boites/${boite}/messages/${id}`, { headers })
      const { rapport } = await lireCourriel(source.bytes)
      nonRemis.push(...rapport!.destinataires.map(({ adresse, diagnostic }) => ({ adresse, smtp: /\d{3} \d\.\d\.\d/.exec(diagnostic)?.[0] ?? '' })))
    }
    const json = { remis: to.filter((adresse) => nonRemis.every((un) => un.adresse !== adresse)), nonRemis }
    return { status: 202, json, text: JSON.stringify(json) }
  }

  // oxlint-disable-next-line no-standalone-expect -- called by the rows, inside their test
  return { appeler, jeton, attendre: (vu, attendu) => expect(vu).toEqual(attendu) }
}

describe('la conversation avec un patient (mssante.md §4.3), écrite par SMTP', () => {
  test.each(lignes.map((ligne, rang) => ({ ...ligne, rang })))('$titre', async ({ rang, jouer }) => {
    expect.hasAssertions()
    await jouer(new Comptoir(monde(`smtp-${rang}`)))
  })
})
