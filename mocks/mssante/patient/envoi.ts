import { DOMAINE_PATIENT } from '#standards/mssante/adresses.ts'
import { ecrireBoite, type Partie, writeMessage } from '#standards/mime/write-message.ts'
import type { Rule } from '#standards/rule.ts'
import type { EnvoiDuPatient, RefusAilleurs, World } from '../../world.ts'
import { ajouter, dossierDe } from '../dossier.ts'
import { prochainContact } from '../lifecycle.ts'
import { dateRfc, nouveauMessageId } from '../rapports.ts'
import { remettre } from '../remise.ts'
import { reglesMss } from '../rules-register.ts'
import { refusDeCommencer, refusDeRepondre, refusDuPoids } from '../rules/conversation.ts'
import { cleContact, contacts, type MessageEnregistre } from '../store.ts'
import { boiteParReference, pharmacieJoignable } from './contacts.ts'
import { boiteDe, Carnet, contactParReference, messagesDuFil, vueDuFil } from './fil.ts'

interface Cible {
  readonly destinataires: readonly { readonly adresse: string; readonly nom: string }[]
  readonly fil?: readonly MessageEnregistre[]
  readonly regles: readonly Rule[]
}

const estCible = (value: Cible | RefusAilleurs): value is Cible => 'destinataires' in value

async function cibleDeReponse(world: World, boite: string, conversation: string, aTous: boolean): Promise<Cible | RefusAilleurs | undefined> {
  const fil = await messagesDuFil(world, boite, conversation)
  if (fil.length === 0) return undefined
  const carnet = await Carnet.de(world, boite, fil)
  const vue = vueDuFil(world, boite, fil, carnet)
  const refus = refusDeRepondre(vue, aTous, carnet.nomDe(vue.finPar ?? ''))
  if (refus) return refus
  const regles = [reglesMss['MSS-PATIENT-REPOND'], ...(aTous ? [reglesMss['MSS-REPONSE-A-TOUS']] : [])]
  return { destinataires: (aTous ? vue.repondreATous : vue.repondre).map((adresse) => ({ adresse, nom: carnet.nomDe(adresse) })), fil, regles }
}

async function cibleNouvelle(world: World, boite: string, reference: string): Promise<Cible | RefusAilleurs | undefined> {
  const contact = await contactParReference(world, boite, reference)
  if (contact)
    return (
      refusDeCommencer(contact.etat, false, contact.nom) ?? {
        destinataires: [{ adresse: contact.bal, nom: contact.nom }],
        regles: [reglesMss['MSS-PATIENT-REPOND']],
      }
    )
  const une = await boiteParReference(world, reference)
  if (!une) return undefined
  const joignable = await pharmacieJoignable(world, une)
  const refus = refusDeCommencer('NONE', joignable, une.libelle)
  if (refus) return refus
  const etat = prochainContact('NONE', { type: 'patient.choisitPharmacie', joignable })
  if (etat !== 'NONE')
    await world.store.put(contacts, {
      id: cleContact(boite, une.adresse),
      patient: boite,
      bal: une.adresse,
      etat,
      nom: une.libelle,
      reference: world.newId(),
      depuis: world.now(),
    })
  return { destinataires: [{ adresse: une.adresse, nom: une.libelle }], regles: [reglesMss['MSS-PHARMACIE-JOIGNABLE']] }
}

/** Writes, sends, keeps the copy: what the patient does, what an aidant or a representative does for them. Inside a transaction. */
export async function envoyerPourPatient(
  world: World,
  matriculeIns: string,
  envoi: EnvoiDuPatient,
): Promise<{ conversation: string; regles: readonly Rule[] } | RefusAilleurs | undefined> {
  const boite = boiteDe(matriculeIns)
  const poids = refusDuPoids(poidsDe(envoi))
  if (poids) return poids
  const cible =
    envoi.conversation === undefined
      ? await cibleNouvelle(world, boite, envoi.reference ?? '')
      : await cibleDeReponse(world, boite, envoi.conversation, envoi.aTous)
  if (!cible || !estCible(cible)) return cible
  const octets = ecrire(world, boite, envoi, cible)
  const sent = await dossierDe(world, boite, 'Sent')
  if (!sent) throw new Error(`${boite} has no Sent folder`)
  const { fil } = await ajouter(world, sent, { octets, marques: ['\\Seen'] })
  await remettre(world, { de: boite, pour: cible.destinataires.map(({ adresse }) => ({ adresse })), octets })
  return {
    conversation: fil,
    regles: [...cible.regles, reglesMss['MSS-PATIENT-NOM'], ...(envoi.pour === undefined ? [] : [reglesMss['MSS-AIDANT-ECRIT']])],
  }
}

/** Bytes on the way: base64 is a third more. */
const poidsDe = ({ texte, pieces }: EnvoiDuPatient): number =>
  texte.length + pieces.reduce((total, { bytes }) => total + Math.ceil((bytes.length * 78) / 57), 0)

function ecrire(world: World, boite: string, { nom, pour, objet, texte, pieces }: EnvoiDuPatient, { destinataires, fil }: Cible): Uint8Array {
  const dernier = fil?.findLast(({ messageId }) => messageId !== undefined)
  const references = [...new Set([...(dernier?.entete.references ?? []), ...(dernier?.messageId ? [dernier.messageId] : [])])]
  const signe = pour === undefined ? texte : `${texte}\n\n--\nMessage écrit par ${pour}, pour ${nom}.`
  const corps: Partie = { type: 'text/plain; charset=utf-8', contenu: signe }
  return writeMessage({
    champs: [
      ['Date', dateRfc(world.now())],
      ['From', ecrireBoite(nom, boite)],
      ['To', destinataires.map(({ adresse, nom: lui }) => ecrireBoite(lui, adresse)).join(', ')],
      ['Subject', fil ? reponse(fil[0]?.entete.objet ?? '') : objet],
      ['Message-ID', nouveauMessageId(world, DOMAINE_PATIENT)],
      ...(dernier?.messageId
        ? ([
            ['In-Reply-To', dernier.messageId],
            ['References', references.join(' ')],
          ] as const)
        : []),
    ],
    corps:
      pieces.length === 0
        ? corps
        : {
            type: 'multipart/mixed',
            contenu: [corps, ...pieces.map(({ nom: fichier, mimeType, bytes }): Partie => ({ type: mimeType, contenu: bytes, nomFichier: fichier }))],
          },
    frontiere: `patient-${world.newId()}`,
  })
}

const reponse = (objet: string): string => (/^re\s*:/i.test(objet) ? objet : `Re: ${objet}`)
