import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { Annonce } from '../kit/service.ts'
import type { Timer, World } from '../world.ts'
import type { AppelInsi } from './appel.ts'
import { readDepot, readNumeroLot, writeReponseDepot, writeReponseRecuperation } from './formes.ts'
import { nextEtatLot } from './lifecycle.ts'
import { answerForme, answerRefus } from './reponse.ts'
import { estRefusInsi } from './rules/fautes.ts'
import { controlerDepot, controlerRecuperation, reglesLot } from './rules/lot.ts'
import { verifier } from './rules/recherche.ts'
import { reglagePrenoms } from './settings.ts'
import { type Lot, lots } from './store.ts'

const HOUR = 3_600_000

export async function deposerLot({ payload, messageId, appelant }: AppelInsi, world: World, exchange: Exchange): Promise<Answer> {
  const lignes = controlerDepot(readDepot(payload))
  if (estRefusInsi(lignes)) return answerRefus(lignes, messageId, exchange)
  const deposeLe = world.now()
  const disponibleLe = deposeLe + Math.max(0, Number(world.setting('INSI-LOT-DELAI')) || 0) * HOUR
  const lot: Lot = { id: world.newId(), depositaire: appelant.emetteur, deposeLe, disponibleLe, etat: 'depose', lignes }
  await world.atomically(async (inside) => {
    await inside.store.put(lots, lot)
    await inside.schedule({ id: `insi-lot-${lot.id}`, dueAt: disponibleLe, service: 'insi', what: 'insi.traiteLot', subject: lot.id })
  })
  exchange.respected(reglesLot['INSI-LOT-DEPOT'])
  exchange.summarise(`Lot de ${lignes.length} ligne${lignes.length > 1 ? 's' : ''} déposé`)
  exchange.ended('accepté')
  return answerForme(writeReponseDepot(lot))
}

export async function recupererLot({ payload, messageId, appelant }: AppelInsi, world: World, exchange: Exchange): Promise<Answer> {
  const numero = readNumeroLot(payload)
  const lu = controlerRecuperation(numero ? await world.store.get(lots, numero.slice(0, 64)) : undefined, appelant.emetteur)
  if (estRefusInsi(lu)) return answerRefus(lu, messageId, exchange)
  const etat = nextEtatLot(lu.etat, { type: 'depositaire.recupere' })
  const lot: Lot = etat ? { ...lu, etat } : lu
  if (etat && etat !== lu.etat) await world.store.put(lots, lot)
  exchange.respected(reglesLot['INSI-LOT-DIFFERE'])
  exchange.summarise(etat ? 'Lot récupéré' : 'Lot en cours de traitement')
  exchange.ended('accepté')
  return answerForme(writeReponseRecuperation(lot))
}

/** Treats a batch when its delay is over. */
export async function traiterLot({ subject }: Timer, world: World): Promise<void> {
  const lot = await world.store.get(lots, subject)
  const etat = lot && nextEtatLot(lot.etat, { type: 'insi.traite' })
  if (!lot || !etat) return
  const lignes = []
  for (const ligne of lot.lignes) {
    const personne = await world.ask.personneParMatricule(ligne.demandee.ins.matricule)
    lignes.push({ ...ligne, code: verifier(personne, ligne.demandee, reglagePrenoms(world)) })
  }
  await world.store.put(lots, { ...lot, etat, lignes })
}

/** What the treatment will do, in words. */
export async function direLot({ subject }: Timer, world: World): Promise<Annonce | undefined> {
  const lot = await world.store.get(lots, subject)
  if (!lot || !nextEtatLot(lot.etat, { type: 'insi.traite' })) return undefined
  const lignes = `${lot.lignes.length} ligne${lot.lignes.length > 1 ? 's' : ''}`
  return {
    title: `Le lot INSi de ${lignes}, déposé par ${lot.depositaire}, est traité`,
    name: lot.depositaire,
    rule: reglesLot['INSI-LOT-DIFFERE'].code,
  }
}
