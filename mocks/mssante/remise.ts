import type { Rule } from '#standards/rule.ts'
import { DOMAINE_PATIENT, readAdresse } from '#standards/mssante/adresses.ts'
import type { World } from '../world.ts'
import { ajouter, dossierDe, garder } from './dossier.ts'
import { retenir } from './entete-retenu.ts'
import { prochainContact } from './lifecycle.ts'
import { ecrireDsn, type SortDuDestinataire } from './rapports.ts'
import { reglesMss } from './rules-register.ts'
import { estRefusMss, type RefusMss } from './rules/acces.ts'
import { type Destination, destinationDe, refusBoitePatient, refusBoitePro, refusTaille, TAILLE_MAX_PATIENT } from './rules/destinataire.ts'
import { marqueDeFin } from './rules/fin.ts'
import { boites, cleContact, contacts, domaines, type EnteteRetenu, type MessageEnregistre } from './store.ts'

/** One recipient of an envelope. @see RFC 3461 */
export interface Destinataire {
  readonly adresse: string
  readonly notify?: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[]
  /** As given: `rfc822;…`. */
  readonly orcpt?: string
}

export interface Envoi {
  /** Return path: the mailbox it is sent from; `''` for a report, which nothing answers. */
  readonly de: string
  readonly pour: readonly Destinataire[]
  readonly octets: Uint8Array
  readonly envid?: string
}

/** What became of an accepted message. */
export interface Bilan {
  readonly messageId?: string
  readonly remis: readonly { readonly adresse: string; readonly message: MessageEnregistre }[]
  readonly refuses: readonly { readonly adresse: string; readonly refus: RefusMss }[]
  /** Rules of the conversation that were applied on the way. */
  readonly regles: readonly Rule[]
}

/** For whoever sent it: which recipient, why, in the codes of SMTP. */
export const refusDuDestinataire = ({ adresse, refus: { code, etendu, about, refused } }: Bilan['refuses'][number]) => ({
  adresse,
  smtp: `${code} ${etendu}`,
  detail: about,
  rule: refused.code,
})

/** Domains of the trust space, now. */
async function membres(world: World): Promise<ReadonlySet<string>> {
  const tous = await world.store.range(domaines, { limit: 10_000 })
  return new Set([DOMAINE_PATIENT, ...tous.filter(({ listeBlanche }) => listeBlanche).map(({ nom }) => nom)])
}

/**
 * What the sender's own operator can say before the message is there: address, domain, and whether a mailbox of its own exists.
 * @returns undefined when it takes the recipient
 */
export async function refusAvant(world: World, expediteur: string, adresse: string): Promise<RefusMss | undefined> {
  const liste = await membres(world)
  const destination = destinationDe(adresse, (domaine) => liste.has(domaine))
  if (estRefusMss(destination)) return destination
  const sien = readAdresse(expediteur)?.domaine
  const immediat = world.setting('MSS-REFUS-IMMEDIAT') === true
  if (!immediat && (destination.genre === 'patient' || destination.domaine !== sien)) return undefined
  return await refusDe(world, destination, 0)
}

/** Why the mailbox does not take a message of this size. */
async function refusDe(world: World, destination: Destination, taille: number): Promise<RefusMss | undefined> {
  if (destination.genre === 'professionnel') {
    const domaine = await world.store.get(domaines, destination.domaine)
    return refusBoitePro(await world.store.get(boites, destination.adresse), taille) ?? refusTaille(taille, domaine?.tailleMax ?? 0)
  }
  const { etat } = await world.ask.situationDossier(destination.matriculeIns)
  return etat === 'ouvert' ? refusTaille(taille, TAILLE_MAX_PATIENT) : refusBoitePatient(etat)
}

/**
 * Carries an accepted message to each of its recipients; what cannot be delivered comes back as a report. Inside a transaction, after the
 * sender's right has been checked.
 */
export async function remettre(world: World, { de, pour, octets, envid }: Envoi): Promise<Bilan> {
  const liste = await membres(world)
  const { entete, messageId } = retenir(octets)
  const remis: { adresse: string; message: MessageEnregistre }[] = []
  const refuses: { adresse: string; refus: RefusMss }[] = []
  const regles: Rule[] = []
  const sorts: SortDuDestinataire[] = []
  let corps: string | undefined
  for (const { adresse: texte, notify, orcpt } of new Map(pour.map((un) => [un.adresse.toLowerCase(), un])).values()) {
    const destination = destinationDe(texte, (domaine) => liste.has(domaine))
    const refus = estRefusMss(destination) ? destination : await refusDe(world, destination, octets.length)
    const orcptDonne = orcpt === undefined ? {} : { orcpt }
    if (refus || estRefusMss(destination)) {
      const celui = refus ?? (destination as RefusMss)
      refuses.push({ adresse: texte, refus: celui })
      if (!notify?.includes('NEVER'))
        sorts.push({
          adresse: texte,
          action: 'failed',
          statut: celui.etendu,
          diagnostic: `${celui.code} ${celui.etendu} ${celui.about}`,
          ...orcptDonne,
        })
      continue
    }
    corps ??= await garder(world, octets)
    const inbox = await dossierDe(world, destination.adresse, avale(world, destination, entete) ? 'Trash' : 'INBOX')
    if (!inbox) throw new Error(`${destination.adresse} has no INBOX`)
    const message = await ajouter(world, inbox, { octets }, corps)
    remis.push({ adresse: destination.adresse, message })
    if (destination.genre === 'patient') {
      regles.push(...(await suivreContact(world, destination.adresse, entete)))
      await world.tell({ type: 'message.recu', matriculeIns: destination.matriculeIns })
    }
    if (notify?.includes('SUCCESS'))
      sorts.push({ adresse: destination.adresse, action: 'delivered', statut: '2.1.5', diagnostic: '250 2.1.5 Remis', ...orcptDonne })
  }
  await renvoyer(world, de, octets, sorts, envid)
  return { ...(messageId === undefined ? {} : { messageId }), remis, refuses, regles }
}

/** Whether the patient is spared the message that only says the end. @see mssante.md §4.3, row 5 */
const avale = (world: World, { genre }: Destination, { mss, objet }: EnteteRetenu): boolean =>
  genre === 'patient' && marqueDeFin({ mes: mss.MES, objet }) === 'MSS-FIN-OBJET' && world.setting('MSS-FIN-OBJET-MONTRE') !== true

/** Reports to the return path, one for each recipient's operator. */
async function renvoyer(
  world: World,
  de: string,
  original: Uint8Array,
  sorts: readonly SortDuDestinataire[],
  envid: string | undefined,
): Promise<void> {
  if (sorts.length === 0 || de === '') return
  const adresse = de.toLowerCase()
  const duPatient = readAdresse(adresse)?.domaine === DOMAINE_PATIENT
  if (!duPatient && !(await world.store.get(boites, adresse))) return
  const inbox = await dossierDe(world, adresse, 'INBOX')
  if (!inbox) return
  for (const [domaine, siens] of Map.groupBy(sorts, ({ adresse }) => readAdresse(adresse)?.domaine ?? readAdresse(de)?.domaine ?? DOMAINE_PATIENT)) {
    const octets = ecrireDsn(world, { pour: de, domaine, original, sorts: siens, ...(envid === undefined ? {} : { envid }) })
    await ajouter(world, inbox, { octets })
  }
}

/** The patient's right to answer follows each message of a professional. @see mssante.md §4.3, rows 1 to 8 */
async function suivreContact(world: World, patient: string, entete: EnteteRetenu): Promise<Rule[]> {
  const [expediteur] = entete.de
  if (!expediteur) return []
  const fin = marqueDeFin({ mes: entete.mss.MES, objet: entete.objet })
  const repondre = entete.repondreA[0] ?? expediteur
  const vises = fin ? [repondre, expediteur] : [repondre]
  for (const { adresse: bal, nom } of new Map(vises.map((un) => [un.adresse, un])).values()) {
    const id = cleContact(patient, bal)
    const connu = await world.store.get(contacts, id)
    // An end closes what is open; only the mailbox answered to is a contact otherwise.
    if (fin && bal !== repondre.adresse && !connu) continue
    const etat = prochainContact(connu?.etat ?? 'NONE', { type: fin ? 'professionnel.cloture' : 'professionnel.ecrit' })
    if (etat === 'NONE' || (connu && connu.etat === etat)) continue
    await world.store.put(contacts, {
      id,
      patient,
      bal,
      etat,
      nom: nom || expediteur.nom || bal,
      reference: connu?.reference ?? world.newId(),
      depuis: world.now(),
    })
  }
  const regles = [reglesMss['MSS-INITIATIVE']]
  if (fin) regles.push(reglesMss[fin])
  if (entete.repondreA.length > 0) regles.push(reglesMss['MSS-REPLY-TO'])
  return regles
}
