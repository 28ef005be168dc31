import { describe, expect, test } from 'vitest'
import { VUES, type EtatProfil } from './etats.ts'
import { annonceSansContenu, canauxRetenus, type CodeNotification, NOTIFICATIONS, nouvelleDe, PREFERENCES_INITIALES } from './notifications.ts'
import { ageLe, finDuCode, origineDe, qualiteDe, refusActivation, refusDeQualite, refusLecture, verifierCode } from './rules.ts'

const LE = Date.UTC(2026, 10, 23, 8)
const SEMAINE = 7 * 86_400_000

describe('activer', () => {
  const code = { code: '01234567', emisLe: LE, utiliseLe: null }

  test('MES-CODE-PROVISOIRE : il sert une fois, vaut six semaines, et le dernier envoyé est le seul bon', () => {
    expect(verifierCode(code, '0123 4567', LE + 1)).toBe('valide')
    expect(verifierCode(code, '01234567', LE + 6 * SEMAINE - 1)).toBe('valide')
    expect(verifierCode(code, '01234567', finDuCode(code))).toBe('expiré')
    expect(verifierCode({ ...code, utiliseLe: LE }, '01234567', LE + 1)).toBe('déjà utilisé')
    expect(verifierCode(code, '76543210', LE)).toBe('inconnu')
    expect(verifierCode(undefined, '01234567', LE)).toBe('inconnu')
  })

  test('MES-ACTIVATION-IDENTITE : la mauvaise date de naissance refuse, et la règle est nommée', () => {
    const bon = { code: 'valide', identite: true, cguAcceptees: true } as const
    expect(refusActivation(bon)).toBeUndefined()
    expect(refusActivation({ ...bon, identite: false })?.refused.code).toBe('MES-ACTIVATION-IDENTITE')
    expect(refusActivation({ ...bon, code: 'expiré', identite: false })?.refused.code).toBe('MES-CODE-PROVISOIRE')
    expect(refusActivation({ ...bon, cguAcceptees: false })?.refused.code).toBe('MES-CGU')
  })
})

describe('qui agit', () => {
  const adulte = { age: 40, liens: [] }
  const mineur = { age: 16, liens: [{ lien: 'parent', patient: 'mere' }] } as const
  const protege = { age: 29, liens: [{ lien: 'tuteur', patient: 'soeur' }] } as const
  const aidee = { age: 79, liens: [{ lien: 'aidant', patient: 'fille' }] } as const

  test('MES-AUTEUR-LIEN : sans lien avec le titulaire, personne n’agit pour lui', () => {
    expect(qualiteDe(adulte, undefined)).toBe('titulaire')
    expect(qualiteDe(mineur, 'mere')).toBe('représentant légal')
    expect(qualiteDe(protege, 'soeur')).toBe('tuteur')
    expect(qualiteDe(aidee, 'fille')).toBe('aidant')
    expect(qualiteDe(adulte, 'voisin')).toMatchObject({ refused: { code: 'MES-AUTEUR-LIEN' } })
    // A parent is no representative once the child is of age.
    expect(qualiteDe({ ...mineur, age: 18 }, 'mere')).toMatchObject({ refused: { code: 'MES-AUTEUR-LIEN' } })
  })

  test('MES-MINEUR-REPRESENTANT : le mineur lit, son représentant légal agit', () => {
    expect(refusDeQualite(mineur, 'titulaire', 'lecture')).toBeUndefined()
    expect(refusDeQualite(mineur, 'titulaire', 'gestion')?.refused.code).toBe('MES-MINEUR-REPRESENTANT')
    expect(refusDeQualite(mineur, 'représentant légal', 'gestion')).toBeUndefined()
    expect(refusDeQualite({ ...mineur, age: 18 }, 'titulaire', 'gestion')).toBeUndefined()
  })

  test('MES-PROTEGE-TUTEUR : le tuteur agit pour la personne protégée', () => {
    expect(refusDeQualite(protege, 'titulaire', 'gestion')?.refused.code).toBe('MES-PROTEGE-TUTEUR')
    expect(refusDeQualite(protege, 'tuteur', 'gestion')).toBeUndefined()
  })

  test('MES-AIDANT-LIMITES : l’aidant lit mais ne gère pas', () => {
    expect(refusDeQualite(aidee, 'aidant', 'lecture')).toBeUndefined()
    expect(refusDeQualite(aidee, 'aidant', 'gestion')?.refused.code).toBe('MES-AIDANT-LIMITES')
    expect(refusDeQualite(aidee, 'titulaire', 'gestion')).toBeUndefined()
  })

  test('l’âge compte les anniversaires passés, même d’une date de naissance incomplète', () => {
    expect(ageLe('2008-11-23', LE)).toBe(18)
    expect(ageLe('2008-11-24', LE)).toBe(17)
    expect(ageLe('1960-00-00', LE)).toBe(66)
  })
})

describe('lire', () => {
  test('MES-LECTURE-PROFIL-ACTIVE : un seul état lit, les autres savent pourquoi ils ne lisent pas', () => {
    for (const etat of Object.keys(VUES) as EtatProfil[]) {
      const regle = refusLecture(etat)?.refused.code
      expect(regle).toBe(etat === 'active' ? undefined : etat === 'active.cguBlocked' ? 'MES-CGU' : 'MES-LECTURE-PROFIL-ACTIVE')
    }
  })

  test('MES-DOCUMENTS-DISTINCTS : ce que le patient a mis se distingue', () => {
    const de = (duPatient: boolean, duSysteme = false, classCode = '10') => origineDe({ duPatient, duSysteme, classCode })
    expect([de(true), de(false), de(false, false, '60'), de(true, true)]).toEqual([
      'patient',
      'professionnel',
      'assurance maladie',
      'mon espace santé',
    ])
  })
})

describe('prévenir', () => {
  const qui = { matriculeIns: '292067979191133', acteur: 'Dr X', structure: 'Cabinet' }
  const document = { ...qui, documentId: '1.2.3', titre: 'Bilan', visiblePatient: true }

  test('MES-NOTIFICATION-DOCUMENT : ajout, remplacement et suppression préviennent ; une suppression n’a rien à ouvrir', () => {
    expect(nouvelleDe({ type: 'document.ajoute', ...document })?.notification).toMatchObject({ code: 'AJOUT_DOCUMENT', documentId: '1.2.3' })
    expect(nouvelleDe({ type: 'document.remplace', remplace: '1.2.2', ...document })?.notification).toMatchObject({ code: 'MODIF_DOCUMENT' })
    const supprime = nouvelleDe({ type: 'document.supprime', ...document })
    expect(supprime?.notification).toEqual({ code: 'SUPP_DOC', texte: 'Dr X (Cabinet) a supprimé « Bilan ».' })
    expect(supprime?.trace.documentId).toBeUndefined()
  })

  test('MES-NOTIFICATION-CONSULTATION : une lecture se voit au centre, sans courriel', () => {
    expect(nouvelleDe({ type: 'document.consulte', ...document })?.notification?.code).toBe('CONSULT_DOCUMENT')
    expect(Object.keys(NOTIFICATIONS.CONSULT_DOCUMENT.canaux)).toEqual(['centre'])
  })

  test('MES-NOTIFICATION-PREMIER-ACCES : le premier accès prévient, les suivants ne font qu’une ligne d’historique', () => {
    expect(nouvelleDe({ type: 'acces.autorise', ...qui, premier: true })?.notification?.code).toBe('ACCES_DMP_PS')
    const suivant = nouvelleDe({ type: 'acces.autorise', ...qui, premier: false })
    expect(suivant?.notification).toBeUndefined()
    expect(suivant?.trace.texte).toContain('a obtenu l’accès')
  })

  test('MES-NOTIFICATION-INVISIBLE : un document caché au patient ne fait ni notification ni ligne d’historique', () => {
    for (const type of ['document.ajoute', 'document.consulte', 'document.supprime'] as const)
      expect(nouvelleDe({ type, ...document, visiblePatient: false })).toBeUndefined()
  })

  test('une recherche et un accès retiré ne font qu’une ligne d’historique', () => {
    expect(nouvelleDe({ type: 'dossier.recherche', ...qui })?.notification).toBeUndefined()
    expect(nouvelleDe({ type: 'acces.retire', ...qui })?.notification).toBeUndefined()
  })

  const profil = { etat: 'active', preferences: PREFERENCES_INITIALES, courriel: 'x@courriel.example' } as const
  const canaux = (code: CodeNotification, change: Partial<Parameters<typeof canauxRetenus>[1]> = {}) =>
    canauxRetenus(code, { ...profil, ...change }).map(({ canal }) => canal)

  test('MES-NOTIFICATION-PREFERENCE : la préférence coupe le courriel et le téléphone, jamais le centre', () => {
    expect(canaux('AJOUT_DOCUMENT')).toEqual(['centre', 'courriel', 'push'])
    expect(canaux('AJOUT_DOCUMENT', { preferences: { ...PREFERENCES_INITIALES, NOTIF_DOCUMENT: false } })).toEqual(['centre'])
    expect(canaux('AJOUT_DOCUMENT', { courriel: '' })).toEqual(['centre', 'push'])
    expect(canaux('AJOUT_DOCUMENT', { etat: 'openNotActivated' })).toEqual(['centre', 'courriel'])
  })

  test('MES-NOTIFICATION-BRIS-DE-GLACE : le courriel part toujours, quelles que soient les préférences', () => {
    const aucune = {
      NOTIF_MESSAGE: false,
      NOTIF_DOCUMENT: false,
      NOTIF_APPOINTMENT: false,
      NOTIF_DEPISTAGE: false,
      NOTIF_SYNCHRONIZED_SERVICE: false,
    }
    expect(canaux('ACCES_BRIS_GLACE', { preferences: aucune })).toContain('courriel')
    expect(nouvelleDe({ type: 'acces.brisDeGlace', ...qui, motif: 'Patient inconscient' })?.notification?.code).toBe('ACCES_BRIS_GLACE')
  })

  test('MES-NOTIFICATION-SANS-CONTENU : le courriel ne dépend que du genre de nouvelle, il ne peut donc rien en dire', () => {
    for (const code of Object.keys(NOTIFICATIONS) as CodeNotification[]) {
      const { objet, texte } = annonceSansContenu(code)
      expect(`${objet} ${texte}`).not.toMatch(/Dr|Bilan|Cabinet|«/)
      expect(texte).toContain('Connectez-vous')
    }
  })
})
