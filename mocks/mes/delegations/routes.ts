import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, profil, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus } from '../rules.ts'
import { nomDe, titulaireParId } from '../store.ts'
import { chercher, lireRecherche } from './chercher.ts'
import { admettre, aJour, inviter, lesDeux, repondre } from './delegation.ts'
import { ACTES_DELEGATION, type ActeDelegation, coteDe, montrerDelegations, profilsRattaches } from './montrer.ts'
import { reglesDelegations } from './rules.ts'
import { delegations } from './store.ts'

const INVITABLES = ['CAREGIVING', 'LEGAL_REPRESENTATION'] as const

async function proposer(appel: Appel): Promise<Answer> {
  const { world, exchange, message } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { type = 'CAREGIVING', attestation = false } = corps
  if (typeof attestation !== 'boolean') return mauvaiseDemande('« attestation » vaut true ou false.')
  if (type === 'ASSISTANCE') return await ouvrirAuCurateur(appel)
  const connu = INVITABLES.find((un) => un === type)
  if (!connu) return mauvaiseDemande(`« type » : ${INVITABLES.join(', ')} ou ASSISTANCE.`)
  const recherche = lireRecherche(corps)
  if (typeof recherche === 'string') return mauvaiseDemande(recherche)
  const { matriculeIns, personne, distribution, par, qualite, auteur } = appel
  const delegue = await chercher(world, recherche)
  if (estRefus(delegue)) return refuser(delegue, exchange)
  if (delegue.matriculeIns === matriculeIns)
    return refuser({ refused: reglesDelegations['MES-DELEGATION-TROUVEE'], about: 'c’est le titulaire du profil lui-même', statut: 422 }, exchange)
  const titulaire = { matriculeIns, personne, distribution }
  const faite = await world.atomically((inside) => inviter(inside, { type: connu, attestation, titulaire, delegue, par, qualite, auteur }))
  if (estRefus(faite)) return refuser(faite, exchange)
  exchange.respected(reglesDelegations['MES-DELEGATION-TROUVEE'])
  exchange.respected(reglesDelegations['MES-DELEGATION-ATTESTATION'])
  exchange.summarise(`Invitation envoyée à ${nomDe(delegue)}`)
  return json({ id: faite.id, etat: faite.etat, finLe: faite.contexte.finLe }, 201)
}

async function ouvrirAuCurateur({ world, exchange, profil: { liens }, auteur, ...titulaire }: Appel): Promise<Answer> {
  const id = liens.find(({ lien }) => lien === 'curateur')?.patient
  const curateur = id === undefined ? undefined : await titulaireParId(world, id)
  if (!curateur) return absent('Pas de curateur', 'Aucun curateur n’est connu pour cette personne.')
  const faite = await world.atomically((inside) => admettre(inside, titulaire, curateur, auteur))
  if (estRefus(faite)) return refuser(faite, exchange)
  exchange.summarise(`Profil ouvert à ${nomDe(curateur)}`)
  return json({ id: faite.id, etat: faite.etat, finLe: null }, 201)
}

async function agir(appel: Appel): Promise<Answer> {
  const { world, exchange, message, parameters, matriculeIns } = appel
  const nom = parameters['acte'] ?? ''
  const acte = Object.hasOwn(ACTES_DELEGATION, nom) ? ACTES_DELEGATION[nom as ActeDelegation] : undefined
  const inconnue = () =>
    absent('Acte ou délégation inconnus', `Actes : ${Object.keys(ACTES_DELEGATION).join(', ')}, sur une délégation de ce profil.`)
  if (!acte) return inconnue()
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { attestation = false } = corps
  if (typeof attestation !== 'boolean') return mauvaiseDemande('« attestation » vaut true ou false.')
  const faite = await world.atomically(async (inside) => {
    const gardee = await inside.store.get(delegations, parameters['delegation'] ?? '')
    const deux = gardee && (await lesDeux(inside, gardee))
    if (!gardee || !deux || (gardee.matriculeIns !== matriculeIns && gardee.delegue !== matriculeIns)) return undefined
    const une = aJour(inside, gardee)
    if (coteDe(appel, une) !== acte.cote)
      return { refused: reglesDelegations['MES-DELEGATION-ETAT'], about: 'cet acte revient à l’autre personne', statut: 403 as const }
    const le = inside.now()
    return await repondre(
      inside,
      une,
      acte.evenement === 'delegue.accepte' ? { type: acte.evenement, le, attestation } : { type: acte.evenement, le },
      deux,
    )
  })
  if (!faite) return inconnue()
  if (estRefus(faite)) return refuser(faite, exchange)
  exchange.respected(reglesDelegations['MES-DELEGATION-ETAT'])
  if (faite.preuve && acte.evenement === 'delegue.accepte') exchange.respected(reglesDelegations['MES-DELEGATION-PREUVE'])
  exchange.summarise(`Délégation : ${acte.libelle.toLowerCase()}`)
  return json({ id: faite.id, etat: faite.etat, preuve: faite.preuve ?? null })
}

export const routesDelegations: readonly Route[] = [
  {
    method: 'GET',
    path: `${UN}/profils-rattaches`,
    handle: profil('profils rattachés', async ({ world, ...titulaire }) => json({ profils: await profilsRattaches(world, titulaire) })),
  },
  {
    method: 'GET',
    path: `${UN}/delegations`,
    handle: lecture('délégations', async (appel) => json(await montrerDelegations(appel.world, appel))),
  },
  { method: 'POST', path: `${UN}/delegations`, handle: gestion('invitation d’un aidant ou d’un représentant', proposer) },
  { method: 'POST', path: `${UN}/delegations/{delegation}/{acte}`, handle: gestion('réponse à une délégation', agir) },
]
