import { json } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { noterActivite, notifier } from '../annoncer.ts'
import { type Appel, lireCorps, mauvaiseDemande, profil, refuser } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { estRefus } from '../rules.ts'
import { lireValeurs, refusSoin, reglesProfil } from './rules.ts'
import { HISTOIRE, sectionDe } from './sections.ts'
import { entrees, entreesDe, type EntreeProfil } from './store.ts'

const SECTION = sectionDe(HISTOIRE)!
export const ASSURANCE_MALADIE = 'Assurance maladie'

const JOUR = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })

/** The Assurance maladie writes down a care that it reimbursed; the trainer plays it. */
async function inscrire(appel: Appel): Promise<Answer> {
  const { world, exchange, message, matriculeIns, profil: ouvert } = appel
  exchange.from(ASSURANCE_MALADIE)
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const { valeurs } = corps
  if (typeof valeurs !== 'object' || valeurs === null || Array.isArray(valeurs))
    return mauvaiseDemande('« valeurs » est un objet : un texte par champ.')
  const lu = lireValeurs(SECTION, valeurs as Readonly<Record<string, unknown>>)
  if (estRefus(lu)) return refuser(lu, exchange)
  const fait = await world.atomically(async (inside) => {
    const deja = await entreesDe(inside, matriculeIns, HISTOIRE)
    const refus = refusSoin(ouvert, { date: lu.valeurs['date'] ?? '', aujourdHui: JOUR.format(inside.now()), combien: deja.length })
    if (refus) return refus
    const le = inside.now()
    const soin: EntreeProfil = {
      id: inside.newId(),
      matriculeIns,
      section: HISTOIRE,
      valeurs: lu.valeurs,
      auteur: ASSURANCE_MALADIE,
      creeLe: le,
      modifieLe: le,
    }
    await inside.store.put(entrees, soin)
    if (deja.length === 0)
      await notifier(inside, appel, { code: 'PRIMO_ALIM_MHS', texte: 'L’Assurance maladie y a inscrit vos premiers soins remboursés.' })
    await noterActivite(inside, matriculeIns, {
      typeActeur: 'SYSTEM',
      groupe: 'GENERAL',
      acteur: ASSURANCE_MALADIE,
      structure: '',
      texte: `Histoire de santé : « ${lu.valeurs['soin']} » inscrit.`,
    })
    return { soin, premier: deja.length === 0 }
  })
  if (estRefus(fait)) return refuser(fait, exchange)
  exchange.respected(reglesProfil['MES-HISTOIRE-ALIMENTATION'])
  if (fait.premier) exchange.respected(reglesProfil['MES-HISTOIRE-PREMIERE'])
  exchange.summarise(`Histoire de santé : ${lu.valeurs['soin']}`)
  return json(fait.soin, 201, { 'x-sandbox-forme': 'propre-au-bac-a-sable' })
}

export const routesHistoire: readonly Route[] = [
  { method: 'POST', path: `${UN}/profil-medical/${HISTOIRE}/soins`, handle: profil('soin inscrit par l’Assurance maladie', inscrire) },
]
