import { lireBal } from '#standards/fhir/annuaire.ts'
import { type CritereDate, convient, lireCritereDate } from '#standards/fhir/dates.ts'
import { objet, objets } from '#standards/fhir/json.ts'
import type { Objet } from '#standards/fhir/types.ts'
import { PROFILS } from '#standards/fhir/annuaire.ts'
import type { Fiche, TypeRessource } from './ressources.ts'

interface Code {
  readonly system?: unknown
  readonly code?: unknown
}

/** How a parameter is compared, and where it looks. */
export type Parametre = { readonly doc: string } & (
  | { readonly genre: 'string'; lire(ressource: Objet): readonly unknown[] }
  | { readonly genre: 'token'; lire(ressource: Objet): readonly Code[] }
  | { readonly genre: 'reference'; readonly cible: TypeRessource; lire(ressource: Objet): unknown }
  | { readonly genre: 'uri'; lire(ressource: Objet): readonly unknown[] }
  | { readonly genre: 'date' }
)

const textes = (doc: string, lire: (ressource: Objet) => readonly unknown[]): Parametre => ({ genre: 'string', doc, lire })
const codes = (doc: string, lire: (ressource: Objet) => readonly Code[]): Parametre => ({ genre: 'token', doc, lire })
const lien = (doc: string, cible: TypeRessource, element: string): Parametre => ({
  genre: 'reference',
  doc,
  cible,
  lire: (ressource) => objet(ressource[element])['reference'],
})

const listeDe = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
const codings = (concepts: unknown): readonly Objet[] => objets(concepts).flatMap(({ coding }) => objets(coding))
const extensions = ({ extension }: Objet, nom: string): readonly Objet[] => objets(extension).filter(({ url }) => url === PROFILS + nom)
const sousExtension = (extension: readonly Objet[], nom: string): readonly Objet[] =>
  extension.flatMap((une) => objets(une['extension'])).filter(({ url }) => url === nom)
const trace = ({ meta }: Objet, nom: string): readonly Objet[] => sousExtension(extensions(objet(meta), 'as-ext-data-trace'), nom)

const IDENTIFIANT = codes('Identifiant : valeur, système|valeur ou système|', ({ identifier }) =>
  objets(identifier).map(({ system, value }) => ({ system, code: value })),
)
const TYPE_IDENTIFIANT = codes('Type d’identifiant', ({ identifier }) => codings(objets(identifier).map(({ type }) => type)))
const BAL = textes('Adresse d’une boîte MSSanté', ({ telecom }) => objets(telecom).flatMap((un) => lireBal(un)?.adresse ?? []))
const ACTIF = codes('true ou false', ({ active }) => [{ code: String(active) }])
const nom = (lire: (nomHumain: Objet) => readonly unknown[], doc: string): Parametre => textes(doc, ({ name }) => objets(name).flatMap(lire))
const adresse = (lire: (une: Objet) => readonly unknown[], doc: string): Parametre => textes(doc, ({ address }) => objets(address).flatMap(lire))

const COMMUNS: Readonly<Record<string, Parametre>> = {
  _id: codes('Identifiant technique', ({ id }) => [{ code: id }]),
  _lastUpdated: { genre: 'date', doc: 'Dernière mise à jour, avec préfixe' },
  'data-information-system': codes('RPPS ou FINESS', (ressource) =>
    trace(ressource, 'systeme-information').map(({ valueCode }) => ({ code: valueCode })),
  ),
  identifier: IDENTIFIANT,
}

/** @see mssante.md §7.2 */
export const PARAMETRES: Readonly<Record<TypeRessource, Readonly<Record<string, Parametre>>>> = {
  Practitioner: {
    ...COMMUNS,
    active: ACTIF,
    family: nom(({ family }) => [family], 'Nom d’exercice'),
    given: nom(({ given }) => listeDe(given), 'Prénom d’exercice'),
    name: nom(({ family, given }) => [family, ...listeDe(given)], 'Nom ou prénom'),
    'identifier-type': TYPE_IDENTIFIANT,
    'mailbox-mss': BAL,
    'number-smartcard': textes('Numéro de carte', (ressource) =>
      sousExtension(extensions(ressource, 'as-ext-smartcard'), 'number').map(({ valueString }) => valueString),
    ),
    'qualification-code': codes('Profession, catégorie, savoir-faire ou diplôme', ({ qualification }) =>
      codings(objets(qualification).map(({ code }) => code)),
    ),
  },
  PractitionerRole: {
    ...COMMUNS,
    active: ACTIF,
    'data-registration-authority': codes('Autorité d’enregistrement', (ressource) =>
      codings(trace(ressource, 'autorite-enregistrement').map(({ valueCodeableConcept }) => valueCodeableConcept)),
    ),
    'mailbox-mss': BAL,
    organization: lien('Structure', 'Organization', 'organization'),
    practitioner: lien('Professionnel', 'Practitioner', 'practitioner'),
    role: codes('Fonction, genre d’activité, mode d’exercice, section', ({ code }) => codings(code)),
  },
  Organization: {
    ...COMMUNS,
    active: ACTIF,
    address: adresse(({ line, city, postalCode }) => [...listeDe(line), city, postalCode], 'Adresse'),
    'address-city': adresse(({ city }) => [city], 'Commune'),
    'address-postalcode': adresse(({ postalCode }) => [postalCode], 'Code postal'),
    'identifier-type': TYPE_IDENTIFIANT,
    'mailbox-mss': BAL,
    name: textes('Raison sociale', ({ name }) => [name]),
    partof: lien('Entité juridique', 'Organization', 'partOf'),
    'pharmacy-licence': textes('Licence de l’officine', (ressource) =>
      extensions(ressource, 'as-ext-organization-pharmacy-licence').map(({ valueString }) => valueString),
    ),
    type: codes('Type d’entité, secteur d’activité, catégorie', ({ type }) => codings(type)),
  },
  HealthcareService: {
    ...COMMUNS,
    _profile: { genre: 'uri', doc: 'Profil', lire: ({ meta }) => listeDe(objet(meta)['profile']) },
    active: ACTIF,
    characteristic: codes('Forme ou type d’activité', ({ characteristic }) => codings(characteristic)),
    organization: lien('Structure', 'Organization', 'providedBy'),
    'service-category': codes('Catégorie', ({ category }) => codings(category)),
    'service-type': codes('Type', ({ type }) => codings(type)),
  },
  Device: {
    ...COMMUNS,
    manufacturer: textes('Fabricant', ({ manufacturer }) => [manufacturer]),
    model: textes('Modèle', ({ modelNumber }) => [modelNumber]),
    organization: lien('Structure', 'Organization', 'owner'),
    status: codes('active ou inactive', ({ status }) => [{ code: status }]),
    type: codes('Équipement matériel lourd', ({ type }) => codings([type])),
  },
}

/** What can be brought along. @see mssante.md §7.2 */
export const LIENS = {
  'PractitionerRole:organization': { de: 'PractitionerRole', vers: 'Organization' },
  'PractitionerRole:practitioner': { de: 'PractitionerRole', vers: 'Practitioner' },
  'Organization:partof': { de: 'Organization', vers: 'Organization' },
  'HealthcareService:organization': { de: 'HealthcareService', vers: 'Organization' },
  'Device:organization': { de: 'Device', vers: 'Organization' },
} as const satisfies Readonly<Record<string, { de: TypeRessource; vers: TypeRessource }>>
export type NomDeLien = keyof typeof LIENS

/** The resource that this link of a resource names. */
export function cibleDe({ ressource }: Fiche, nomDuLien: NomDeLien): string | undefined {
  const parametre = PARAMETRES[LIENS[nomDuLien].de][nomDuLien.split(':')[1]!]
  const reference = parametre?.genre === 'reference' ? parametre.lire(ressource) : undefined
  return typeof reference === 'string' ? reference : undefined
}

const MODIFICATEURS: Readonly<Record<Parametre['genre'], readonly string[]>> = {
  string: ['contains', 'exact'],
  token: ['not'],
  reference: [],
  uri: [],
  date: [],
}

/** One criterion, ready to compare. */
export type Critere = (fiche: Fiche) => boolean

/** @returns a sentence when the criterion makes no sense. */
export function lireCritere(parametre: Parametre, modificateur: string | undefined, valeur: string): Critere | string {
  if (modificateur !== undefined && !MODIFICATEURS[parametre.genre].includes(modificateur)) return `:${modificateur} n’est pas admis sur ce critère`
  // OR
  const valeurs = valeur
    .split(/(?<!\\),/)
    .map((une) => une.replaceAll('\\,', ',').trim())
    .filter((une) => une !== '')
  if (valeurs.length === 0) return 'une valeur vide'
  if (valeurs.length > 200) return '200 valeurs au plus'
  switch (parametre.genre) {
    case 'string':
      return ({ ressource }) =>
        parametre.lire(ressource).some((lu) => typeof lu === 'string' && valeurs.some((dite) => texteConvient(lu, dite, modificateur)))
    case 'token': {
      const trouve: Critere = ({ ressource }) => parametre.lire(ressource).some((lu) => valeurs.some((dite) => codeConvient(lu, dite)))
      return modificateur === 'not' ? (fiche) => !trouve(fiche) : trouve
    }
    case 'reference':
      return ({ ressource }) => valeurs.some((dite) => referenceConvient(parametre.lire(ressource), dite, parametre.cible))
    case 'uri':
      return ({ ressource }) => parametre.lire(ressource).some((lu) => typeof lu === 'string' && valeurs.includes(lu.split('|')[0]!))
    case 'date': {
      const dates = valeurs.map(lireCritereDate)
      if (dates.includes(undefined)) return 'une date FHIR, précédée ou non de eq, ne, gt, lt, ge, le, sa, eb, ap'
      return ({ modifieLe }) => (dates as CritereDate[]).some((date) => convient(date, modifieLe))
    }
  }
}

/** Lower case, without accents. */
const aplatir = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function texteConvient(lu: string, dite: string, modificateur: string | undefined): boolean {
  if (modificateur === 'exact') return lu === dite
  return modificateur === 'contains' ? aplatir(lu).includes(aplatir(dite)) : aplatir(lu).startsWith(aplatir(dite))
}

/** `code`, `system|code`, `system|`, `|code`. */
function codeConvient({ system, code }: Code, dite: string): boolean {
  const barre = dite.indexOf('|')
  if (barre < 0) return code === dite
  const [systeme, valeur] = [dite.slice(0, barre), dite.slice(barre + 1)]
  return (systeme === '' ? system === undefined : system === systeme) && (valeur === '' || code === valeur)
}

/** `id`, `Type/id`, or an absolute address that ends so. */
function referenceConvient(lu: unknown, dite: string, cible: TypeRessource): boolean {
  const id = /^(?:(?:https?:\/\/[^?#]*\/)?([A-Za-z]+)\/)?([A-Za-z0-9.-]{1,64})$/.exec(dite)
  return id !== null && (id[1] ?? cible) === cible && lu === `${cible}/${id[2]}`
}
