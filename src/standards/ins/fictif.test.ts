import { describe, expect, test } from 'vitest'
import { estMatriculeFictif, estMatriculePublie, estMatriculeReserve } from './fictif.ts'
import { OID_INS } from './oids.ts'

const NIR = OID_INS['INS-NIR']
const TEST = OID_INS['INS-NIR-TEST']
const unknown = '1850575123456'

describe('nobody’s matricule', () => {
  test('SANDBOX-FICTIF-SEULEMENT : sous un OID réel, seules passent les identités publiées et la plage réservée 979', () => {
    expect(estMatriculeFictif({ matricule: '2751263220749', oid: NIR })).toBe(true)
    expect(estMatriculeFictif({ matricule: '275126322074974', oid: NIR })).toBe(true)
    expect(estMatriculeFictif({ matricule: '1090763220888', oid: OID_INS['INS-NIA'] })).toBe(true)
    expect(estMatriculeFictif({ matricule: '1850597912345', oid: NIR })).toBe(true)
    expect(estMatriculeFictif({ matricule: unknown, oid: NIR })).toBe(false)
    expect(estMatriculeFictif({ matricule: unknown, oid: OID_INS['INS-NIA'] })).toBe(false)
  })

  test('SANDBOX-FICTIF-SEULEMENT : sous les OID de test et de démonstration, tout matricule bien formé passe', () => {
    expect(estMatriculeFictif({ matricule: unknown, oid: TEST })).toBe(true)
    expect(estMatriculeFictif({ matricule: unknown, oid: OID_INS['INS-NIR-DEMO'] })).toBe(true)
    expect(estMatriculeFictif({ matricule: '18505', oid: TEST })).toBe(false)
  })

  test('SANDBOX-FICTIF-SEULEMENT : un OID inconnu ou vide ne rend rien fictif', () => {
    for (const oid of ['', '1.2.250.1.213.1.4.2', '1.2.250.1.213.1.4.80']) expect(estMatriculeFictif({ matricule: '2751263220749', oid })).toBe(false)
  })

  test('the reserved range is the place of birth 979xx, wherever else 979 appears', () => {
    expect(estMatriculeReserve('1850597901234')).toBe(true)
    expect(estMatriculeReserve('1979797801234')).toBe(false)
    expect(estMatriculeReserve('979')).toBe(false)
    expect(estMatriculePublie('181036322045660')).toBe(true)
  })
})
