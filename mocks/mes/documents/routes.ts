import { addDuration, readDuration } from '../../kit/duration.ts'
import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { DocumentPourPatient, World } from '../../world.ts'
import { noterActe, noterActivite } from '../annoncer.ts'
import { type Appel, absent, ecriture, gestion, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { nomDe } from '../store.ts'
import { regles } from '../rules-register.ts'
import { estRefus, origineDe } from '../rules.ts'
import { CATEGORIES, formatDe, LONGUEUR_DOSSIER, LOT_MAX, reglesDocuments, refusSien, refusTaille } from './rules.ts'
import { cleRangement, type Rangement, rangements, reglagesDocuments, signalements, telechargements } from './store.ts'
import { archiveDe, DISPONIBLE, PREPARATION } from './telechargement.ts'

const representant = ({ qualite }: Pick<Appel, 'qualite'>): boolean => qualite === 'représentant légal'

const tous = (appel: Appel): Promise<DocumentPourPatient[]> => appel.world.ask.documentsDuPatient(appel.matriculeIns, representant(appel))

async function un(appel: Appel): Promise<DocumentPourPatient | undefined> {
  return (await tous(appel)).find(({ id }) => id === appel.parameters['document'])
}

const inconnu = (): Answer => absent('Document inconnu', 'Aucun document visible n’a cet identifiant.')

async function lister(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns } = appel
  const documents = await tous(appel)
  const ranges = new Map(
    (await world.store.range(rangements, { index: 'parProfil', equals: [matriculeIns], limit: 1_000 })).map((range) => [range.documentId, range]),
  )
  exchange.respected(regles['MES-DOCUMENTS-DISTINCTS'])
  if (representant(appel)) exchange.respected(reglesDocuments['MES-DOCUMENT-REPRESENTANT'])
  exchange.summarise(`${documents.length} document${documents.length > 1 ? 's' : ''}`)
  const reglage = await world.store.get(reglagesDocuments, matriculeIns)
  return json({
    documents: documents.map((document) => {
      const { dossier = '', epingle = false, categorie = '' } = ranges.get(document.id) ?? {}
      return { ...document, origine: origineDe(document), dossier, epingle, categorie }
    }),
    categories: [...CATEGORIES].map(([code, { libelle }]) => ({ code, libelle })),
    masquerNouveaux: reglage?.masquerNouveaux ?? false,
  })
}

async function contenu(appel: Appel): Promise<Answer> {
  const lu = await appel.world.ask.contenuPourPatient(appel.matriculeIns, appel.parameters['document'] ?? '', representant(appel))
  if (!lu) return inconnu()
  return {
    status: 200,
    // What was deposited is not trusted: it must run nothing and load nothing, even opened by itself.
    headers: {
      'content-type': lu.mimeType,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: lu.bytes,
  }
}

/** The bytes are the body; what is said of them is in the query: `nom`, `titre`, `categorie`, `dossier`, `date`. */
async function ajouter(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns, par } = appel
  const dit = new URLSearchParams(message.query)
  const nom = dit.get('nom') ?? ''
  const titre = (dit.get('titre') ?? '').trim() || nom
  const dossier = (dit.get('dossier') ?? '').trim()
  const date = dit.get('date')
  const dateActe = date === null || date === '' ? undefined : Date.parse(date)
  if (nom === '' || nom.length > 200 || titre.length > 128)
    return mauvaiseDemande('« nom » (du fichier, 200 caractères au plus) est demandé ; « titre » a 128 caractères au plus.')
  if (dateActe !== undefined && !(dateActe <= world.now())) return mauvaiseDemande('« date » est une date passée, AAAA-MM-JJ.')
  const categorie = CATEGORIES.get(dit.get('categorie') ?? '')
  if (!categorie)
    return refuser(
      { refused: reglesDocuments['MES-DOCUMENT-CATEGORIE'], about: `choisissez une catégorie : ${[...CATEGORIES.keys()].join(', ')}`, statut: 422 },
      exchange,
    )
  if (dossier.length > LONGUEUR_DOSSIER)
    return refuser({ refused: reglesDocuments['MES-DOCUMENT-DOSSIER'], about: 'ce nom de dossier est trop long', statut: 422 }, exchange)
  const format = refusTaille(message.body.length) ?? formatDe(nom, message.body)
  if (estRefus(format)) return refuser(format, exchange)
  const depose = await world.atomically(async (inside) => {
    const masque = (await inside.store.get(reglagesDocuments, matriculeIns))?.masquerNouveaux ?? false
    const fait = await inside.ask.deposerPourPatient(matriculeIns, {
      titre,
      typeCode: categorie.typeCode,
      mimeType: format.mimeType,
      bytes: message.body,
      auteur: nomDe(par),
      masque,
      ...(dateActe === undefined ? {} : { dateActe }),
    })
    if (!fait) return undefined
    await ranger(inside, matriculeIns, fait.documentId, { dossier, categorie: dit.get('categorie') ?? '' })
    await tracer(inside, appel, fait.documentId, `« ${titre} » ajouté.`)
    return fait
  })
  if (!depose) return inconnu()
  exchange.respected(reglesDocuments['MES-DOCUMENT-FORMAT'])
  exchange.ended('accepté')
  exchange.summarise(`Document du patient ajouté : « ${titre} »`)
  return json({ id: depose.documentId }, 201)
}

const tracer = (world: World, { matriculeIns, auteur }: Appel, documentId: string, texte: string): Promise<void> =>
  noterActivite(world, matriculeIns, { typeActeur: 'PATIENT', groupe: 'MEDICAL_DOCUMENT', acteur: auteur, structure: '', texte, documentId })

async function ranger(
  world: World,
  matriculeIns: string,
  documentId: string,
  change: Partial<Pick<Rangement, 'dossier' | 'epingle' | 'categorie'>>,
): Promise<void> {
  const id = cleRangement(matriculeIns, documentId)
  const avant = await world.store.get(rangements, id)
  await world.store.put(rangements, { dossier: '', epingle: false, categorie: '', ...avant, id, matriculeIns, documentId, ...change })
}

/** Folder, pin, masking: what is given changes. */
async function changer(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { dossier, epingle, masque } = corps
  if (
    (dossier !== undefined && typeof dossier !== 'string') ||
    [epingle, masque].some((valeur) => valeur !== undefined && typeof valeur !== 'boolean')
  )
    return mauvaiseDemande('« dossier » est un texte ; « epingle » et « masque » valent true ou false.')
  if (typeof dossier === 'string' && dossier.trim().length > LONGUEUR_DOSSIER)
    return refuser({ refused: reglesDocuments['MES-DOCUMENT-DOSSIER'], about: 'ce nom de dossier est trop long', statut: 422 }, exchange)
  const document = await un(appel)
  if (!document) return inconnu()
  const fait = await world.atomically(async (inside) => {
    if (typeof masque === 'boolean') {
      if (!(await inside.ask.masquerPourPatient(matriculeIns, document.id, masque))) return false
      if (masque !== document.masque)
        await tracer(inside, appel, document.id, `« ${document.titre} » ${masque ? 'masqué aux' : 'de nouveau visible des'} professionnels.`)
    }
    if (dossier !== undefined || epingle !== undefined)
      await ranger(inside, matriculeIns, document.id, {
        ...(typeof dossier === 'string' ? { dossier: dossier.trim() } : {}),
        ...(typeof epingle === 'boolean' ? { epingle } : {}),
      })
    return true
  })
  if (!fait) return refuser({ refused: reglesDocuments['MES-MASQUER'], about: 'ce document ne se masque pas' }, exchange)
  if (typeof masque === 'boolean') exchange.respected(reglesDocuments['MES-MASQUER'])
  exchange.summarise(`Document changé : « ${document.titre} »`)
  return noContent()
}

async function supprimer(appel: Appel): Promise<Answer> {
  const document = await un(appel)
  return document ? await retirer(appel, [document]) : inconnu()
}

async function supprimerPlusieurs(appel: Appel): Promise<Answer> {
  const corps = lireCorps(appel.message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { documents } = corps
  if (!Array.isArray(documents) || documents.length === 0 || !documents.every((id) => typeof id === 'string'))
    return mauvaiseDemande('« documents » est une liste d’identifiants.')
  if (documents.length > LOT_MAX)
    return refuser({ refused: reglesDocuments['MES-DOCUMENT-LOT'], about: `${documents.length} documents demandés`, statut: 422 }, appel.exchange)
  const siens = await tous(appel)
  const trouves = documents.map((id) => siens.find((document) => document.id === id))
  return trouves.every((document) => document !== undefined) ? await retirer(appel, trouves) : inconnu()
}

/** All or none. */
async function retirer(appel: Appel, documents: readonly DocumentPourPatient[]): Promise<Answer> {
  const { world, exchange, matriculeIns } = appel
  const refus = documents.map(refusSien).find((un) => un !== undefined)
  if (refus) return refuser(refus, exchange)
  await world.atomically(async (inside) => {
    for (const { id, titre } of documents) {
      await inside.ask.supprimerPourPatient(matriculeIns, id)
      await inside.store.delete(rangements, cleRangement(matriculeIns, id))
      await tracer(inside, appel, id, `« ${titre} » supprimé.`)
    }
  })
  exchange.respected(reglesDocuments['MES-DOCUMENT-SIEN'])
  exchange.summarise(`${documents.length} document${documents.length > 1 ? 's supprimés' : ' supprimé'}`)
  return noContent()
}

async function reglerMasquage({ world, exchange, message, matriculeIns, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { masquerNouveaux } = corps
  if (typeof masquerNouveaux !== 'boolean') return mauvaiseDemande('« masquerNouveaux » vaut true ou false.')
  await world.atomically(async (inside) => {
    await inside.store.put(reglagesDocuments, { id: matriculeIns, matriculeIns, masquerNouveaux })
    await noterActe(
      inside,
      matriculeIns,
      auteur,
      `Les nouveaux documents ${masquerNouveaux ? 'seront masqués aux' : 'seront visibles des'} professionnels.`,
    )
  })
  exchange.respected(reglesDocuments['MES-MASQUER-PAR-DEFAUT'])
  return json({ masquerNouveaux })
}

async function signaler(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const motif = texteDe(corps, 'motif', 500)
  if (!motif) return mauvaiseDemande('« motif » dit ce qui est anormal, en 500 caractères au plus.')
  const document = await un(appel)
  if (!document) return inconnu()
  const signalement = { id: world.newId(), matriculeIns, documentId: document.id, motif, le: world.now() }
  await world.atomically(async (inside) => {
    await inside.store.put(signalements, signalement)
    await tracer(inside, appel, document.id, `« ${document.titre} » signalé.`)
  })
  exchange.respected(reglesDocuments['MES-DOCUMENT-SIGNALER'])
  exchange.summarise('Signalement enregistré')
  return json(signalement, 201)
}

async function demanderTout({ world, exchange, matriculeIns, auteur }: Appel): Promise<Answer> {
  const demande = { id: world.newId(), matriculeIns, demandeLe: world.now(), pretLe: null }
  await world.atomically(async (inside) => {
    await inside.store.put(telechargements, demande)
    await inside.schedule({
      id: `mes.telechargement:${demande.id}`,
      dueAt: addDuration(world.now(), readDuration(PREPARATION)!),
      service: 'mes',
      what: 'telechargement',
      subject: matriculeIns,
      data: { id: demande.id },
    })
    await noterActe(inside, matriculeIns, auteur, 'Téléchargement de toutes les données demandé.')
  })
  exchange.respected(reglesDocuments['MES-TELECHARGER-TOUT'])
  exchange.summarise('Téléchargement en préparation')
  return json(demande, 202)
}

const listerTelechargements = async ({ world, matriculeIns }: Appel): Promise<Answer> =>
  json({ telechargements: await world.store.range(telechargements, { index: 'parProfil', equals: [matriculeIns], reverse: true, limit: 20 }) })

async function telecharger({ world, exchange, matriculeIns, parameters }: Appel): Promise<Answer> {
  const demande = await world.store.get(telechargements, parameters['telechargement'] || '-')
  if (!demande || demande.matriculeIns !== matriculeIns) return absent('Téléchargement inconnu', 'Demandez-le d’abord.')
  if (demande.pretLe === null) return refuser({ refused: reglesDocuments['MES-TELECHARGER-TOUT'], about: 'la préparation n’est pas finie' }, exchange)
  if (world.now() > addDuration(demande.pretLe, readDuration(DISPONIBLE)!))
    return refuser(
      { refused: reglesDocuments['MES-TELECHARGER-TOUT'], about: 'cette archive n’est plus disponible, demandez-en une autre' },
      exchange,
    )
  exchange.respected(reglesDocuments['MES-TELECHARGER-TOUT'])
  return {
    status: 200,
    headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="mon-espace-sante.zip"', 'cache-control': 'no-store' },
    body: await archiveDe(world, matriculeIns),
  }
}

export const routesDocuments: readonly Route[] = [
  { method: 'GET', path: `${UN}/documents`, handle: lecture('documents', lister) },
  { method: 'POST', path: `${UN}/documents`, handle: ecriture('ajout d’un document', ajouter) },
  { method: 'POST', path: `${UN}/documents/suppression`, handle: ecriture('suppression de documents', supprimerPlusieurs) },
  { method: 'PUT', path: `${UN}/documents/masquage`, handle: gestion('masquage des nouveaux documents', reglerMasquage) },
  { method: 'GET', path: `${UN}/documents/{document}/contenu`, handle: lecture('contenu d’un document', contenu) },
  { method: 'PATCH', path: `${UN}/documents/{document}`, handle: ecriture('document', changer) },
  { method: 'DELETE', path: `${UN}/documents/{document}`, handle: ecriture('suppression d’un document', supprimer) },
  { method: 'POST', path: `${UN}/documents/{document}/signalement`, handle: ecriture('signalement d’un document', signaler) },
  { method: 'POST', path: `${UN}/telechargements`, handle: gestion('téléchargement de tout', demanderTout) },
  { method: 'GET', path: `${UN}/telechargements`, handle: gestion('téléchargements', listerTelechargements) },
  { method: 'GET', path: `${UN}/telechargements/{telechargement}/archive`, handle: gestion('archive', telecharger) },
]
