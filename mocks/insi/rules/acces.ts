import type { AssertionLue, ContexteBamLu, ContexteLpsLu } from '#standards/ins/insi-contextes.ts'
import { defineRules } from '#standards/rule.ts'
import type { RefusInsi } from './fautes.ts'

/** Who may call: contexts, software, certificate or assertion. */
export const reglesAcces = defineRules('mocks/insi/rules/acces.ts', {
  'INSI-CONTEXTES': {
    sentence:
      'Chaque appel porte un ContexteBAM, un ContexteLPS et un wsa:MessageID, dans n’importe quel ordre ; COUVERTURE est présente, même vide.',
    source: 'DESIR_ICIR_EXP_1.5.0.wsdl ; ROOT_ctxbam_CTXBAM_V01_02.xsd ; ROOT_ctxlps_CTXLPS_V01_00.xsd',
    certainty: 'vérifié',
  },
  'INSI-LOGICIEL': {
    sentence: 'Le logiciel donne le numéro d’autorisation (IDAM) délivré par le CNDA ; un numéro inconnu est refusé par desir_550.',
    source: 'padoa/tlsi-ins, réponse réelle ; dans le bac à sable, est inconnu un numéro absent ou qui commence par INCONNU',
    certainty: 'vérifié',
  },
  'INSI-CERTIFICAT': {
    sentence: 'Sans assertion, le certificat logiciel a pour CN exactement INSI-AUTO ou INSI-MANU ; tout autre est refusé par desir_560.',
    source: 'padoa/tlsi-ins, README et validateur de certificat',
    certainty: 'vérifié',
  },
  'INSI-CERTIFICAT-EN-TETE': {
    sentence:
      'L’en-tête X-Sandbox-Certificat donne le CN du certificat client, que le bac à sable ne peut pas lire ; sans lui, un réglage donne le CN.',
    source: 'DESIGN §1',
    certainty: 'propre au bac à sable',
  },
  'INSI-ASSERTION': {
    sentence: 'wsse:Security porte au moins une assertion SAML 2.0 qui nomme le professionnel, en mode CPS ou PSC.',
    source: 'Security.xsd ; SEL-MP-043 v05.00.01 §3.2, cité par healthcare-domain',
    certainty: 'vérifié',
  },
  'INSI-ASSERTION-SIGNEE': {
    sentence: 'L’assertion CPS est signée, l’assertion PSC ne l’est pas ; le bac à sable constate la signature et ne la vérifie pas.',
    source: 'SEL-MP-043 v05.00.01 §3.2, cité par healthcare-domain',
    certainty: 'vérifié',
  },
  'INSI-ASSERTION-RECENTE': {
    sentence: 'Une assertion n’est acceptée que pendant une durée bornée après son émission ; un réglage donne cette durée.',
    source: 'padoa/tlsi-ins, commentaire de test (environ une heure)',
    certainty: 'vérifié',
  },
})

/** What the header of a call says of its sender. */
export interface EnTeteAppel {
  readonly bam: ContexteBamLu | undefined
  readonly lps: ContexteLpsLu | undefined
  readonly messageId: string | undefined
  /** Undefined: no wsse:Security block, so certificate mode. */
  readonly assertions: readonly AssertionLue[] | undefined
  /** CN of the client certificate, as the header of the sandbox says it. */
  readonly certificat: string | undefined
}

export interface ReglageAcces {
  /** CN taken when neither assertion nor header is there; `''`: refused. */
  readonly certificatParDefaut: string
  /** Minutes after IssueInstant; 0: not looked at. */
  readonly dureeAssertion: number
  /** Simulated milliseconds. */
  readonly now: number
}

/** Who calls, in words. */
export interface Appelant {
  /** `899900000001 (CPS)`, `10B0000000 (certificat INSI-AUTO)`. */
  readonly acteur: string
  readonly mode: 'CPS' | 'PSC' | 'certificat'
  /** Who owns what is deposited: the structure or the professional. */
  readonly emetteur: string
}

export function controlerAcces(appel: EnTeteAppel, reglage: ReglageAcces): Appelant | RefusInsi {
  const manque = contexteManquant(appel)
  if (manque) return { refused: 'desir_908', rule: reglesAcces['INSI-CONTEXTES'], about: manque }
  const idam = appel.lps?.idam ?? ''
  if (idam === '' || idam.toUpperCase().startsWith('INCONNU'))
    return { refused: 'desir_550', rule: reglesAcces['INSI-LOGICIEL'], about: idam === '' ? 'IDAM absent ou vide' : `IDAM ${idam.slice(0, 40)}` }
  return appel.assertions ? controlerAssertion(appel.assertions, reglage) : controlerCertificat(appel, reglage)
}

/** French; undefined when everything is there. */
function contexteManquant({ bam, lps, messageId }: EnTeteAppel): string | undefined {
  if (!bam) return 'ContexteBAM absent'
  if (bam.version === undefined) return 'ContexteBAM sans Version'
  if (bam.id === undefined || bam.temps === undefined) return 'ContexteBAM sans Id ou sans Temps'
  if (!bam.couverture) return 'ContexteBAM sans COUVERTURE (vide si aucune carte n’est lue)'
  if (!lps) return 'ContexteLPS absent'
  if (lps.version === undefined) return 'ContexteLPS sans Version'
  if (lps.id === undefined || lps.temps === undefined) return 'ContexteLPS sans Id ou sans Temps'
  return messageId ? undefined : 'wsa:MessageID absent ou vide'
}

function controlerCertificat({ lps, certificat }: EnTeteAppel, { certificatParDefaut }: ReglageAcces): Appelant | RefusInsi {
  const cn = certificat ?? certificatParDefaut
  if (cn !== 'INSI-AUTO' && cn !== 'INSI-MANU')
    return { refused: 'desir_560', rule: reglesAcces['INSI-CERTIFICAT'], about: `certificat de CN « ${cn.slice(0, 80)} »` }
  const emetteur = lps?.emetteur ?? ''
  return { acteur: `${emetteur || 'structure'} (certificat ${cn})`, mode: 'certificat', emetteur }
}

function controlerAssertion([assertion]: readonly AssertionLue[], { dureeAssertion, now }: ReglageAcces): Appelant | RefusInsi {
  const refus = (rule: keyof typeof reglesAcces, about: string): RefusInsi => ({ refused: 'desir_909', rule: reglesAcces[rule], about })
  if (!assertion) return refus('INSI-ASSERTION', 'wsse:Security sans assertion SAML 2.0')
  const { qualifier, nameId, signed, issueInstant } = assertion
  if (nameId === '') return refus('INSI-ASSERTION', 'NameID absent ou vide')
  if (qualifier !== 'CPS' && qualifier !== 'PSC') return refus('INSI-ASSERTION', `NameQualifier « ${qualifier.slice(0, 40)} » : CPS ou PSC attendu`)
  if (qualifier === 'CPS' && !signed) return refus('INSI-ASSERTION-SIGNEE', 'assertion CPS sans signature')
  if (qualifier === 'PSC' && signed) return refus('INSI-ASSERTION-SIGNEE', 'assertion PSC signée')
  if (dureeAssertion > 0) {
    const emise = Date.parse(issueInstant)
    // Some minutes of advance: clocks differ.
    if (!(emise <= now + 300_000 && emise >= now - dureeAssertion * 60_000))
      return refus('INSI-ASSERTION-RECENTE', `IssueInstant ${issueInstant.slice(0, 40)}`)
  }
  return { acteur: `${nameId.slice(0, 40)} (${qualifier})`, mode: qualifier, emetteur: nameId }
}
