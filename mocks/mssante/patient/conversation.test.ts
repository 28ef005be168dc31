import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Comptoir, lignes, PIECE } from '../../../test/conversation-rows.ts'
import { jetonPour } from '../../../test/jetons.ts'
import { createTestWorld, type TestWorld } from '../../../test/world.ts'

let monde: TestWorld
let comptoir: Comptoir

beforeEach(async () => {
  monde = await createTestWorld()
  comptoir = new Comptoir({
    async appeler(method, chemin, demande) {
      const { status, text } = await monde.send(method, chemin, demande)
      return { status, text, json: text.startsWith('{') ? JSON.parse(text) : {} }
    },
    jeton: (identifiant) => jetonPour(monde, identifiant),
    // oxlint-disable-next-line no-standalone-expect -- called by the rows, inside their test
    attendre: (vu, attendu) => expect(vu).toEqual(attendu),
  })
})
afterEach(() => monde.close())

describe('la conversation avec un patient', () => {
  test.each(lignes)('$titre', async ({ jouer }) => {
    expect.hasAssertions()
    await jouer(comptoir)
  })
})

describe('les pièces jointes', () => {
  const CAMILLE = 'Camille Floréal'

  test('MES-PIECE-ENREGISTRER : une pièce jointe entre dans les documents quand le patient l’y enregistre, pas avant', async () => {
    await comptoir.ecrit(CAMILLE, { fichier: PIECE })
    const id = await comptoir.derniere(CAMILLE)
    const { messages } = (await comptoir.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)).json
    expect(messages[0].piecesJointes).toEqual([{ rang: 0, nom: 'Ordonnance.pdf', mimeType: 'application/pdf', taille: 14, enregistrable: true }])
    const titres = async () => (await comptoir.telephone(CAMILLE, 'GET', '/documents')).json.documents.map(({ titre }: { titre: string }) => titre)
    expect(await titres()).not.toContain('Ordonnance.pdf')
    const piece = `/messagerie/messages/${messages[0].id}/pieces-jointes/0`
    expect((await comptoir.telephone(CAMILLE, 'GET', piece)).text).toBe('%PDF-1.4\n%%EOF')
    expect((await comptoir.telephone(CAMILLE, 'POST', `${piece}/enregistrement`, { categorie: 'ORD_SOIN' })).status).toBe(201)
    expect(await titres()).toContain('Ordonnance.pdf')
    expect((await comptoir.telephone('Jeanne Messidor', 'GET', piece)).status).toBe(404)
  })

  test('MES-PIECE-ENREGISTRER : un format que les documents n’admettent pas est refusé', async () => {
    await comptoir.ecrit(CAMILLE, { fichier: { nom: 'outil.pdf', type: 'application/pdf', contenu: 'MZ' } })
    const { messages } = (await comptoir.telephone(CAMILLE, 'GET', `/messagerie/conversations/${await comptoir.derniere(CAMILLE)}`)).json
    const refusee = await comptoir.telephone(CAMILLE, 'POST', `/messagerie/messages/${messages[0].id}/pieces-jointes/0/enregistrement`, {})
    expect([refusee.status, refusee.json.rule]).toEqual([415, 'MES-PIECE-ENREGISTRER'])
  })

  test('MSS-PATIENT-NOM : le patient ne voit aucune adresse de professionnel', async () => {
    await comptoir.ecrit(CAMILLE, { cc: ['bastien.duodi@medecins.bac.mssante.fr'] })
    const id = await comptoir.derniere(CAMILLE)
    const vu = [
      (await comptoir.telephone(CAMILLE, 'GET', '/messagerie/conversations')).text,
      (await comptoir.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)).text,
      (await comptoir.telephone(CAMILLE, 'GET', '/messagerie/contacts')).text,
    ]
    for (const page of vu) {
      expect(page).toContain('PRIMIDI')
      expect(page).not.toContain('medecins.bac.mssante.fr')
    }
  })

  test('MSS-INITIATIVE : qui a plusieurs boîtes n’est proposé qu’une fois', async () => {
    const references = (await comptoir.contacts(CAMILLE, 'primidi')).map(({ reference }) => reference)
    expect(references.length).toBeGreaterThan(0)
    expect(new Set(references).size).toBe(references.length)
  })

  test('MES-SUPPRESSION-3-MOIS : supprimer le profil emporte sa messagerie', async () => {
    await comptoir.ecrit(CAMILLE)
    const matriculeIns = await comptoir.matricule(CAMILLE)
    await monde.world.atomically((inside) => inside.tell({ type: 'dossier.supprime', matriculeIns }))
    expect(await monde.world.ask.conversationsDuPatient(matriculeIns)).toEqual([])
  })
})
