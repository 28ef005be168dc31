import { ecrireBal, FR_CORE, PROFILS, SYSTEMES, type TypeBal } from '#standards/fhir/annuaire.ts'
import type { Coding, Objet } from '#standards/fhir/types.ts'
import type { ProfessionnelFictif, StructureFictive } from '../database/distribution.ts'
import { castOf } from '../database/registre.ts'
import type { BoiteMss, World } from '../world.ts'
import { ACTIVITES, CATEGORIES, EQUIPEMENTS, LICENCES, LIEUX, PROFESSIONNEL_PARTI, STRUCTURE_FERMEE } from './complement.ts'
import { estPubliee, type Porteur, porteurDe } from './rules.ts'
import { balDeclarees, changements, DEBUT } from './store.ts'

export const TYPES = ['Practitioner', 'PractitionerRole', 'Device', 'Organization', 'HealthcareService'] as const
export type TypeRessource = (typeof TYPES)[number]

export interface Fiche {
  readonly type: TypeRessource
  readonly id: string
  readonly actif: boolean
  /** Simulated milliseconds. */
  readonly modifieLe: number
  readonly ressource: Objet
  /** Mailboxes it carries, those that are not published included. */
  readonly boites: readonly BoiteMss[]
  /** For a new mailbox: its holder, its structure, how it signs. */
  readonly titulaire?: string
  readonly structure?: string
  readonly libelle?: string
}

/** The directory of a world, each type in the order of ids. */
export type Annuaire = Readonly<Record<TypeRessource, readonly Fiche[]>>

type Modele = Omit<Fiche, 'modifieLe' | 'boites' | 'id' | 'ressource'> & {
  readonly id: string
  readonly boites?: readonly BoiteMss[]
  readonly source: 'RPPS' | 'FINESS'
  readonly profils: readonly string[]
  readonly corps: Objet
}

const JOUR = 86_400_000
const MAX_LIGNES = 10_000

/** Everything the directory holds, mailboxes in their place. Outside or inside a transaction. */
export async function annuaireDe(world: World): Promise<Annuaire> {
  const cast = await castOf(world)
  const boites = await world.ask.boitesMss()
  const declarees = new Map((await world.store.range(balDeclarees, { limit: MAX_LIGNES })).map((une) => [une.adresse, une.porteur]))
  const changes = new Map((await world.store.range(changements, { limit: MAX_LIGNES })).map((un) => [un.id, un]))
  const debut = changes.get(DEBUT)?.le ?? world.now()
  const portees = (porteur: Porteur) => boites.filter((une) => (declarees.get(une.adresse) ?? porteurDe(une)) === porteur)
  const modeles = [
    ...professionnels(cast.professionnels, portees('Practitioner')),
    ...activites(cast, portees('PractitionerRole')),
    ...structures(cast.structures, portees('Organization')),
    ...equipements(cast.structures),
    ...services(cast.structures),
  ]
  // Before the world began, its directory changed little by little: a delta of the last days finds some of it.
  const fiches = modeles.map((modele, rang) => ficheDe(modele, changes.get(modele.id) ?? { le: debut - (rang + 1) * 2 * JOUR, version: 1 }))
  const de = (type: TypeRessource) => fiches.filter((une) => une.type === type).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    Practitioner: de('Practitioner'),
    PractitionerRole: de('PractitionerRole'),
    Device: de('Device'),
    Organization: de('Organization'),
    HealthcareService: de('HealthcareService'),
  }
}

function ficheDe({ source, profils, corps, boites = [], ...modele }: Modele, { le, version }: { le: number; version: number }): Fiche {
  const { type, id, actif } = modele
  // ANNUAIRE-INACTIF. A Device says so in its status.
  const contenu = actif || type === 'Device' ? corps : { identifier: corps['identifier'], ...(type === 'Organization' && { name: corps['name'] }) }
  const meta = {
    versionId: String(version),
    lastUpdated: new Date(le).toISOString(),
    source: 'https://annuaire.sante.fr',
    profile: profils,
    extension: [{ url: `${PROFILS}as-ext-data-trace`, extension: [{ url: 'systeme-information', valueCode: source }] }],
  }
  const ressource = { resourceType: type, id, meta, language: 'fr', ...(type !== 'Device' && { active: actif }), ...contenu }
  return { ...modele, modifieLe: le, boites, ressource }
}

const concept = (...coding: readonly Coding[]): Objet => ({ coding })
const code = (system: string, valeur: string): Coding => ({ system, code: valeur })
const identifiant = (system: string, value: string, type: string): Objet => ({
  use: 'official',
  type: concept(code(SYSTEMES.TYPE_IDENTIFIANT, type)),
  system,
  value,
})

/** ANNUAIRE-BAL-DONNEES-PUBLIQUES */
function telecomDe(boites: readonly BoiteMss[], listeRougeDite: boolean): readonly Objet[] {
  return boites
    .filter(estPubliee)
    .toSorted((a, b) => a.rang - b.rang || (a.adresse < b.adresse ? -1 : 1))
    .map(({ adresse, type, rang, description, service, listeRouge }) =>
      ecrireBal({ adresse, type: type as TypeBal, rang, description, service, ...(listeRougeDite && { listeRouge }) }),
    )
}

const avecTelecom = (telecom: readonly Objet[]): Objet => (telecom.length > 0 ? { telecom } : {})

const rppsDe = ({ carte }: ProfessionnelFictif): string => carte.identifiant.slice(1)
const estInscrit = ({ carte }: ProfessionnelFictif): boolean => carte.genre === 'CPS'
const idPractitioner = (rpps: string): string => `003-${Number(rpps.slice(-6))}-${Number(rpps.slice(-9))}`
const idOrganization = (idNat: string): string => `001-0${idNat[0]}-${idNat.slice(1)}`
const idRole = (rpps: string): string => `005-${Number(rpps.slice(-6))}-${Number(rpps.slice(-9))}`

function professionnels(tous: readonly ProfessionnelFictif[], boites: readonly BoiteMss[]): Modele[] {
  const profils = [`${FR_CORE}fr-core-practitioner`, `${PROFILS}as-dp-practitioner`]
  const commun = { type: 'Practitioner', source: 'RPPS', profils } as const
  const actifs = tous.filter(estInscrit).map((un): Modele => {
    const { carte } = un
    const rpps = rppsDe(un)
    const siennes = boites.filter(({ type, titulaires }) =>
      type === 'PER' ? titulaires[0] === carte.identifiant : titulaires.includes(carte.identifiant),
    )
    return {
      ...commun,
      id: idPractitioner(rpps),
      actif: true,
      boites: siennes,
      titulaire: carte.identifiant,
      structure: carte.structure.identifiant,
      libelle: libelleDe(un),
      corps: {
        extension: [{ url: `${PROFILS}as-ext-smartcard`, extension: [{ url: 'number', valueString: `3979${rpps.slice(-6)}` }] }],
        identifier: [identifiant(SYSTEMES.IDNPS, carte.identifiant, 'IDNPS'), identifiant(SYSTEMES.RPPS, rpps, 'RPPS')],
        name: [{ use: 'usual', ...(un.nomAffiche.startsWith('Dr ') && { suffix: ['DR'] }), family: carte.nom, given: [carte.prenom] }],
        ...avecTelecom(telecomDe(siennes, false)),
        qualification: [
          { code: concept(code(SYSTEMES.PROFESSION, carte.profession.code), code(SYSTEMES.CATEGORIE, 'C')) },
          // The section of a pharmacist belongs to the activity.
          ...(carte.savoirFaire?.code.startsWith('S') ? [{ code: concept(code(SYSTEMES.SAVOIR_FAIRE, carte.savoirFaire.code)) }] : []),
        ],
      },
    }
  })
  const { rpps } = PROFESSIONNEL_PARTI
  const identifier = [identifiant(SYSTEMES.IDNPS, `8${rpps}`, 'IDNPS'), identifiant(SYSTEMES.RPPS, rpps, 'RPPS')]
  return [...actifs, { ...commun, id: idPractitioner(rpps), actif: false, corps: { identifier } }]
}

/** What its messages are signed with. @see ECO.2.2.7 */
function libelleDe({ nomAffiche, carte }: ProfessionnelFictif): string {
  const titre = nomAffiche.startsWith('Dr ') ? 'Dr ' : ''
  return `${titre}${nomAffiche.replace(/^Dr /, '').split(' ')[0]} ${carte.nom} ${carte.structure.nom}`
}

function activites({ professionnels: tous }: { professionnels: readonly ProfessionnelFictif[] }, boites: readonly BoiteMss[]): Modele[] {
  return tous.filter(estInscrit).map((un) => {
    const { carte } = un
    const rpps = rppsDe(un)
    const siennes = boites.filter(({ titulaires }) => titulaires[0] === carte.identifiant)
    const salarie = carte.structure.identifiant.startsWith('1') && carte.profession.code !== '21'
    return {
      type: 'PractitionerRole',
      id: idRole(rpps),
      actif: true,
      source: 'RPPS',
      profils: [`${FR_CORE}fr-core-practitioner-role`, `${PROFILS}as-dp-practitionerrole`],
      boites: siennes,
      titulaire: carte.identifiant,
      structure: carte.structure.identifiant,
      libelle: libelleDe(un),
      corps: {
        identifier: [{ system: SYSTEMES.RPPS, value: `10${rpps.slice(-8)}` }],
        practitioner: { reference: `Practitioner/${idPractitioner(rpps)}` },
        organization: { reference: `Organization/${idOrganization(carte.structure.identifiant)}` },
        code: [
          concept(code(SYSTEMES.GENRE_ACTIVITE, 'GENR01')),
          concept(code(SYSTEMES.MODE_EXERCICE, salarie ? 'S' : 'L')),
          concept(code(SYSTEMES.FONCTION, 'FON-AU')),
          ...(carte.profession.code === '21' && carte.savoirFaire ? [concept(code(SYSTEMES.SECTION_CNOP, carte.savoirFaire.code))] : []),
        ],
        ...avecTelecom(telecomDe(siennes, true)),
      },
    }
  })
}

function identifiantsDe(idNat: string, juridique: boolean): Objet[] {
  const propre = idNat.slice(1)
  const second =
    idNat[0] === '1'
      ? [identifiant(SYSTEMES.FINESS, propre, juridique ? 'FINEJ' : 'FINEG')]
      : idNat[0] === '4'
        ? [identifiant(SYSTEMES.RPPSRG, propre, 'RPPSRG')]
        : []
  return [identifiant(SYSTEMES.IDNST, idNat, 'IDNST'), ...second]
}

const discrimine = (nom: string, ...coding: readonly Coding[]): Objet => ({
  extension: [{ url: `${PROFILS}as-ext-organization-types`, valueCode: nom }],
  ...concept(...coding),
})

function structures(toutes: readonly StructureFictive[], boites: readonly BoiteMss[]): Modele[] {
  const profils = [`${FR_CORE}fr-core-organization`, `${PROFILS}as-dp-organization`]
  const actives = toutes.map((une): Modele => {
    const juridique = toutes.some(({ entiteJuridique }) => entiteJuridique === une.id)
    const mere = toutes.find(({ id }) => id === une.entiteJuridique)
    const siennes = boites.filter(({ structure }) => structure === une.identifiant)
    const lieu = LIEUX[une.id]
    const categorie = CATEGORIES[une.id]
    const licence = LICENCES[une.id]
    return {
      type: 'Organization',
      id: idOrganization(une.identifiant),
      actif: true,
      source: une.identifiant.startsWith('1') ? 'FINESS' : 'RPPS',
      profils,
      boites: siennes,
      structure: une.identifiant,
      libelle: une.nom,
      corps: {
        ...(licence && { extension: [{ url: `${PROFILS}as-ext-organization-pharmacy-licence`, valueString: licence }] }),
        identifier: identifiantsDe(une.identifiant, juridique),
        type: [
          discrimine('organizationType', code(SYSTEMES.TYPE_ENTITE, juridique ? 'LEGAL-ENTITY' : 'GEOGRAPHICAL-ENTITY')),
          discrimine('secteurActiviteRASS', code(SYSTEMES.SECTEUR, une.secteurActivite.code)),
          ...(categorie ? [concept(code(SYSTEMES.CATEGORIE_ETABLISSEMENT, categorie))] : []),
        ],
        name: une.nom.toUpperCase(),
        telecom: [...(lieu ? [{ system: 'phone', value: lieu.telephone }] : []), ...telecomDe(siennes, true)],
        ...(lieu && { address: [adresseDe(lieu)] }),
        ...(mere && { partOf: { reference: `Organization/${idOrganization(mere.identifiant)}` } }),
      },
    }
  })
  const { finess, nom } = STRUCTURE_FERMEE
  const corps = { identifier: identifiantsDe(`1${finess}`, false), name: nom.toUpperCase() }
  return [...actives, { type: 'Organization', id: idOrganization(`1${finess}`), actif: false, source: 'FINESS', profils, corps }]
}

function adresseDe({ numero, voie, libelleVoie, codePostal, commune }: (typeof LIEUX)[string]): Objet {
  const partie = (nom: string, valueString: string) => ({ url: `http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-${nom}`, valueString })
  return {
    line: [`${numero} ${voie} ${libelleVoie}`],
    _line: [{ extension: [partie('houseNumber', numero), partie('streetNameType', voie), partie('streetNameBase', libelleVoie)] }],
    city: commune,
    postalCode: codePostal,
  }
}

const vers = (toutes: readonly StructureFictive[], id: string): Objet => {
  const structure = toutes.find((une) => une.id === id)
  return structure ? { reference: `Organization/${idOrganization(structure.identifiant)}` } : {}
}

/** The system of an ARHGOS number is not published. */
const arhgosDe = (value: string): Objet => ({ use: 'official', value })

function equipements(toutes: readonly StructureFictive[]): Modele[] {
  return EQUIPEMENTS.map(({ arhgos, structure, type, fabricant, serie, statut }, rang) => ({
    type: 'Device',
    id: `002-979${rang + 1}`,
    actif: statut === 'active',
    source: 'FINESS',
    profils: [`${PROFILS}as-dp-device`],
    corps: {
      identifier: [arhgosDe(arhgos)],
      status: statut,
      manufacturer: fabricant,
      serialNumber: serie,
      type: concept(code(SYSTEMES.EQUIPEMENT, type)),
      owner: vers(toutes, structure),
    },
  }))
}

function services(toutes: readonly StructureFictive[]): Modele[] {
  return ACTIVITES.map((une, rang) => ({
    type: 'HealthcareService',
    id: `004-979${rang + 1}-0${rang + 1}`,
    actif: une.actif,
    source: 'FINESS',
    profils: [`${PROFILS}as-dp-healthcareservice-${une.genre}`],
    corps: {
      ...(une.arhgos !== undefined && { identifier: [arhgosDe(une.arhgos)] }),
      providedBy: vers(toutes, une.structure),
      characteristic: ['forme' in une ? concept(code(SYSTEMES.FORME_ACTIVITE, une.forme)) : concept(code(SYSTEMES.TYPE_ACTIVITE, une.typeActivite))],
    },
  }))
}
