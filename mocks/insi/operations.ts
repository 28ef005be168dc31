import { INSI_VERIFICATION, type OperationInsi } from '#standards/ins/insi-names.ts'
import { readIndividuAVerifier, readRechercheTraits, readRechercheVitale } from '#standards/ins/insi-requete.ts'
import type { ResultatInsi } from '#standards/ins/insi-resultat.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import { type PersonneIdentifiee, matriculeIns } from '#standards/ins/traits.ts'
import { child } from '#standards/xml/element.ts'
import { IDENTITES_PUBLIEES } from '../database/official-identities.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import type { AppelInsi } from './appel.ts'
import { writeReponseVerification } from './formes.ts'
import { deposerLot, recupererLot } from './lots.ts'
import { answerFaute, answerForme, answerRefus, answerResultat } from './reponse.ts'
import { controlerTraits, controlerVerification, controlerVitale, reglesChamps } from './rules/champs.ts'
import { estRefusInsi } from './rules/fautes.ts'
import { beneficiaires, conclure, identiteEnFaute, reglesRecherche, verifier } from './rules/recherche.ts'
import { prenomDansReponse, reglagePrenoms } from './settings.ts'
import { portesParLaCarte } from './store.ts'

type Operation = (appel: AppelInsi, world: World, exchange: Exchange) => Promise<Answer>

const rechercherParTraits: Operation = async ({ payload, messageId }, world, exchange) => {
  const recherche = controlerTraits(readRechercheTraits(payload))
  if (estRefusInsi(recherche)) return answerRefus(recherche, messageId, exchange)
  exchange.about(`${recherche.nomNaissance} ${recherche.prenoms.join(' ')}`)
  exchange.respected(reglesChamps['INSI-NOM'])
  const faute = world.setting('INSI-IDENTITES-EN-FAUTE') === true ? identiteEnFaute(recherche) : undefined
  if (faute) {
    exchange.refused(reglesRecherche['INSI-IDENTITES-EN-FAUTE'], faute)
    exchange.summarise(`Faute ${faute} du banc de test officiel`)
    exchange.ended('en erreur')
    return answerFaute(faute, messageId)
  }
  const candidats = await world.ask.chercherPersonnes(recherche)
  return repondreResultat(candidats, world, exchange)
}

const rechercherParCarteVitale: Operation = async ({ payload, messageId }, world, exchange) => {
  const recherche = controlerVitale(readRechercheVitale(payload))
  if (estRefusInsi(recherche)) return answerRefus(recherche, messageId, exchange)
  exchange.about(recherche.nomNaissance ?? recherche.matriculeIndividu ?? recherche.matriculeOd ?? '')
  exchange.respected(reglesIns['SANDBOX-FICTIF-SEULEMENT'])
  exchange.respected(reglesRecherche['INSI-CARTE-CLE'])
  return repondreResultat(beneficiaires(await portesParLaCarte(world, recherche), recherche), world, exchange)
}

const verifierUnitairement: Operation = async ({ payload, messageId }, world, exchange) => {
  const individu = child(payload, INSI_VERIFICATION, 'IndividuVerifie')
  const demandee = controlerVerification(readIndividuAVerifier(individu ?? payload))
  if (estRefusInsi(demandee)) return answerRefus(demandee, messageId, exchange)
  exchange.about(demandee.ins.matricule + demandee.ins.cle)
  exchange.respected(reglesIns['SANDBOX-FICTIF-SEULEMENT'])
  const personne = await world.ask.personneParMatricule(demandee.ins.matricule)
  const code = verifier(personne, demandee, reglagePrenoms(world))
  exchange.respected(reglesRecherche['INSI-VERIFICATION'], code)
  exchange.summarise(code === '00' ? 'INS et traits concordent' : 'INS et traits ne concordent pas')
  exchange.ended('accepté')
  return answerForme(writeReponseVerification(code))
}

const RESUMES = { '00': 'Identité trouvée', '01': 'Aucune identité trouvée', '02': 'Plusieurs identités trouvées' } as const

/** Published identities whose answer in the CNDA files carries `Prenom`. */
const FICHIERS_CNDA: ReadonlySet<string> = new Set(IDENTITES_PUBLIEES.filter(({ reponseAvecPrenom }) => reponseAvecPrenom).map(({ id }) => id))

function repondreResultat(personnes: readonly PersonneIdentifiee[], world: World, exchange: Exchange): Answer {
  const { askedOutcome } = exchange
  const asked = askedOutcome === undefined ? undefined : RESULTATS_DEMANDES.get(askedOutcome)
  const resultat = asked ?? conclure(personnes, prenomDansReponse(world), FICHIERS_CNDA)
  if (resultat.individu) exchange.about(matriculeIns(resultat.individu.ins))
  exchange.respected(reglesRecherche['INSI-RESULTAT'], resultat.code)
  exchange.summarise(RESUMES[resultat.code])
  exchange.ended('accepté')
  const answer = answerResultat(resultat)
  const ignored = askedOutcome !== undefined && !asked
  return ignored ? { ...answer, headers: { ...answer.headers, 'x-sandbox-outcome': 'ignored' } } : answer
}

/** Results that may be asked for by `X-Sandbox-Outcome`, whatever the register holds. */
const RESULTATS_DEMANDES: ReadonlyMap<string, ResultatInsi> = new Map([
  ['insi-aucune-identite', { code: '01' }],
  ['insi-plusieurs-identites', { code: '02' }],
])

export const operations: Readonly<Record<OperationInsi, Operation>> = {
  rechercherInsAvecTraitsIdentite: rechercherParTraits,
  rechercherInsAvecCarteVitale: rechercherParCarteVitale,
  verifierInsAvecTraitsIdentite: verifierUnitairement,
  deposerLotVerification: deposerLot,
  recupererLotVerification: recupererLot,
}
