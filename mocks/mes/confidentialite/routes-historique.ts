import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { visiblePour } from '../rules.ts'
import { activites, courriers, nomDe } from '../store.ts'
import { lireCurseur, lirePage } from './historique.ts'
import { ONGLETS, type Onglet, ongletDe, reglesConfidentialite, refusDeSignaler } from './rules.ts'
import { signalements, signalementsDe } from './store.ts'

const TYPES = ['HEALTHCARE_PROFESSIONAL', 'HEALTHCARE_FACILITY', 'SUPPORT', 'PATIENT', 'SERVICE_TIERS', 'SYSTEM', 'ENROLMENT']
const GROUPES = ['GENERAL', 'SERVICE_TIERS', 'MEDICAL_DOCUMENT']

/** Lines of one answer. */
const LIMITE = { ordinaire: 100, maximum: 500 }

async function historique(appel: Appel): Promise<Answer> {
  const { world, exchange, matriculeIns, message } = appel
  const demande = new URLSearchParams(message.query)
  const lu = (nom: string, permises: readonly string[]) => {
    const valeur = demande.get(nom) ?? ''
    return valeur === '' || permises.includes(valeur) ? valeur : undefined
  }
  const [onglet, typeActeur, groupe] = [lu('onglet', ONGLETS), lu('typeActeur', TYPES), lu('groupe', GROUPES)]
  if (onglet === undefined) return mauvaiseDemande(`« onglet » : ${ONGLETS.join(', ')}.`)
  if (typeActeur === undefined) return mauvaiseDemande(`« typeActeur » : ${TYPES.join(', ')}.`)
  if (groupe === undefined) return mauvaiseDemande(`« groupe » : ${GROUPES.join(', ')}.`)
  const limite = Number(demande.get('limite') ?? LIMITE.ordinaire)
  if (!Number.isInteger(limite) || limite < 1 || limite > LIMITE.maximum) return mauvaiseDemande(`« limite » va de 1 à ${LIMITE.maximum}.`)
  const avant = demande.get('avant') === null ? undefined : lireCurseur(demande.get('avant') ?? '')
  if (avant === null) return mauvaiseDemande('« avant » est le « suite » d’une réponse précédente.')
  const titulaire = nomDe(appel)
  const { lignes, suite } = await lirePage(world, matriculeIns, {
    avant,
    limite,
    garde: (une) =>
      visiblePour(appel.qualite, une) &&
      (onglet === '' || onglet === 'tous' || ongletDe(une, titulaire) === (onglet satisfies string as Onglet)) &&
      (typeActeur === '' || une.typeActeur === typeActeur) &&
      (groupe === '' || une.groupe === groupe),
  })
  const signales = new Set((await signalementsDe(world, matriculeIns)).map(({ id }) => id))
  exchange.respected(reglesConfidentialite['MES-HISTORIQUE-ONGLETS'])
  return json({ activites: lignes.map((une) => ({ ...une, signale: signales.has(une.id) })), suite })
}

/** « Signaler un accès »: kept, acknowledged by e-mail without content. */
async function signaler({ world, exchange, message, matriculeIns, parameters, auteur, profil: { courriel } }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const motif = texteDe(corps, 'motif', 500)
  if (motif === undefined) return mauvaiseDemande('« motif », facultatif, a 500 caractères au plus.')
  const id = parameters['activite'] ?? ''
  const fait = await world.atomically(async (inside) => {
    const ligne = id === '' ? undefined : await inside.store.get(activites, id)
    if (ligne?.matriculeIns !== matriculeIns) return undefined
    const refus = refusDeSignaler(ligne, (await inside.store.get(signalements, id)) !== undefined)
    if (refus) return { refus }
    const le = inside.now()
    const signalement = { id, matriculeIns, le, par: auteur, motif, texte: ligne.texte, statut: 'reçu' as const }
    await inside.store.put(signalements, signalement)
    await noterActe(inside, matriculeIns, auteur, `Accès signalé : « ${ligne.texte} »`)
    await inside.store.put(courriers, {
      id: inside.newId(),
      matriculeIns,
      le,
      canal: courriel === '' ? 'courrier' : 'courriel',
      objet: 'Mon espace santé : votre signalement est reçu',
      texte: 'Nous avons bien reçu votre signalement. Connectez-vous à Mon espace santé pour le retrouver dans votre historique.',
    })
    return { signalement }
  })
  if (!fait) return absent('Activité inconnue', 'Cette ligne n’est pas de ce profil.')
  if (fait.refus) return refuser(fait.refus, exchange)
  exchange.respected(reglesConfidentialite['MES-SIGNALEMENT'])
  exchange.summarise('Accès signalé')
  return json(fait.signalement, 201)
}

export const routesHistorique: readonly Route[] = [
  { method: 'GET', path: `${UN}/activites`, handle: lecture('historique d’activité', historique) },
  { method: 'POST', path: `${UN}/activites/{activite}/signalement`, handle: gestion('signalement d’un accès', signaler) },
  {
    method: 'GET',
    path: `${UN}/signalements`,
    handle: lecture('signalements', async ({ world, matriculeIns }) => json({ signalements: await signalementsDe(world, matriculeIns) })),
  },
]
