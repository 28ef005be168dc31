import { expect, test } from 'vitest'
import {
  attestationPossible,
  attributsCompatibles,
  bloqueInsi,
  insCommunicable,
  pieceSuffit,
  premierPrenomCoherent,
  statutIdentite,
  statutSansIns,
  traitsVerrouilles,
} from './statut-identite.ts'

test('RNIV-STATUT-DEUX-FAITS : INS obtenu et pièce vérifiée donnent les quatre statuts', () => {
  expect(statutIdentite({ insObtenu: false, pieceVerifiee: false })).toBe('provisoire')
  expect(statutIdentite({ insObtenu: true, pieceVerifiee: false })).toBe('recuperee')
  expect(statutIdentite({ insObtenu: false, pieceVerifiee: true })).toBe('validee')
  expect(statutIdentite({ insObtenu: true, pieceVerifiee: true })).toBe('qualifiee')
})

test('RNIV-INS-QUALIFIEE-SEULE : le matricule ne sort que d’une identité qualifiée', () => {
  expect((['provisoire', 'recuperee', 'validee', 'qualifiee'] as const).filter(insCommunicable)).toEqual(['qualifiee'])
})

test('RNIV-TRAITS-VERROUILLES : les traits sont verrouillés quand l’INS est détenu', () => {
  expect((['provisoire', 'recuperee', 'validee', 'qualifiee'] as const).filter(traitsVerrouilles)).toEqual(['recuperee', 'qualifiee'])
})

test('RNIV-INS-PERDUE-ABAISSE : sans INS, récupérée redevient provisoire et qualifiée redevient validée', () => {
  expect((['provisoire', 'recuperee', 'validee', 'qualifiee'] as const).map(statutSansIns)).toEqual([
    'provisoire',
    'provisoire',
    'validee',
    'validee',
  ])
})

test('RNIV-DOUTEUSE-FICTIVE : INSi n’est pas appelé pour une identité douteuse ou fictive', () => {
  expect(bloqueInsi(['douteuse', 'homonyme'])).toBe(true)
  expect(bloqueInsi(['fictive'])).toBe(true)
  expect(bloqueInsi(['homonyme'])).toBe(false)
})

test('RNIV-ATTRIBUTS-COMPATIBLES : fictive ne se combine avec rien', () => {
  expect(attributsCompatibles(['douteuse', 'homonyme'])).toBe(true)
  expect(attributsCompatibles(['fictive'])).toBe(true)
  expect(attributsCompatibles(['fictive', 'homonyme'])).toBe(false)
})

test('RNIV-PIECE-HAUTE-CONFIANCE : passeport et carte d’identité suffisent, ni le permis ni la carte Vitale seule', () => {
  for (const code of ['PA', 'CN', 'TS', 'IE']) expect(pieceSuffit(code, false)).toBe(true)
  for (const code of ['PC', 'CV', '', 'toString']) expect(pieceSuffit(code, true)).toBe(false)
})

test('RNIV-PIECE-MINEUR : le livret de famille ne vaut qu’avec la pièce d’un parent', () => {
  expect(pieceSuffit('LE', true)).toBe(true)
  expect(pieceSuffit('AN', true)).toBe(true)
  expect(pieceSuffit('LE', false)).toBe(false)
})

test('RNIV-PATIENT-CONNU : l’attestation suit un appel par carte Vitale en parfait accord', () => {
  expect(attestationPossible('carte Vitale', true)).toBe(true)
  expect(attestationPossible('carte Vitale', false)).toBe(false)
  expect(attestationPossible('traits', true)).toBe(false)
})

test('RNIV-PREMIER-PRENOM : JEAN-CHRISTOPHE est le début de JEAN CHRISTOPHE PIERRE, PIERRE ne l’est pas', () => {
  expect(premierPrenomCoherent('JEAN-CHRISTOPHE', 'JEAN CHRISTOPHE PIERRE')).toBe(true)
  expect(premierPrenomCoherent('PIERRE', 'JEAN CHRISTOPHE PIERRE')).toBe(false)
  expect(premierPrenomCoherent('', 'JEAN')).toBe(false)
})
