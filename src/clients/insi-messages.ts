import { type EmetteurInsi, writeContextes, writeSecurity } from '#standards/ins/insi-contextes.ts'
import { writeRequete } from '#standards/ins/insi-enveloppe.ts'
import { ACTIONS_INSI, CTXBAM, type OperationInsi } from '#standards/ins/insi-names.ts'
import { writeRechercheTraits, writeRechercheVitale } from '#standards/ins/insi-requete.ts'
import { readResultat } from '#standards/ins/insi-resultat.ts'
import { readErreurSiram } from '#standards/ins/siram-fault.ts'
import type { TraitsRecherche } from '#standards/ins/traits.ts'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { readSoapFault } from '#standards/soap/fault.ts'
import { isElement, type XmlElement } from '#standards/xml/element.ts'
import { vocabulary, writeXml } from '#standards/xml/write.ts'
import type { CarteProfessionnelle } from './carte.ts'
import { ReponseInattendue } from './http.ts'
import type { BeneficiaireVitale, ReponseInsi } from './insi-port.ts'

/** What each message needs besides its question. */
export interface Emission {
  readonly carte: CarteProfessionnelle
  /** Milliseconds since the Unix epoch. */
  readonly maintenant: number
  readonly newId: () => string
}

/** What this software says of itself. The authorisation number is fictive. */
const LOGICIEL = { nom: 'cabinet-du-bac', version: '1.0', instance: '0b5d2c1e-7f3a-4c86-9d10-5a5e00000001' }
const IDAM = 'BACASANTE001'

/** Profession G15; INSi asks doctors for their speciality of the Assurance Maladie, and this practice has general practitioners only. @see SEL-MP-043 */
const MEDECIN = '10'
const SPECIALITE_GENERALISTE = '01'

/** SOAP 1.2 says the action in the media type. */
export const contentTypeInsi = (operation: OperationInsi): string => `application/soap+xml; charset=utf-8; action="${ACTIONS_INSI[operation]}"`

export function rechercheTraits(traits: TraitsRecherche, emission: Emission): string {
  return requete('rechercherInsAvecTraitsIdentite', writeRechercheTraits(traits), emission)
}

/** The coverage repeats what the card says; the body asks for one of its beneficiaries. @see insi.md §1.3, §1.5 */
export function rechercheVitale(beneficiaire: BeneficiaireVitale, emission: Emission): string {
  const { matriculeIndividu, matriculeOuvrantDroit, nom, dateNaissance, rangNaissance } = beneficiaire
  const bam = vocabulary('ctxbam', CTXBAM)
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
  const corps = writeRechercheVitale({
    matriculeIndividu,
    matriculeOd: matriculeOuvrantDroit,
    nomNaissance: nom,
    dateNaissance,
    rangNaissance: String(rangNaissance),
  })
  return requete('rechercherInsAvecCarteVitale', corps, emission, couverture)
}

function requete(operation: OperationInsi, corps: XmlElement, { carte, maintenant, newId }: Emission, couverture?: XmlElement): string {
  const temps = new Date(maintenant).toISOString()
  const emetteur: EmetteurInsi = { emetteur: carte.identifiant, idam: IDAM, logiciel: LOGICIEL }
  const contextes = writeContextes(emetteur, { bam: newId(), lps: newId() }, temps)
  return writeXml(
    writeRequete(operation, corps, {
      contextes: couverture ? contextes.map((contexte) => avecCouverture(contexte, couverture)) : contextes,
      messageId: `uuid:${newId()}`,
      security: securite(carte, temps, newId()),
    }),
  )
}

const avecCouverture = (contexte: XmlElement, couverture: XmlElement): XmlElement => ({
  ...contexte,
  children: contexte.children.map((node) => (isElement(node) && node.name === couverture.name && node.ns === couverture.ns ? couverture : node)),
})

/** Assertion of whoever holds the card (CPx mode). */
function securite(carte: CarteProfessionnelle, issueInstant: string, id: string): XmlElement {
  return writeSecurity({
    id,
    issueInstant,
    issuer: `CN=${carte.identifiant},GN=${carte.prenom},SN=${carte.nom},OU=${carte.structure.identifiant},C=FR`,
    qualifier: 'CPS',
    nameId: carte.identifiant,
    attributs: {
      identifiantFacturation: carte.structure.identifiant,
      secteurActivite: carte.secteurActivite,
      ...(carte.profession.code === MEDECIN && { codeSpecialite: SPECIALITE_GENERALISTE }),
    },
  })
}

/**
 * What the practice understands of an answer.
 * @throws {XmlError | SoapShapeError | ReponseInattendue} no answer of INSi.
 */
export function readReponseInsi(text: string): ReponseInsi {
  const envelope = readSoapEnvelope(text)
  const fault = readSoapFault(envelope)
  if (fault) {
    const erreur = readErreurSiram(fault)
    const texte = erreur?.libelle || fault.reason || 'INSi a refusé la demande sans dire pourquoi.'
    return { issue: 'refus', code: erreur?.code || fault.subcode || fault.code, texte }
  }
  const resultat = envelope.payload && readResultat(envelope.payload)
  if (!resultat) throw new ReponseInattendue('ni RESULTAT ni Fault dans la réponse')
  if (!resultat.individu) return { issue: resultat.code === '02' ? 'plusieurs' : 'aucune' }
  const { ins, historique, traits } = resultat.individu
  return { issue: 'trouvee', identite: { ins, historique, traits } }
}
