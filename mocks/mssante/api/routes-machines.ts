import { json } from '../../kit/answers.ts'
import { decrireMachine } from '../../kit/machine-description.ts'
import type { Route } from '../../kit/message.ts'
import { cycleDuContact } from '../lifecycle.ts'
import { reglesMss } from '../rules-register.ts'

const ETATS: Readonly<Record<string, { libelle: string; annonce: string }>> = {
  NONE: { libelle: 'Aucun contact', annonce: 'Le patient ne peut pas écrire à cette boîte : elle doit écrire d’abord.' },
  OPEN: { libelle: 'Échanges ouverts', annonce: 'Le patient répond, et écrit quand il veut à cette boîte.' },
  CLOSED: { libelle: 'Échanges terminés', annonce: 'Le patient ne répond plus ; seule la boîte peut reprendre.' },
}

const EVENEMENTS: Readonly<Record<string, { agent: string; libelle: string; regle: string }>> = {
  'professionnel.ecrit': { agent: 'professionnel', libelle: 'Le professionnel écrit', regle: reglesMss['MSS-INITIATIVE'].code },
  'professionnel.cloture': { agent: 'professionnel', libelle: 'Le professionnel met fin (X-MSS-MES: FIN)', regle: reglesMss['MSS-FIN'].code },
  'patient.choisitPharmacie': { agent: 'titulaire', libelle: 'Le patient choisit une pharmacie', regle: reglesMss['MSS-PHARMACIE-JOIGNABLE'].code },
}

/** The machine of the contact as it is applied, with the words and rules that a drawing needs. */
const decrire: Route['handle'] = (_message, _world, exchange) => {
  exchange.name('MSSanté · description de la machine « contact »')
  const { initial, etats, transitions } = decrireMachine(cycleDuContact)
  return json({
    nom: 'contact',
    titre: 'Le droit d’un patient d’écrire à une boîte',
    initial,
    etats: etats.map((etat) => ({ etat, ...ETATS[etat] })),
    transitions: transitions.map((une) => ({ ...une, ...EVENEMENTS[une.evenement] })),
  })
}

export const routesMachines: readonly Route[] = [{ method: 'GET', path: '/mssante/api/machines/contact', handle: decrire }]
