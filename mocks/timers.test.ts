import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { INSI_LOT } from '#standards/ins/insi-names.ts'
import { writeIndividuAVerifier } from '#standards/ins/insi-requete.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import { vocabulary } from '#standards/xml/write.ts'
import { ACTIONS, CONTENT_TYPE, depotBase64, depotDe, DMP_PATHS, enveloppe, patientCx, td03, vihfDe, visibilite } from '../test/dmp.ts'
import { demande, enTetes } from '../test/fixtures/insi/demande.ts'
import { createTestMes, type TestMes } from '../test/mes.ts'
import { PERSONNES_PUBLIEES } from './database/official-identities.ts'
import { castOf } from './database/registre.ts'
import { services } from './routes.ts'

const CAMILLE = 'camille-floreal'
const TOUT = ['MESURES_LECTURE', 'MESURES_ECRITURE']

let mes: TestMes
beforeEach(async () => {
  mes = await createTestMes()
})
afterEach(() => mes.close())

const personne = async (id: string) => (await castOf(mes.monde.world)).patients.find((un) => un.id === id)!.personne
const apparier = async (service = 'podometre') => {
  await mes.appeler('POST', CAMILLE, `/services/${service}/demande`, {})
  await mes.appeler('PUT', CAMILLE, `/services/${service}/consentement`, { finalites: TOUT })
}
const deposerInvisible = async () => {
  const cx = patientCx(await personne(CAMILLE))
  const depot = depotDe(cx, '1.2.250.1.999.61.1', { confidentialityCodes: visibilite('INVISIBLE_PATIENT') })
  await mes.monde.send('POST', DMP_PATHS.repository, { body: depotBase64(depot, vihfDe(cx)), headers: CONTENT_TYPE })
}
const autoriser = async () => {
  const corps: [string, XmlElement] = [ACTIONS.td03, td03('AJOUT')]
  await mes.monde.send('POST', DMP_PATHS.habilitations, {
    body: enveloppe(...corps, vihfDe(patientCx(await personne(CAMILLE)))),
    headers: CONTENT_TYPE,
  })
}
const deposerLot = async () => {
  const lot = vocabulary('l', INSI_LOT)
  const lignes = PERSONNES_PUBLIEES.slice(0, 2).map(({ ins, ...traits }) => writeIndividuAVerifier({ ...traits, ...ins }))
  const operation = 'deposerLotVerification'
  await mes.monde.send('POST', '/insi/lps', { body: demande(operation, lot('DEPOT', {}, lignes)), headers: enTetes(operation) })
}
const inviter = async () => {
  const { nomNaissance, listePrenom, dateNaissance } = await personne('claire-messidor')
  const corps = { nom: nomNaissance, prenom: listePrenom.split(' ')[0], dateNaissance, attestation: true }
  await mes.appeler('POST', CAMILLE, '/delegations', corps)
}

interface Attendu {
  /** What sets the delay; absent when the seed did. */
  readonly provoquer?: () => Promise<unknown>
  readonly titre: string
  readonly regle: string
}

/** Every kind of delay, one way to set it, and what the trainer then reads before moving the clock. */
const GENRES: Readonly<Record<string, Attendu>> = {
  'insi insi.traiteLot': { provoquer: deposerLot, titre: 'Le lot INSi de 2 lignes', regle: 'INSI-LOT-DIFFERE' },
  'dmp dmp.autorisationExpire': { provoquer: autoriser, titre: 'sur le dossier de Camille Floréal expire', regle: 'DMP-AUTORISATION-EXPIRE' },
  'dmp dmp.annonceSignalement': { provoquer: deposerInvisible, titre: 'Sans annonce, Camille Floréal apprend', regle: 'DMP-ANNONCE-SIGNALEMENT' },
  'dmp dmp.annonceVisibilite': {
    provoquer: deposerInvisible,
    titre: 'devient visible de Camille Floréal sans annonce',
    regle: 'DMP-ANNONCE-VISIBILITE',
  },
  'mes echeance': { titre: 'Sans opposition, le profil de Basile Safran s’ouvre', regle: 'MES-OPPOSITION-6-SEMAINES' },
  'mes appariement': {
    provoquer: () => mes.appeler('POST', CAMILLE, '/services/podometre/demande', {}),
    titre: 'Camille Floréal n’a pas répondu à Podomètre Foulée (fictif) : la demande tombe',
    regle: 'MES-APPARIEMENT-DEMANDE',
  },
  'mes rappelServices': {
    provoquer: apparier,
    titre: 'Camille Floréal reçoit la liste de ses services connectés : Podomètre Foulée (fictif)',
    regle: 'MES-APPARIEMENT-90-JOURS',
  },
  'mes invitation': {
    provoquer: inviter,
    titre: 'Camille Floréal voit expirer l’invitation de Claire Messidor, restée sans réponse',
    regle: 'MES-DELEGATION-EXPIREE',
  },
  'mes majorite': { titre: 'atteint dix-huit ans : ses représentants légaux perdent l’accès', regle: 'MES-MAJORITE-FIN-RL' },
  'mes rappelAgenda': { titre: 'Camille Floréal reçoit le rappel ', regle: 'MES-AGENDA-ANNONCE' },
  'mes rappelPrevention': { titre: ' atteint l’âge recommandé : ', regle: 'MES-PREVENTION-RAPPEL' },
  'mes relectureDirectives': { titre: ' est invité à relire ses directives anticipées', regle: 'MES-DA-RELECTURE' },
  'mes telechargement': {
    provoquer: () => mes.appeler('POST', CAMILLE, '/telechargements', {}),
    titre: 'Camille Floréal apprend que l’archive de ses données est prête',
    regle: 'MES-TELECHARGER-TOUT',
  },
}

type Vu = Record<'at' | 'service' | 'what' | 'subject' | 'title' | 'name' | 'rule', string>
const apercu = async (avance = 'P20Y') => (await mes.monde.send('GET', `/_sandbox/clock/preview?advance=${avance}`)).json<{ events: Vu[] }>().events
const attentes = async () =>
  (await mes.monde.send('GET', '/_sandbox/clock/timers?limit=1000')).json<{ timers: { service: string; what: string; dueAt: string }[] }>().timers

describe('ce qui est annoncé avant que l’horloge bouge', () => {
  test('chaque genre de délai d’un service est joué ci-dessous', () => {
    const genres = services.flatMap(({ name, timers }) => Object.keys(timers ?? {}).map((what) => `${name} ${what}`))
    expect(Object.keys(GENRES).toSorted()).toEqual(genres.toSorted())
  })

  test.each(Object.entries(GENRES))('%s : dit ce qui va arriver, à qui et par quelle règle', async (genre, { provoquer, titre, regle }) => {
    await provoquer?.()
    const [service, what] = genre.split(' ')
    const siens = (await attentes()).filter((un) => un.service === service && un.what === what)
    expect(siens).not.toEqual([])
    const dits = (await apercu()).filter((un) => un.service === service && un.what === what)
    expect(dits).toContainEqual(expect.objectContaining({ title: expect.stringContaining(titre), rule: regle }))
    for (const { title, name } of dits) expect([title.includes('undefined'), name === '']).toEqual([false, false])
  })

  test('MES-APPARIEMENT-RENOUVELLEMENT : un accord à renouveler annonce la désynchronisation, renouvelé il n’annonce plus rien', async () => {
    await apparier()
    await mes.monde.send('POST', '/mes/api/services/podometre/evolution', { body: {} })
    const dits = async () => (await apercu('P6W')).filter(({ what }) => what === 'appariement').map(({ title, rule }) => [title, rule])
    expect(await dits()).toEqual([
      ['Camille Floréal n’a pas renouvelé son accord : Podomètre Foulée (fictif) est désynchronisé', 'MES-APPARIEMENT-RENOUVELLEMENT'],
    ])
    await mes.appeler('PUT', CAMILLE, '/services/podometre/consentement', { finalites: TOUT })
    expect(await dits()).toEqual([])
  })

  test('ce que personne ne verrait n’est pas annoncé : profil fermé, rendez-vous annulé, courriel refusé', async () => {
    await apparier()
    const siens = async () => (await apercu('P6M')).filter(({ name }) => name === 'Camille Floréal').map(({ what }) => what)
    expect(await siens()).toContain('rappelServices')
    expect(await siens()).toContain('rappelAgenda')
    await mes.appeler('PUT', CAMILLE, '/preferences', { NOTIF_SYNCHRONIZED_SERVICE: false })
    expect(await siens()).not.toContain('rappelServices')
    await mes.appeler('POST', CAMILLE, '/actes/fermer', {})
    expect(await siens()).toEqual([])
  })

  test('l’aperçu annonce la fin d’une invitation au délai réglé depuis', async () => {
    await inviter()
    const quand = async () => (await apercu('P1Y')).find(({ what }) => what === 'invitation')?.at
    expect(await quand()).toBe('2026-12-23T08:00:00.000Z')
    await mes.monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-DELAI-INVITATION': 'P60D' } })
    expect(await quand()).toBe('2027-01-22T08:00:00.000Z')
  })
})
