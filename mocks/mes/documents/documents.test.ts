import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { ASSOCIATION } from '#standards/xds/metadata.ts'
import {
  ACTIONS,
  CONTENT_TYPE,
  depotBase64,
  depotDe,
  DMP_PATHS,
  enveloppe,
  AUTRE_MEDECIN,
  patientCx,
  rechercher,
  td03,
  vihfDe,
  visibilite,
} from '../../../test/dmp.ts'
import { createTestWorld, type TestAnswer, type TestWorld } from '../../../test/world.ts'
import { castOf } from '../../database/registre.ts'
import { masquable } from '../../dmp/rules/lecture.ts'
import { parUniqueId } from '../../dmp/store.ts'
import type { PersonneIdentifiee } from '#standards/ins/traits.ts'

let monde: TestWorld
let personnes: ReadonlyMap<string, PersonneIdentifiee>

beforeEach(async () => {
  monde = await createTestWorld()
  personnes = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, personne]))
})
afterEach(() => monde.close())

const de = (id: string): string => matriculeIns(personnes.get(id)!.ins)
const appeler = (method: string, suite: string, body?: object | Uint8Array, auteur?: string, id = 'camille-floreal'): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const ajouter = (query: Record<string, string> = {}, bytes = PNG, auteur?: string, id?: string) =>
  appeler('POST', `/documents?${new URLSearchParams({ nom: 'radio.png', categorie: 'RADIO_SC', ...query })}`, bytes, auteur, id)
interface Document {
  id: string
  titre: string
  origine: string
  duPatient: boolean
  masque: boolean
  dossier: string
  epingle: boolean
  auteur: string
}
const lister = async (auteur?: string, id?: string) =>
  (await appeler('GET', '/documents', undefined, auteur, id)).json<{ documents: Document[] }>().documents
const regle = (answer: TestAnswer): unknown => [answer.status, answer.json()['rule']]

const CX = () => patientCx(personnes.get('camille-floreal')!)
const soap = (path: string, action: string, payload: Parameters<typeof enveloppe>[1], change = {}) =>
  monde.send('POST', path, { body: enveloppe(action, payload, vihfDe(CX(), change)), headers: CONTENT_TYPE })
/** Titles that a doctor finds. */
async function trouve(titre: string, medecin: object = AUTRE_MEDECIN): Promise<boolean> {
  await soap(DMP_PATHS.habilitations, ACTIONS.td03, td03('AJOUT'), { ...medecin, subjectId: 'DUODI BASTIEN' })
  return (await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX()), { ...medecin, subjectId: 'DUODI BASTIEN' })).text.includes(titre)
}
const deposer = (uniqueId: string, change = {}, cx = CX()) =>
  monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depotDe(cx, uniqueId, change), vihfDe(cx)), headers: CONTENT_TYPE })

describe('ajouter', () => {
  test('MES-DOCUMENTS-DISTINCTS : le document ajouté est du patient, et le professionnel le trouve comme tel', async () => {
    expect((await ajouter({ titre: 'Radio du genou', dossier: 'Genou' })).status).toBe(201)
    expect((await lister())[0]).toMatchObject({
      titre: 'Radio du genou',
      origine: 'patient',
      duPatient: true,
      dossier: 'Genou',
      auteur: 'Camille Floréal',
    })
    expect(await trouve('Radio du genou')).toBe(true)
    const { text } = await soap(DMP_PATHS.registry, ACTIONS.iti18, rechercher(CX()), { ...AUTRE_MEDECIN, subjectId: 'DUODI BASTIEN' })
    expect(text).toContain('DOCPAT04')
    const lu = await appeler('GET', `/documents/${(await lister())[0]!.id}/contenu`)
    expect([lu.headers['content-type'], [...lu.bytes]]).toEqual(['image/png', [...PNG]])
  })

  test.each([
    ['radio.exe', PNG],
    ['radio.pdf', PNG],
    ['radio.png', new TextEncoder().encode('<svg onload=alert(1)>')],
    ['note.txt', Uint8Array.from([65, 0, 66])],
    ['vide.txt', new Uint8Array()],
    ['sans-extension', PNG],
  ])('MES-DOCUMENT-FORMAT : %s est refusé et rien n’est gardé', async (nom, bytes) => {
    const avant = (await lister()).length
    expect(regle(await ajouter({ nom }, bytes))).toEqual([415, 'MES-DOCUMENT-FORMAT'])
    expect(await lister()).toHaveLength(avant)
  })

  test('MES-DOCUMENT-TAILLE : 5 Mo passent, un octet de plus est refusé', async () => {
    const gros = new Uint8Array(5 * 1024 * 1024)
    gros.set(PNG)
    expect((await ajouter({}, gros)).status).toBe(201)
    expect(regle(await ajouter({}, Uint8Array.from([...PNG, ...new Uint8Array(5 * 1024 * 1024)])))).toEqual([413, 'MES-DOCUMENT-TAILLE'])
  })

  test('MES-DOCUMENT-CATEGORIE, MES-DOCUMENT-DOSSIER : une catégorie inconnue ou réservée et un dossier trop long sont refusés', async () => {
    for (const categorie of ['', 'REMB', 'constructor']) expect(regle(await ajouter({ categorie }))).toEqual([422, 'MES-DOCUMENT-CATEGORIE'])
    expect(regle(await ajouter({ dossier: 'x'.repeat(51) }))).toEqual([422, 'MES-DOCUMENT-DOSSIER'])
    expect((await ajouter({ date: '2030-01-01' })).status).toBe(400)
  })
})

describe('ranger et supprimer', () => {
  test('MES-DOCUMENT-SIEN : un document de professionnel ne se supprime pas, le sien si, et le professionnel ne le voit plus', async () => {
    await deposer('1.2.250.1.999.50.1')
    expect(regle(await appeler('DELETE', '/documents/1.2.250.1.999.50.1'))).toEqual([403, 'MES-DOCUMENT-SIEN'])
    const { id } = (await ajouter({ titre: 'Ma radio' })).json<{ id: string }>()
    expect((await appeler('DELETE', `/documents/${id}`)).status).toBe(204)
    const preuve = { titre: 'Preuve', typeCode: 'DOCPAT09', mimeType: 'text/plain', bytes: PNG, auteur: 'Claire Messidor', duSysteme: true } as const
    const { documentId } = (await monde.world.atomically((inside) => inside.ask.deposerPourPatient(CX().slice(0, 15), preuve)))!
    expect((await lister()).find((un) => un.id === documentId)).toMatchObject({ origine: 'mon espace santé' })
    expect(regle(await appeler('DELETE', `/documents/${documentId}`))).toEqual([403, 'MES-DOCUMENT-SIEN'])
    expect((await lister()).some((un) => un.id === id)).toBe(false)
    expect(await trouve('Ma radio')).toBe(false)
  })

  test('MES-DOCUMENT-LOT : dix à la fois, tous ou aucun', async () => {
    const ids: string[] = []
    for (let n = 0; n < 3; n++) ids.push((await ajouter({ titre: `R${n}` })).json<{ id: string }>().id)
    await deposer('1.2.250.1.999.50.2')
    expect(regle(await appeler('POST', '/documents/suppression', { documents: Array.from({ length: 11 }, () => ids[0]) }))).toEqual([
      422,
      'MES-DOCUMENT-LOT',
    ])
    expect(regle(await appeler('POST', '/documents/suppression', { documents: [...ids, '1.2.250.1.999.50.2'] }))).toEqual([403, 'MES-DOCUMENT-SIEN'])
    expect((await lister()).filter(({ duPatient }) => duPatient)).toHaveLength(3)
    expect((await appeler('POST', '/documents/suppression', { documents: ids })).status).toBe(204)
    expect((await lister()).filter(({ duPatient }) => duPatient)).toHaveLength(0)
  })

  test('un document de professionnel se range et s’épingle aussi', async () => {
    await deposer('1.2.250.1.999.50.3')
    expect((await appeler('PATCH', '/documents/1.2.250.1.999.50.3', { dossier: 'Suivi', epingle: true })).status).toBe(204)
    expect((await lister()).find(({ id }) => id === '1.2.250.1.999.50.3')).toMatchObject({ dossier: 'Suivi', epingle: true })
    expect((await appeler('PATCH', '/documents/1.2.250.1.999.50.3', { epingle: 'oui' })).status).toBe(400)
  })

  test('MES-DOCUMENT-SIGNALER : le signalement est confirmé et s’inscrit dans l’historique', async () => {
    await deposer('1.2.250.1.999.50.4')
    expect((await appeler('POST', '/documents/1.2.250.1.999.50.4/signalement', { motif: 'Pas le mien' })).status).toBe(201)
    expect((await appeler('POST', '/documents/1.2.250.1.999.50.4/signalement', {})).status).toBe(400)
    expect((await appeler('GET', '/activites')).text).toContain('signalé')
  })
})

describe('masquer', () => {
  test('MES-MASQUER : masqué, l’auteur le trouve encore et l’autre médecin non ; démasqué, tous le retrouvent', async () => {
    await deposer('1.2.250.1.999.51.1', { title: 'Compte rendu délicat' })
    expect(await trouve('Compte rendu délicat')).toBe(true)
    expect((await appeler('PATCH', '/documents/1.2.250.1.999.51.1', { masque: true })).status).toBe(204)
    expect(await trouve('Compte rendu délicat')).toBe(false)
    expect(await trouve('Compte rendu délicat', {})).toBe(true)
    expect((await lister()).find(({ id }) => id === '1.2.250.1.999.51.1')).toMatchObject({ masque: true })
    await appeler('PATCH', '/documents/1.2.250.1.999.51.1', { masque: false })
    expect(await trouve('Compte rendu délicat')).toBe(true)
    expect((await lister()).filter(({ id }) => id === '1.2.250.1.999.51.1')).toHaveLength(1)
  })

  test('MES-MASQUER-PAR-DEFAUT : les nouveaux documents sont masqués, ceux d’avant non', async () => {
    await deposer('1.2.250.1.999.51.2', { title: 'Avant' })
    expect((await appeler('PUT', '/documents/masquage', { masquerNouveaux: true })).json()).toEqual({ masquerNouveaux: true })
    await deposer('1.2.250.1.999.51.3', { title: 'Apres' })
    expect([await trouve('Avant'), await trouve('Apres')]).toEqual([true, false])
    await ajouter({ titre: 'Ma radio' })
    expect(await trouve('Ma radio')).toBe(false)
    expect((await appeler('PUT', '/documents/masquage', { masquerNouveaux: 'oui' })).status).toBe(400)
  })

  test('DMP-MASQUE-PAR-DEFAUT : un document annoncé se masque le jour où le patient le voit, pas une note de vaccination', async () => {
    await appeler('PUT', '/documents/masquage', { masquerNouveaux: true })
    await deposer('1.2.250.1.999.51.5', { title: 'Histologie', confidentialityCodes: visibilite('INVISIBLE_PATIENT') })
    // Invisible and masked do not go together: until then its professionals read it.
    expect(await trouve('Histologie')).toBe(true)
    await monde.advance('P5W')
    expect((await lister()).find(({ id }) => id === '1.2.250.1.999.51.5')).toMatchObject({ masque: true, masquable: true })
    expect(await trouve('Histologie')).toBe(false)
    const vaccination = { typeCode: { code: '87273-9', codingScheme: '', display: '' }, confidentialityCodes: visibilite() }
    expect(masquable(vaccination)).toBe(false)
  })

  test('DMP-MASQUE-NOUVELLE-VERSION : corrigé par son auteur, un document masqué le reste', async () => {
    await deposer('1.2.250.1.999.51.7', { title: 'Compte rendu' })
    await appeler('PATCH', '/documents/1.2.250.1.999.51.7', { masque: true })
    const masque = (await parUniqueId(monde.world, '1.2.250.1.999.51.7')).find(({ etat }) => etat === 'approved')!
    const depot = depotDe(CX(), '1.2.250.1.999.51.8', { title: 'Compte rendu corrigé' })
    depot.associations.push({ id: 'A2', type: ASSOCIATION.RPLC, source: depot.fiche.id, target: masque.entryUuid, slots: {} })
    await monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depot, vihfDe(CX())), headers: CONTENT_TYPE })
    expect((await lister()).find(({ id }) => id === '1.2.250.1.999.51.8')).toMatchObject({ statut: 'actuel', masque: true })
  })

  test('MES-DOCUMENT-REPRESENTANT : la mère ne voit ni ne lit ce qui lui est caché', async () => {
    const cx = patientCx(personnes.get('ines-germinal')!)
    await deposer('1.2.250.1.999.51.4', { title: 'Soin secret', confidentialityCodes: visibilite('INVISIBLE_REPRESENTANTS_LEGAUX') }, cx)
    expect((await lister('sophie-germinal', 'ines-germinal')).map(({ titre }) => titre)).not.toContain('Soin secret')
    expect((await appeler('GET', '/documents/1.2.250.1.999.51.4/contenu', undefined, 'sophie-germinal', 'ines-germinal')).status).toBe(404)
    expect((await lister(undefined, 'ines-germinal')).map(({ titre }) => titre)).toContain('Soin secret')
    for (const page of ['/notifications', '/activites']) {
      expect((await appeler('GET', page, undefined, 'sophie-germinal', 'ines-germinal')).text).not.toContain('Soin secret')
      expect((await appeler('GET', page, undefined, undefined, 'ines-germinal')).text).toContain('Soin secret')
    }
  })
})

describe('tout télécharger', () => {
  test('MES-TELECHARGER-TOUT : l’archive est prête après son délai, un courriel le dit, elle tient documents et données', async () => {
    await ajouter({ titre: 'Ma radio' })
    const { id } = (await appeler('POST', '/telechargements')).json<{ id: string }>()
    expect(regle(await appeler('GET', `/telechargements/${id}/archive`))).toEqual([409, 'MES-TELECHARGER-TOUT'])
    await monde.advance('PT3H')
    expect((await appeler('GET', '/boite-personnelle')).text).toContain('vos données sont prêtes')
    const zip = unzipSync((await appeler('GET', `/telechargements/${id}/archive`)).bytes)
    expect(Object.keys(zip).some((nom) => nom.includes('Ma-radio'))).toBe(true)
    expect(JSON.parse(strFromU8(zip['donnees.json']!))).toMatchObject({ documents: expect.any(Array), rangements: expect.any(Array) })
    await monde.advance('P8D')
    expect(regle(await appeler('GET', `/telechargements/${id}/archive`))).toEqual([409, 'MES-TELECHARGER-TOUT'])
  })

  test('MES-AIDANT-LIMITES : une aidante ajoute un document au nom de sa mère mais ne télécharge pas tout', async () => {
    const auteur = 'claire-messidor'
    expect((await ajouter({ titre: 'Vu par ma fille' }, PNG, auteur, 'jeanne-messidor')).status).toBe(201)
    expect((await lister(undefined, 'jeanne-messidor'))[0]).toMatchObject({ auteur: 'Claire Messidor' })
    expect((await appeler('GET', '/activites', undefined, undefined, 'jeanne-messidor')).text).toContain('Claire Messidor, pour Jeanne Messidor')
    expect(regle(await appeler('POST', '/telechargements', {}, auteur, 'jeanne-messidor'))).toEqual([403, 'MES-AIDANT-LIMITES'])
  })
})
