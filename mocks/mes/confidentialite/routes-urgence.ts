import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import type { ReglagesUrgence } from '../../world.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, gestion, lecture, lireCorps, mauvaiseDemande } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { reglesConfidentialite } from './rules.ts'
import { URGENCE_PAR_DEFAUT, urgenceDe, urgences } from './store.ts'

type Commutateur = keyof ReglagesUrgence

/** What the history says of each switch. */
const DITS: Readonly<Record<Commutateur, string>> = {
  ETREAT: 'Accès du SAMU et du centre 15',
  BTG: 'Accès en urgence des autres professionnels (bris de glace)',
  MASKED: 'Lecture des documents masqués en cas d’urgence',
}

const COMMUTATEURS = Object.keys(DITS) as Commutateur[]

async function lire({ world, exchange, matriculeIns }: Appel): Promise<Answer> {
  exchange.respected(reglesConfidentialite['MES-URGENCE-PAR-DEFAUT'])
  return json(await urgenceDe(world, matriculeIns))
}

/** Changes those that are named; the others stay. */
async function regler({ world, exchange, message, matriculeIns, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const faux = Object.entries(corps).find(([nom, valeur]) => !Object.hasOwn(URGENCE_PAR_DEFAUT, nom) || typeof valeur !== 'boolean')
  if (faux) return mauvaiseDemande(`Réglages d’urgence : ${COMMUTATEURS.join(', ')}, valeurs true ou false.`)
  const apres = await world.atomically(async (inside) => {
    const avant = await urgenceDe(inside, matriculeIns)
    const suivant = { ...avant, ...(corps as Partial<ReglagesUrgence>) }
    const changes = COMMUTATEURS.filter((nom) => suivant[nom] !== avant[nom])
    if (changes.length > 0) await inside.store.put(urgences, { matriculeIns, ...suivant, le: inside.now() })
    for (const nom of changes) await noterActe(inside, matriculeIns, auteur, `${DITS[nom]} : ${suivant[nom] ? 'permis' : 'refusé'}.`)
    return suivant
  })
  exchange.respected(reglesConfidentialite['MES-URGENCE-REGLAGES'])
  exchange.summarise(`Urgence : ${COMMUTATEURS.map((nom) => `${nom} ${apres[nom] ? 'permis' : 'refusé'}`).join(', ')}`)
  return json(apres)
}

export const routesUrgence: readonly Route[] = [
  { method: 'GET', path: `${UN}/urgence`, handle: lecture('réglages d’urgence', lire) },
  { method: 'PUT', path: `${UN}/urgence`, handle: gestion('réglages d’urgence', regler) },
]
