import { json } from '../kit/answers.ts'
import type { Answer } from '../kit/message.ts'
import type { World } from '../world.ts'
import { vivant } from './lifecycle.ts'
import { type Appel, refuser } from './page.ts'
import { regles } from './rules-register.ts'
import { ageLe, AGE_DE_LA_MAJORITE } from './rules.ts'
import { type Courrier, courriersDe, nomDe, type ProfilEnregistre, titulaireParId } from './store.ts'

/** Mail and letters of the person, with those of the children attached to them. `pour`: name of the child, `''` for their own. */
export async function boitePersonnelle({ world, exchange, matriculeIns, profil, qualite }: Appel): Promise<Answer> {
  if (qualite === 'aidant' || qualite === 'curateur')
    return refuser({ refused: regles['MES-BOITE-PERSONNELLE'], about: 'cette boîte est celle du titulaire', statut: 403 }, exchange)
  const siens = (await courriersDe(world, matriculeIns)).map((courrier) => ({ ...courrier, pour: '' }))
  const desEnfants = await courriersDesEnfants(world, profil)
  if (desEnfants.length > 0) exchange.respected(regles['MES-COURRIER-ENFANT'])
  return json({ courriers: [...siens, ...desEnfants].sort((a, b) => b.le - a.le) })
}

async function courriersDesEnfants(world: World, { liens, etat, contexte }: ProfilEnregistre): Promise<(Courrier & { pour: string })[]> {
  const recus: (Courrier & { pour: string })[] = []
  // Nobody writes to the dead.
  if (etat === 'deceased' || !vivant(contexte)) return recus
  for (const { patient } of liens.filter(({ lien }) => lien === 'enfant')) {
    const enfant = await titulaireParId(world, patient)
    if (!enfant) continue
    const pour = nomDe(enfant)
    const { dateNaissance } = enfant.personne
    for (const courrier of await courriersDe(world, enfant.matriculeIns))
      // What came once the child was of age is the child's alone; a push is on the child's own phone.
      if (courrier.canal !== 'push' && ageLe(dateNaissance, courrier.le) < AGE_DE_LA_MAJORITE) recus.push({ ...courrier, pour })
  }
  return recus
}
