import { decrireMachine, type EvenementDit } from '../../kit/machine-description.ts'
import { type MachineMontree, openapiDeMachines, routesDeMachines } from '../../kit/machine-routes.ts'
import { cycleDuContact, type EvenementContact } from '../lifecycle.ts'
import { boiteDe } from '../patient/fil.ts'
import { reglesMss } from '../rules-register.ts'
import { contactsDe } from '../store.ts'

const ETATS: Readonly<Record<string, { libelle: string; annonce: string }>> = {
  NONE: { libelle: 'Aucun contact', annonce: 'Le patient ne peut pas écrire à cette boîte : elle doit écrire d’abord.' },
  OPEN: { libelle: 'Échanges ouverts', annonce: 'Le patient répond, et écrit quand il veut à cette boîte.' },
  CLOSED: { libelle: 'Échanges terminés', annonce: 'Le patient ne répond plus ; seule la boîte peut reprendre.' },
}

const FIN = { agent: 'professionnel', libelle: 'Le professionnel met fin (X-MSS-MES: FIN, ou objet [FIN])', regle: reglesMss['MSS-FIN'].code }

const EVENEMENTS: Readonly<Record<EvenementContact['type'], EvenementDit>> = {
  'professionnel.ecrit': { agent: 'professionnel', libelle: 'Le professionnel écrit', regle: reglesMss['MSS-INITIATIVE'].code },
  'professionnel.cloture': FIN,
  'patient.choisitPharmacie': { agent: 'titulaire', libelle: 'Le patient choisit une pharmacie', regle: reglesMss['MSS-PHARMACIE-JOIGNABLE'].code },
}

/** Mailboxes that a patient's mailbox knows, by the name shown to the patient. */
const contact: MachineMontree = {
  decrire: () =>
    decrireMachine(cycleDuContact, {
      nom: 'contact',
      titre: 'Le contact MSSanté : le droit d’un patient d’écrire à une boîte',
      etats: ETATS,
      evenement: (type, de) => {
        const dit = EVENEMENTS[type as EvenementContact['type']]
        // Written to again, a mailbox that had ended the exchange opens it.
        return de === 'CLOSED' && type === 'professionnel.ecrit' ? { ...dit, regle: reglesMss['MSS-FIN-ROUVRE'].code } : dit
      },
      gardes: { pharmacieJoignable: [reglesMss['MSS-PHARMACIE-JOIGNABLE'].code] },
    }),
  exemplaires: async (world, matricule) =>
    (await contactsDe(world, boiteDe(matricule))).map(({ reference, nom, etat }) => ({ id: reference, libelle: nom, etats: [etat] })),
}

export const routesMachines = routesDeMachines('/mssante/api', 'MSSanté', { contact })

export const openapiMachines = openapiDeMachines('/mssante/api', 'MSSanté (interface HTTP propre au bac à sable)', ['contact'])
