import { MESURES_FHIR } from '#standards/fhir/mesures.ts'
import { fhir } from '../../kit/fhir.ts'
import type { Answer, Message } from '../../kit/message.ts'
import type { World } from '../../world.ts'

const parametre = (name: string, type: string, documentation: string) => ({ name, type, documentation })

const PATIENT = parametre('patient', 'reference', 'Patient/<idPe>, ou <OID>|<idPe> ; le patient du jeton quand il est absent')
const MODIFIE = parametre('_lastUpdated', 'date', 'Dernier changement, avec préfixe')
const ID = parametre('_id', 'token', 'Identifiant de la ressource')

const RESSOURCES = [
  {
    type: 'Observation',
    supportedProfile: [...new Set(Object.values(MESURES_FHIR).map(({ profil }) => profil))],
    documentation: 'Mesures. Se déposent par un Bundle transaction à la racine ; ne se changent ni ne se suppriment.',
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: 'versioned',
    searchParam: [
      PATIENT,
      parametre('code', 'token', 'Code LOINC ou NCIt, avec ou sans système, plusieurs séparés par des virgules'),
      parametre('date', 'date', 'effectiveDateTime, avec préfixe'),
      parametre('category', 'token', 'vital-signs'),
      parametre('status', 'token', 'final'),
      MODIFIE,
      ID,
    ],
  },
  {
    type: 'Device',
    supportedProfile: ['http://hl7.org/fhir/uv/phd/StructureDefinition/PhdDevice'],
    documentation: 'Appareil d’une mesure, créé sous condition dans le Bundle.',
    interaction: [{ code: 'read' }],
    conditionalCreate: true,
  },
  {
    type: 'Appointment',
    profile: 'https://interop.esante.gouv.fr/ig/fhir/agenda/StructureDefinition/gap-fr-appointment',
    documentation: 'Agenda. Un service ne change que ses propres rendez-vous ; annuler, c’est « status » = cancelled.',
    interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'create' }, { code: 'update' }],
    versioning: 'versioned-update',
    conditionalCreate: true,
    conditionalUpdate: true,
    updateCreate: false,
    searchParam: [
      PATIENT,
      parametre('date', 'date', 'start, avec préfixe'),
      parametre('status', 'token', ''),
      parametre('identifier', 'token', 'Le vôtre'),
      MODIFIE,
      ID,
    ],
  },
  {
    type: 'Patient',
    documentation: 'Le patient du jeton, avec la finalité PATIENT_LECTURE. Jamais son matricule INS.',
    interaction: [{ code: 'read' }],
  },
]

/** @see https://hl7.org/fhir/R4/capabilitystatement.html */
export function metadata({ base }: Message, world: World): Answer {
  return fhir({
    resourceType: 'CapabilityStatement',
    status: 'active',
    experimental: true,
    date: new Date(world.now()).toISOString(),
    kind: 'instance',
    software: { name: 'Bac à santé' },
    implementation: { description: 'Mon espace santé simulé : mesures et agenda, personnes fictives', url: `${base}/mes/fhir` },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    implementationGuide: [
      'https://interop.esante.gouv.fr/ig/fhir/mesures/ImplementationGuide/ans.fhir.fr.mesures',
      'https://interop.esante.gouv.fr/ig/fhir/agenda/ImplementationGuide/ans.fhir.fr.agenda',
    ],
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          description:
            'Jeton d’appariement, à /mes/fhir/oauth2 : forme propre au bac à sable, la spécification réelle n’étant remise qu’aux éditeurs référencés.',
        },
        interaction: [{ code: 'transaction' }],
        resource: RESSOURCES,
      },
    ],
  })
}
