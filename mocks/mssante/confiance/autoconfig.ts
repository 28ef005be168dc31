import { escapeAttribute, escapeText } from '#standards/xml/write.ts'
import type { World } from '../../world.ts'
import { boites, domaines, type DomaineEnregistre } from '../store.ts'

/** How a client reaches the front ends of a domain. */
interface Acces {
  readonly hote: string
  readonly smtp: number
  readonly imap: number
}

const nombre = (valeur: unknown, sinon: number): number =>
  typeof valeur === 'number' && Number.isInteger(valeur) && valeur > 0 && valeur < 65_536 ? valeur : sinon

const accesDe = (world: World): Acces => ({
  hote: String(world.setting('MSS-AUTOCONFIG-HOTE')).slice(0, 253) || 'localhost',
  smtp: nombre(world.setting('MSS-AUTOCONFIG-SMTP'), 2525),
  imap: nombre(world.setting('MSS-AUTOCONFIG-IMAP'), 1143),
})

/** A domain of the list; undefined for another one. */
export async function domaineDeLaListe(world: World, nom: string): Promise<DomaineEnregistre | undefined> {
  const domaine = await world.store.get(domaines, nom.toLowerCase() || '-')
  return domaine?.listeBlanche ? domaine : undefined
}

/** Whether a software of a structure may have a mailbox there: it then connects with a certificate. */
const aDesApplications = async (world: World, { nom }: DomaineEnregistre): Promise<boolean> =>
  (await world.store.range(boites, { index: 'parDomaine', equals: [nom], limit: 10_000 })).some(({ type }) => type === 'APP')

/** Mozilla's format: people connect with a Pro Santé Connect token, softwares with the certificate of their structure. @see ECO.1.1.9 */
export async function autoconfig(world: World, domaine: DomaineEnregistre): Promise<string> {
  const { hote, smtp, imap } = accesDe(world)
  const application = await aDesApplications(world, domaine)
  const serveur = (balise: string, type: string, port: number, authentification: string) =>
    `    <${balise} type="${type}">
      <hostname>${escapeText(hote)}</hostname>
      <port>${port}</port>
      <socketType>STARTTLS</socketType>
      <username>%EMAILADDRESS%</username>
      <authentication>${authentification}</authentication>
    </${balise}>
`
  const serveurs = (authentification: string) =>
    serveur('incomingServer', 'imap', imap, authentification) + serveur('outgoingServer', 'smtp', smtp, authentification)
  return `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="${escapeAttribute(domaine.nom)}">
    <domain>${escapeText(domaine.nom)}</domain>
    <displayName>${escapeText(domaine.operateur)}</displayName>
${serveurs('OAuth2')}${application ? serveurs('TLS-client-cert') : ''}  </emailProvider>
</clientConfig>
`
}

/** DNS records, in a form of the sandbox's own: a page and a test have no DNS. @see EX_LPS_0300 ; RFC 6186 */
export async function enregistrementsSrv(world: World, domaine: DomaineEnregistre) {
  const { hote, smtp, imap } = accesDe(world)
  const srv = (service: string, priorite: number, port: number, authentification: string) => ({
    nom: `${service}._tcp.${domaine.nom}`,
    priorite,
    poids: 100,
    port,
    cible: hote,
    authentification,
  })
  const pour = (priorite: number, authentification: string) => [
    srv('_submission', priorite, smtp, authentification),
    srv('_imap', priorite, imap, authentification),
  ]
  return [...pour(10, 'Pro Santé Connect'), ...((await aDesApplications(world, domaine)) ? pour(20, 'certificat d’organisation') : [])]
}
