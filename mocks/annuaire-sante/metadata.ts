import { PROFILS } from '#standards/fhir/annuaire.ts'
import { fhir } from '../kit/fhir.ts'
import type { Answer } from '../kit/message.ts'
import { type AppelAnnuaire, BASE } from './contexte.ts'
import { LIENS, PARAMETRES } from './parametres.ts'
import { TYPES, type TypeRessource } from './ressources.ts'

const liens = (sens: 'de' | 'vers', type: TypeRessource): string[] =>
  Object.entries(LIENS).flatMap(([nom, lien]) => (lien[sens] === type ? [nom] : []))

const ressource = (type: TypeRessource): object => ({
  type,
  ...(type === 'HealthcareService'
    ? { supportedProfile: ['healthcare-activity', 'social-equipment'].map((genre) => `${PROFILS}as-dp-healthcareservice-${genre}`) }
    : { profile: `${PROFILS}as-dp-${type.toLowerCase()}` }),
  interaction: [
    { code: 'read' },
    { code: 'search-type' },
    ...(['Practitioner', 'PractitionerRole', 'Organization'].includes(type)
      ? [{ code: 'patch', documentation: 'Boîtes MSSanté seulement ; projet de l’ANS, pas ouvert dans l’annuaire réel.' }]
      : []),
  ],
  searchInclude: ['*', ...liens('de', type)],
  searchRevInclude: liens('vers', type),
  searchParam: Object.entries(PARAMETRES[type]).map(([name, { genre, doc }]) => ({ name, type: genre, documentation: doc })),
})

/** @see https://hl7.org/fhir/R4/capabilitystatement.html */
export function metadata({ message, world, exchange }: AppelAnnuaire): Answer {
  exchange.summarise('CapabilityStatement')
  return fhir({
    resourceType: 'CapabilityStatement',
    status: 'active',
    experimental: true,
    date: new Date(world.now()).toISOString(),
    kind: 'instance',
    software: { name: 'Bac à santé' },
    implementation: { description: 'Annuaire Santé simulé : professionnels et structures fictifs', url: `${message.base}${BASE}` },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: { cors: true, description: 'En-tête ESANTE-API-KEY : toute clé non vide, sauf réglage contraire.' },
        resource: TYPES.map(ressource),
      },
    ],
  })
}
