import { ADRESSES_PSC, GRANT_CIBA } from '#standards/psc/adresses.ts'
import { json } from '../kit/answers.ts'
import type { Message } from '../kit/message.ts'
import type { NamedFault } from '../kit/service.ts'

const oauth = (status: number, error: string, error_description: string, headers: Record<string, string> = {}) =>
  json({ error, error_description }, status, headers)

const estCiba = ({ path, body }: Message) =>
  path === ADRESSES_PSC.jeton && body.length < 16_384 && new URLSearchParams(new TextDecoder().decode(body)).get('grant_type') === GRANT_CIBA

/** Faults of Pro Santé Connect that can be asked for by name. */
export const faults: Readonly<Record<string, NamedFault>> = {
  'psc-indisponible': {
    title: 'Pro Santé Connect : service temporairement indisponible',
    answer: () => oauth(503, 'temporarily_unavailable', 'Panne demandée.', { 'retry-after': '5' }),
  },
  'psc-jeton-expire': {
    title: 'Pro Santé Connect : le jeton présenté est expiré (userinfo, introspection, renouvellement)',
    answer(message) {
      if (message.path === ADRESSES_PSC.identite)
        return oauth(401, 'invalid_token', 'Panne demandée : jeton expiré.', {
          'www-authenticate': 'Bearer realm="esante-wallet", error="invalid_token"',
        })
      if (message.path === ADRESSES_PSC.introspection) return json({ active: false })
      return message.path === ADRESSES_PSC.jeton && !estCiba(message) ? oauth(400, 'invalid_grant', 'Panne demandée : jeton expiré.') : undefined
    },
  },
  'psc-refus': {
    title: 'Pro Santé Connect : le professionnel refuse sur son e-CPS',
    answer: (message) => (estCiba(message) ? oauth(400, 'access_denied', 'Panne demandée : refus sur l’e-CPS.') : undefined),
  },
  'psc-attente': {
    title: 'Pro Santé Connect : le professionnel ne répond pas encore sur son e-CPS',
    answer: (message) => (estCiba(message) ? oauth(400, 'authorization_pending', 'Panne demandée : pas encore de réponse.') : undefined),
  },
}
