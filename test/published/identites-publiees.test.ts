import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { IDENTITES_PUBLIEES } from '#mocks/database/official-identities.ts'
import { NOTIFICATIONS } from '#mocks/mes/notifications.ts'

const DATA = new URL('../../../shared/specs/data/', import.meta.url)
const lire = async <T>(name: string): Promise<T> => JSON.parse(await readFile(new URL(name, DATA), 'utf8')) as T

interface Ins {
  matricule: string
  cle: string
  oid: string
  dateDeb?: string | null
  dateFin?: string | null
}

interface Publiee {
  id: string
  nomNaissance: string
  listePrenom: string
  sexe: string
  dateNaissance: string
  lieuNaissance: string | null
  ins: Ins | null
  historique: Ins[]
}

const seulement = ({ matricule, cle, oid, dateDeb, dateFin }: Ins) => ({
  matricule,
  cle,
  oid,
  ...(dateDeb ? { dateDeb } : {}),
  ...(dateFin ? { dateFin } : {}),
})

test('les identités de test sont celles publiées, bizarreries comprises', async () => {
  const { identities } = await lire<{ identities: Publiee[] }>('insi-test-identities.json')
  expect(identities).toHaveLength(18)
  for (const publiee of identities) {
    const notre = IDENTITES_PUBLIEES.find(({ id }) => id === publiee.id)
    const { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } = publiee
    expect(notre?.traits).toEqual({ nomNaissance, listePrenom, sexe, dateNaissance, ...(lieuNaissance ? { lieuNaissance } : {}) })
    const { ins, historique } = notre?.personne ?? { ins: undefined, historique: [] }
    // Where nothing is published, the register holds nobody or a matricule of ours, which says so.
    expect(publiee.ins ? ins : notre?.invente).toEqual(publiee.ins ? seulement(publiee.ins) : notre?.personne && true)
    expect(historique).toEqual(publiee.historique.map(seulement))
  }
})

test('les codes de notification sont ceux de l’application publiée', async () => {
  const { notification_codes: codes } = await lire<{ notification_codes: [string, string][] }>('mes-functional-codes.json')
  expect(codes.map(([code]) => code)).toEqual(expect.arrayContaining(Object.keys(NOTIFICATIONS)))
})
