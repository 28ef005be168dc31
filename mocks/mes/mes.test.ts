import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { type TestAnswer, type TestWorld, createTestWorld } from '../../test/world.ts'
import { PERSONNES_PUBLIEES } from '../database/official-identities.ts'
import { personneDeRang } from '../database/population.ts'
import { castOf } from '../database/registre.ts'
import type { WorldEvent } from '../world.ts'
import { VUES } from './etats.ts'
import { EXEMPLES_MES } from './openapi-exemples.ts'
import { CODE_DE_LA_DISTRIBUTION } from './seed.ts'
import { profils } from './store.ts'

let monde: TestWorld
let matricules: ReadonlyMap<string, string>

beforeEach(async () => {
  monde = await createTestWorld()
  matricules = new Map((await castOf(monde.world)).patients.map(({ id, personne }) => [id, matriculeIns(personne.ins)]))
})
afterEach(() => monde.close())

const de = (id: string): string => matricules.get(id) ?? id
const appeler = (method: string, id: string, suite = '', body?: object, auteur?: string): Promise<TestAnswer> =>
  monde.send(method, `/mes/api/profils/${de(id)}${suite}`, { ...(body && { body }), ...(auteur && { headers: { 'X-Mes-Auteur': de(auteur) } }) })
const lire = async <T = Record<string, unknown>>(id: string, suite = ''): Promise<T> => (await appeler('GET', id, suite)).json<T>()
const acte = (id: string, nom: string, body: object = {}, auteur?: string) => appeler('POST', id, `/actes/${nom}`, body, auteur)
const etat = async (id: string): Promise<unknown> => (await lire(id))['etat']
const regle = (answer: TestAnswer): unknown => answer.json()['rule']
const boite = async (id: string) =>
  (await lire<{ courriers: { objet: string; texte: string; canal: string; le: number }[] }>(id, '/boite-personnelle')).courriers
const situation = (id: string) => monde.world.ask.situationDossier(de(id))

const PRIMIDI = { acteur: 'PRIMIDI CLAIRE', structure: '397900000100017' }
const dit = (id: string, event: object) => monde.world.tell({ matriculeIns: de(id), ...PRIMIDI, ...event } as WorldEvent)
const DOCUMENT = { documentId: '1.2.3', titre: 'Bilan', visiblePatient: true }

describe('la distribution', () => {
  test('chaque état du profil a quelqu’un, sauf « supprimé », et le professionnel voit ce que l’état décide', async () => {
    const { profils } = await lire<{ profils: { matriculeIns: string; etat: keyof typeof VUES }[] }>('')
    const etats = new Set(profils.map((un) => un.etat))
    expect(Object.keys(VUES).filter((un) => !etats.has(un as keyof typeof VUES))).toEqual(['deleted'])
    for (const un of profils) {
      const vu = (await monde.world.ask.situationDossier(un.matriculeIns)).etat
      expect(vu).toBe(VUES[un.etat].dossier)
    }
  })

  test('les identités disent ce que chaque personne montre, et ce qui va arriver', async () => {
    const { cards } = (await monde.send('GET', '/_sandbox/identities')).json<{ cards: { id: string; service: string; triggers: string }[] }>()
    const basile = cards.find(({ id, service }) => id === 'basile-safran' && service === 'mes')
    expect(basile?.triggers).toContain('change le 2026-12-14')
    expect(basile?.triggers).toContain('dossier non créé')
  })

  test('opposé, fermé, suspendu, décédé, mineur, protégé, jamais activé : chacun a quelqu’un, et sa carte le dit', async () => {
    const { cards } = (await monde.send('GET', '/_sandbox/identities')).json<{ cards: { id: string; service: string; triggers: string }[] }>()
    const carte = (id: string) => cards.find((une) => une.id === id && une.service === 'mes')?.triggers
    expect(carte('odile-frimaire')).toContain('Opposé.')
    expect(carte('yann-nivose')).toContain('Fermé.')
    expect(carte('marc-pluviose')).toContain('Suspendu.')
    expect(carte('lucien-ventose')).toContain('décédée')
    expect(carte('tom-germinal')).toContain('A 9 ans')
    expect(carte('paul-prairial')).toContain('sa tutrice agit pour lui')
    expect(carte('hugo-brumaire')).toContain('pas encore activé')
  })

  test('une machine se décrit par le fil, une inconnue répond 404', async () => {
    const machine = (await monde.send('GET', '/mes/api/machines/profil')).json<{ transitions: object[] }>()
    expect(machine.transitions).toContainEqual(
      expect.objectContaining({ de: 'informed', vers: 'openNotActivated', agent: 'délai', delai: 'P6W', regle: 'MES-OPPOSITION-6-SEMAINES' }),
    )
    expect(machine.transitions).toContainEqual(expect.objectContaining({ de: 'informed', vers: 'opposed', acte: 's-opposer', agent: 'titulaire' }))
    expect((await monde.send('GET', '/mes/api/machines/constructor')).status).toBe(404)
  })

  test('les identités de test publiées ont un profil activé, un NIA n’en a pas', async () => {
    for (const { ins } of PERSONNES_PUBLIEES) {
      const attendu = ins.oid.endsWith('.9') ? 'inexistant' : 'ouvert'
      expect((await monde.world.ask.situationDossier(matriculeIns(ins))).etat).toBe(attendu)
    }
  })
})

describe('s’opposer, fermer, revenir (T02)', () => {
  test('le profil s’ouvre de lui-même à six semaines, et la personne est prévenue à la date de l’ouverture', async () => {
    await monde.advance('P20D')
    expect(await etat('basile-safran')).toBe('informed')
    expect((await situation('basile-safran')).etat).toBe('inexistant')
    await monde.advance('P2D')
    expect(await etat('basile-safran')).toBe('openNotActivated')
    expect((await situation('basile-safran')).etat).toBe('ouvert')
    const [lettre] = await boite('basile-safran')
    expect(lettre).toMatchObject({ objet: 'Mon espace santé : votre profil est ouvert', canal: 'courriel', le: Date.UTC(2026, 11, 14, 8) })
  })

  test('s’opposer à temps : preuve envoyée, rien ne s’ouvre, le professionnel voit « non créé »', async () => {
    expect((await acte('basile-safran', 's-opposer')).json()).toMatchObject({ etat: 'opposed', patient: 'preuve' })
    expect((await boite('basile-safran'))[0]?.objet).toContain('preuve d’opposition')
    await monde.advance('P1Y')
    expect(await situation('basile-safran')).toEqual({ etat: 'inexistant', rattacheEns: false })
  })

  test('fermer : le professionnel voit la date et la raison ; rouvrir à 9 ans rend le dossier, à 11 ans il n’y a plus rien', async () => {
    expect((await acte('camille-floreal', 'fermer', { raison: 'Pause' })).status).toBe(200)
    expect(await situation('camille-floreal')).toMatchObject({ etat: 'fermé', raison: 'Pause', motif: 'FERMETURE_DEMANDE_PATIENT' })
    const documents = await monde.world.ask.documentsDuPatient(de('camille-floreal'))
    await monde.advance('P9Y')
    await acte('camille-floreal', 'rouvrir')
    expect(await monde.world.ask.documentsDuPatient(de('camille-floreal'))).toEqual(documents)
    await acte('camille-floreal', 'fermer')
    await monde.advance('P11Y')
    expect(regle(await acte('camille-floreal', 'rouvrir'))).toBe('MES-ACTE-ETAT')
    expect((await acte('camille-floreal', 'creer')).json()).toMatchObject({ etat: 'active' })
    expect(await monde.world.ask.documentsDuPatient(de('camille-floreal'))).toEqual([])
  })

  test('une demande de suppression est exécutée à trois mois et le courriel part', async () => {
    await monde.advance('P3M')
    expect(await etat('rose-amaryllis')).toBe('deleted')
    expect((await boite('rose-amaryllis'))[0]?.objet).toContain('données supprimées')
  })

  test('avancer de douze ans d’un coup ou mois par mois laisse les mêmes profils et les mêmes lettres', async () => {
    const autre = await createTestWorld()
    await monde.advance('P12Y')
    for (let mois = 0; mois < 144; mois++) await autre.advance('P1M')
    expect(await autre.world.store.range(profils, { limit: 1_000 })).toEqual(await monde.world.store.range(profils, { limit: 1_000 }))
    const lettres = async (un: TestWorld) => {
      const dump = await un.running.store.dump()
      return (dump.collections['mes-courriers'] as { le: number; objet: string; matriculeIns: string }[])
        .map(({ le, objet, matriculeIns }) => `${le} ${matriculeIns} ${objet}`)
        .sort()
    }
    expect(await lettres(autre)).toEqual(await lettres(monde))
    await autre.close()
  })

  test('un réglage change le délai d’opposition ; un réglage illisible ne change rien', async () => {
    const regler = (valeur: string) => monde.send('PATCH', '/_sandbox/settings', { body: { 'MES-DELAI-OPPOSITION': valeur } })
    const ouverture = async () => (await lire<{ echeance: { le: number } }>('basile-safran')).echeance.le
    expect(await ouverture()).toBe(Date.UTC(2026, 11, 14, 8))
    expect((await regler('n’importe quoi')).status).toBe(200)
    expect(await ouverture()).toBe(Date.UTC(2026, 11, 14, 8))
    await regler('P1M')
    expect(await ouverture()).toBe(Date.UTC(2026, 11, 2, 8))
    await regler('P8W')
    await monde.advance('P4W')
    expect(await etat('basile-safran')).toBe('informed')
    await monde.advance('P2W')
    expect(await etat('basile-safran')).toBe('openNotActivated')
  })
})

describe('activer (T01)', () => {
  test('le code de la notice active, une seule fois ; le mauvais est refusé en nommant la règle', async () => {
    const faux = await acte('basile-safran', 'activer', { code: '00000000' })
    expect([faux.status, regle(faux)]).toEqual([422, 'MES-CODE-PROVISOIRE'])
    const dateFausse = await acte('basile-safran', 'activer', { code: CODE_DE_LA_DISTRIBUTION, dateNaissance: '1999-01-01' })
    expect(regle(dateFausse)).toBe('MES-ACTIVATION-IDENTITE')
    expect(regle(await acte('basile-safran', 'activer', { cgu: false }))).toBe('MES-CGU')
    expect(await etat('basile-safran')).toBe('informed')
    const { dateNaissance } = await lire<{ dateNaissance: string }>('basile-safran')
    expect((await acte('basile-safran', 'activer', { code: CODE_DE_LA_DISTRIBUTION, dateNaissance, cgu: true })).json()).toMatchObject({
      etat: 'active',
      patient: 'tout',
    })
  })

  test('un nouveau code se demande à tout moment et arrive dans la boîte personnelle ; l’ancien ne vaut plus', async () => {
    expect((await appeler('POST', 'basile-safran', '/code-provisoire')).json()).toEqual({ envoye: 'courriel' })
    const code = /\d{8}/.exec((await boite('basile-safran'))[0]?.texte ?? '')?.[0]
    expect(regle(await acte('basile-safran', 'activer', { code: CODE_DE_LA_DISTRIBUTION }))).toBe('MES-CODE-PROVISOIRE')
    expect((await acte('basile-safran', 'activer', { code })).status).toBe(200)
    expect(regle(await appeler('POST', 'basile-safran', '/code-provisoire'))).toBe('MES-ACTE-ETAT')
  })

  test('un code de six semaines est expiré', async () => {
    await monde.advance('P4W')
    const tard = await acte('basile-safran', 'activer', { code: CODE_DE_LA_DISTRIBUTION })
    expect([tard.status, tard.json()['detail']]).toEqual([422, 'Le code provisoire a plus de six semaines : demandez-en un nouveau'])
  })

  test('avant l’activation rien ne se lit, les documents et les notifications attendent', async () => {
    await dit('hugo-brumaire', { type: 'document.ajoute', ...DOCUMENT })
    for (const suite of ['/documents', '/documents/1.2.3/contenu', '/notifications', '/activites', '/acces']) {
      const refus = await appeler('GET', 'hugo-brumaire', suite)
      expect([refus.status, regle(refus)]).toEqual([403, 'MES-LECTURE-PROFIL-ACTIVE'])
    }
    await acte('hugo-brumaire', 'activer')
    expect((await lire<{ notifications: object[] }>('hugo-brumaire', '/notifications')).notifications).toHaveLength(1)
    expect((await lire<{ documents: object[] }>('hugo-brumaire', '/documents')).documents.length).toBeGreaterThan(0)
  })

  test('quelqu’un que personne n’a touché se comporte comme un profil enregistré : son premier acte l’enregistre', async () => {
    let rang = 0
    const matricule = () => matriculeIns(personneDeRang(rang).ins)
    while ((await etat(matricule())) !== 'openNotActivated') rang++
    expect(await monde.world.store.get(profils, matricule())).toBeUndefined()
    await monde.advance('P1Y')
    expect((await acte(matricule(), 'activer')).json()).toMatchObject({
      etat: 'active',
      nomAffiche: expect.stringContaining(personneDeRang(rang).nomNaissance),
    })
    expect(await monde.world.store.get(profils, matricule())).toMatchObject({ etat: 'active' })
    await acte(matricule(), 'fermer')
    await monde.advance('P10Y')
    expect(await etat(matricule())).toBe('deleted')
  })
})

describe('les actes', () => {
  test('un acte impossible dans l’état présent est refusé, rien ne change, le journal nomme la règle', async () => {
    const refus = await acte('odile-frimaire', 'fermer')
    expect([refus.status, regle(refus)]).toEqual([409, 'MES-ACTE-ETAT'])
    expect(refus.headers['content-type']).toContain('application/problem+json')
    expect(await etat('odile-frimaire')).toBe('opposed')
    await acte('odile-frimaire', 'fermer')
    const exchange = await monde.lastExchange()
    expect(exchange).toMatchObject({ outcome: 'refusé', operation: 'Mon espace santé · acte', from: 'Odile Frimaire' })
    expect(exchange.rules).toMatchObject([{ code: 'MES-ACTE-ETAT', verdict: 'refusée' }])
  })

  test('la CNAM suspend, le titulaire conteste : refusé si la vérification est défavorable, rendu sinon', async () => {
    expect((await acte('camille-floreal', 'suspendre', { raison: 'Connexions inhabituelles' })).json()).toMatchObject({ etat: 'suspended' })
    expect(regle(await acte('camille-floreal', 'contester', { favorable: false }))).toBe('MES-SUSPENSION-CONTESTATION')
    expect((await acte('camille-floreal', 'contester')).json()).toMatchObject({ etat: 'active' })
  })

  test('le décès ferme le dossier, et personne n’écrit plus', async () => {
    const avant = await boite('hugo-brumaire')
    expect((await acte('hugo-brumaire', 'declarer-deces')).json()).toMatchObject({ etat: 'deceased' })
    expect(await situation('hugo-brumaire')).toMatchObject({ etat: 'fermé', motif: 'FERMETURE_DECES' })
    await monde.advance('P11Y')
    expect(await boite('hugo-brumaire')).toEqual(avant)
    expect(await lire('hugo-brumaire')).toMatchObject({ etat: 'deleted', actes: [] })
    expect(regle(await acte('hugo-brumaire', 'creer'))).toBe('MES-DECES')
  })

  test('la nouveau-née est informée à un mois, son profil s’ouvre six semaines plus tard, la poste faute d’adresse', async () => {
    await monde.advance('P3M')
    expect(await etat('eve-brumaire')).toBe('openNotActivated')
    expect((await boite('eve-brumaire')).map(({ canal }) => canal)).toEqual(['courrier', 'courrier'])
  })

  test('l’historique garde chaque acte, et qui l’a fait', async () => {
    await acte('ines-germinal', 'refuser-cgu', {}, 'sophie-germinal')
    await acte('ines-germinal', 'accepter-cgu', {}, 'sophie-germinal')
    const { activites } = await lire<{ activites: { acteur: string; texte: string }[] }>('ines-germinal', '/activites')
    expect(activites.slice(0, 1)).toMatchObject([
      { acteur: 'Sophie Germinal, pour Inès Germinal', texte: 'Profil : activé (par représentant légal).' },
    ])
  })
})

describe('agir pour quelqu’un', () => {
  test('une mère agit pour sa fille de 16 ans, la fille seule non ; à 18 ans c’est l’inverse', async () => {
    expect(regle(await acte('ines-germinal', 'fermer'))).toBe('MES-MINEUR-REPRESENTANT')
    expect(await lire('ines-germinal')).toMatchObject({ age: 16, actes: [] })
    await monde.advance('P2Y')
    expect(regle(await acte('ines-germinal', 'fermer', {}, 'sophie-germinal'))).toBe('MES-AUTEUR-LIEN')
    expect((await acte('ines-germinal', 'fermer')).status).toBe(200)
  })

  test('la fille aidante lit mais ne ferme pas et ne bloque personne ; une inconnue ne voit rien', async () => {
    expect((await appeler('GET', 'jeanne-messidor', '/documents', undefined, 'claire-messidor')).status).toBe(200)
    expect((await monde.lastExchange()).from).toBe('Claire Messidor (aidant)')
    for (const refus of [
      await acte('jeanne-messidor', 'fermer', {}, 'claire-messidor'),
      await appeler('POST', 'jeanne-messidor', '/blocages', { identifiant: '899700979001' }, 'claire-messidor'),
      await appeler('PUT', 'jeanne-messidor', '/preferences', { NOTIF_DOCUMENT: false }, 'claire-messidor'),
    ])
      expect([refus.status, regle(refus)]).toEqual([403, 'MES-AIDANT-LIMITES'])
    for (const auteur of ['camille-floreal', '123456789012345', 'x'])
      expect(regle(await appeler('GET', 'jeanne-messidor', '/documents', undefined, auteur))).toBe('MES-AUTEUR-LIEN')
  })

  test('la tutrice agit pour son frère protégé', async () => {
    expect(regle(await acte('paul-prairial', 'fermer'))).toBe('MES-PROTEGE-TUTEUR')
    expect((await acte('paul-prairial', 'fermer', {}, 'helene-prairial')).status).toBe(200)
  })
})

describe('notifications et boîte personnelle', () => {
  type Notifications = {
    notifications: { id: string; code: string; titre: string; texte: string; lue: boolean; documentId?: string; canaux: { canal: string }[] }[]
  }

  test('un document ajouté : notification au centre avec le nom du médecin, courriel et téléphone sans contenu', async () => {
    await dit('camille-floreal', { type: 'document.ajoute', ...DOCUMENT })
    const [une] = (await lire<Notifications>('camille-floreal', '/notifications')).notifications
    expect(une).toMatchObject({
      code: 'AJOUT_DOCUMENT',
      lue: false,
      documentId: '1.2.3',
      texte: 'Dr Claire Primidi (Cabinet médical du Calendrier) a ajouté « Bilan ».',
    })
    expect(une?.canaux.map(({ canal }) => canal)).toEqual(['centre', 'courriel', 'push'])
    const recus = (await boite('camille-floreal')).slice(0, 2)
    expect(recus.map(({ canal }) => canal).sort()).toEqual(['courriel', 'push'])
    for (const { objet, texte } of recus) expect(objet + texte).not.toMatch(/Bilan|Primidi/)
  })

  test('un document invisible au patient ne laisse aucune trace de son côté', async () => {
    const avant = await lire('camille-floreal', '/activites')
    await dit('camille-floreal', { type: 'document.ajoute', ...DOCUMENT, visiblePatient: false })
    expect(await lire('camille-floreal', '/activites')).toEqual(avant)
    expect((await lire<Notifications>('camille-floreal', '/notifications')).notifications).toEqual([])
  })

  test('les préférences coupent le courriel et le téléphone, le centre reste', async () => {
    expect((await appeler('PUT', 'camille-floreal', '/preferences', { NOTIF_DOCUMENT: false })).json()).toMatchObject({ NOTIF_DOCUMENT: false })
    await dit('camille-floreal', { type: 'document.ajoute', ...DOCUMENT })
    const [une] = (await lire<Notifications>('camille-floreal', '/notifications')).notifications
    expect(une?.canaux.map(({ canal }) => canal)).toEqual(['centre'])
    expect((await appeler('PUT', 'camille-floreal', '/preferences', { NOTIF_INCONNUE: true })).status).toBe(400)
    expect((await appeler('PUT', 'camille-floreal', '/preferences', { courriel: 'pas une adresse' })).status).toBe(400)
  })

  test('MES-NOTIFICATION-PARTAGEE : lue et effacée par l’aidante, elle l’est aussi pour la titulaire', async () => {
    await dit('jeanne-messidor', { type: 'document.ajoute', ...DOCUMENT })
    const [une] = (await lire<Notifications>('jeanne-messidor', '/notifications')).notifications
    const { id } = une!
    expect((await appeler('POST', 'jeanne-messidor', `/notifications/${id}/lue`, {}, 'claire-messidor')).status).toBe(204)
    expect((await lire<Notifications>('jeanne-messidor', '/notifications')).notifications[0]?.lue).toBe(true)
    expect((await appeler('DELETE', 'camille-floreal', `/notifications/${id}`)).status).toBe(404)
    expect((await appeler('DELETE', 'jeanne-messidor', `/notifications/${id}`, undefined, 'claire-messidor')).status).toBe(204)
    expect((await lire<Notifications>('jeanne-messidor', '/notifications')).notifications).toEqual([])
    expect((await appeler('POST', 'jeanne-messidor', `/notifications/${id}/lue`, {})).status).toBe(404)
  })

  test('un nouveau profil après une suppression ne garde rien de l’ancien', async () => {
    await dit('camille-floreal', { type: 'document.ajoute', ...DOCUMENT })
    await acte('camille-floreal', 'fermer-et-supprimer')
    await monde.advance('P3M')
    await acte('camille-floreal', 'creer')
    expect((await lire<Notifications>('camille-floreal', '/notifications')).notifications).toEqual([])
    expect((await lire<{ documents: object[] }>('camille-floreal', '/documents')).documents).toEqual([])
  })
})

describe('accès', () => {
  const TRIDI = '899700979003'

  test('la distribution montre un blocage et l’accès qui l’a provoqué', async () => {
    const { bloques } = await lire<{ bloques: { nom: string }[] }>('jean-baptiste-thermidor', '/acces')
    expect(bloques).toMatchObject([{ nom: 'Dr Élise Tridi', identifiant: TRIDI }])
    expect(await monde.world.ask.estBloque(de('jean-baptiste-thermidor'), TRIDI)).toBe(true)
    expect(await monde.world.ask.estBloque(de('camille-floreal'), TRIDI)).toBe(false)
  })

  test('MES-BLOCAGE : bloquer prend effet aussitôt, quitte la liste des accès et s’inscrit dans l’historique', async () => {
    await dit('camille-floreal', { type: 'acces.autorise', premier: true, identifiant: '899700979001' })
    expect(await lire('camille-floreal', '/acces')).toMatchObject({
      autorises: [{ nom: 'Dr Claire Primidi', structure: 'Cabinet médical du Calendrier' }],
      bloques: [],
    })
    expect((await appeler('POST', 'camille-floreal', '/blocages', { identifiant: '899700979001' })).status).toBe(201)
    expect(await lire('camille-floreal', '/acces')).toMatchObject({ autorises: [], bloques: [{ nom: 'Dr Claire Primidi' }] })
    expect(await monde.world.ask.estBloque(de('camille-floreal'), '899700979001')).toBe(true)
    const { activites } = await lire<{ activites: { texte: string }[] }>('camille-floreal', '/activites')
    expect(activites.map(({ texte }) => texte)).toContain('Dr Claire Primidi ne peut plus accéder à votre dossier.')
  })

  test('MES-DEBLOCAGE : débloquer rend la possibilité, pas l’autorisation', async () => {
    await dit('camille-floreal', { type: 'acces.autorise', premier: true, identifiant: '899700979001' })
    await appeler('PUT', 'camille-floreal', '/blocages/899700979001', {})
    expect((await appeler('DELETE', 'camille-floreal', '/blocages/899700979001')).status).toBe(204)
    expect(await lire('camille-floreal', '/acces')).toEqual({ autorises: [], bloques: [] })
    expect((await appeler('DELETE', 'camille-floreal', '/blocages/899700979001')).status).toBe(404)
  })
})

describe('ce qui est mal demandé', () => {
  test('un matricule inconnu, mal formé ou de mauvaise clé n’ouvre rien', async () => {
    const camille = de('camille-floreal')
    for (const faux of ['x', '1', `${camille}0`, camille.slice(0, 13), `${camille.slice(0, 13)}00`, '275126322074975', '%00', '..%2F..'])
      expect((await appeler('GET', faux)).status).toBe(404)
  })

  test('un corps qui n’est pas un petit objet JSON est refusé sans rien changer', async () => {
    const envoyer = (body: string | Uint8Array) => monde.send('POST', `/mes/api/profils/${de('camille-floreal')}/actes/fermer`, { body })
    for (const body of [
      '{',
      '[]',
      'null',
      '"x"',
      new Uint8Array([0xff, 0xfe]),
      JSON.stringify({ raison: 'x'.repeat(20_000) }),
      JSON.stringify({ raison: 'x'.repeat(300) }),
      '{"raison":3}',
    ])
      expect((await envoyer(body)).status).toBe(400)
    expect(await etat('camille-floreal')).toBe('active')
    for (const body of ['{"code":1}', '{"cgu":"oui"}', '{"favorable":0}', '{"__proto__":{"etat":"x"},"dateNaissance":[]}'])
      expect((await monde.send('POST', `/mes/api/profils/${de('basile-safran')}/actes/activer`, { body })).status).toBe(400)
  })

  test('un acte, un document, un professionnel inconnus', async () => {
    for (const nom of ['inconnu', 'constructor', '__proto__', 'delai.archive']) expect((await acte('camille-floreal', nom)).status).toBe(404)
    expect((await appeler('GET', 'camille-floreal', '/documents/inconnu/contenu')).status).toBe(404)
    for (const identifiant of ['', 'a b', 'a|b', 'x'.repeat(101), 12])
      expect((await appeler('POST', 'camille-floreal', '/blocages', { identifiant })).status).toBe(400)
  })

  test('la panne « mes-indisponible » se demande comme celles des autres services', async () => {
    const panne = await monde.send('GET', `/sim/mes-indisponible/mes/api/profils/${de('camille-floreal')}`)
    expect([panne.status, panne.headers['retry-after']]).toEqual([503, '120'])
  })
})

describe('le document de l’interface', () => {
  test('les exemples ont les noms que le service rend vraiment', async () => {
    await dit('camille-floreal', { type: 'document.ajoute', ...DOCUMENT })
    const noms = (value: object) => Object.keys(value).sort()
    expect(noms(await lire('camille-floreal'))).toEqual(noms(EXEMPLES_MES.profil))
    const premier = async (id: string, suite: string, liste: string) => noms((await lire<Record<string, object[]>>(id, suite))[liste]![0]!)
    expect(await premier('', '', 'profils')).toEqual(noms(EXEMPLES_MES.profils.profils[0]))
    expect(await premier('camille-floreal', '/boite-personnelle', 'courriers')).toEqual(noms(EXEMPLES_MES.boite.courriers[0]))
    expect(await premier('camille-floreal', '/notifications', 'notifications')).toEqual(noms(EXEMPLES_MES.notifications.notifications[0]))
    expect(await premier('camille-floreal', '/documents', 'documents')).toEqual(noms(EXEMPLES_MES.documents.documents[0]))
  })

  test('chaque route y est décrite, et seulement elles', async () => {
    const { paths } = (await monde.send('GET', '/_sandbox/openapi.json')).json<{ paths: Record<string, object> }>()
    const decrites = Object.entries(paths).flatMap(([path, operations]) =>
      path.startsWith('/mes/') ? Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`) : [],
    )
    const { mes } = await import('./routes.ts')
    expect(decrites.sort()).toEqual(mes.routes.map(({ method, path }) => `${method} ${path}`).sort())
  })
})
