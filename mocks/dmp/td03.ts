import { readDemandeTd03, TD03_ACTION, writeReponseTd03 } from '#standards/hl7v3/habilitations.ts'
import { nomUsuel } from '../database/registre.ts'
import { addDuration, readDuration } from '../kit/duration.ts'
import type { Annonce } from '../kit/service.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer } from '../kit/message.ts'
import type { Timer, World } from '../world.ts'
import { adresseDe, type AppelDmp, autreOperation } from './appel.ts'
import { type EvenementAutorisation, nextAutorisation } from './lifecycle.ts'
import { answerPayload } from './reponse.ts'
import { type Refus, reglesDmp } from './rules.ts'
import { controlerDossierOuvert } from './rules/dossier.ts'
import { controlerDroit, controlerMedecinTraitant } from './rules/droits.ts'
import { type Autorisation, autorisations, cleAutorisation, identifiantAutorise, situationDe } from './store.ts'

/** TD0.3: adds or removes the caller's authorisation to consult. */
export async function td03(appel: AppelDmp, world: World, exchange: Exchange): Promise<Answer> {
  const demande = readDemandeTd03(appel.payload)
  if ('missing' in demande) return autreOperation(demande.missing, appel, exchange)
  exchange.name('DMP · TD0.3 autorisation d’accès')
  if (demande.action !== 'AJOUT' && demande.action !== 'SUPPRESSION')
    return autreOperation(`action « ${demande.action.slice(0, 40)} » : AJOUT ou SUPPRESSION attendu`, appel, exchange)
  if (demande.role !== '' && demande.role !== 'MEDECIN_TRAITANT')
    return autreOperation(`role « ${demande.role.slice(0, 40)} » : MEDECIN_TRAITANT ou rien`, appel, exchange)
  const ajout = demande.action === 'AJOUT'
  const traitant = demande.role === 'MEDECIN_TRAITANT'
  const repondre = (status: string, context: string) =>
    answerPayload(adresseDe(`${TD03_ACTION}Response`, appel, world), writeReponseTd03({ status, context }))
  const refuser = ({ refused, rule, about }: Refus): Answer => {
    exchange.refused(rule, about)
    exchange.summarise('Autorisation refusée')
    return repondre(refused, about)
  }
  const droit =
    controlerDroit(appel.appelant, ajout ? 'TD0.3 ajout' : 'TD0.3 suppression') ?? (traitant ? controlerMedecinTraitant(appel.appelant) : undefined)
  if (droit) return refuser(droit)
  exchange.respected(reglesDmp['DMP-DROITS'])
  const { matriculeIns } = appel.dossier
  const ouvert = controlerDossierOuvert(await situationDe(world, appel.dossier))
  if (ouvert) return refuser(ouvert)
  const { nameId, structureId } = appel.appelant
  if ((await world.ask.estBloque(matriculeIns, nameId)) || (await world.ask.estBloque(matriculeIns, structureId)))
    return refuser({ refused: 'DMPAccessForbidden', rule: reglesDmp['DMP-BLOQUE'], about: 'accès interdit par le patient' })
  const change = await world.atomically((inside) => changer(inside, appel, { ajout, traitant }))
  exchange.ended('accepté')
  if (!change) exchange.respected(reglesDmp['DMP-AUTORISATION-REPETEE'])
  exchange.summarise(
    !change ? 'Rien à changer' : ajout ? 'Autorisation ajoutée' : traitant ? 'N’est plus médecin traitant' : 'Autorisation supprimée',
  )
  return repondre(
    'DMPOk',
    change ? '' : ajout ? 'Le professionnel est déjà autorisé : rien n’a été fait' : 'Aucune autorisation à supprimer : rien n’a été fait',
  )
}

/** To cease to be médecin traitant leaves the authorisation as it is. */
async function changer(
  world: World,
  { appelant, dossier }: AppelDmp,
  { ajout, traitant }: { readonly ajout: boolean; readonly traitant: boolean },
): Promise<boolean> {
  const identifiant = identifiantAutorise(appelant)
  const id = cleAutorisation(dossier.matriculeIns, identifiant)
  const ancienne = await world.store.get(autorisations, id)
  const etait = ancienne?.medecinTraitant ?? false
  const medecinTraitant = traitant ? ajout : etait
  const event: EvenementAutorisation | undefined = ajout ? { type: 'professionnel.ajoute' } : traitant ? undefined : { type: 'professionnel.retire' }
  const etat = event ? nextAutorisation(ancienne?.etat ?? 'NON_EXISTE', event) : null
  if (etat === null && medecinTraitant === etait) return false
  const autorisation: Autorisation = {
    id,
    patient: dossier.matriculeIns,
    identifiant,
    nom: appelant.nom,
    etat: etat ?? ancienne!.etat,
    depuis: etat === null ? ancienne!.depuis : world.now(),
    medecinTraitant,
    dejaValide: etat === 'VALIDE' || (ancienne?.dejaValide ?? false),
  }
  await world.store.put(autorisations, autorisation)
  if (autorisation.etat === 'VALIDE') await programmerExpiration(world, autorisation)
  else await annulerExpiration(world, autorisation)
  const qui = { matriculeIns: dossier.matriculeIns, acteur: appelant.nom, structure: appelant.structureId, identifiant }
  if (etat === 'VALIDE') await world.tell({ type: 'acces.autorise', ...qui, premier: !(ancienne?.dejaValide ?? false) })
  if (etat === 'NON_EXISTE') await world.tell({ type: 'acces.retire', ...qui })
  return true
}

const timerDe = (id: string): string => `dmp.autorisation:${id}`

/** The delay runs from the moment the authorisation was given. */
export async function programmerExpiration(world: World, { id, patient, depuis }: Autorisation): Promise<void> {
  const duree = readDuration(String(world.setting('DMP-DUREE-AUTORISATION')))
  if (duree)
    await world.schedule({
      id: timerDe(id),
      dueAt: addDuration(depuis, duree),
      service: 'dmp',
      what: 'dmp.autorisationExpire',
      subject: patient,
      data: { id },
    })
}

export const annulerExpiration = (world: World, { id }: Pick<Autorisation, 'id'>): Promise<void> => world.cancel(timerDe(id))

export async function expirer({ data }: Timer, world: World): Promise<void> {
  const autorisation = await world.store.get(autorisations, (data as { id: string }).id)
  const etat = autorisation && nextAutorisation(autorisation.etat, { type: 'delai.expire' })
  if (autorisation && etat) await world.store.put(autorisations, { ...autorisation, etat })
}

/** What the expiry will do, in words. */
export async function direExpiration({ data }: Timer, world: World): Promise<Annonce | undefined> {
  const autorisation = await world.store.get(autorisations, (data as { id: string }).id)
  if (!autorisation || !nextAutorisation(autorisation.etat, { type: 'delai.expire' })) return undefined
  return {
    title: `L’autorisation de ${autorisation.nom} sur le dossier de ${await nomUsuel(world, autorisation.patient)} expire`,
    name: autorisation.nom,
    rule: reglesDmp['DMP-AUTORISATION-EXPIRE'].code,
  }
}
