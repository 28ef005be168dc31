import { castOf } from '../database/registre.ts'
import type { Service } from '../kit/service.ts'
import { reponsesAnnuaire } from './annuaire.ts'
import { boitesDe, domainesDe } from './distribution.ts'
import { reglesMss } from './rules-register.ts'
import { boites, collections, domaines } from './store.ts'

/** MSSanté: the trust space, its mailboxes, and the conversation with a patient. */
export const mssante: Service = {
  name: 'mssante',
  title: 'MSSanté — messageries sécurisées de santé',
  routes: [],
  rules: reglesMss,
  collections,
  answers: reponsesAnnuaire,
  settings: {
    'MSS-REFUS-IMMEDIAT': {
      title: 'Refuser tout de suite un destinataire qui ne peut pas recevoir, au lieu d’un avis de non-remise plus tard',
      initial: false,
      source: 'propre au bac à sable : le moment du refus n’est pas publié (mssante.md §3.3)',
    },
  },
  async seed(world) {
    const cast = await castOf(world)
    await world.store.putAll(domaines, domainesDe(world.now()))
    await world.store.putAll(boites, boitesDe(cast, world.now()))
  },
}
