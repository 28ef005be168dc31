import { describe, expect, test } from 'vitest'
import type { DocumentPatient } from '../../../clients/mes/mes-types.ts'
import { auteurLisible, dossiersDe, filtrer } from './presenter.ts'

const document = (change: Partial<DocumentPatient>): DocumentPatient => ({
  id: '1',
  titre: 'Bilan',
  typeCode: '11502-2',
  typeLibelle: 'CR de biologie',
  auteur: 'Claire PRIMIDI',
  structure: 'Cabinet du Calendrier',
  deposeLe: 0,
  dateActe: 0,
  mimeType: 'text/xml',
  taille: 1,
  masque: false,
  masquable: true,
  statut: 'actuel',
  origine: 'professionnel',
  dossier: '',
  epingle: false,
  categorie: '',
  ...change,
})
const TOUS = [
  document({ id: 'bilan' }),
  document({ id: 'radio', titre: 'Échographie', origine: 'patient', auteur: 'Camille Floréal', structure: '', dossier: 'Été' }),
  document({ id: 'epingle', titre: 'Ordonnance', epingle: true, masque: true, dossier: 'Asthme' }),
]
const ids = (montrer: string, texte = '') => filtrer(TOUS, { texte, montrer }).map(({ id }) => id)

describe('la liste des documents', () => {
  test('les épinglés d’abord ; par origine, masqués, dossier ; les mots sans accent ni ordre', () => {
    expect(ids('')).toEqual(['epingle', 'bilan', 'radio'])
    expect([ids('origine:patient'), ids('masque:oui'), ids('dossier:Été')]).toEqual([['radio'], ['epingle'], ['radio']])
    expect([ids('', 'camille echo'), ids('', 'calendrier'), ids('', 'absent')]).toEqual([['radio'], ['epingle', 'bilan'], []])
    expect(dossiersDe(TOUS)).toEqual(['Asthme', 'Été'])
  })

  test('MES-DOCUMENTS-DISTINCTS : chacun des quatre auteurs se dit autrement', () => {
    const dit = (change: Partial<DocumentPatient>) => auteurLisible(document(change), 'Camille Floréal')
    expect([
      dit({}),
      dit({ origine: 'patient', auteur: 'Camille Floréal' }),
      dit({ origine: 'patient', auteur: 'Claire Messidor' }),
      dit({ origine: 'assurance maladie' }),
      dit({ origine: 'mon espace santé' }),
    ]).toEqual(['Claire Primidi, Cabinet du Calendrier', 'Ajouté par vous', 'Ajouté par Claire Messidor', 'Assurance maladie', 'Mon espace santé'])
  })
})
