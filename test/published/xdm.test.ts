import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { estRefusXdm, lireXdm } from '#standards/mssante/xdm/lire-xdm.ts'

const DATA = new URL('../../../shared/specs/data/mssante/skeletons-own/IHE_XDM.ZIP', import.meta.url)

test('an archive put together by others, with an imaging report, is read', async () => {
  const lot = await lireXdm(new Uint8Array(readFileSync(DATA)))
  if (estRefusXdm(lot)) throw new Error(lot.texte)
  expect(lot.patient).toMatchObject({
    matriculeIns: '279035121518989',
    oid: '1.2.250.1.213.1.4.10',
    nomNaissance: 'PAT-TROIS',
    dateNaissance: '1979-03-28',
    sexe: 'F',
  })
  expect(lot.documents.map(({ type, auteur }) => [type.code, auteur])).toEqual([['18748-4', 'Thomas Eric']])
})
