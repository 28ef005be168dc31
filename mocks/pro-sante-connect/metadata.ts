import { ADRESSES_PSC, GRANT_CIBA } from '#standards/psc/adresses.ts'
import { json } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { ADRESSE_WALLET } from './autorisation.ts'
import { CLE_PUBLIQUE } from './cle.ts'
import { emetteur } from './token.ts'

const METHODES = ['client_secret_basic', 'client_secret_post', 'none']
const AVEC_SECRET = ['client_secret_basic', 'client_secret_post']

/** What is really done here, under the names of the real document. @see OpenID Connect Discovery 1.0 §3 ; mssante.md §8 */
const configuration =
  (autorisation: string) =>
  (message: Message, _world: World, exchange: Exchange): Answer => {
    exchange.name('Pro Santé Connect · configuration')
    const { base } = message
    return json({
      issuer: emetteur(message),
      authorization_endpoint: base + autorisation,
      token_endpoint: base + ADRESSES_PSC.jeton,
      introspection_endpoint: base + ADRESSES_PSC.introspection,
      userinfo_endpoint: base + ADRESSES_PSC.identite,
      end_session_endpoint: base + ADRESSES_PSC.deconnexion,
      jwks_uri: base + ADRESSES_PSC.cles,
      revocation_endpoint: base + ADRESSES_PSC.revocation,
      backchannel_authentication_endpoint: base + ADRESSES_PSC.ciba,
      grant_types_supported: ['authorization_code', 'refresh_token', GRANT_CIBA],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['public'],
      acr_values_supported: ['eidas1'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: METHODES,
      revocation_endpoint_auth_methods_supported: METHODES,
      introspection_endpoint_auth_methods_supported: AVEC_SECRET,
      code_challenge_methods_supported: ['plain', 'S256'],
      backchannel_token_delivery_modes_supported: ['poll'],
      scopes_supported: ['openid', 'scope_all', 'identity', 'rpps', 'referentiel', 'interop', 'eidas1'],
      claims_supported: ['sub', 'given_name', 'family_name', 'preferred_username', 'SubjectNameID', 'SubjectRole', 'SubjectOrganization'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    })
  }

export const configurationOidc = configuration(ADRESSES_PSC.autorisation)
export const configurationWallet = configuration(ADRESSE_WALLET)

/** The public half of a published key. @see RFC 7517 §5 */
export function cles(_message: Message, _world: World, exchange: Exchange): Answer {
  exchange.name('Pro Santé Connect · clés publiques')
  return json({ keys: [CLE_PUBLIQUE] })
}
