import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { adressePatient } from '#standards/mssante/adresses.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestWorld, createTestWorld } from '../../test/world.ts'
import { castOf } from '../database/registre.ts'
import { tousLesDossiers } from './dossier.ts'
import { type Bilan, refusAvant, remettre } from './remise.ts'
import { boites, contactsDe, domaines, messages } from './store.ts'

const PRIMIDI = 'claire.primidi@medecins.bac.mssante.fr'
const DUODI = 'bastien.duodi@medecins.bac.mssante.fr'
const SECRETARIAT = 'secretariat.calendrier@medecins.bac.mssante.fr'

let monde: TestWorld
let adresses: ReadonlyMap<string, string>

beforeEach(async () => {
  monde = await createTestWorld()
  adresses = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, adressePatient(matriculeIns(personne.ins))]))
})
afterEach(() => monde.close())

const de = (id: string): string => adresses.get(id) ?? id
let n = 0

interface Essai {
  readonly de?: string
  readonly a?: readonly string[]
  readonly objet?: string
  readonly champs?: readonly string[]
  readonly corps?: string
}

const envoyer = ({
  de: expediteur = PRIMIDI,
  a = [de('camille-floreal')],
  objet = 'Bonjour',
  champs = [],
  corps = 'Texte',
}: Essai = {}): Promise<Bilan> =>
  monde.world.atomically((inside) =>
    remettre(inside, {
      de: expediteur,
      pour: a.map((adresse) => ({ adresse })),
      octets: new TextEncoder().encode(
        [
          `From: Dr Claire PRIMIDI <${expediteur}>`,
          `To: ${a.join(', ')}`,
          `Subject: ${objet}`,
          `Message-ID: <essai-${++n}@bac.test>`,
          ...champs,
          '',
          corps,
        ].join('\r\n'),
      ),
    }),
  )

const recus = async (boite: string) =>
  await monde.world.store.range(messages, { index: 'parUid', equals: [`${boite.toLowerCase()}|INBOX`], limit: 100 })
const contacts = async (patient = 'camille-floreal') =>
  Object.fromEntries((await contactsDe(monde.world, de(patient))).map(({ bal, etat }) => [bal, etat]))
const texte = async (boite: string, rang = -1) => {
  const message = (await recus(boite)).at(rang)
  return new TextDecoder().decode(message && (await monde.world.store.getBytes(message.corps)))
}

describe('la conversation avec un patient (lignes du tableau 4.3)', () => {
  test('MSS-INITIATIVE : ligne 1, le message d’un professionnel ouvre le contact et prévient le patient sans contenu', async () => {
    expect((await envoyer()).remis.map(({ adresse }) => adresse)).toEqual([de('camille-floreal')])
    expect(await contacts()).toEqual({ [PRIMIDI]: 'OPEN' })
    const page = await monde.send('GET', `/mes/api/profils/${de('camille-floreal').slice(0, 15).toUpperCase()}/notifications`)
    expect(page.json()).toMatchObject({ notifications: [expect.objectContaining({ code: 'RECEPTION_MESSAGE' })] })
  })

  test('MSS-FIN : lignes 2, 4 et 8, « X-MSS-MES: FIN » ferme le contact de la boîte, même au premier message', async () => {
    await envoyer({ champs: ['X-MSS-MES: FIN'] })
    expect(await contacts()).toEqual({ [PRIMIDI]: 'CLOSED' })
    await envoyer({ de: DUODI })
    await envoyer({ de: DUODI, champs: ['X-MSS-MES: FIN'] })
    await envoyer({ champs: ['X-MSS-MES: FIN'] })
    expect(await contacts()).toEqual({ [PRIMIDI]: 'CLOSED', [DUODI]: 'CLOSED' })
    expect(await recus(de('camille-floreal'))).toHaveLength(4)
  })

  test('MSS-FIN-OBJET : lignes 5 et 6, l’objet [FIN] exact met fin, toute autre forme est un message ordinaire', async () => {
    for (const autre of [{ objet: 'Re: [FIN]' }, { objet: '[fin]' }, { objet: 'FIN' }, { champs: ['X-MSS-MES: fin'] }, { objet: '[FIN].' }]) {
      await envoyer(autre)
      expect(await contacts()).toEqual({ [PRIMIDI]: 'OPEN' })
    }
    await envoyer({ objet: '[FIN]' })
    expect(await contacts()).toEqual({ [PRIMIDI]: 'CLOSED' })
  })

  test('MSS-FIN-ROUVRE : ligne 7, le professionnel rouvre en écrivant de nouveau', async () => {
    await envoyer({ objet: '[FIN]' })
    await envoyer()
    expect(await contacts()).toEqual({ [PRIMIDI]: 'OPEN' })
  })

  test('MSS-REPLY-TO : la boîte de réponse devient le contact, pas la boîte expéditrice', async () => {
    await envoyer({ champs: [`Reply-To: ${SECRETARIAT}`] })
    expect(await contacts()).toEqual({ [SECRETARIAT]: 'OPEN' })
  })

  test('MSS-FIN-PRO : ligne 25, la marque de fin vers un professionnel est sans effet', async () => {
    await envoyer()
    await envoyer({ a: [DUODI], champs: ['X-MSS-MES: FIN'] })
    expect(await contacts()).toEqual({ [PRIMIDI]: 'OPEN' })
  })
})

describe('la remise', () => {
  test.each([
    ['odile-frimaire', '5.1.1', 'patient non trouve'],
    ['eve-brumaire', '5.1.1', 'patient non trouve'],
    ['yann-nivose', '5.2.1', 'messagerie fermee'],
    ['marc-pluviose', '5.2.1', 'messagerie fermee'],
  ])('MSS-PATIENT-BOITE, MSS-NON-REMIS : ligne 20, %s sans boîte, l’expéditeur reçoit %s « %s »', async (id, statut, dit) => {
    const { remis, refuses } = await envoyer({ a: [de(id)] })
    expect([remis, refuses[0]?.refus.etendu]).toEqual([[], statut])
    const avis = await texte(PRIMIDI)
    expect(avis).toContain('multipart/report; report-type=delivery-status')
    expect(avis).toContain(`Status: ${statut}`)
    expect(avis).toContain(dit)
  })

  test('MSS-PATIENT-BOITE : un profil ouvert sans activation reçoit, le message attend', async () => {
    await envoyer({ a: [de('hugo-brumaire')] })
    expect(await recus(de('hugo-brumaire'))).toHaveLength(1)
  })

  test('MSS-PATIENT-ADRESSE : une adresse de patient qui n’est pas un matricule est invalide', async () => {
    expect((await envoyer({ a: ['camille@patient.mssante.fr'] })).refuses[0]?.refus).toMatchObject({ code: 553, etendu: '5.1.3' })
  })

  test('MSS-LISTE-BLANCHE, MSS-HORS-ESPACE : la liste décide, pas le suffixe', async () => {
    expect(await refusAvant(monde.world, PRIMIDI, 'fantome@hors-liste.bac.mssante.fr')).toMatchObject({ code: 550, etendu: '5.7.1' })
    expect(await refusAvant(monde.world, PRIMIDI, 'quelquun@example.org')).toMatchObject({ code: 550, etendu: '5.7.1' })
    expect(await refusAvant(monde.world, PRIMIDI, 'jules.nonidi@reseau-equinoxe.example')).toBeUndefined()
    const domaine = await monde.world.store.get(domaines, 'reseau-equinoxe.example')
    await monde.world.store.put(domaines, { ...domaine!, listeBlanche: false })
    expect(await refusAvant(monde.world, PRIMIDI, 'jules.nonidi@reseau-equinoxe.example')).toMatchObject({ etendu: '5.7.1' })
  })

  test('MSS-BAL-PLEINE, MSS-BAL-FERMEE : une boîte pleine ou fermée renvoie l’expéditeur', async () => {
    const { refuses } = await envoyer({ a: ['archives.calendrier@medecins.bac.mssante.fr', 'ancienne@medecins.bac.mssante.fr'] })
    expect(refuses.map(({ refus }) => refus.etendu)).toEqual(['5.2.2', '5.2.1'])
  })

  test('MSS-TAILLE : plus de 25 Mo vers un patient, plus de 10 Mo vers un professionnel, sont refusés', async () => {
    const { remis, refuses } = await envoyer({ a: [de('camille-floreal'), DUODI], corps: 'a'.repeat(10_500_000) })
    expect([remis.length, refuses[0]?.refus.etendu]).toEqual([1, '5.3.4'])
    expect((await envoyer({ corps: 'a'.repeat(25_000_001) })).refuses[0]?.refus.etendu).toBe('5.3.4')
    expect(await texte(PRIMIDI)).toContain('Subject: Undelivered Mail Returned to Sender')
  })

  test('MSS-LISTE-ROUGE : une boîte en liste rouge reçoit', async () => {
    expect((await envoyer({ a: ['mona.decadi@decade.bac.mssante.fr'] })).remis).toHaveLength(1)
  })

  test('plusieurs destinataires partagent les octets, un doublon ne reçoit qu’une fois', async () => {
    const avant = (await monde.world.store.get(boites, DUODI))!.octets
    await envoyer({ a: [DUODI, DUODI.toUpperCase(), de('camille-floreal')] })
    const [[un], [autre]] = [await recus(DUODI), await recus(de('camille-floreal'))]
    expect([un!.corps === autre!.corps, (await recus(DUODI)).length]).toEqual([true, 1])
    expect((await monde.world.store.get(boites, DUODI))!.octets).toBe(avant + un!.taille)
    const [inbox] = (await monde.world.atomically((inside) => tousLesDossiers(inside, DUODI))).filter(({ nom }) => nom === 'INBOX')
    expect(inbox).toMatchObject({ messages: 1, nonLus: 1, uidNext: 2 })
  })
})
