import { ecrireListeBlanche, type ListeBlanche } from '#standards/mssante/liste-blanche.ts'
import { writeBase64 } from '#standards/mime/base64.ts'
import type { World } from '../../world.ts'
import { domaines } from '../store.ts'
import { CERTIFICAT_FICTIF, CLE_FICTIVE } from './cle-fictive.ts'

const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const JOUR = 86_400_000
const CONTACT = '0100000000, contact@bac.example'

/** How the list is served, for whoever tests a reader of it. */
export const ETATS_DE_LA_LISTE = ['valide', 'tronquée', 'signature fausse', 'périmée', 'sans signature'] as const

const seconde = (le: number): string => `${new Date(le).toISOString().slice(0, 19)}Z`

/** One entry for each domain of the list and each of its certificates. */
async function listeDe(world: World, perimee: boolean): Promise<ListeBlanche> {
  const tous = await world.store.range(domaines, { limit: 10_000 })
  return {
    // An old one was old before it was asked for.
    generation: seconde(world.now() - (perimee ? 40 * JOUR : 0)),
    domaines: tous
      .filter(({ listeBlanche }) => listeBlanche)
      .flatMap(({ nom, operateur, certificats, majLe }) =>
        certificats.map((dnCertificat) => ({
          nom,
          description: operateur,
          dnCertificat,
          responsable: CONTACT,
          support: CONTACT,
          maj: seconde(majLe),
        })),
      ),
  }
}

const octetsDe = (texte: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(texte)

/** The document as it is served: the real names, order and namespace; the form of the signature is deduced. */
export async function documentDeLaListe(world: World): Promise<string> {
  const etat = world.setting('MSS-LISTE-BLANCHE-SERVIE')
  const liste = await listeDe(world, etat === 'périmée')
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

/** SHA-256 of the document, 64 hexadecimal characters. */
export async function sommeDeLaListe(world: World): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octetsDe(await documentDeLaListe(world))))
  return [...digest].map((octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** In PEM. */
export const certificatDuSignataire = (): string =>
  `-----BEGIN CERTIFICATE-----\n${CERTIFICAT_FICTIF.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
