import { readFileSync } from 'node:fs'

/** INSi search by traits with a CPx assertion, as a practice's software sends it. */
export const insiSearch = {
  headers: {
    'content-type': 'application/soap+xml; charset=utf-8; action="urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"',
  },
  body: readFileSync(new URL('./messages/insi-search.xml', import.meta.url)),
}
