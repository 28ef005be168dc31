// The peer: the `soap` package serving the same interface from our WSDL, with a fixed answer and neither state, rules nor journal.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from 'soap'

const origin = process.argv[2]!
const folder = mkdtempSync(join(tmpdir(), 'bac-bench-'))

/** Copies the WSDL and the schemas it points to, so that the peer reads them from its own disk. */
async function copyInterface(): Promise<string> {
  const wsdl = await (await fetch(`${origin}/insi/lps?wsdl`)).text()
  const copied = new Map<string, string>()
  const copy = async (url: string): Promise<string> => {
    const known = copied.get(url)
    if (known) return known
    const name = `schema-${copied.size}.xsd`
    copied.set(url, name)
    let text = await (await fetch(url)).text()
    for (const [whole, location] of text.matchAll(/schemaLocation="([^"]+)"/g))
      text = text.replace(whole, `schemaLocation="${await copy(new URL(location!.replaceAll('&amp;', '&'), url).href)}"`)
    writeFileSync(join(folder, name), text)
    return name
  }
  let text = wsdl
  for (const [whole, location] of wsdl.matchAll(/schemaLocation="([^"]+)"/g))
    text = text.replace(whole, `schemaLocation="${await copy(new URL(location!.replaceAll('&amp;', '&'), `${origin}/insi/lps`).href)}"`)
  const path = join(folder, 'insi.wsdl')
  writeFileSync(path, text)
  return path
}

const found = {
  CR: { CodeCR: '00', LibelleCR: 'OK' },
  INDIVIDU: {
    INSACTIF: { IdIndividu: { NumIdentifiant: '2751263220749', Cle: '74' }, OID: '1.2.250.1.213.1.4.8' },
    TIQ: { NomNaissance: 'ADRUN', ListePrenom: 'ZOE', Sexe: 'F', DateNaissance: '1975-12-31', LieuNaissance: '63220' },
  },
}

const path = await copyInterface()
const { readFileSync } = await import('node:fs')
const wsdl = readFileSync(path, 'utf8')
const service = /<(?:\w+:)?service\s+name="([^"]+)"/.exec(wsdl)?.[1] ?? 'ICIR-v1'
const port = /<(?:\w+:)?port\s+(?:binding="[^"]*"\s+)?name="([^"]+)"/.exec(wsdl)?.[1] ?? 'ICIRService'

const server = createServer((_request, response) => {
  response.statusCode = 404
  response.end()
})
server.listen(0, '127.0.0.1', () => {
  listen(server, {
    path: '/insi/lps',
    services: { [service]: { [port]: { rechercherInsAvecTraitsIdentite: () => found, rechercherInsAvecCarteVitale: () => found } } },
    xml: wsdl,
    uri: path,
    forceSoap12Headers: true,
    callback: () => {
      const address = server.address()
      if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`)
    },
  })
})
