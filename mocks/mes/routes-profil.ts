import { matriculeIns as quinze } from '#standards/ins/traits.ts'
import { castOf } from '../database/registre.ts'
import { boitePersonnelle } from './boite-personnelle.ts'
import { json } from '../kit/answers.ts'
import type { Answer, Route } from '../kit/message.ts'
import { type Acte, ACTES, actesPossibles, type Donnees, evenementDe, LONGUEUR_RAISON } from './actes.ts'
import { changer, enregistrer, envoyerCode } from './changement.ts'
import { VUES, vueDesQuatre } from './etats.ts'
import { prochaineEcheance } from './delais.ts'
import { PREFERENCES_INITIALES, type Preferences } from './notifications.ts'
import { type Appel, absent, lireCorps, mauvaiseDemande, type Ouvert, profil, refuser, refusPour, texteDe } from './page.ts'
import { regles } from './rules-register.ts'
import { estRefus, type Refus, verifierCode } from './rules.ts'
import { codes, nomDe, profilDe, type ProfilEnregistre, reglageDelais } from './store.ts'
import type { World } from '../world.ts'

const API = '/mes/api/profils'
export const UN = `${API}/{matricule}`

/** What the phone and the trainer's drawing of the machine need. */
function montrer(ouvert: Ouvert, world: World): Answer {
  const { matriculeIns, profil, personne, age, qualite } = ouvert
  const { libelle, annonce, patient } = VUES[profil.etat]
  const agit = refusPour(ouvert, 'gestion') === undefined
  return json({
    matriculeIns,
    nomAffiche: nomDe(ouvert),
    dateNaissance: personne.dateNaissance,
    age,
    qualite,
    etat: profil.etat,
    libelle,
    annonce,
    patient,
    contexte: profil.contexte,
    echeance: prochaineEcheance(profil, reglageDelais(world)) ?? null,
    vues: vueDesQuatre(profil),
    actes: agit ? actesPossibles(profil, ['titulaire']) : [],
    actesAdministration: actesPossibles(profil, ['CNAM', 'état civil']),
    liens: profil.liens,
    preferences: profil.preferences,
    courriel: profil.courriel,
    telephone: profil.telephone,
  })
}

async function agir(appel: Appel): Promise<Answer> {
  const { world, exchange, message, parameters, qualite, auteur } = appel
  const connu = ACTES.get(parameters['acte'] ?? '')
  if (!connu) return absent('Acte inconnu', `Actes : ${[...ACTES.keys()].join(', ')}.`)
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  if (connu.agent !== 'titulaire') exchange.from(connu.agent)
  else {
    const refus = refusPour(appel, 'gestion')
    if (refus) return refuser(refus, exchange)
  }
  const par = connu.agent === 'titulaire' ? { nom: auteur, qualite } : { nom: connu.agent, qualite: connu.agent }
  const apres = await world.atomically(async (inside): Promise<ProfilEnregistre | Refus | string> => {
    const avant = await profilDe(inside, appel)
    const donnees = await lireDonnees(inside, appel, corps)
    if (typeof donnees === 'string') return donnees
    const evenement = evenementDe(avant, connu, donnees, inside.now())
    if (estRefus(evenement)) return evenement
    const suivant = await changer(inside, avant, evenement, par)
    if (!suivant) throw new Error(`${evenement.type} was let through and the machine refused it in ${avant.etat}`)
    return suivant
  })
  if (typeof apres === 'string') return mauvaiseDemande(apres)
  if (estRefus(apres)) return refuser(apres, exchange)
  exchange.respected(regles['MES-ACTE-ETAT'])
  exchange.respected(connu.regle)
  exchange.ended('accepté')
  exchange.summarise(resume(connu, apres))
  return montrer({ ...appel, profil: apres }, world)
}

const resume = ({ libelle }: Acte, { etat }: ProfilEnregistre): string => `${libelle} : ${VUES[etat].libelle.toLowerCase()}`

/**
 * What the act brings. On the activation, whatever is left out is taken as typed right by the holder: the scene's phone holds the code and the
 * birth date. What is given is checked.
 */
async function lireDonnees(world: World, { matriculeIns, personne }: Ouvert, corps: Readonly<Record<string, unknown>>): Promise<Donnees | string> {
  const code = texteDe(corps, 'code', 40)
  const dateNaissance = texteDe(corps, 'dateNaissance', 10)
  const raison = texteDe(corps, 'raison', LONGUEUR_RAISON)
  const { cgu = true, favorable = true } = corps
  if (code === undefined || dateNaissance === undefined) return '« code » et « dateNaissance » (AAAA-MM-JJ) sont des textes courts.'
  if (raison === undefined) return `« raison » est un texte de ${LONGUEUR_RAISON} caractères au plus.`
  if (typeof cgu !== 'boolean' || typeof favorable !== 'boolean') return '« cgu » et « favorable » valent true ou false.'
  return {
    controle: {
      code: code === '' ? 'valide' : verifierCode(await world.store.get(codes, matriculeIns), code, world.now()),
      identite: dateNaissance === '' || dateNaissance === personne.dateNaissance,
      cguAcceptees: cgu,
    },
    favorable,
    raison,
  }
}

async function demanderCode(appel: Appel): Promise<Answer> {
  const { world, exchange } = appel
  const refus = refusPour(appel, 'gestion')
  if (refus) return refuser(refus, exchange)
  if (!actesPossibles(appel.profil, ['titulaire']).some(({ acte }) => acte === 'activer' || acte === 'creer'))
    return refuser({ refused: regles['MES-ACTE-ETAT'], about: 'aucun code n’est utile dans l’état présent du profil' }, exchange)
  await world.atomically((inside) => envoyerCode(inside, appel.profil))
  exchange.respected(regles['MES-CODE-PROVISOIRE'])
  exchange.summarise('Code provisoire envoyé')
  return json({ envoye: appel.profil.courriel ? 'courriel' : 'courrier' }, 202)
}

async function changerPreferences(appel: Appel): Promise<Answer> {
  const { world, exchange, message } = appel
  const refus = refusPour(appel, 'gestion')
  if (refus) return refuser(refus, exchange)
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { courriel = appel.profil.courriel, telephone = appel.profil.telephone, ...voulues } = corps
  if (typeof courriel !== 'string' || !/^(?:[^\s@<>]{1,64}@[^\s@<>]{1,190})?$/.test(courriel))
    return mauvaiseDemande('« courriel » n’est pas une adresse.')
  if (typeof telephone !== 'string' || !/^(?:\+?\d(?:[ .]?\d){5,14})?$/.test(telephone)) return mauvaiseDemande('« telephone » n’est pas un numéro.')
  const fausse = Object.entries(voulues).find(([nom, valeur]) => !Object.hasOwn(PREFERENCES_INITIALES, nom) || typeof valeur !== 'boolean')
  if (fausse) return mauvaiseDemande(`Préférences : ${Object.keys(PREFERENCES_INITIALES).join(', ')}, valeurs true ou false.`)
  const apres = await world.atomically(async (inside) => {
    const avant = await profilDe(inside, appel)
    const suivant: ProfilEnregistre = { ...avant, courriel, telephone, preferences: { ...avant.preferences, ...(voulues as Partial<Preferences>) } }
    await enregistrer(inside, suivant)
    return suivant
  })
  exchange.respected(regles['MES-NOTIFICATION-PREFERENCE'])
  exchange.summarise('Préférences enregistrées')
  return json({ courriel: apres.courriel, telephone: apres.telephone, ...apres.preferences })
}

/** People of the cast: everybody else is reached by the matricule. */
const distribution: Route['handle'] = async (_message, world, exchange) => {
  exchange.name('Mon espace santé · profils de la distribution')
  const { patients } = await castOf(world)
  const lignes = []
  for (const { personne, nomAffiche, montre, ...reste } of patients) {
    const matriculeIns = quinze(personne.ins)
    const { etat } = await profilDe(world, { matriculeIns, personne, distribution: { personne, nomAffiche, montre, ...reste } })
    lignes.push({ matriculeIns, nomAffiche, etat, libelle: VUES[etat].libelle, montre })
  }
  return json({ profils: lignes })
}

export const routesProfil: readonly Route[] = [
  { method: 'GET', path: API, handle: distribution },
  { method: 'GET', path: UN, handle: profil('profil', (appel) => montrer(appel, appel.world)) },
  { method: 'POST', path: `${UN}/actes/{acte}`, handle: profil('acte', agir) },
  { method: 'POST', path: `${UN}/code-provisoire`, handle: profil('code provisoire', demanderCode) },
  { method: 'PUT', path: `${UN}/preferences`, handle: profil('préférences', changerPreferences) },
  {
    method: 'GET',
    path: `${UN}/boite-personnelle`,
    handle: profil('boîte personnelle (hors de Mon espace santé)', boitePersonnelle),
  },
]
