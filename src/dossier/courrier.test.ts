import { describe, expect, test } from 'vitest'
import { createTestCabinet, CPE, patientQualifie, TRAITS } from '../../test/cabinet.ts'
import { auteurDe, destinatairePatient, enGroupes, estEmpechement, fichesParMatricule } from './courrier.ts'
import type { PatientLocal } from './patient.ts'

describe('écrire à un patient', () => {
  test('CABINET-MSS-INS-QUALIFIEE : identité provisoire, l’adresse n’est pas construite et la raison est dite ; qualifiée, elle l’est', async () => {
    const cabinet = createTestCabinet()
    const cree = await cabinet.dossiers.creer(TRAITS, {}, CPE)
    if (!('fait' in cree)) throw new Error(cree.refuse.texte)
    const refus = destinatairePatient(cree.fait)
    expect(estEmpechement(refus) && [refus.regle.code, refus.texte]).toEqual([
      'CABINET-MSS-INS-QUALIFIEE',
      expect.stringContaining('Identité provisoire'),
    ])
    const autre = createTestCabinet()
    const qualifiee = (await autre.dossiers.lire(await patientQualifie(autre)))!
    expect(destinatairePatient(qualifiee)).toEqual({ nom: 'ECETINSI Pierre-Alain', adresse: '109076322083489@patient.mssante.fr' })
  })
})

describe('reconnaître qui écrit', () => {
  const fiche = { traits: { nomNaissance: 'FLOREAL' } } as PatientLocal
  const adresse = '109076322083489@patient.mssante.fr'

  test('CABINET-MSS-DISTINGUER : un patient, un professionnel et le système de messagerie ne se confondent pas', () => {
    const inconnu = () => undefined
    expect(auteurDe({ nom: 'Pierre-Alain', adresse }, false, inconnu)).toEqual({
      genre: 'patient',
      matricule: '109076322083489',
      nom: 'Pierre-Alain',
    })
    expect(auteurDe({ nom: 'Dr X', adresse: 'x@medecins.bac.mssante.fr' }, false, inconnu)).toMatchObject({ genre: 'professionnel' })
    expect(auteurDe({ nom: 'Patient', adresse: `${adresse}.pirate.example` }, false, inconnu)).toMatchObject({ genre: 'professionnel' })
    expect(auteurDe({ nom: '', adresse: 'MAILER-DAEMON@patient.mssante.fr' }, true, inconnu)).toMatchObject({ genre: 'système' })
  })

  test('CABINET-MSS-IDENTITE : le message d’un patient mène à sa fiche, et le matricule se lit par groupes', async () => {
    expect(auteurDe({ nom: 'Pierre-Alain', adresse }, false, (matricule) => (matricule === '109076322083489' ? fiche : undefined))).toMatchObject({
      fiche,
    })
    expect(enGroupes('109076322083489')).toBe('1 09 07 63 220 834 89')
    const cabinet = createTestCabinet()
    await patientQualifie(cabinet)
    expect([...(await fichesParMatricule(cabinet.db, ['109076322083489', '299999999999999'])).keys()]).toEqual(['109076322083489'])
  })
})
