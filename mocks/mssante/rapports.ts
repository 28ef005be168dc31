import { ecrireRapport, enAscii, type RapportAEcrire } from '#standards/mssante/courriel/ecrire-rapport.ts'
import type { World } from '../world.ts'

/** What became of one recipient. @see RFC 3464 §2.3 */
export interface SortDuDestinataire {
  readonly adresse: string
  readonly action: 'failed' | 'delivered'
  /** Enhanced status code: `5.1.1`. */
  readonly statut: string
  /** French, and what a server would say: `550 5.1.1 Message non distribué : patient non trouvé`. */
  readonly diagnostic: string
  readonly orcpt?: string
}

const JOUR = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** @see RFC 5322 §3.3 */
export const dateRfc = (le: number): string => new Date(le).toUTCString().replace('GMT', '+0000')

export const nouveauMessageId = (world: World, domaine: string): string => `<${world.newId()}@${domaine}>`

/**
 * A delivery report for whoever sent the message. The subject of a refusal for size is the usual one of a mail server; the others are those
 * quoted for Mon espace santé, second-hand. @see RFC 3464 ; mssante.md §3.3
 */
export function ecrireDsn(
  world: World,
  {
    pour,
    domaine,
    original,
    sorts,
    envid,
  }: { pour: string; domaine: string; original: Uint8Array; sorts: readonly SortDuDestinataire[]; envid?: string },
): Uint8Array {
  const echec = sorts.some(({ action }) => action === 'failed')
  const objet = !echec
    ? 'Message remis'
    : sorts.every(({ statut }) => statut === '5.3.4')
      ? 'Undelivered Mail Returned to Sender'
      : 'Message non distribué'
  const etat = [
    [`Reporting-MTA: dns; ${domaine}`, `Arrival-Date: ${dateRfc(world.now())}`, ...(envid === undefined ? [] : [`Original-Envelope-Id: ${envid}`])],
    ...sorts.map(({ adresse, action, statut, diagnostic, orcpt }) => [
      ...(orcpt === undefined ? [] : [`Original-Recipient: ${orcpt}`]),
      `Final-Recipient: rfc822; ${adresse}`,
      `Action: ${action}`,
      `Status: ${statut}`,
      `Diagnostic-Code: smtp; ${enAscii(diagnostic)}`,
    ]),
  ]
  return rapport(world, {
    de: { nom: 'Distribution du courrier', adresse: `MAILER-DAEMON@${domaine}` },
    pour,
    objet,
    genre: 'delivery-status',
    texte: [
      echec ? 'Votre message n’a pas pu être remis.' : 'Votre message a été remis.',
      '',
      ...sorts.map(({ adresse, diagnostic }) => `${adresse} : ${diagnostic}`),
    ].join('\n'),
    etat: etat.map((lignes) => lignes.join('\r\n')).join('\r\n\r\n'),
    original,
  })
}

/**
 * A read receipt. @param original the message read, its header is sent back
 * @see RFC 8098 ; mssante.md §5.5
 */
export function ecrireMdn(
  world: World,
  {
    de,
    nom,
    pour,
    original,
    originalMessageId,
    disposition,
  }: { de: string; nom: string; pour: string; original: Uint8Array; originalMessageId?: string; disposition: string },
): Uint8Array {
  return rapport(world, {
    de: { nom, adresse: de },
    pour,
    objet: 'Accusé de lecture',
    genre: 'disposition-notification',
    texte: `Votre message a été lu le ${JOUR.format(world.now())}.`,
    etat: [
      'Reporting-UA: Mon espace sante; bac a sable',
      `Final-Recipient: rfc822; ${de}`,
      ...(originalMessageId === undefined ? [] : [`Original-Message-ID: ${originalMessageId}`]),
      `Disposition: ${disposition}`,
    ].join('\r\n'),
    original,
    ...(originalMessageId === undefined ? {} : { enReponseA: originalMessageId }),
  })
}

type Rapport = Omit<RapportAEcrire, 'date' | 'messageId' | 'frontiere'>

const rapport = (world: World, celui: Rapport): Uint8Array =>
  ecrireRapport({
    ...celui,
    date: world.now(),
    messageId: nouveauMessageId(world, celui.de.adresse.slice(celui.de.adresse.indexOf('@') + 1)),
    frontiere: `rapport-${world.newId()}`,
  })
