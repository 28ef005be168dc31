import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { CdaN1 } from '../../cda/cda.ts'
import { sha1 } from '../../xds/sha1.ts'
import { ecrireXdm } from './ecrire-xdm.ts'
import { estRefusXdm, lireXdm, type LotXdm, type RefusXdm } from './lire-xdm.ts'
import { LOT, objetXdm } from './xdm.ts'

const cda = (change: Partial<CdaN1> = {}): CdaN1 => ({
  id: '1.2.250.1.999.1.1.7.5.1',
  setId: '1.2.250.1.999.1.1.7.6.1',
  version: 1,
  type: { code: '11502-2', codeSystem: '2.16.840.1.113883.6.1', displayName: 'CR d’examens biologiques' },
  titre: 'Bilan lipidique',
  redigeLe: Date.UTC(2026, 10, 23, 8),
  patient: {
    matriculeIns: '288047508012345',
    oid: '1.2.250.1.213.1.4.10',
    nomNaissance: 'FLOREAL',
    listePrenom: 'CAMILLE ANNE',
    sexe: 'F',
    dateNaissance: '1988-04-12',
    lieuNaissance: '75112',
  },
  auteur: {
    id: '899700979005',
    nom: 'QUINTIDI',
    prenom: 'Paul',
    specialite: { code: 'G15_10/SM03', codeSystem: '1.2.250.1.213.1.1.4.5', displayName: 'Médecin - Biologie médicale' },
    structure: { id: '397900000400011', nom: 'Laboratoire des Quatre Saisons' },
  },
  lieuExercice: { code: 'SA25', codeSystem: '1.2.250.1.71.4.2.4' },
  cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
  corps: { mediaType: 'text/plain', bytes: strToU8('Cholestérol total : 1,82 g/L') },
  ...change,
})

const envoi = (...documents: { cda: CdaN1; supprime?: boolean }[]) =>
  ecrireXdm({
    uniqueId: '1.2.250.1.999.1.1.7.4.1',
    sourceId: '1.2.250.1.999.1.1.7',
    titre: 'Résultats',
    envoyeLe: Date.UTC(2026, 10, 23, 9),
    documents,
  })

const lu = async (octets: Uint8Array): Promise<LotXdm> => {
  const lot = await lireXdm(octets)
  if (estRefusXdm(lot)) throw new Error(lot.texte)
  return lot
}
const refus = async (octets: Uint8Array): Promise<RefusXdm> => {
  const lot = await lireXdm(octets)
  if (!estRefusXdm(lot)) throw new Error('read')
  return lot
}

/** The archive, its files changed. */
async function avec(changer: (fichiers: Record<string, Uint8Array>) => void, octets?: Uint8Array): Promise<Uint8Array> {
  const fichiers = unzipSync(octets ?? (await envoi({ cda: cda() })))
  changer(fichiers)
  return zipSync(fichiers)
}

/** METADATA.XML with its words changed. */
const avecMetadata = (de: string | RegExp, vers: string, octets?: Uint8Array): Promise<Uint8Array> =>
  avec((fichiers) => {
    const texte = new TextDecoder().decode(fichiers[`${LOT}METADATA.XML`])
    const change = texte.replace(de, vers)
    if (change === texte) throw new Error(`${String(de)} is not there`)
    fichiers[`${LOT}METADATA.XML`] = strToU8(change)
  }, octets)

describe('IHE_XDM.ZIP', () => {
  test('is written with its tree, and read back: patient, author, type, bytes', async () => {
    const octets = await envoi({ cda: cda() }, { cda: cda({ id: '1.2.250.1.999.1.1.7.5.2', titre: 'Ionogramme' }) })
    expect(Object.keys(unzipSync(octets))).toEqual(['INDEX.HTM', 'README.TXT', `${LOT}METADATA.XML`, `${LOT}DOC0001.XML`, `${LOT}DOC0002.XML`])
    const { patient, documents, titre } = await lu(octets)
    expect(titre).toBe('Résultats')
    expect(patient).toEqual({
      matriculeIns: '288047508012345',
      oid: '1.2.250.1.213.1.4.10',
      nomNaissance: 'FLOREAL',
      premierPrenom: 'CAMILLE',
      listePrenom: 'CAMILLE ANNE',
      sexe: 'F',
      dateNaissance: '1988-04-12',
      lieuNaissance: '75112',
    })
    expect(documents.map(({ titre: un, uniqueId, version, remplace, supprime }) => [un, uniqueId, version, remplace, supprime])).toEqual([
      ['Bilan lipidique', '1.2.250.1.999.1.1.7.5.1', 1, '', false],
      ['Ionogramme', '1.2.250.1.999.1.1.7.5.2', 1, '', false],
    ])
    expect(documents[0]).toMatchObject({
      type: { code: '11502-2', libelle: 'CR d’examens biologiques' },
      auteur: 'Paul QUINTIDI',
      structure: { nom: 'Laboratoire des Quatre Saisons', id: '397900000400011' },
      redigeLe: Date.UTC(2026, 10, 23, 8),
    })
    expect(new TextDecoder().decode(documents[0]!.octets)).toContain('<ClinicalDocument')
    expect(await envoi({ cda: cda() })).toEqual(await envoi({ cda: cda() }))
  })

  test('says which version takes the place of which, and that a document is withdrawn', async () => {
    const remplace = await lu(await envoi({ cda: cda({ id: '1.2.250.1.999.1.1.7.5.3', version: 2, remplace: '1.2.250.1.999.1.1.7.5.1' }) }))
    expect(remplace.documents[0]).toMatchObject({ version: 2, remplace: '1.2.250.1.999.1.1.7.5.1', supprime: false })
    expect((await lu(await envoi({ cda: cda(), supprime: true }))).documents[0]!.supprime).toBe(true)
  })

  test('is of one patient: neither written nor read otherwise', async () => {
    const autre = cda({ id: '1.2.250.1.999.1.1.7.5.9', patient: { ...cda().patient, matriculeIns: '188047508012345' } })
    await expect(envoi({ cda: cda() }, { cda: autre })).rejects.toThrow(RangeError)
    expect(await refus(await avecMetadata('288047508012345^^^', '188047508012345^^^'))).toMatchObject({
      code: 906,
      texte: expect.stringContaining('plusieurs patients'),
    })
    expect(await refus(await avecMetadata(/288047508012345\^\^\^/g, '188047508012345^^^'))).toMatchObject({
      code: 906,
      texte: expect.stringContaining('autre patient'),
    })
    expect(await refus(await avecMetadata(/288047508012345\^\^\^/g, '^^^'))).toMatchObject({ code: 903 })
  })

  test('is read whatever the case of its names', async () => {
    const octets = await avec((fichiers) => {
      for (const nom of Object.keys(fichiers)) {
        fichiers[nom.toLowerCase()] = fichiers[nom]!
        delete fichiers[nom]
      }
    })
    expect((await lu(octets)).documents).toHaveLength(1)
  })

  test('carries what METADATA.XML announces: size, hash, name, and nothing missing', async () => {
    expect((await refus(await avecMetadata('DOC0001.XML', 'DOC0002.XML'))).texte).toContain('n’est pas dans l’archive')
    expect((await refus(await avecMetadata('DOC0001.XML', '../../README.TXT'))).texte).toContain('n’est pas dans l’archive')
    const corps = `${LOT}DOC0001.XML`
    const autre = await avec((fichiers) => (fichiers[corps] = strToU8(new TextDecoder().decode(fichiers[corps]).replace('1,82', '2,82'))))
    // The body is base64: nothing of it changed above; the header is.
    expect(estRefusXdm(await lireXdm(autre))).toBe(false)
    const titre = await avec((fichiers) => (fichiers[corps] = strToU8(new TextDecoder().decode(fichiers[corps]).replace('Bilan', 'Bilam'))))
    expect((await refus(titre)).texte).toContain('empreinte')
    const plus = await avec((fichiers) => (fichiers[corps] = strToU8(`${new TextDecoder().decode(fichiers[corps])} `)))
    expect((await refus(plus)).texte).toContain('taille')
    expect((await refus(await avec((fichiers) => delete fichiers[`${LOT}METADATA.XML`]))).texte).toContain('METADATA.XML')
    expect((await refus(await avec((fichiers) => (fichiers['IHE_XDM/SUBSET02/METADATA.XML'] = strToU8('<x/>'))))).texte).toContain('plusieurs lots')
    expect((await refus(await avec((fichiers) => (fichiers[`${LOT}METADATA.XML`] = strToU8('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'))))).code).toBe(
      906,
    )
    expect((await refus(await avec((fichiers) => (fichiers[`${LOT}METADATA.XML`] = strToU8('<x/>'))))).texte).toContain('SubmitObjectsRequest')
  })

  test('a document is itself: another uniqueId, a body that is none, are refused', async () => {
    const corps = `${LOT}DOC0001.XML`
    const octets = await envoi({ cda: cda() })
    const change = async (de: string, vers: string) => {
      const fichiers = unzipSync(octets)
      const texte = new TextDecoder().decode(fichiers[corps]).replace(de, vers)
      const hash = await sha1(strToU8(texte))
      fichiers[corps] = strToU8(texte)
      fichiers[`${LOT}METADATA.XML`] = strToU8(
        new TextDecoder()
          .decode(fichiers[`${LOT}METADATA.XML`])
          .replace(/[0-9a-f]{40}/, hash)
          .replace(/(<rim:Slot name="size"><rim:ValueList><rim:Value>)\d+/, `$1${strToU8(texte).length}`),
      )
      return await lireXdm(zipSync(fichiers))
    }
    expect(await change('1.2.250.1.999.1.1.7.5.1', '1.2.250.1.999.1.1.7.5.7')).toMatchObject({
      code: 906,
      texte: expect.stringContaining('identifiant'),
    })
    expect(await change('representation="B64">', 'representation="B64">@@')).toMatchObject({ code: 906 })
    expect(await change('</ClinicalDocument>', '')).toMatchObject({ code: 906 })
  })

  test('the subject of the mail says the document, the person and the birth date', () => {
    expect(objetXdm('CR d’examens', { nom: 'FLOREAL', prenom: 'CAMILLE', dateNaissance: '1988-04-12' })).toBe(
      'XDM/1.0/DDM+CR d’examens FLOREAL CAMILLE 12/04/1988',
    )
  })
})

describe('hostile archives', () => {
  test('a bomb is not inflated: what is announced is bounded, what is not announced is not made', async () => {
    const bombe = await avec((fichiers) => (fichiers['IHE_XDM/SUBSET01/GROS.BIN'] = new Uint8Array(30_000_000)))
    expect(bombe.length).toBeLessThan(100_000)
    expect((await refus(bombe)).texte).toContain('octets')
    // The same, which says that it is small.
    const menteuse = Uint8Array.from(bombe)
    const vue = new DataView(menteuse.buffer)
    for (let at = 0; at < menteuse.length - 4; at++) if (vue.getUint32(at, true) === 30_000_000) vue.setUint32(at, 10, true)
    expect((await refus(menteuse)).texte).toContain('annonce')
    const beaucoup = await avec((fichiers) => {
      for (let n = 0; n < 300; n++) fichiers[`F${n}`] = strToU8('x')
    })
    expect((await refus(beaucoup)).texte).toContain('304 fichiers')
  })

  test('an archive within the archive stays shut', async () => {
    const dedans = zipSync({ 'a.bin': new Uint8Array(20_000_000) })
    expect(estRefusXdm(await lireXdm(await avec((fichiers) => (fichiers[`${LOT}AUTRE.ZIP`] = dedans))))).toBe(false)
  })

  test.each(['../METADATA.XML', '/etc/passwd', 'IHE_XDM\\SUBSET01\\METADATA.XML', 'C:METADATA.XML', 'a\u0000b', 'a/../../b'])(
    'the name %j is refused',
    async (nom) => {
      expect((await refus(await avec((fichiers) => (fichiers[nom] = strToU8('x'))))).code).toBe(906)
    },
  )

  test('the same name twice, in another case, is refused', async () => {
    expect((await refus(await avec((fichiers) => (fichiers['ihe_xdm/subset01/metadata.xml'] = strToU8('x'))))).texte).toContain('deux fois')
  })

  test('an encrypted archive, a truncated one, and what is no archive', async () => {
    const octets = await envoi({ cda: cda() })
    const chiffree = Uint8Array.from(octets)
    const vue = new DataView(chiffree.buffer)
    for (let at = 0; at < chiffree.length - 4; at++) if (vue.getUint32(at, true) === 0x02014b50) vue.setUint16(at + 8, 1, true)
    expect((await refus(chiffree)).texte).toContain('chiffrée')
    expect((await refus(octets.subarray(0, octets.length - 30))).texte).toContain('zip')
    expect((await refus(new Uint8Array(0))).texte).toContain('zip')
    expect((await refus(strToU8('%PDF-1.4'))).texte).toContain('zip')
  })

  test('two thousand mutated archives are read or refused, and never throw', async () => {
    const octets = await envoi({ cda: cda() })
    let lus = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(octets.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat(octets.length)),
        async (changes, fin) => {
          const mutes = Uint8Array.from(fin === null ? octets : octets.subarray(0, fin))
          for (const [at, octet] of changes) if (at < mutes.length) mutes[at] = octet
          const lot = await lireXdm(mutes)
          if (!estRefusXdm(lot)) lus += 1
          expect(estRefusXdm(lot) ? lot.texte : lot.documents[0]!.titre).not.toBe('')
        },
      ),
      { numRuns: 2_000, seed: 20_261_123 },
    )
    expect(lus).toBeGreaterThan(0)
  }, 60_000)
})
