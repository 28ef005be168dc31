/** Where the simulated Pro Santé Connect answers, after the origin and the world: the path shape of the real one. @see mssante.md §8 */
export const ROYAUME = '/psc/auth/realms/esante-wallet'

const PROTOCOLE = `${ROYAUME}/protocol/openid-connect`

export const ADRESSES_PSC = {
  configuration: `${ROYAUME}/.well-known/openid-configuration`,
  /** The name that Pro Santé Connect publishes. */
  configurationWallet: `${ROYAUME}/.well-known/wallet-openid-configuration`,
  autorisation: `${PROTOCOLE}/auth`,
  jeton: `${PROTOCOLE}/token`,
  introspection: `${PROTOCOLE}/token/introspect`,
  identite: `${PROTOCOLE}/userinfo`,
  cles: `${PROTOCOLE}/certs`,
  revocation: `${PROTOCOLE}/revoke`,
  deconnexion: `${PROTOCOLE}/logout`,
  ciba: `${PROTOCOLE}/ext/ciba/auth`,
} as const

/** @see OpenID Connect CIBA Core 1.0 §4 */
export const GRANT_CIBA = 'urn:openid:params:grant-type:ciba'

/** The one secret of every client of the sandbox, published: any client_id is accepted with it. Ours, nothing of the sort exists. */
export const SECRET_DU_BAC_A_SABLE = 'secret-du-bac-a-sable'
