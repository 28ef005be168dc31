import { CTXBAM, CTXLPS, INSI_RESULTAT, INSI_TRAITS, INSI_VITALE, SIRAM } from '#standards/ins/insi-names.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import type { Schema } from './schema.ts'
import { complexType, element, optionalAttribute, patternType, requiredAttribute, schema, textType, xs } from './xsd.ts'

/*
 * Our own description of the messages of INSi: same elements, same namespaces, same order as the official schemas, written from the facts of
 * insi.md §1 and §2.
 */

export const matricule = complexType('Matricule', [
  element('NumIdentifiant', 'xs:string', '?'),
  element('Cle', 'xs:string', '?'),
  element('TypeMatricule', 'xs:string', '?'),
])

export const traits: Schema = () =>
  schema(INSI_TRAITS, {}, [
    element('RECSANSVITALE', 't:TraitsDIdentite'),
    complexType('TraitsDIdentite', [
      element('NomNaissance', 'xs:string', '?'),
      element('Prenom', 'xs:string', '*'),
      element('Sexe', 'xs:string', '?'),
      element('DateNaissance', 'xs:string', '?'),
      element('LieuNaissance', 'xs:string', '?'),
    ]),
  ])

export const vitale: Schema = () =>
  schema(INSI_VITALE, {}, [
    element('RECVITALE', 't:Beneficiaire'),
    complexType('Beneficiaire', [
      element('MatriculeIndividu', 't:Matricule', '?'),
      element('MatriculeOD', 't:Matricule', '?'),
      element('NomNaissance', 'xs:string', '?'),
      element('DateNaissance', 'xs:string', '?'),
      element('RangNaissance', 'xs:string', '?'),
    ]),
    matricule,
  ])

export const compteRendu = complexType('CompteRendu', [element('CodeCR', 'xs:string'), element('LibelleCR', 'xs:string')])

export const resultat: Schema = () =>
  schema(INSI_RESULTAT, {}, [
    element('RESULTAT', 't:Resultat'),
    patternType('Nir', '\\d{6}[A-Za-z0-9]\\d{6}'),
    patternType('Cle', '[0-9]{2}'),
    patternType('Sexe', '[A-Z]'),
    patternType('DateLunaire', '\\d{4}-\\d{2}-\\d{2}'),
    complexType('Resultat', [element('CR', 't:CompteRendu'), element('INDIVIDU', 't:Individu', '?')]),
    compteRendu,
    complexType('Individu', [
      element('INSACTIF', 't:IdentifiantNationalSante'),
      element('INSHISTO', 't:IdentifiantNationalSante', '*'),
      element('TIQ', 't:TraitsDIdentite'),
    ]),
    complexType('IdentifiantNationalSante', [
      element('IdIndividu', 't:Matricule'),
      element('OID', 'xs:string'),
      element('DateDeb', 'xs:date', '?'),
      element('DateFin', 'xs:date', '?'),
    ]),
    complexType('Matricule', [element('NumIdentifiant', 't:Nir'), element('Cle', 't:Cle', '?'), element('TypeMatricule', 'xs:string', '?')]),
    complexType('TraitsDIdentite', [
      element('NomNaissance', 'xs:string', '?'),
      element('Prenom', 'xs:string', '?'),
      element('ListePrenom', 'xs:string', '?'),
      element('Sexe', 't:Sexe', '?'),
      element('DateNaissance', 't:DateLunaire', '?'),
      element('LieuNaissance', 'xs:string', '?'),
    ]),
  ])

/** Attribute `Nature` of a context: one value. */
const nature = (value: string) => patternType('Nature', value)
const contexte = (last: XmlElement[], between: XmlElement[] = []) => [
  element('Id', 'xs:string'),
  element('Temps', 'xs:dateTime'),
  element('Emetteur', 'xs:string', '?'),
  ...between,
  ...last,
]
const contexteAttributes = [optionalAttribute('Nature', 't:Nature'), requiredAttribute('Version', 'xs:string')]

export const bam: Schema = () =>
  schema(CTXBAM, {}, [
    element('ContexteBAM', 't:ContexteBAM'),
    nature('CTXBAM'),
    patternType('Num', '\\d{6}[AB0-9]\\d{6}'),
    patternType('Cle', '\\d{2}'),
    patternType('Porteur', '\\d'),
    patternType('DateLunaire', '\\d{4}-\\d{2}-\\d{2}'),
    complexType('ContexteBAM', contexte([element('COUVERTURE', 't:Couverture')], [element('DateRef', 'xs:dateTime', '?')]), contexteAttributes),
    complexType('Couverture', [
      element('GrandRegime', 'xs:string', '?'),
      element('Organisme', 'xs:string', '?'),
      element('CodeCentre', 'xs:string', '?'),
      element('ASSURE', 't:Assure', '?'),
      element('BENEFICIAIRE', 't:Beneficiaire', '?'),
    ]),
    complexType('Assure', [element('Id', 't:Nir', '?')]),
    complexType('Nir', [element('Num', 't:Num', '?'), element('Cle', 't:Cle', '?')]),
    complexType('Beneficiaire', [
      element('Nir', 't:NirCertifie', '?'),
      element('DateNai', 't:DateLunaire', '?'),
      element('Rang', 'xs:integer', '?'),
      element('Porteur', 't:Porteur', '?'),
    ]),
    complexType('NirCertifie', [element('Num', 't:Num', '?'), element('Cle', 't:Cle', '?'), element('DateCertification', 'xs:date', '?')]),
  ])

export const lps: Schema = () =>
  schema(CTXLPS, {}, [
    element('ContexteLPS', 't:ContexteLPS'),
    nature('CTXLPS'),
    complexType('ContexteLPS', contexte([element('LPS', 't:Logiciel', '?')]), contexteAttributes),
    complexType('Logiciel', [
      element('IDAM', 't:Idam', '?'),
      element('Version', 'xs:string', '?'),
      element('Instance', 'xs:string', '?'),
      element('Nom', 'xs:string', '?'),
    ]),
    textType('Idam', [optionalAttribute('R', 'xs:string')]),
  ])

export const siram: Schema = () =>
  schema(SIRAM, {}, [
    element('Erreur', 't:Erreur'),
    textType('Erreur', [
      requiredAttribute('severite', 't:Severite'),
      requiredAttribute('code', 'xs:string'),
      optionalAttribute('messageID', 'xs:string'),
    ]),
    xs(
      'simpleType',
      { name: 'Severite' },
      xs(
        'restriction',
        { base: 'xs:string' },
        ['information', 'avertissement', 'erreur', 'fatale'].map((value) => xs('enumeration', { value })),
      ),
    ),
  ])
