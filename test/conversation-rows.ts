import { ecrireBoite, type Partie, writeMessage } from '../src/standards/mime/write-message.ts'

/**
 * The table of the conversation between a patient and a professional (mssante.md §4.3), row by row, over HTTP alone: the same rows run on
 * every host. Each is played in a world of its own.
 */

export interface Reponse {
  readonly status: number
  // oxlint-disable-next-line no-explicit-any -- what a test reads of an answer
  readonly json: any
  readonly text: string
}

/** One way of calling one world. */
export interface Monde {
  appeler(method: string, chemin: string, demande?: { headers?: Record<string, string>; body?: string | Uint8Array | object }): Promise<Reponse>
  /** A Pro Santé Connect token of this professional. */
  jeton(identifiant: string): Promise<string>
  /** Throws when they differ. */
  attendre(vu: unknown, attendu: unknown): void
}

export const PRIMIDI = {
  adresse: 'claire.primidi@medecins.bac.mssante.fr',
  identifiant: '899700979001',
  nom: 'Dr Claire PRIMIDI Cabinet médical du Calendrier',
}
export const DUODI = {
  adresse: 'bastien.duodi@medecins.bac.mssante.fr',
  identifiant: '899700979002',
  nom: 'Dr Bastien DUODI Cabinet médical du Calendrier',
}
const SECRETARIAT = { adresse: 'secretariat.calendrier@medecins.bac.mssante.fr', identifiant: PRIMIDI.identifiant, nom: 'Secrétariat du cabinet' }
type Bal = typeof PRIMIDI

export interface Ecrit {
  readonly par?: Bal
  readonly a?: readonly string[]
  readonly cc?: readonly string[]
  readonly objet?: string
  readonly texte?: string
  readonly champs?: readonly (readonly [string, string])[]
  readonly repondreA?: string
  readonly fichier?: { readonly nom: string; readonly type: string; readonly contenu: string | Uint8Array }
}

/** What both sides of the counter do, in their own words. */
export class Comptoir {
  readonly monde: Monde
  #n = 0
  readonly #matricules = new Map<string, string>()

  constructor(monde: Monde) {
    this.monde = monde
  }

  async matricule(nom: string): Promise<string> {
    if (this.#matricules.size === 0)
      for (const { nomAffiche, matriculeIns } of (await this.monde.appeler('GET', '/mes/api/profils')).json.profils)
        this.#matricules.set(nomAffiche, matriculeIns)
    const trouve = this.#matricules.get(nom)
    if (trouve === undefined) throw new Error(`nobody is called ${nom}`)
    return trouve
  }

  adresse = async (nom: string): Promise<string> => `${(await this.matricule(nom)).toLowerCase()}@patient.mssante.fr`

  /** The professional sends; `fil` answers a message of the patient. */
  async ecrit(
    patient: string,
    { par = PRIMIDI, a = [], cc = [], objet = 'Vos résultats', texte = 'Bonjour.', champs = [], repondreA, fichier }: Ecrit = {},
  ): Promise<Reponse> {
    const de = { Authorization: `Bearer ${await this.monde.jeton(par.identifiant)}` }
    const n = ++this.#n
    const corps: Partie = { type: 'text/plain; charset=utf-8', contenu: texte }
    const octets = writeMessage({
      champs: [
        ['Date', 'Mon, 23 Nov 2026 08:00:00 +0000'],
        ['From', ecrireBoite(par.nom, par.adresse)],
        ['To', [await this.adresse(patient), ...a].join(', ')],
        ...(cc.length > 0 ? ([['Cc', cc.join(', ')]] as const) : []),
        ['Subject', objet],
        ['Message-ID', `<essai-${n}@bac.test>`],
        ['X-MSS-NIL', 'BAC-TEST'],
        ...(repondreA === undefined ? [] : ([['Reply-To', repondreA]] as const)),
        ...champs,
      ],
      corps: fichier
        ? { type: 'multipart/mixed', contenu: [corps, { type: fichier.type, contenu: fichier.contenu, nomFichier: fichier.nom }] }
        : corps,
      frontiere: `essai-${n}`,
    })
    return await this.monde.appeler('POST', `/mssante/api/boites/${par.adresse}/messages`, {
      headers: { ...de, 'content-type': 'message/rfc822' },
      body: octets,
    })
  }

  /** The messages of a professional's folder, newest first; those that were there before the first scene are left out. */
  async boite(
    par: Bal = PRIMIDI,
    dossier = 'INBOX',
  ): Promise<
    {
      id: string
      objet: string
      de: { adresse: string; nom: string }[]
      a: { adresse: string }[]
      enReponseA: string[]
      references: string[]
      rapport?: string
      messageId?: string
    }[]
  > {
    const de = { Authorization: `Bearer ${await this.monde.jeton(par.identifiant)}` }
    const { messages } = (await this.monde.appeler('GET', `/mssante/api/boites/${par.adresse}/messages?dossier=${dossier}`, { headers: de })).json
    return messages.filter(({ mss }: { mss: { NIL?: string } }) => !['BAC-0001', 'BAC-LABO'].includes(mss.NIL ?? ''))
  }

  async source(id: string, par: Bal = PRIMIDI): Promise<string> {
    const de = { Authorization: `Bearer ${await this.monde.jeton(par.identifiant)}` }
    return (await this.monde.appeler('GET', `/mssante/api/boites/${par.adresse}/messages/${id}`, { headers: de })).text
  }

  /** The patient's phone, or whoever acts for them. */
  async telephone(patient: string, method: string, suite: string, body?: object, auteur?: string): Promise<Reponse> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...(auteur === undefined ? {} : { 'X-Mes-Auteur': await this.matricule(auteur) }),
    }
    return await this.monde.appeler(method, `/mes/api/profils/${await this.matricule(patient)}${suite}`, { headers, ...(body && { body }) })
  }

  // oxlint-disable-next-line no-explicit-any -- what a test reads of an answer
  async conversations(patient: string): Promise<any[]> {
    return (await this.telephone(patient, 'GET', '/messagerie/conversations')).json.conversations
  }

  async derniere(patient: string): Promise<string> {
    return (await this.conversations(patient))[0]?.id ?? '-'
  }

  repond = async (patient: string, conversation: string, body: object = {}, auteur?: string): Promise<Reponse> =>
    await this.telephone(patient, 'POST', `/messagerie/conversations/${conversation}/reponses`, { texte: 'Merci.', ...body }, auteur)

  commence = async (patient: string, reference: string, body: object = {}): Promise<Reponse> =>
    await this.telephone(patient, 'POST', '/messagerie/conversations', { reference, objet: 'Question', texte: 'Bonjour', ...body })

  // oxlint-disable-next-line no-explicit-any -- what a test reads of an answer
  async contacts(patient: string, cherche = ''): Promise<any[]> {
    return (await this.telephone(patient, 'GET', `/messagerie/contacts?cherche=${encodeURIComponent(cherche)}`)).json.contacts
  }

  async reference(patient: string, cherche: string): Promise<string> {
    return (await this.contacts(patient, cherche))[0]?.reference ?? '-'
  }

  /** The operator, the directory. */
  operateur = async ({ adresse }: Bal, changement: object | 'supprime'): Promise<Reponse> =>
    changement === 'supprime'
      ? await this.monde.appeler('DELETE', `/mssante/bac/boites/${adresse}`)
      : await this.monde.appeler('PATCH', `/mssante/bac/boites/${adresse}`, { headers: { 'content-type': 'application/json' }, body: changement })

  /** Right of a patient to write, seen from the patient: what the list of contacts says of the mailbox with this name. */
  async contact(patient: string, cherche: string): Promise<'NONE' | 'OPEN' | 'CLOSED'> {
    const tous = (await this.contacts(patient)).filter(({ nom }: { nom: string }) => nom.includes(cherche))
    return tous.length === 0 ? 'NONE' : tous[0].possible ? 'OPEN' : 'CLOSED'
  }
}

const CAMILLE = 'Camille Floréal'
const FIN = [['X-MSS-MES', 'FIN']] as const
const MINI_PDF = new TextEncoder().encode('%PDF-1.4\n%%EOF')

export interface Ligne {
  readonly n: number
  /** Code of the rule and what the row says. */
  readonly titre: string
  jouer(comptoir: Comptoir): Promise<void>
}

const ligne = (n: number, titre: string, jouer: (comptoir: Comptoir, voir: (vu: unknown, attendu: unknown) => void) => Promise<void>): Ligne => ({
  n,
  titre: `§4.3 ligne ${n} — ${titre}`,
  jouer: (comptoir) => jouer(comptoir, (vu, attendu) => comptoir.monde.attendre(vu, attendu)),
})

const refus = ({ status, json }: Reponse): unknown[] => [status, json.rule]

export const lignes: readonly Ligne[] = [
  ligne(1, 'MSS-INITIATIVE : un professionnel écrit le premier, le contact s’ouvre et le patient est prévenu sans contenu', async (c, voir) => {
    voir((await c.ecrit(CAMILLE)).status, 202)
    const [une] = await c.conversations(CAMILLE)
    voir([une.etat, une.interlocuteurs, une.nonLus], ['ACTIVE', [PRIMIDI.nom], 1])
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'OPEN')
    const nouvelles = (await c.telephone(CAMILLE, 'GET', '/notifications')).text
    voir([nouvelles.includes('Vous avez reçu un message.'), nouvelles.includes('Vos résultats')], [true, false])
  }),
  ligne(1, 'MSS-REPLY-TO : avec Reply-To, c’est la boîte nommée qui devient le contact', async (c, voir) => {
    await c.ecrit(CAMILLE, { repondreA: SECRETARIAT.adresse })
    voir((await c.repond(CAMILLE, await c.derniere(CAMILLE))).status, 201)
    voir([(await c.boite(SECRETARIAT)).length, (await c.boite(PRIMIDI)).length], [1, 0])
  }),
  ligne(2, 'MSS-FIN : un premier message qui porte la fin ferme le contact ; il est montré', async (c, voir) => {
    await c.ecrit(CAMILLE, { champs: FIN })
    const [une] = await c.conversations(CAMILLE)
    voir([une.etat, une.finPar, une.nonLus], ['FINALISED', PRIMIDI.nom, 1])
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'CLOSED')
  }),
  ligne(3, 'MSS-INITIATIVE : contact ouvert, un message de plus reste dans son fil quand il y répond, en ouvre un autre sinon', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.ecrit(CAMILLE, { objet: 'Re: Vos résultats', champs: [['In-Reply-To', '<essai-1@bac.test>']] })
    await c.ecrit(CAMILLE, { objet: 'Autre sujet' })
    voir((await c.conversations(CAMILLE)).map(({ objet, nombre }) => [objet, nombre]).toSorted(), [
      ['Autre sujet', 1],
      ['Vos résultats', 2],
    ])
  }),
  ligne(4, 'MSS-FIN : la fin vaut pour la boîte : aucun fil avec elle n’accepte plus de réponse', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.ecrit(CAMILLE, { objet: 'Autre sujet', champs: FIN })
    voir(
      (await c.conversations(CAMILLE)).map(({ etat }) => etat),
      ['FINALISED', 'FINALISED'],
    )
    for (const { id } of await c.conversations(CAMILLE)) voir(refus(await c.repond(CAMILLE, id)), [409, 'MSS-FIN-ROUVRE'])
  }),
  ligne(5, 'MSS-FIN-OBJET : un objet exactement [FIN] a le même effet', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.ecrit(CAMILLE, { objet: '[FIN]' })
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'CLOSED')
    voir((await c.conversations(CAMILLE)).map(({ objet }) => objet).toSorted(), ['Vos résultats', '[FIN]'])
  }),
  ligne(5, 'MSS-FIN-OBJET-MONTRE : un réglage cache ce message au patient', async (c, voir) => {
    await c.monde.appeler('PATCH', '/_sandbox/settings', { headers: { 'content-type': 'application/json' }, body: { 'MSS-FIN-OBJET-MONTRE': false } })
    await c.ecrit(CAMILLE)
    await c.ecrit(CAMILLE, { objet: '[FIN]' })
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'CLOSED')
    voir(
      (await c.conversations(CAMILLE)).map(({ objet }) => objet),
      ['Vos résultats'],
    )
  }),
  ligne(6, 'MSS-FIN-OBJET : « Re: [FIN] », « [fin] », « FIN » et « X-MSS-MES: fin » sont des messages ordinaires', async (c, voir) => {
    for (const objet of ['Re: [FIN]', '[fin]', 'FIN', '[FIN] suite']) await c.ecrit(CAMILLE, { objet })
    await c.ecrit(CAMILLE, { champs: [['X-MSS-MES', 'fin']] })
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'OPEN')
  }),
  ligne(7, 'MSS-FIN-ROUVRE : le professionnel rouvre en écrivant, les anciens fils acceptent de nouveau une réponse', async (c, voir) => {
    await c.ecrit(CAMILLE)
    const ancien = await c.derniere(CAMILLE)
    await c.ecrit(CAMILLE, { objet: 'Fin', champs: FIN })
    voir(refus(await c.repond(CAMILLE, ancien)), [409, 'MSS-FIN-ROUVRE'])
    await c.ecrit(CAMILLE, { objet: 'Je reviens vers vous' })
    voir((await c.repond(CAMILLE, ancien)).status, 201)
  }),
  ligne(8, 'MSS-FIN : contact fermé, un message qui porte encore la fin est remis et ne rouvre rien', async (c, voir) => {
    await c.ecrit(CAMILLE, { champs: FIN })
    await c.ecrit(CAMILLE, { objet: 'Encore', champs: FIN })
    voir([(await c.conversations(CAMILLE)).length, await c.contact(CAMILLE, 'PRIMIDI')], [2, 'CLOSED'])
  }),
  ligne(9, 'MSS-PATIENT-REPOND : la réponse arrive à la boîte, rattachée par In-Reply-To et References, sous le nom du patient', async (c, voir) => {
    await c.ecrit(CAMILLE)
    voir((await c.repond(CAMILLE, await c.derniere(CAMILLE))).status, 201)
    const [recue] = await c.boite()
    voir([recue?.objet, recue?.enReponseA, recue?.references], ['Re: Vos résultats', ['<essai-1@bac.test>'], ['<essai-1@bac.test>']])
    voir(recue?.de, [{ nom: CAMILLE, adresse: await c.adresse(CAMILLE) }])
    voir(await c.contact(CAMILLE, 'PRIMIDI'), 'OPEN')
  }),
  ligne(9, 'MSS-AIDANT-ECRIT : une aidante répond au nom de la personne aidée, et le message le dit', async (c, voir) => {
    await c.ecrit('Jeanne Messidor')
    voir((await c.repond('Jeanne Messidor', await c.derniere('Jeanne Messidor'), {}, 'Claire Messidor')).status, 201)
    const [recue] = await c.boite()
    voir(recue?.de[0]?.nom, 'Jeanne Messidor')
    voir((await c.source(recue!.id)).includes('Claire Messidor, pour Jeanne Messidor'), true)
  }),
  ligne(10, 'MSS-REPONSE-A-TOUS : la réponse à tous va aux boîtes qui n’ont pas mis fin', async (c, voir) => {
    await c.ecrit(CAMILLE, { par: DUODI, champs: FIN, objet: 'Fin avec le Dr Duodi' })
    await c.ecrit(CAMILLE, { cc: [DUODI.adresse, SECRETARIAT.adresse] })
    const { id } = (await c.conversations(CAMILLE)).find(({ objet }) => objet === 'Vos résultats')
    const { reponse } = (await c.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)).json
    voir(reponse.options, ['REPLY', 'REPLY_TO_ALL'])
    const avant = (await c.boite(DUODI)).length
    voir((await c.repond(CAMILLE, id, { aTous: true })).status, 201)
    voir([(await c.boite(PRIMIDI)).length, (await c.boite(SECRETARIAT)).length, (await c.boite(DUODI)).length], [1, 2, avant])
  }),
  ligne(11, 'MSS-PATIENT-REPOND : le patient commence un nouveau fil avec un contact ouvert', async (c, voir) => {
    await c.ecrit(CAMILLE)
    voir((await c.commence(CAMILLE, await c.reference(CAMILLE, 'PRIMIDI'))).status, 201)
    const [recue] = await c.boite()
    voir([recue?.objet, recue?.enReponseA, recue?.a.length], ['Question', [], 1])
  }),
  ligne(12, 'MSS-FIN-ROUVRE : contact fermé, ni réponse ni nouveau fil', async (c, voir) => {
    await c.ecrit(CAMILLE, { champs: FIN })
    voir(refus(await c.repond(CAMILLE, await c.derniere(CAMILLE))), [409, 'MSS-FIN-ROUVRE'])
    voir(refus(await c.commence(CAMILLE, await c.reference(CAMILLE, 'PRIMIDI'))), [409, 'MSS-FIN-ROUVRE'])
    voir((await c.boite()).length, 0)
  }),
  ligne(13, 'MSS-INITIATIVE : le patient n’écrit pas le premier à un professionnel qui n’est pas une pharmacie', async (c, voir) => {
    const [trouve] = await c.contacts(CAMILLE, 'Claire PRIMIDI')
    voir([trouve.genre, trouve.possible], ['autre', false])
    voir(refus(await c.commence(CAMILLE, trouve.reference)), [409, 'MSS-INITIATIVE'])
  }),
  ligne(14, 'MSS-PHARMACIE-JOIGNABLE : le patient écrit le premier à une pharmacie', async (c, voir) => {
    const [trouvee] = await c.contacts(CAMILLE, 'Moisson')
    voir([trouvee.genre, trouvee.possible], ['pharmacie', true])
    voir((await c.commence(CAMILLE, trouvee.reference)).status, 201)
    voir(await c.contact(CAMILLE, 'Moisson'), 'OPEN')
  }),
  ligne(15, 'MSS-PATIENT-DESTINATAIRES, MES-MESSAGERIE-CONVERSATION : ni adresse, ni destinataire ajouté', async (c, voir) => {
    await c.ecrit(CAMILLE)
    const id = await c.derniere(CAMILLE)
    for (const corps of [{ destinataires: ['x@example.fr'] }, { cc: ['x@patient.mssante.fr'] }, { to: 'x@gmail.example' }])
      voir(refus(await c.repond(CAMILLE, id, corps)), [422, 'MES-MESSAGERIE-CONVERSATION'])
    voir((await c.commence(CAMILLE, await c.adresse('Hugo Brumaire'))).status, 404)
    await c.ecrit(CAMILLE, { objet: 'À deux', a: [await c.adresse('Hugo Brumaire')] })
    const aDeux = (await c.conversations(CAMILLE)).find(({ objet }) => objet === 'À deux').id
    voir((await c.repond(CAMILLE, aDeux, { aTous: true })).status, 201)
    voir((await c.boite())[0]?.a.length, 1)
  }),
  ligne(16, 'MSS-PATIENT-TAILLE : au-delà de 25 Mo la réponse est refusée et rien ne part', async (c, voir) => {
    await c.ecrit(CAMILLE)
    const base64 = 'A'.repeat(25_000_000)
    const refusee = await c.repond(CAMILLE, await c.derniere(CAMILLE), { piecesJointes: [{ nom: 'gros.bin', base64 }] })
    voir([...refus(refusee), refusee.json.detail.startsWith('MSG_FILE_SIZE_EXCEEDED_ERROR')], [409, 'MSS-PATIENT-TAILLE', true])
    voir((await c.boite()).length, 0)
  }),
  ligne(17, 'MSS-CORBEILLE : la conversation supprimée l’est pour le patient seul ; un message d’après fait une nouvelle entrée', async (c, voir) => {
    await c.ecrit(CAMILLE)
    voir((await c.telephone(CAMILLE, 'DELETE', `/messagerie/conversations/${await c.derniere(CAMILLE)}`)).status, 204)
    voir([(await c.conversations(CAMILLE)).length, (await c.boite(PRIMIDI, 'Sent')).length, await c.contact(CAMILLE, 'PRIMIDI')], [0, 1, 'OPEN'])
    await c.ecrit(CAMILLE, { objet: 'Re: Vos résultats', champs: [['In-Reply-To', '<essai-1@bac.test>']] })
    voir(
      (await c.conversations(CAMILLE)).map(({ nombre }) => nombre),
      [1],
    )
  }),
  ligne(18, 'MSS-CORBEILLE, MES-AIDANT-LIMITES : l’aidante ne supprime pas de conversation', async (c, voir) => {
    await c.ecrit('Jeanne Messidor')
    const id = await c.derniere('Jeanne Messidor')
    voir(refus(await c.telephone('Jeanne Messidor', 'DELETE', `/messagerie/conversations/${id}`, undefined, 'Claire Messidor')), [
      403,
      'MES-AIDANT-LIMITES',
    ])
    voir((await c.conversations('Jeanne Messidor')).length, 1)
  }),
  ligne(19, 'MSS-ACCUSE-LECTURE : ouvrir le message envoie l’accusé demandé, une seule fois', async (c, voir) => {
    await c.ecrit(CAMILLE, { champs: [['Disposition-Notification-To', PRIMIDI.adresse]] })
    const id = await c.derniere(CAMILLE)
    voir((await c.boite()).length, 0)
    await c.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)
    await c.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)
    voir(
      (await c.boite()).map(({ rapport }) => rapport),
      ['disposition-notification'],
    )
    voir((await c.source((await c.boite())[0]!.id)).includes('displayed'), true)
  }),
  ligne(20, 'MSS-PATIENT-BOITE, MSS-NON-REMIS : opposée ou fermée, la boîte du patient ne reçoit pas et l’expéditeur l’apprend', async (c, voir) => {
    for (const [patient, motif] of [
      ['Odile Frimaire', '550 5.1.1'],
      ['Lucien Ventôse', '550 5.2.1'],
    ] as const) {
      const { status, json } = await c.ecrit(patient)
      voir([status, json.remis, json.nonRemis.map(({ smtp }: { smtp: string }) => smtp)], [202, [], [motif]])
    }
    voir(
      (await c.boite()).map(({ rapport }) => rapport),
      ['delivery-status', 'delivery-status'],
    )
  }),
  ligne(21, 'MSS-CONTACT-GELE : le patient ferme son profil, la boîte ne reçoit plus', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.telephone(CAMILLE, 'POST', '/actes/fermer', {})
    voir((await c.ecrit(CAMILLE, { objet: 'Trop tard' })).json.nonRemis.length, 1)
    voir((await c.telephone(CAMILLE, 'GET', '/messagerie/conversations')).json.rule, 'MES-LECTURE-PROFIL-ACTIVE')
  }),
  ligne(22, 'MSS-CONTACT-GELE : le profil rouvert, messages et contacts sont ceux d’avant', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.telephone(CAMILLE, 'POST', '/actes/fermer', {})
    await c.telephone(CAMILLE, 'POST', '/actes/rouvrir', {})
    const [une] = await c.conversations(CAMILLE)
    voir([une.objet, une.etat, await c.contact(CAMILLE, 'PRIMIDI')], ['Vos résultats', 'ACTIVE', 'OPEN'])
    voir((await c.repond(CAMILLE, une.id)).status, 201)
  }),
  ligne(23, 'MSS-BAL-DISPARUE : la boîte a été supprimée, la réponse revient au patient', async (c, voir) => {
    await c.ecrit(CAMILLE)
    const id = await c.derniere(CAMILLE)
    voir((await c.operateur(PRIMIDI, 'supprime')).status, 204)
    voir((await c.repond(CAMILLE, id)).status, 201)
    const retour = (await c.conversations(CAMILLE)).find(({ objet }) => objet.startsWith('Message non distribué'))
    const { messages } = (await c.telephone(CAMILLE, 'GET', `/messagerie/conversations/${retour.id}`)).json
    voir([retour.etat, messages[0].automatique, messages[0].texte.includes('boîte inconnue')], ['NO_REPLY', true, true])
  }),
  ligne(24, 'MSS-PRO-INACTIF : le professionnel n’exerce plus, le patient est averti et peut écrire', async (c, voir) => {
    await c.ecrit(CAMILLE)
    await c.operateur(PRIMIDI, { cesseActivite: true })
    const id = await c.derniere(CAMILLE)
    const { reponse } = (await c.telephone(CAMILLE, 'GET', `/messagerie/conversations/${id}`)).json
    voir([reponse.inactifs, (await c.contacts(CAMILLE))[0].inactif], [[PRIMIDI.nom], true])
    voir((await c.repond(CAMILLE, id)).status, 201)
  }),
  ligne(25, 'MSS-FIN-PRO : vers un professionnel la marque de fin n’a pas d’effet', async (c, voir) => {
    await c.ecrit(CAMILLE)
    const headers = { Authorization: `Bearer ${await c.monde.jeton(PRIMIDI.identifiant)}`, 'content-type': 'message/rfc822' }
    const body = `From: ${PRIMIDI.adresse}\r\nTo: ${DUODI.adresse}\r\nSubject: [FIN]\r\nX-MSS-MES: FIN\r\nMessage-ID: <pro@bac.test>\r\n\r\nFin.\r\n`
    voir((await c.monde.appeler('POST', `/mssante/api/boites/${PRIMIDI.adresse}/messages`, { headers, body })).status, 202)
    voir([(await c.boite(DUODI)).length, await c.contact(CAMILLE, 'PRIMIDI')], [1, 'OPEN'])
  }),
  ligne(26, 'MSS-REPONSE-A-TOUS : l’un a mis fin, la réponse à tous va aux autres ; un réglage la refuse', async (c, voir) => {
    await c.ecrit(CAMILLE, { par: DUODI, objet: 'Le Dr Duodi écrit aussi' })
    await c.ecrit(CAMILLE, { cc: [DUODI.adresse] })
    const { id } = (await c.conversations(CAMILLE)).find(({ objet }) => objet === 'Vos résultats')
    await c.ecrit(CAMILLE, { objet: 'Fin', champs: FIN })
    voir(refus(await c.repond(CAMILLE, id)), [409, 'MSS-FIN-ROUVRE'])
    voir((await c.repond(CAMILLE, id, { aTous: true })).status, 201)
    voir([(await c.boite(DUODI)).length, (await c.boite(PRIMIDI)).length], [2, 0])
    await c.monde.appeler('PATCH', '/_sandbox/settings', {
      headers: { 'content-type': 'application/json' },
      body: { 'MSS-REPONSE-A-TOUS-APRES-FIN': false },
    })
    voir(refus(await c.repond(CAMILLE, id, { aTous: true })), [409, 'MSS-FIN-ROUVRE'])
  }),
]

/** A message with a file that the patient keeps. */
export const PIECE = { nom: 'Ordonnance.pdf', type: 'application/pdf', contenu: MINI_PDF }
