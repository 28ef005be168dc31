import { writeRegistryResponse } from '#standards/xds/registry-response.ts'
import type { XdsErrorCode } from '#standards/xds/errors.ts'
import type { NamedFault } from '../kit/service.ts'
import { answerFault, answerPayload } from './reponse.ts'

const registre = (title: string, code: XdsErrorCode, context: string): NamedFault => ({
  title,
  answer: (_message, world) =>
    answerPayload(
      { action: 'urn:ihe:iti:2007:RegistryResponse', relatesTo: undefined, messageId: `urn:uuid:${world.newId()}` },
      writeRegistryResponse([{ code, context, location: '', severity: 'Error' }]),
    ),
})

/** Faults of the DMP's own protocol. */
export const faults: Readonly<Record<string, NamedFault>> = {
  'dmp-indisponible': registre(
    'Registre indisponible (XDSRegistryNotAvailable)',
    'XDSRegistryNotAvailable',
    'Le registre n’est pas disponible, réessayez plus tard',
  ),
  'dmp-seuil-depasse': registre(
    'Trop de sollicitations (DMPAccessDeniedByExcededThreshold)',
    'DMPAccessDeniedByExcededThreshold',
    'Le seuil de sollicitations est dépassé',
  ),
  'dmp-certificat-invalide': {
    title: 'Certificat de signature refusé (DMPInvalidCertificate)',
    answer: () =>
      answerFault(
        {
          code: 'Sender',
          subcode: 'DMPInvalidCertificate',
          reason: 'Le certificat ayant signé le VIHF est invalide : Not a valid signature certificate',
        },
        undefined,
      ),
  },
}
