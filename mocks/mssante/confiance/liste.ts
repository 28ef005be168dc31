import { ecrireListeBlanche, type ListeBlanche } from '#standards/mssante/liste-blanche.ts'
import { writeBase64 } from '#standards/mime/base64.ts'
import type { World } from '../../world.ts'
import { domaines } from '../store.ts'
import { CERTIFICAT_FICTIF, CLE_FICTIVE } from './cle-fictive.ts'

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const JOUR = 86_400_000
const HEURE = 3_600_000
const CONTACT = '0100000000, contact@bac.example'

/** How the list is served, for whoever tests a reader of it. */
export const ETATS_DE_LA_LISTE = ['valide', 'tronquée', 'signature fausse', 'périmée', 'sans signature', 'domaine retiré'] as const
export type EtatDeLaListe = (typeof ETATS_DE_LA_LISTE)[number]

/** The one that is missing from the list in the state `domaine retiré`; mail for it is still taken. */
export const DOMAINE_RETIRE = 'decade.bac.mssante.fr'

/** Unknown words of the setting change nothing. */
const etatRegle = (world: World): EtatDeLaListe => {
  const voulu = world.setting('MSS-LISTE-BLANCHE-SERVIE')
  return ETATS_DE_LA_LISTE.find((un) => un === voulu) ?? 'valide'
}

const seconde = (le: number): string => `${new Date(le).toISOString().slice(0, 19)}Z`

/**
 * One entry for each domain of the list and each of its certificates. Made every hour, and when a domain changes: whoever asks for the list,
 * then for its checksum, is told of the same document. @see mssante.md §11
 */
async function listeDe(world: World, etat: EtatDeLaListe): Promise<ListeBlanche> {
  const tous = await world.store.range(domaines, { limit: 10_000 })
  const dedans = tous.filter(({ nom, listeBlanche }) => listeBlanche && !(etat === 'domaine retiré' && nom === DOMAINE_RETIRE))
  // Of all of them: one that went out of the list changed it too.
  const faite = tous.reduce((le, { majLe }) => Math.max(le, majLe), Math.floor(world.now() / HEURE) * HEURE)
  // An old one was old before it was asked for.
  const generation = faite - (etat === 'périmée' ? 40 * JOUR : 0)
  return {
    generation: seconde(generation),
    domaines: dedans.flatMap(({ nom, operateur, certificats, majLe }) =>
      certificats.map((dnCertificat) => ({
        nom,
        description: operateur,
        dnCertificat,
        responsable: CONTACT,
        support: CONTACT,
        maj: seconde(Math.min(majLe, generation)),
      })),
    ),
  }
}

const octetsDe = (texte: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(texte)

/** The document as it is served: the real names, order and namespace; the form of the signature is deduced. */
export async function documentDeLaListe(world: World, etat = etatRegle(world)): Promise<string> {
  const liste = await listeDe(world, etat)
  const signature = etat === 'sans signature' ? '' : await signer(ecrireListeBlanche(liste), etat === 'signature fausse')
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n${ecrireListeBlanche(liste, signature)}\n`
  return etat === 'tronquée' ? document.slice(0, Math.floor(document.length * 0.6)) : document
}

/**
 * An enveloped signature, RSA with SHA-256, exclusive canonical form: the list is written in its canonical form, so its digest is that of
 * its own words. @see https://www.w3.org/TR/xmldsig-core1/
 */
async function signer(racine: string, fausse: boolean): Promise<string> {
  const empreinte = writeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', octetsDe(fausse ? `${racine} ` : racine))))
  const signedInfo = (espace: string) =>
    `<SignedInfo${espace}><CanonicalizationMethod Algorithm="${EXCLUSIVE}"></CanonicalizationMethod><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></SignatureMethod><Reference URI=""><Transforms><Transform Algorithm="${DSIG}enveloped-signature"></Transform><Transform Algorithm="${EXCLUSIVE}"></Transform></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod><DigestValue>${empreinte}</DigestValue></Reference></SignedInfo>`
  const algorithme = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const cle = await crypto.subtle.importKey('jwk', CLE_FICTIVE, algorithme, false, ['sign'])
  const valeur = writeBase64(new Uint8Array(await crypto.subtle.sign(algorithme.name, cle, octetsDe(signedInfo(` xmlns="${DSIG}"`)))))
  return `<Signature xmlns="${DSIG}">${signedInfo('')}<SignatureValue>${valeur}</SignatureValue><KeyInfo><X509Data><X509Certificate>${CERTIFICAT_FICTIF}</X509Certificate></X509Data></KeyInfo></Signature>`
}

/** SHA-256 of the document, 64 hexadecimal characters. Of the whole one when it is served truncated: that is how it shows. */
export async function sommeDeLaListe(world: World, etat = etatRegle(world)): Promise<string> {
  const entiere = await documentDeLaListe(world, etat === 'tronquée' ? 'valide' : etat)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octetsDe(entiere)))
  return [...digest].map((octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** In PEM. */
export const certificatDuSignataire = (): string =>
  `-----BEGIN CERTIFICATE-----\n${CERTIFICAT_FICTIF.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
