import { readDemandeTd02, TD02_RESPONSE_ACTION, writeReponseTd02 } from '#standards/hl7v3/td02.ts'
import { writeDtm } from '#standards/xds/identifiers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { adresseDe, type AppelDmp, autreOperation } from './appel.ts'
import { answerFault, answerPayload } from './reponse.ts'
import { reglesDmp } from './rules.ts'
import { memePatient } from './rules/identite.ts'
import { autorisationDe, situationDe } from './store.ts'

const MOTIFS: Readonly<Record<string, string>> = { TEST_EXST: 'TD0.2 existence', CNSLT_DATA: 'TD1.3a données administratives' }

/** TD0.2: does the record exist, is it open, am I authorised? Opposition is not told: the record is simply not there. */
export async function td02(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const demande = readDemandeTd02(appel.payload)
  if ('missing' in demande) return autreOperation(demande.missing, appel, exchange)
  const titre = Object.hasOwn(MOTIFS, demande.motif) ? MOTIFS[demande.motif] : undefined
  if (!titre) return autreOperation(`reasonCode « ${demande.motif.slice(0, 40)} » : TEST_EXST ou CNSLT_DATA attendu`, appel, exchange)
  exchange.name(`DMP · ${titre}`)
  const { dossier, appelant } = appel
  if (!memePatient(`${demande.patient.extension}^^^&${demande.patient.root}&ISO^NH`, dossier)) {
    exchange.refused(reglesDmp['DMP-VIHF-PATIENT'], 'patientIdentifier différent du resource-id')
    return answerFault(
      { code: 'Sender', subcode: 'DMPInvalidVIHF', reason: 'Le champ Resource_id est incorrect : il ne désigne pas le patient de la demande' },
      appel.messageId,
    )
  }
  exchange.respected(reglesDmp['DMP-VIHF-PATIENT'])
  const situation = await situationDe(world, dossier)
  const personne = await world.ask.personneParMatricule(dossier.matriculeIns.slice(0, 13))
  const existe = situation.etat !== 'inexistant' && personne !== undefined
  const { statut, medecinTraitant } = existe
    ? await autorisationDe(world, dossier.matriculeIns, appelant)
    : { statut: 'NON_EXISTE' as const, medecinTraitant: false }
  exchange.ended('accepté')
  if (dossier.nia) exchange.respected(reglesDmp['DMP-NIA'])
  exchange.summarise(!existe ? 'Pas de DMP' : situation.etat === 'fermé' ? 'DMP fermé' : `DMP ouvert, autorisation ${statut}`)
  const reponse = {
    enReponseA: demande.id,
    queryId: demande.queryId,
    accuse: 'AA' as const,
    autorisation: statut,
    medecinTraitant,
    ...(existe && personne
      ? {
          dossier: {
            ouvert: situation.etat === 'ouvert',
            patient: demande.patient,
            nom: personne.nomNaissance,
            prenom: personne.listePrenom.split(' ')[0]!,
            sexe: personne.sexe,
            naissance: personne.dateNaissance.replaceAll('-', ''),
            rattacheEns: situation.rattacheEns,
            fermeLe: situation.fermeLe === undefined ? '' : writeDtm(situation.fermeLe),
            motif: situation.motif ?? '',
            raison: situation.raison ?? '',
          },
        }
      : {}),
  }
  return answerPayload(adresseDe(TD02_RESPONSE_ACTION, appel, world), writeReponseTd02(reponse, demande, world.newId(), world.now()))
}
