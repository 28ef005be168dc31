import { ADRESSES_PSC } from '#standards/psc/adresses.ts'
import type { Service } from '../kit/service.ts'
import { demander } from './ciba.ts'
import { pourClient } from './client.ts'
import { identiteDuJeton } from './jetons.ts'
import { reglesPsc } from './rules-register.ts'
import { reglages } from './settings.ts'
import { collections } from './store.ts'
import { jeton } from './token.ts'

/** Pro Santé Connect: who a professional is, told to software by tokens. */
export const proSanteConnect: Service = {
  name: 'pro-sante-connect',
  title: 'Pro Santé Connect',
  routes: [
    { method: 'POST', path: ADRESSES_PSC.jeton, handle: pourClient('jeton', jeton) },
    { method: 'POST', path: ADRESSES_PSC.ciba, handle: pourClient('demande sur e-CPS (CIBA)', demander) },
  ],
  rules: reglesPsc,
  collections,
  settings: reglages,
  answers: { identiteDuJeton },
}
