import { decrireMachine, type EvenementDit } from '../../kit/machine-description.ts'
import type { MachineMontree } from '../../kit/machine-routes.ts'
import { delaiRenouvellement, DUREE_DEMANDE } from './appariement.ts'
import { cycleAppariement, type EtatAppariement, ETATS_APPARIEMENT, type EvenementAppariement } from './lifecycle.ts'
import { reglesCatalogue } from './rules.ts'
import { appariementDe, servicesDuCatalogue } from './store.ts'

const code = (regle: keyof typeof reglesCatalogue): string => reglesCatalogue[regle].code

const ANNONCES: Readonly<Record<EtatAppariement, string>> = {
  sansSuite: 'Le service ne lit et n’écrit rien.',
  demande: 'Le service a demandé ; il n’accède à rien tant que le titulaire n’a pas choisi.',
  synchronise: 'Le service lit et écrit ce que le titulaire a choisi, rien d’autre.',
  aRenouveler: 'Le service a changé : il garde ses accès jusqu’à la date limite.',
  aConfirmer: 'Le titulaire est devenu majeur : le service attend son accord, sans accès.',
}

const SERVICE = 'service'

/** The consent of the holder is one event; what it does depends on the state. */
const CONSENTEMENT: Readonly<Partial<Record<string, Pick<EvenementDit, 'libelle' | 'regle'>>>> = {
  demande: { libelle: 'Le titulaire consent, finalité par finalité', regle: code('MES-APPARIEMENT-CONSENTEMENT') },
  synchronise: { libelle: 'Le titulaire change ses choix', regle: code('MES-APPARIEMENT-MODIFIABLE') },
  aRenouveler: { libelle: 'Le titulaire renouvelle son accord', regle: code('MES-APPARIEMENT-RENOUVELLEMENT') },
  aConfirmer: { libelle: 'Le titulaire, majeur, confirme', regle: code('MES-APPARIEMENT-MAJORITE') },
}

function dire(type: EvenementAppariement['type'], de: string): Omit<EvenementDit, 'delai'> {
  const refuse = de === 'demande'
  switch (type) {
    case 'service.demande':
      return {
        agent: SERVICE,
        libelle: 'Le service demande la synchronisation',
        regle: code('MES-APPARIEMENT-DEMANDE'),
        conditions: (['MES-CATALOGUE-SANS-ECHANGE', 'MES-CATALOGUE-STATUT'] as const).map(code),
      }
    case 'patient.consent':
      return { agent: 'titulaire', ...CONSENTEMENT[de]!, conditions: (['MES-APPARIEMENT-CONSENTEMENT', 'MES-CATALOGUE-STATUT'] as const).map(code) }
    case 'patient.desynchronise':
      return {
        agent: 'titulaire',
        libelle: refuse ? 'Le titulaire refuse' : 'Le titulaire désynchronise',
        regle: code('MES-APPARIEMENT-DESYNCHRONISATION'),
      }
    case 'service.desynchronise':
      return {
        agent: SERVICE,
        libelle: refuse ? 'Le service retire sa demande' : 'Le service désynchronise',
        regle: code('MES-APPARIEMENT-DESYNCHRONISATION'),
      }
    case 'service.change':
      return { agent: SERVICE, libelle: 'Le service demande davantage', regle: code('MES-APPARIEMENT-RENOUVELLEMENT') }
    case 'catalogue.dereference':
      return { agent: 'catalogue', libelle: 'Le service quitte le catalogue', regle: code('MES-CATALOGUE-STATUT') }
    case 'patient.majorite':
      return { agent: 'délai', libelle: 'Le titulaire atteint dix-huit ans', regle: code('MES-APPARIEMENT-MAJORITE') }
    case 'delai.limite':
      return {
        agent: 'délai',
        libelle: refuse ? 'Sans réponse, la demande tombe' : 'Sans nouvel accord, l’accès cesse',
        regle: code(refuse ? 'MES-APPARIEMENT-DEMANDE' : 'MES-APPARIEMENT-RENOUVELLEMENT'),
      }
  }
}

/** Each service of the catalogue that exchanges data, paired with the profile or not. */
export const machineDesAppariements: MachineMontree = {
  decrire: (world) =>
    decrireMachine(cycleAppariement, {
      nom: 'appariement',
      titre: 'L’appariement : un service connecté au profil',
      etats: Object.fromEntries(
        (Object.keys(ETATS_APPARIEMENT) as EtatAppariement[]).map((etat) => [etat, { libelle: ETATS_APPARIEMENT[etat], annonce: ANNONCES[etat] }]),
      ),
      evenement: (type, de) => ({
        ...dire(type as EvenementAppariement['type'], de),
        ...(type === 'delai.limite' && { delai: de === 'demande' ? DUREE_DEMANDE : delaiRenouvellement(world) }),
      }),
    }),
  exemplaires: async (world, matricule) => {
    const services = (await servicesDuCatalogue(world)).filter(({ echange }) => echange)
    return await Promise.all(
      services.map(async ({ id, nom }) => {
        const { etat, contexte } = await appariementDe(world, matricule, id)
        return { id, libelle: nom, etats: [etat], ...(contexte.limite !== null && { echeance: { le: contexte.limite, evenement: 'delai.limite' } }) }
      }),
    )
  },
}
