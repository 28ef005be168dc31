import { readFileSync } from 'node:fs'
import { castFor } from '../mocks/database/cast.ts'
import { depotDe, depotMtom, patientCx, vihfDe } from '../test/dmp.ts'

/** INSi search by traits with a CPx assertion, as a practice's software sends it. */
export const insiSearch = {
  headers: {
    'content-type': 'application/soap+xml; charset=utf-8; action="urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"',
  },
  body: readFileSync(new URL('./messages/insi-search.xml', import.meta.url)),
}

const PATIENT = castFor(Date.now()).patients.find(({ id }) => id === 'camille-floreal')!.personne
/** Same width each time, so that the bytes around it never move. */
const uniqueIdOf = (n: number) => `1.2.250.1.999.77.${1_000_000_000 + n}`

const template = writeDeposit()
const places = placesOf(template.body, uniqueIdOf(0))

/** TD2.1 of one document of 100 kB, as MTOM. */
export const depositHeaders = { 'content-type': template.contentType }
export const depositBytes = template.body.length

let count = 0

/** The same deposit under a uniqueId never used before. */
export function nextDeposit(): Buffer {
  const message = Buffer.from(template.body)
  const uniqueId = uniqueIdOf(++count)
  for (const place of places) message.write(uniqueId, place, 'latin1')
  return message
}

function writeDeposit() {
  const cx = patientCx(PATIENT)
  const depot = depotDe(cx, uniqueIdOf(0))
  const text = 'Compte rendu de consultation, ligne de mesure. '.repeat(3000).slice(0, 100_000)
  return depotMtom({ ...depot, contenu: new TextEncoder().encode(text) }, vihfDe(cx, { issueInstant: new Date().toISOString() }))
}

function placesOf(body: Uint8Array, text: string): number[] {
  const buffer = Buffer.from(body)
  const found: number[] = []
  for (let at = buffer.indexOf(text); at >= 0; at = buffer.indexOf(text, at + 1)) found.push(at)
  return found
}
