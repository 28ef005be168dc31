import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '#standards/rule.ts'
import { castFor } from '../../mocks/database/cast.ts'
import { countedIds } from '../../test/cabinet.ts'
import { createTestWorld, TEST_DATE, type TestWorld } from '../../test/world.ts'
import { fetchOn } from '../../test/world-fetch.ts'
import type { CarteProfessionnelle } from './carte.ts'
import { DmpClient } from './dmp-client.ts'
import type { ActeDmp, Depot, FicheDmp } from './dmp-port.ts'

/** The practice's client against the simulated registry itself: only HTTP in between. */
const DEBUT = Date.parse(TEST_DATE)
const { patients, professionnels } = castFor(DEBUT)
const { ins, traits } = (({ personne: { ins, nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance } }) => ({
  ins,
  traits: { nomNaissance, listePrenom, sexe, dateNaissance, lieuNaissance },
}))(patients.find(({ id }) => id === 'camille-floreal')!)
const MEDECIN = professionnels.find(({ id }) => id === 'dr-primidi')!.carte as CarteProfessionnelle

let monde: TestWorld
let dmp: DmpClient
beforeEach(async () => {
  monde = await createTestWorld()
  dmp = new DmpClient({ acces: { base: '', fetch: fetchOn(monde.sandbox) }, now: () => monde.world.now(), newId: countedIds() })
})
afterEach(() => monde.close())

const deposer = (uniqueId: string, change: Partial<Depot['document']> = {}, remplace?: string) =>
  dmp.deposer(
    {
      ins,
      traits: traits as Depot['traits'],
      lotUniqueId: `${uniqueId}.9`,
      lotTitre: 'Consultation',
      document: {
        uniqueId,
        typeCode: '11488-4',
        titre: 'Consultation',
        masquePs: false,
        invisiblePatient: false,
        redigeLe: DEBUT,
        cda: new TextEncoder().encode('<a/>'),
        ...change,
      },
      auteur: MEDECIN,
      ...(remplace !== undefined && { remplace }),
    },
    MEDECIN,
  )
const UID = '1.2.250.1.999.9.1'
const agir = (acte: ActeDmp, statut: FicheDmp['statut'] = 'actuel') => dmp.modifier(ins, MEDECIN, { uniqueId: UID, statut }, acte)
const fiches = async (): Promise<readonly FicheDmp[]> => {
  const trouve = await dmp.chercher(ins, MEDECIN, {})
  if (trouve.issue !== 'trouve') throw new Error(trouve.texte)
  return trouve.fiches
}
const laMienne = async () => (await fiches()).filter(({ uniqueId }) => uniqueId === UID)
const refusees = async (): Promise<Rule['code'][]> =>
  (await monde.lastExchange()).rules.filter(({ verdict }) => verdict === 'refusée').map(({ code }) => code)

describe('TD3.3 depuis le cabinet, jusqu’au registre', () => {
  test('masquer, démasquer, archiver, désarchiver : la liste en montre une seule fiche, dans son dernier état', async () => {
    await deposer(UID)
    await dmp.autoriser(ins, MEDECIN, 'AJOUT')
    for (const [acte, statut, attendu] of [
      ['masquer', 'actuel', { masquePs: true }],
      ['demasquer', 'actuel', { masquePs: false }],
      ['archiver', 'actuel', { statut: 'archivé' }],
      ['desarchiver', 'archivé', { statut: 'actuel' }],
    ] as const) {
      expect(await agir(acte, statut)).toEqual({ issue: 'modifie' })
      expect(await laMienne()).toMatchObject([attendu])
    }
  })

  test('l’annonce faite rend visible ; une seconde fois, le registre refuse et le dit', async () => {
    await deposer(UID, { invisiblePatient: true })
    expect(await agir('montrerPatient')).toMatchObject({ issue: 'refus', code: 'DMPAccessForbidden' })
    await dmp.autoriser(ins, MEDECIN, 'AJOUT')
    expect(await agir('montrerPatient')).toEqual({ issue: 'modifie' })
    expect(await laMienne()).toMatchObject([{ invisiblePatient: false }])
    expect(await agir('montrerPatient')).toMatchObject({ issue: 'refus', code: 'XDSMetadataUpdateError' })
    expect(await refusees()).toContain('DMP-MODIFIER-CONFIDENTIALITE')
  })

  test('supprimer ne demande aucune autorisation ; le document disparaît de la liste', async () => {
    await deposer(UID)
    expect(await agir('supprimer')).toEqual({ issue: 'modifie' })
    await dmp.autoriser(ins, MEDECIN, 'AJOUT')
    expect(await laMienne()).toEqual([])
  })

  test('CABINET-REMPLACER : la nouvelle version prend la place de l’ancienne, même après une modification de celle-ci', async () => {
    await deposer(UID)
    await dmp.autoriser(ins, MEDECIN, 'AJOUT')
    await agir('masquer')
    expect(await deposer('1.2.250.1.999.9.2', { titre: 'Consultation corrigée' }, UID)).toEqual({ issue: 'accepte' })
    expect((await fiches()).filter(({ titre }) => titre.startsWith('Consultation')).map(({ titre, statut }) => [titre, statut])).toEqual(
      expect.arrayContaining([
        ['Consultation corrigée', 'actuel'],
        ['Consultation', 'remplacé'],
      ]),
    )
    expect(await agir('supprimer')).toMatchObject({ issue: 'refus', code: 'XDSRegistryDeprecatedDocumentError' })
  })

  test('un document qui n’existe plus pour nous est un refus clair, rien ne part', async () => {
    expect(await agir('supprimer')).toEqual({
      issue: 'refus',
      code: '',
      texte: 'Le DMP ne vous montre plus ce document : il a pu être supprimé ou masqué.',
    })
  })
})
