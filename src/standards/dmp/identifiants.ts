/** Fixed identifiers of the DMP. @see dmp.md §1.1 */
export const REPOSITORY_UNIQUE_ID = '1.2.250.1.213.4.1.1.1.2'
/** Fictive root of the software of the sandbox. */
export const OID_LOGICIEL = '1.2.250.1.999.1.1.7'

/** Paths of the services, under the origin. */
export const DMP_PATHS = {
  patients: '/dmp/si-dmp-server/v2/services/patients',
  patientsSpecific: '/dmp/si-dmp-server/v2/services/patientsSpecific',
  habilitations: '/dmp/si-dmp-server/v2/services/habilitations',
  registry: '/dmp/si-dmp-server/v2/services/registry',
  repository: '/dmp/si-dmp-server/v2/services/repository',
  patientCertif: '/dmp/si-dmp-server/v2/services/patientCertif',
} as const

/** formatCode of a CDA N1 by the media type of its body. @see ANS, ASS_A12 */
export const FORMAT_N1: Readonly<Record<string, string>> = {
  'application/pdf': 'urn:ihe:iti:xds-sd:pdf:2008',
  'text/plain': 'urn:ihe:iti:xds-sd:text:2008',
  'text/rtf': 'urn:ihe:iti-fr:xds-sd:rtf:2010',
  'image/jpeg': 'urn:ihe:iti-fr:xds-sd:jpeg:2010',
  'image/tiff': 'urn:ihe:iti-fr:xds-sd:tiff:2010',
}
export const FORMAT_N1_SYSTEM = '1.3.6.1.4.1.19376.1.2.3'
