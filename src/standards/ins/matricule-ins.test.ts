import { assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleAdmise, cleConforme, cleMatricule, estMatricule, formatMatricule, readCx, readMatriculeIns, writeCx } from './matricule-ins.ts'
import { OID_INS } from './oids.ts'

const two = (n: number) => String(n).padStart(2, '0')
const three = (n: number) => String(n).padStart(3, '0')
const matricules = tuple(
  constantFrom('1', '2'),
  integer({ min: 0, max: 99 }).map(two),
  integer({ min: 1, max: 12 }).map(two),
  constantFrom('01', '63', '2A', '2B', '99'),
  integer({ min: 1, max: 999 }).map(three),
  integer({ min: 1, max: 999 }).map(three),
).map((parts) => parts.join(''))

describe('key of a matricule', () => {
  test('INS-CLE : la clé se calcule modulo 97, 2A valant 19 et 2B valant 18', () => {
    for (const [matricule, cle] of [
      ['2751263220749', '74'],
      ['297022A020778', '78'],
      ['160012B020777', '13'],
      ['180032B020401', '23'],
      ['1090763220888', '35'],
      ['2790351215189', '89'],
    ] as const)
      expect(cleMatricule(matricule)).toBe(cle)
  })

  test('INS-CLE : la clé va de 01 à 97, et deux chiffres changés ou échangés la changent', () => {
    assert(
      property(matricules, (matricule) => {
        const cle = cleMatricule(matricule)
        expect(cle).toMatch(/^\d\d$/)
        expect(Number(cle)).toBeGreaterThanOrEqual(1)
        expect(Number(cle)).toBeLessThanOrEqual(97)
        const last = matricule.slice(0, 12) + String((Number(matricule[12]) + 1) % 10)
        expect(cleConforme(last, cle)).toBe(false)
      }),
    )
  })

  test('INS-CLE : avec sa clé, un matricule écrit en nombre est multiple de 97', () => {
    assert(
      property(matricules, (matricule) => {
        const n = BigInt(matricule.replace('2A', '19').replace('2B', '18'))
        expect((n + BigInt(cleMatricule(matricule))) % 97n).toBe(0n)
      }),
    )
  })

  test('INS-CLE-PUBLIEE : les clés de HERMANN sont admises telles que publiées, pour ses seuls matricules', () => {
    expect(cleConforme('1810363220456', '60')).toBe(false)
    expect(cleAdmise('1810363220456', '60')).toBe(true)
    expect(cleAdmise('2810363220456', '10')).toBe(true)
    expect(cleAdmise('1810363220457', '60')).toBe(false)
  })

  test('a text of another shape has no key', () => {
    for (const text of ['', '5751263220749', '275126322074', '27512632207490', '275122C220749', '２751263220749'])
      expect(() => cleMatricule(text)).toThrow(RangeError)
  })
})

describe('reading a matricule', () => {
  test('13 or 15 characters are read, spaces and case forgiven', () => {
    expect(readMatriculeIns('2 75 12 63 220 749 74')).toEqual({ matricule: '2751263220749', cle: '74' })
    expect(readMatriculeIns('297022a020778')).toEqual({ matricule: '297022A020778', cle: '' })
    expect(readMatriculeIns('181036322045660')).toEqual({ matricule: '1810363220456', cle: '60' })
  })

  test('what is displayed reads back', () => {
    assert(
      property(matricules, (matricule) => {
        const lu = { matricule, cle: cleMatricule(matricule) }
        expect(readMatriculeIns(formatMatricule(lu))).toEqual(lu)
      }),
    )
  })

  test('a wrong shape and a wrong key are refused with their reason', () => {
    expect(readMatriculeIns('275126322074975')).toMatchObject({ refused: 'cle' })
    expect(readMatriculeIns('27512632207497')).toMatchObject({ refused: 'forme' })
    expect(readMatriculeIns('constructor')).toMatchObject({ refused: 'forme' })
    assert(property(string(), (text) => void readMatriculeIns(text)))
  })
})

describe('the INS as a CX', () => {
  test('writes and reads back any INS', () => {
    assert(
      property(matricules, constantFrom(...Object.values(OID_INS)), (matricule, oid) => {
        const ins = { matricule, cle: cleMatricule(matricule), oid }
        expect(writeCx(ins)).toBe(`${matricule}${ins.cle}^^^&${oid}&ISO^NH`)
        expect(readCx(writeCx(ins))).toEqual(ins)
      }),
    )
  })

  test('INS-OID : un CX sans OID d’INS, sans clé ou sans forme est refusé', () => {
    expect(readCx('275126322074974^^^&1.2.250.1.213.1.4.2&ISO^NH')).toMatchObject({ refused: 'oid' })
    expect(readCx('2751263220749^^^&1.2.250.1.213.1.4.8&ISO^NH')).toMatchObject({ refused: 'forme' })
    expect(readCx('275126322074975^^^&1.2.250.1.213.1.4.8&ISO^NH')).toMatchObject({ refused: 'cle' })
    expect(readCx('275126322074974')).toMatchObject({ refused: 'forme' })
    expect(readCx('275126322074974^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS^^20220101')).toMatchObject({ matricule: '2751263220749' })
  })

  test('estMatricule refuses a lower case or unknown département letter', () => {
    expect(estMatricule('297022a020778')).toBe(false)
    expect(estMatricule('297022C020778')).toBe(false)
  })
})
