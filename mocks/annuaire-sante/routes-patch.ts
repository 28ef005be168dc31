import { lireRessource } from '#standards/fhir/json.ts'
import type { Answer } from '../kit/message.ts'
import { fhir, type RefusFhir, refuserFhir } from '../kit/fhir.ts'
import type { World } from '../world.ts'
import type { AppelAnnuaire } from './contexte.ts'
import { erreur, inconnue } from './contexte.ts'
import { jouer, lirePatch, type Operation, type Resultat } from './patch.ts'
import { lireRecherche } from './recherche.ts'
import { annuaireDe, type Fiche } from './ressources.ts'
import { type Porteur, reglesAnnuaire, refusCondition, refusDomaine, refusPatch, refusPatchFerme } from './rules.ts'
import { balDeclarees, noterChangement } from './store.ts'

/** Thrown to undo what was written. */
class Annulation extends Error {
  readonly refus: RefusFhir

  constructor(refus: RefusFhir) {
    super(refus.about)
    this.refus = refus
  }
}

/** PATCH of the mailboxes of a resource named by its id, or by its identifier. */
export async function patcher(appel: AppelAnnuaire, porteur: Porteur): Promise<Answer> {
  const { world, message, exchange, parameters } = appel
  const ferme = refusPatchFerme(world.setting('ANNUAIRE-PATCH-OUVERT') === true)
  if (ferme) return refuserFhir(ferme, exchange)
  const type = (message.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/fhir+json' && type !== 'application/json') return erreur(415, 'Le corps est en application/fhir+json.', exchange)
  const lu = lireRessource(message.body)
  if (!('ressource' in lu)) return erreur(lu.statut, lu.anomalie.diagnostics, exchange)
  const operations = lirePatch(lu.ressource, porteur)
  if ('refused' in operations) return refuserFhir(operations, exchange)
  try {
    const { id } = parameters
    const ecrit = await world.atomically(async (inside) => {
      const choisie = await choisir({ ...appel, world: inside }, porteur, id)
      if (!choisie || 'refused' in choisie) return choisie
      return await ecrire(inside, choisie, porteur, operations)
    })
    if (!ecrit) return inconnue(porteur, id ?? '', exchange)
    if ('refused' in ecrit) return refuserFhir(ecrit, exchange)
    exchange.respected(reglesAnnuaire['ANNUAIRE-PATCH'])
    exchange.summarise(`${operations.length} opération(s) sur les boîtes de ${porteur}/${ecrit.id}`)
    return fhir(ecrit.ressource)
  } catch (error) {
    if (error instanceof Annulation) return refuserFhir(error.refus, exchange)
    throw error
  }
}

async function choisir({ world, message }: AppelAnnuaire, porteur: Porteur, id: string | undefined): Promise<Fiche | RefusFhir | undefined> {
  const annuaire = await annuaireDe(world)
  if (id !== undefined) return annuaire[porteur].find((une) => une.id === id)
  const parametres = new URLSearchParams(message.query)
  const identifiants = parametres.getAll('identifier')
  if (parametres.size !== 1 || !/^[^|,]+\|[^|,]+$/.test(identifiants[0] ?? ''))
    return refusPatch('la condition est « identifier=système|valeur », seule')
  const recherche = lireRecherche(porteur, message.query)
  if ('refused' in recherche) return recherche
  const trouvees = annuaire[porteur].filter((fiche) => recherche.criteres.every((critere) => critere(fiche)))
  return refusCondition(trouvees.length) ?? trouvees[0]
}

/** Inside a transaction. */
async function ecrire(world: World, fiche: Fiche, porteur: Porteur, operations: readonly Operation[]): Promise<Fiche | RefusFhir | undefined> {
  if (!fiche.actif) return { statut: 400, refused: reglesAnnuaire['ANNUAIRE-INACTIF'], about: 'cette ressource est inactive' }
  const connues = new Set((await world.ask.boitesMss()).map(({ adresse }) => adresse))
  const resultat = jouer(operations, fiche, porteur, connues)
  if ('refused' in resultat) return resultat
  await enregistrer(world, porteur, resultat)
  await noterChangement({ store: world.store, now: world.now() }, fiche.id)
  return (await annuaireDe(world))[porteur].find(({ id }) => id === fiche.id)
}

async function enregistrer({ ask, store }: World, porteur: Porteur, { ecritures, retraits }: Resultat): Promise<void> {
  for (const adresse of retraits) {
    await ask.retirerBoiteMss(adresse)
    await store.delete(balDeclarees, adresse)
  }
  for (const { boite, responsable } of ecritures) {
    if (!(await ask.inscrireBoiteMss(boite))) throw new Annulation(refusDomaine(boite.adresse))
    const connue = await store.get(balDeclarees, boite.adresse)
    await store.put(balDeclarees, { adresse: boite.adresse, porteur, responsable: responsable ?? connue?.responsable ?? '' })
  }
}
