import { writeXml } from '#standards/xml/write.ts'
import type { Answer, Message } from '../../kit/message.ts'
import type { SchemaName } from './schema.ts'
import { SCHEMAS } from './schemas.ts'
import { INTERFACE_INSI, INTERFACE_VERIFICATION, writeWsdl } from './wsdl.ts'

const XML = { 'content-type': 'text/xml; charset=utf-8' }

/**
 * `GET /insi/lps`: `?wsdl` the official interface, `?wsdl=bac-a-sable` the verifications, `?xsd=<name>` a schema. Addresses are built on the
 * origin and prefixes that the caller used, so that a generated client comes back to the same world.
 */
export function decrire({ base, path, query }: Message): Answer {
  const address = base + path
  const locate = (name: SchemaName) => `${address}?xsd=${name}`
  const [key = '', value = ''] = query.split('&', 1)[0]!.split('=')
  if (key.toLowerCase() === 'wsdl' && (value === '' || value === 'bac-a-sable'))
    return found(writeWsdl(value === '' ? INTERFACE_INSI : INTERFACE_VERIFICATION, address, locate))
  if (key.toLowerCase() === 'xsd' && Object.hasOwn(SCHEMAS, value)) return found(SCHEMAS[value as SchemaName][1](locate))
  return {
    status: query === '' ? 405 : 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...(query === '' && { allow: 'POST' }) },
    body:
      'Téléservice INSi simulé. Les opérations se demandent par POST en SOAP 1.2.\n' +
      `Définition : ${address}?wsdl (interface officielle), ${address}?wsdl=bac-a-sable (vérifications, forme propre au bac à sable).\n` +
      `Schémas : ${address}?xsd=${Object.keys(SCHEMAS).join(', ')}.\n`,
  }
}

const found = (document: Parameters<typeof writeXml>[0]): Answer => ({ status: 200, headers: XML, body: writeXml(document, { declaration: true }) })
