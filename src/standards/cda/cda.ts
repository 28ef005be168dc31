import { writeBase64 } from '../mime/base64.ts'
import { vocabulary, writeXml } from '../xml/write.ts'

/**
 * Writes a CDA R2 of level 1: a header, and a body that is a file.
 * @see CI-SIS, volet Structuration minimale v1.16 ; dmp.md §10
 */
export const CDA = 'urn:hl7-org:v3'

interface PersonneCda {
  /** PS_IdNat. */
  readonly id: string
  readonly nom: string
  readonly prenom: string
  /** Specialty of JDV_J01: `G15_10/SM54`. */
  readonly specialite: { readonly code: string; readonly codeSystem: string; readonly displayName: string }
  readonly structure: { readonly id: string; readonly nom: string }
}

export interface CdaN1 {
  /** OID, without extension. */
  readonly id: string
  readonly setId: string
  /** From 1, one more at each replacement; `setId` stays. */
  readonly version: number
  /** `id` of the document this one replaces. */
  readonly remplace?: string
  readonly type: { readonly code: string; readonly codeSystem: string; readonly displayName: string }
  readonly titre: string
  /** Simulated milliseconds. */
  readonly redigeLe: number
  readonly patient: {
    /** 15 characters. */
    readonly matriculeIns: string
    readonly oid: string
    readonly nomNaissance: string
    readonly listePrenom: string
    readonly sexe: string
    /** `AAAA-MM-JJ`. */
    readonly dateNaissance: string
    readonly lieuNaissance: string
  }
  readonly auteur: PersonneCda
  /** JDV_J02 and JDV_J04 codes. */
  readonly lieuExercice: { readonly code: string; readonly codeSystem: string }
  readonly cadreExercice: { readonly code: string; readonly codeSystem: string }
  readonly corps: { readonly mediaType: string; readonly bytes: Uint8Array }
}

const v3 = vocabulary('', CDA)

/** Local time with its offset, to the second: CDA wants the time zone. The sandbox writes UTC. */
const instant = (time: number): string => `${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)}+0000`

/** UTF-8 bytes of the document. */
export function writeCdaN1(cda: CdaN1): Uint8Array {
  const code = (name: string, { code, codeSystem, displayName }: { code: string; codeSystem: string; displayName?: string }) =>
    v3(name, { code, codeSystem, displayName: displayName || undefined })
  const at = instant(cda.redigeLe)
  const personne = v3('name', {}, v3('family', {}, cda.auteur.nom), v3('given', {}, cda.auteur.prenom))
  const structure = (name: string) =>
    v3(name, {}, v3('id', { root: '1.2.250.1.71.4.2.2', extension: cda.auteur.structure.id }), v3('name', {}, cda.auteur.structure.nom))
  const assigned = (name: string) =>
    v3(
      name,
      {},
      v3('id', { root: '1.2.250.1.71.4.2.1', extension: cda.auteur.id }),
      code('code', cda.auteur.specialite),
      v3('assignedPerson', {}, personne),
      structure('representedOrganization'),
    )
  const { patient } = cda
  const prenoms = patient.listePrenom.split(' ')
  const document = v3(
    'ClinicalDocument',
    {},
    v3('realmCode', { code: 'FR' }),
    v3('typeId', { root: '2.16.840.1.113883.1.3', extension: 'POCD_HD000040' }),
    v3('templateId', { root: '2.16.840.1.113883.2.8.2.1' }),
    v3('templateId', { root: '1.2.250.1.213.1.1.1.1' }),
    v3('templateId', { root: '1.3.6.1.4.1.19376.1.2.20' }),
    v3('id', { root: cda.id }),
    code('code', cda.type),
    v3('title', {}, cda.titre),
    v3('effectiveTime', { value: at }),
    v3('confidentialityCode', { code: 'N', codeSystem: '2.16.840.1.113883.5.25', displayName: 'Normal' }),
    v3('languageCode', { code: 'fr-FR' }),
    v3('setId', { root: cda.setId }),
    v3('versionNumber', { value: cda.version }),
    v3(
      'recordTarget',
      {},
      v3(
        'patientRole',
        {},
        v3('id', { root: patient.oid, extension: patient.matriculeIns }),
        v3(
          'patient',
          {},
          v3(
            'name',
            {},
            v3('family', { qualifier: 'BR' }, patient.nomNaissance),
            v3('given', { qualifier: 'BR' }, prenoms[0]),
            v3('given', {}, patient.listePrenom),
          ),
          v3('administrativeGenderCode', { code: patient.sexe, codeSystem: '2.16.840.1.113883.5.1' }),
          v3('birthTime', { value: patient.dateNaissance.replaceAll('-', '') }),
          v3('birthplace', {}, v3('place', {}, v3('addr', {}, v3('county', {}, patient.lieuNaissance)))),
        ),
      ),
    ),
    v3('author', {}, v3('time', { value: at }), assigned('assignedAuthor')),
    v3('custodian', {}, v3('assignedCustodian', {}, structure('representedCustodianOrganization'))),
    v3('legalAuthenticator', {}, v3('time', { value: at }), v3('signatureCode', { code: 'S' }), assigned('assignedEntity')),
    v3(
      'documentationOf',
      {},
      v3(
        'serviceEvent',
        {},
        v3('effectiveTime', {}, v3('low', { value: at })),
        v3(
          'performer',
          { typeCode: 'PRF' },
          v3(
            'assignedEntity',
            {},
            v3('id', { root: '1.2.250.1.71.4.2.1', extension: cda.auteur.id }),
            v3(
              'representedOrganization',
              {},
              v3('id', { root: '1.2.250.1.71.4.2.2', extension: cda.auteur.structure.id }),
              code('standardIndustryClassCode', cda.cadreExercice),
            ),
          ),
        ),
      ),
    ),
    cda.remplace !== undefined && v3('relatedDocument', { typeCode: 'RPLC' }, v3('parentDocument', {}, v3('id', { root: cda.remplace }))),
    v3(
      'componentOf',
      {},
      v3(
        'encompassingEncounter',
        {},
        v3('effectiveTime', { nullFlavor: 'UNK' }),
        v3('location', {}, v3('healthCareFacility', {}, code('code', cda.lieuExercice))),
      ),
    ),
    v3('component', {}, v3('nonXMLBody', {}, v3('text', { mediaType: cda.corps.mediaType, representation: 'B64' }, writeBase64(cda.corps.bytes)))),
  )
  return new TextEncoder().encode(writeXml(document, { declaration: true }))
}
