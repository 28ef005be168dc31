import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, absent, ecriture, lecture, lireCorps, mauvaiseDemande } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { programmer } from './rappels.ts'
import { aVenir, enCours, type Occurrence, occurrencesDe, reglesPrevention, STATUTS_PREVENTION, type StatutPrevention } from './rules.ts'
import { type ReponsePrevention, reponsesDe, reponsesPrevention } from './store.ts'

/** Nobody answered: what is due is to plan, what is to come is not specified. */
const montrer = ({ id, examen, age, le }: Occurrence, reponse: ReponsePrevention | undefined, defaut: StatutPrevention) => ({
  id,
  libelle: examen.libelle,
  genre: examen.genre,
  age,
  le,
  statut: reponse?.statut ?? defaut,
  source: examen.source,
  certitude: examen.certainty,
})

async function lister({ world, exchange, matriculeIns, personne }: Appel): Promise<Answer> {
  const [toutes, reponses, maintenant] = [occurrencesDe(personne), await reponsesDe(world, matriculeIns), world.now()]
  exchange.respected(reglesPrevention['MES-PREVENTION-AGES'])
  exchange.summarise('Examens recommandés')
  return json({
    enCours: enCours(toutes, personne.dateNaissance, maintenant).map((une) => montrer(une, reponses.get(une.id), 'TO_PLAN')),
    aVenir: aVenir(toutes, maintenant).map((une) => montrer(une, reponses.get(une.id), 'NOT_SPECIFIED')),
  })
}

const estStatut = (value: unknown): value is StatutPrevention => STATUTS_PREVENTION.some((un) => un === value)

async function repondre(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns, personne, parameters, auteur } = appel
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const une = occurrencesDe(personne).find(({ id }) => id === parameters['examen'])
  if (!une) return absent('Examen inconnu', 'Cet examen n’est pas recommandé au titulaire.')
  const { statut } = corps
  if (!estStatut(statut)) return mauvaiseDemande(`« statut » est l’un de : ${STATUTS_PREVENTION.join(', ')}.`)
  const reponse = { id: `${matriculeIns}|${une.id}`, matriculeIns, occurrence: une.id, statut, modifieLe: world.now() }
  await world.atomically(async (inside) => {
    await inside.store.put(reponsesPrevention, reponse)
    await programmer(inside, appel)
    await noterActe(inside, matriculeIns, auteur, `Prévention : réponse donnée pour « ${une.examen.libelle} ».`)
  })
  exchange.respected(reglesPrevention['MES-PREVENTION-STATUT'])
  exchange.summarise(`${une.examen.libelle} : ${statut}`)
  return json(montrer(une, reponse, statut))
}

export const routesPrevention: readonly Route[] = [
  { method: 'GET', path: `${UN}/prevention`, handle: lecture('examens recommandés', lister) },
  { method: 'PUT', path: `${UN}/prevention/{examen}`, handle: ecriture('réponse sur un examen recommandé', repondre) },
]
