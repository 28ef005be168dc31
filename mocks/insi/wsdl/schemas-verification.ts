import { INSI_LOT, INSI_VERIFICATION, INSI_VERIFICATION_RESULTAT } from '#standards/ins/insi-names.ts'
import type { Schema } from './schema.ts'
import { compteRendu, matricule } from './schemas-insi.ts'
import { complexType, documentation, element, importOf, reference, requiredAttribute, schema } from './xsd.ts'

const FORME = documentation('Forme propre au bac à sable : la définition publique de cette opération n’est pas disponible.')

export const verification: Schema = () =>
  schema(INSI_VERIFICATION, {}, [
    FORME,
    element('REQUNITAIRE', 't:RequeteUnitaire'),
    element('IndividuVerifie', 't:Individu'),
    complexType('RequeteUnitaire', [reference('t:IndividuVerifie')]),
    complexType('Individu', [element('INSFourni', 't:IdentifiantNationalSante'), element('TraitsIdentiteIndividu', 't:TraitsDIdentite')]),
    complexType('IdentifiantNationalSante', [element('IdIndividu', 't:Matricule'), element('OID', 'xs:string', '?')]),
    matricule,
    complexType('TraitsDIdentite', [
      element('NomNaissance', 'xs:string', '?'),
      element('Prenom', 'xs:string', '?'),
      element('ListePrenom', 'xs:string', '?'),
      element('Sexe', 'xs:string', '?'),
      element('DateNaissance', 'xs:string', '?'),
      element('LieuNaissance', 'xs:string', '?'),
    ]),
  ])

export const verificationResultat: Schema = () =>
  schema(INSI_VERIFICATION_RESULTAT, {}, [
    FORME,
    element('RESULTAT', 't:Resultat'),
    complexType('Resultat', [element('CR', 't:CompteRendu')]),
    compteRendu,
  ])

export const lot: Schema = (locate) =>
  schema(INSI_LOT, { q: INSI_VERIFICATION }, [
    importOf(INSI_VERIFICATION, locate('verification')),
    FORME,
    element('DEPOT', 't:Depot'),
    complexType('Depot', [reference('q:IndividuVerifie', '+')]),
    element('DEPOTRESULTAT', 't:DepotResultat'),
    complexType('DepotResultat', [element('NumeroLot', 'xs:string'), element('NombreLignes', 'xs:int'), element('DisponibleLe', 'xs:dateTime')]),
    element('RECUPERATION', 't:Recuperation'),
    complexType('Recuperation', [element('NumeroLot', 'xs:string')]),
    element('RECUPERATIONRESULTAT', 't:RecuperationResultat'),
    complexType('RecuperationResultat', [
      element('NumeroLot', 'xs:string'),
      element('Etat', 'xs:string'),
      element('DisponibleLe', 'xs:dateTime'),
      element('Ligne', 't:Ligne', '*'),
    ]),
    complexType('Ligne', [element('CR', 't:CompteRendu')], [requiredAttribute('rang', 'xs:int')]),
    compteRendu,
  ])
