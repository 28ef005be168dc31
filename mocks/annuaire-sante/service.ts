import { CODES_ANOMALIE, fhir } from '../kit/fhir.ts'
import type { NamedFault, Service } from '../kit/service.ts'
import { issue } from './contexte.ts'
import { openapiAnnuaire } from './openapi.ts'
import { routesAnnuaire } from './routes.ts'
import { reglesAnnuaire } from './rules.ts'
import { balDeclarees, changements, DEBUT } from './store.ts'

const faute = (title: string, statut: number, diagnostics: string, entetes: Readonly<Record<string, string>> = {}): NamedFault => ({
  title,
  answer: () => fhir(issue(diagnostics, statut === 429 ? CODES_ANOMALIE[429] : 'processing'), statut, entetes),
})

/** Annuaire Santé, FHIR v2: who practises where, and which mailbox to write to. */
export const annuaireSante: Service = {
  name: 'annuaire-sante',
  title: 'Annuaire Santé — API FHIR v2',
  routes: routesAnnuaire,
  rules: reglesAnnuaire,
  collections: [balDeclarees, changements],
  openapi: openapiAnnuaire,
  faults: {
    'annuaire-quota': faute('Annuaire : quota de 17 appels par seconde dépassé (429)', 429, 'Rate limit exceeded', { 'retry-after': '1' }),
    'annuaire-erreur': faute('Annuaire : erreur interne (500)', 500, 'HAPI-0389: Failed to call access method'),
  },
  settings: {
    'ANNUAIRE-CLE': {
      title: 'Clé ESANTE-API-KEY : « toute » (non vide), « aucune » (pas demandée), ou la clé attendue',
      initial: 'toute',
      source: 'propre au bac à sable : les vraies clés viennent du portail de l’ANS',
    },
    'ANNUAIRE-CLE-EN-EXCES': {
      title: 'Clé d’une application qui a épuisé son quota : répond toujours 429',
      initial: 'cle-en-exces',
      source: 'propre au bac à sable : compter les appels ferait de chaque recherche une écriture',
    },
    'ANNUAIRE-PATCH-OUVERT': {
      title: 'Ouvrir l’écriture des boîtes MSSanté (PATCH)',
      initial: true,
      source: 'propre au bac à sable : « non encore implémenté » dans l’annuaire réel (IG-MSS)',
    },
  },
  async seed(world) {
    await world.store.put(changements, { id: DEBUT, le: world.now(), version: 1 })
  },
  identities: () =>
    Promise.resolve([
      {
        id: 'annuaire-application',
        name: 'Application de l’annuaire',
        kind: 'structure',
        send: { 'ESANTE-API-KEY': 'fictive' },
        triggers: 'Lit l’annuaire ; avec la clé « cle-en-exces », chaque appel est refusé (429).',
        service: 'annuaire-sante',
        source: 'Propre au bac à sable',
      },
    ]),
}
