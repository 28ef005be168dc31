import { isOidIns } from '#standards/ins/oids.ts'
import type { IdentifiantNationalSante, Sexe, TraitsIdentite, TraitsRecherche } from '#standards/ins/traits.ts'
import { readSoapEnvelope, SOAP12, WSA, WSSE } from '#standards/soap/envelope.ts'
import { attribute, child, childrenOf, descend, everyElement, textOf, type XmlElement } from '#standards/xml/element.ts'
import { vocabulary, writeXml } from '#standards/xml/write.ts'
import type { CarteProfessionnelle } from './carte.ts'
import { ReponseInattendue } from './http.ts'
import type { BeneficiaireVitale, IdentiteRendue, ReponseInsi } from './insi-port.ts'

/** @see insi.md §1.2 (namespaces of the official WSDL) */
const REC_SANS = 'http://www.cnamts.fr/INSiRecSans'
const REC_VIT = 'http://www.cnamts.fr/INSiRecVit'
const RESULTAT = 'http://www.cnamts.fr/INSiResultat'
const CTX_BAM = 'urn:siram:bam:ctxbam'
const CTX_LPS = 'urn:siram:lps:ctxlps'
const SIRAM = 'urn:siram'
const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion'
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#'

const ACTION = 'urn:ServiceIdentiteCertifiee:1.0.0'

export type OperationInsi = 'rechercherInsAvecTraitsIdentite' | 'rechercherInsAvecCarteVitale'

/** What each message needs besides its question. */
export interface Emission {
  readonly carte: CarteProfessionnelle
  /** Milliseconds since the Unix epoch. */
  readonly maintenant: number
  readonly newId: () => string
}

const soap = vocabulary('soap', SOAP12)
const wsa = vocabulary('wsa', WSA)
const bam = vocabulary('bam', CTX_BAM)
const lps = vocabulary('lps', CTX_LPS)
const saml = vocabulary('saml', SAML2)

/** `Content-Type` of a request; SOAP 1.2 says the action there. */
export const contentTypeInsi = (operation: OperationInsi): string => `application/soap+xml; charset=utf-8; action="${ACTION}:${operation}"`

export function writeRechercheTraits(traits: TraitsRecherche, emission: Emission): string {
  const rec = vocabulary('rec', REC_SANS)
  const corps = rec(
    'RECSANSVITALE',
    {},
    rec('NomNaissance', {}, traits.nomNaissance),
    traits.prenoms.map((prenom) => rec('Prenom', {}, prenom)),
    rec('Sexe', {}, traits.sexe),
    rec('DateNaissance', {}, traits.dateNaissance),
    traits.lieuNaissance && rec('LieuNaissance', {}, traits.lieuNaissance),
  )
  return enveloppe('rechercherInsAvecTraitsIdentite', emission, bam('COUVERTURE'), corps)
}

export function writeRechercheVitale(beneficiaire: BeneficiaireVitale, emission: Emission): string {
  const { matriculeIndividu, matriculeOuvrantDroit, nom, dateNaissance, rangNaissance } = beneficiaire
  const couverture = bam(
    'COUVERTURE',
    {},
    bam('ASSURE', {}, bam('Id', {}, bam('Num', {}, matriculeOuvrantDroit))),
    bam(
      'BENEFICIAIRE',
      {},
      matriculeIndividu && bam('Nir', {}, bam('Num', {}, matriculeIndividu)),
      bam('DateNai', {}, dateNaissance),
      bam('Rang', {}, rangNaissance),
    ),
  )
  const rec = vocabulary('rec', REC_VIT)
  const corps = rec(
    'RECVITALE',
    {},
    matriculeIndividu && rec('MatriculeIndividu', {}, rec('NumIdentifiant', {}, matriculeIndividu)),
    rec('MatriculeOD', {}, rec('NumIdentifiant', {}, matriculeOuvrantDroit)),
    rec('NomNaissance', {}, nom),
    rec('DateNaissance', {}, dateNaissance),
    rec('RangNaissance', {}, rangNaissance),
  )
  return enveloppe('rechercherInsAvecCarteVitale', emission, couverture, corps)
}

function enveloppe(operation: OperationInsi, { carte, maintenant, newId }: Emission, couverture: XmlElement, corps: XmlElement): string {
  const temps = new Date(maintenant).toISOString()
  return writeXml(
    soap(
      'Envelope',
      {},
      soap(
        'Header',
        {},
        bam('ContexteBAM', { Version: '01_02' }, bam('Id', {}, newId()), bam('Temps', {}, temps), bam('Emetteur', {}, carte.identifiant), couverture),
        lps(
          'ContexteLPS',
          { Nature: 'CTXLPS', Version: '01_00' },
          lps('Id', {}, newId()),
          lps('Temps', {}, temps),
          lps('Emetteur', {}, carte.identifiant),
          lps(
            'LPS',
            {},
            lps('IDAM', { R: '4' }, IDAM),
            lps('Version', {}, '1.0'),
            lps('Instance', {}, INSTANCE),
            lps('Nom', {}, 'urn:lps:cabinet-du-bac:1.0'),
          ),
        ),
        wsa('Action', {}, `${ACTION}:${operation}`),
        wsa('MessageID', {}, `uuid:${newId()}`),
        vocabulary('wsse', WSSE)('Security', {}, assertion(carte, temps, newId())),
      ),
      soap('Body', {}, corps),
    ),
  )
}

/** Authorisation number of the software: fictive, known of the simulated service. */
const IDAM = 'BACASANTE001'
const INSTANCE = '0b5d2c1e-7f3a-4c86-9d10-5a5e00000001'

/** Assertion of the person holding the card. The sandbox has no card to sign with: the signature is there, empty. @see insi.md §1.3 */
function assertion(carte: CarteProfessionnelle, temps: string, id: string): XmlElement {
  const attribut = (name: string, valeur: string) => saml('Attribute', { Name: name }, saml('AttributeValue', {}, valeur))
  return saml(
    'Assertion',
    { ID: `_${id}`, IssueInstant: temps, Version: '2.0' },
    saml(
      'Issuer',
      { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName' },
      `CN=${carte.identifiant},GN=${carte.prenom},SN=${carte.nom},OU=${carte.structure.identifiant},C=FR`,
    ),
    vocabulary('ds', XMLDSIG)('Signature'),
    saml('Subject', {}, saml('NameID', { NameQualifier: carte.genre }, carte.identifiant)),
    saml(
      'AttributeStatement',
      {},
      attribut('identifiantFacturation', carte.structure.identifiant),
      attribut('secteurActivite', carte.secteurActivite),
      carte.savoirFaire && attribut('codeSpecialite', '01'),
    ),
  )
}

/**
 * Reads an answer, whatever its prefixes: the live service uses three for one namespace.
 * @throws {ReponseInattendue | XmlError | SoapShapeError} no RESULTAT and no Fault inside.
 */
export function readReponseInsi(text: string): ReponseInsi {
  const { payload, soap: ns } = readSoapEnvelope(text)
  if (payload?.ns === ns && payload.name === 'Fault') return readFault(payload)
  if (payload?.ns !== RESULTAT || payload.name !== 'RESULTAT') throw new ReponseInattendue('ni RESULTAT ni Fault dans la réponse')
  const code = textOf(descend(payload, RESULTAT, 'CR', 'CodeCR')).trim()
  if (code === '01') return { issue: 'aucune' }
  if (code === '02') return { issue: 'plusieurs' }
  const individu = child(payload, RESULTAT, 'INDIVIDU')
  if (code !== '00' || !individu) throw new ReponseInattendue(`compte rendu « ${code} » inconnu`)
  return { issue: 'trouvee', identite: readIndividu(individu) }
}

function readIndividu(individu: XmlElement): IdentiteRendue {
  const actif = child(individu, RESULTAT, 'INSACTIF')
  const tiq = child(individu, RESULTAT, 'TIQ')
  if (!actif || !tiq) throw new ReponseInattendue('INSACTIF ou TIQ absent')
  const trait = (name: string) => textOf(child(tiq, RESULTAT, name)).trim()
  const traits: TraitsIdentite = {
    nomNaissance: trait('NomNaissance'),
    // Since 2022 the service only sends the list; older answers have both.
    listePrenom: trait('ListePrenom') || trait('Prenom'),
    sexe: trait('Sexe') as Sexe,
    dateNaissance: trait('DateNaissance'),
    lieuNaissance: trait('LieuNaissance'),
  }
  return { ins: readIns(actif), historique: childrenOf(individu, RESULTAT, 'INSHISTO').map(readIns), traits }
}

function readIns(element: XmlElement): IdentifiantNationalSante {
  const id = child(element, RESULTAT, 'IdIndividu')
  const oid = textOf(child(element, RESULTAT, 'OID')).trim()
  if (!id || !isOidIns(oid)) throw new ReponseInattendue(`matricule sans identifiant ou OID « ${oid} » inconnu`)
  const date = (name: string) => textOf(child(element, RESULTAT, name)).trim()
  const [dateDeb, dateFin] = [date('DateDeb'), date('DateFin')]
  return {
    matricule: textOf(child(id, RESULTAT, 'NumIdentifiant')).trim(),
    // Kept as published: an official test identity has a key that does not compute.
    cle: textOf(child(id, RESULTAT, 'Cle')).trim(),
    oid,
    ...(dateDeb && { dateDeb }),
    ...(dateFin && { dateFin }),
  }
}

/** Both dialects of faults: the gateway's (`desir_…`) and the application's (`insi_…`). @see insi.md §2.2 */
function readFault(fault: XmlElement): ReponseInsi {
  let erreur: XmlElement | undefined
  let raison = ''
  let sousCode = ''
  for (const element of everyElement(fault)) {
    if (element.ns === SIRAM && element.name === 'Erreur') erreur ??= element
    else if (element.name === 'Text') raison ||= textOf(element).trim()
    else if (element.name === 'Subcode') sousCode ||= textOf(child(element, element.ns, 'Value')).trim()
  }
  const code = (erreur && attribute(erreur, 'code')) || sousCode.replace(/^.*:/, '') || 'sans code'
  return { issue: 'refus', code, texte: textOf(erreur).trim() || raison || 'INSi a refusé la demande sans dire pourquoi.' }
}
