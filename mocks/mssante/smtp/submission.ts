import { mondeDuJeton } from '#standards/psc/jeton.ts'
import type { Exchange } from '../../kit/exchange.ts'
import type { SmtpAuth, SmtpIdentity, SmtpRecipient, SmtpRefusal, SmtpService } from '../../kit/smtp.ts'
import type { World } from '../../world.ts'
import { type Destinataire, refusAvant } from '../remise.ts'
import { reglesMss } from '../rules-register.ts'
import { estRefusMss, type Identite, type RefusMss } from '../rules/acces.ts'
import { ouvertureDe, refusExpediteur, reglesDe, soumettre } from '../soumission.ts'

/** What an operator's submission port decides; the host has the sockets. @see mssante.md §5.1 */

/** Who authenticated, and with which mailbox. */
interface Ouvert {
  readonly identite: Identite
  readonly adresse: string
  /** Simulated milliseconds; undefined for a certificate. */
  readonly expireLe: number | undefined
}

const enSmtp = ({ code, etendu, about }: RefusMss): SmtpRefusal => ({ code, status: etendu, text: about })

const JETON_REFUSE: SmtpRefusal = { code: 535, status: '5.7.8', text: 'jeton Pro Santé Connect inconnu ou expiré', token: true }

/** MSS-SMTP-EXPIRATION: said at each message, as the connection may last longer than the token. */
const EXPIRE: SmtpRefusal = { code: 530, status: '5.7.0', text: 'le jeton Pro Santé Connect a expiré : reconnectez-vous avec un autre' }

/** MSS-SMTP-MONDE: the world that the token names; for a certificate, the one the authorisation identity names. */
function mondeDe(auth: SmtpAuth): string {
  if (auth.method === 'XOAUTH2') return mondeDuJeton(auth.secret) ?? 'default'
  if (auth.structure !== undefined) return /^[a-z0-9-]{1,40}$/.test(auth.authzid) ? auth.authzid : 'default'
  return mondeDuJeton(auth.secret) ?? 'default'
}

async function authenticate(world: World, { username, secret, method, structure }: SmtpAuth): Promise<SmtpIdentity | SmtpRefusal> {
  const adresse = username.trim().toLowerCase()
  const lue = structure !== undefined && method !== 'XOAUTH2' ? parCertificat(structure) : await parJeton(world, secret, method)
  if (!lue) return JETON_REFUSE
  const { identite, expireLe } = lue
  const refus = await ouvertureDe(world, identite, adresse)
  return refus ? enSmtp(refus) : { name: `${identite.nom} · ${adresse}`, session: { identite, adresse, expireLe } satisfies Ouvert }
}

type Lue = Pick<Ouvert, 'identite' | 'expireLe'>

const parCertificat = (structure: string): Lue => ({ identite: { moyen: 'certificat', identifiant: structure, nom: structure }, expireLe: undefined })

async function parJeton(world: World, jeton: string, method: SmtpAuth['method']): Promise<Lue | undefined> {
  if (method !== 'XOAUTH2' && world.setting('MSS-SMTP-JETON-MOT-DE-PASSE') === false) return undefined
  const lu = jeton === '' || jeton.length > 20_000 ? 'inconnu' : await world.ask.identiteDuJeton(jeton)
  return typeof lu === 'string' ? undefined : { identite: { moyen: 'PSC', identifiant: lu.identifiant, nom: lu.nom }, expireLe: lu.expireLe }
}

async function sender(world: World, { session }: SmtpIdentity, address: string): Promise<SmtpRefusal | undefined> {
  const { identite, expireLe } = session as Ouvert
  if (expireLe !== undefined && world.now() >= expireLe) return EXPIRE
  const refus = await refusExpediteur(world, identite, address)
  return refus && enSmtp(refus)
}

async function recipient(world: World, from: string, address: string): Promise<SmtpRefusal | undefined> {
  const refus = await refusAvant(world, from, address)
  return refus && enSmtp(refus)
}

const notify = ({ notify: voulu }: SmtpRecipient): Pick<Destinataire, 'notify'> => {
  const connus = voulu?.filter((un): un is 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY' => /^(?:NEVER|SUCCESS|FAILURE|DELAY)$/.test(un))
  return connus && connus.length > 0 ? { notify: connus } : {}
}

/** Answers 250 only once everything is in the store. */
async function message(
  world: World,
  identity: SmtpIdentity,
  envelope: { readonly from: string; readonly to: readonly SmtpRecipient[]; readonly envid?: string },
  octets: Uint8Array,
  exchange: Exchange,
): Promise<SmtpRefusal | { readonly text: string }> {
  const { identite } = identity.session as Ouvert
  exchange.name('MSSanté · envoi SMTP')
  exchange.from(identity.name)
  const bilan = await soumettre(world, {
    identite,
    de: envelope.from,
    pour: envelope.to.map((un) => ({ adresse: un.address, ...notify(un), ...(un.orcpt === undefined ? {} : { orcpt: un.orcpt }) })),
    octets,
    ...(envelope.envid === undefined ? {} : { envid: envelope.envid }),
  })
  if (estRefusMss(bilan)) {
    exchange.refused(bilan.refused, bilan.about)
    exchange.summarise(`Refusé : ${bilan.about}`)
    return enSmtp(bilan)
  }
  for (const regle of [reglesMss['MSS-SMTP-ACCEPTE'], ...reglesDe(bilan)]) exchange.respected(regle)
  exchange.ended('accepté')
  const [premier] = bilan.refuses
  exchange.summarise(
    premier
      ? `Accepté, revenu pour ${premier.adresse} : ${premier.refus.about}`
      : `Remis à ${bilan.remis.length} boîte${bilan.remis.length > 1 ? 's' : ''}`,
  )
  return { text: 'Message accepte' }
}

export const smtp: SmtpService = { worldOf: mondeDe, authenticate, sender, recipient, message }
