import { SYSTEMES } from '#standards/fhir/annuaire.ts'
import { garder, objet, objets } from '#standards/fhir/json.ts'
import type { Objet } from '#standards/fhir/types.ts'
import type { RefusFhir } from '../kit/fhir.ts'
import { ecrireCurseur } from './curseur.ts'
import { cibleDe, type Critere, LIENS, lireCritere, type NomDeLien, PARAMETRES } from './parametres.ts'
import type { Annuaire, Fiche, TypeRessource } from './ressources.ts'
import { reglesAnnuaire } from './rules.ts'

/** `initiale`: the documentation says 50, and 10 in one place. */
const PAGE = { initiale: 50, maximum: 10_000 }
const MAX_CRITERES = 60

export interface Recherche {
  readonly type: TypeRessource
  /** As asked. */
  readonly requete: string
  readonly criteres: readonly Critere[]
  readonly inclus: readonly NomDeLien[]
  readonly inverses: readonly NomDeLien[]
  readonly elements: readonly string[] | undefined
  readonly nombre: number
  readonly total: boolean
}

const FORME = new Set(['_format', '_pretty'])

const NOMS_DE_LIENS = Object.keys(LIENS) as NomDeLien[]

/** The criteria of a search, or why not. ANNUAIRE-RECHERCHE */
export function lireRecherche(type: TypeRessource, requete: string): Recherche | RefusFhir {
  const connus = PARAMETRES[type]
  const parametres = new URLSearchParams(requete)
  if (parametres.size > MAX_CRITERES) return refus(`${MAX_CRITERES} critères au plus`)
  const criteres: Critere[] = []
  const [inclus, inverses]: [Set<NomDeLien>, Set<NomDeLien>] = [new Set(), new Set()]
  let elements: readonly string[] | undefined
  let nombre = PAGE.initiale
  let total = true
  for (const [cle, valeur] of parametres) {
    if (FORME.has(cle)) continue
    if (valeur.length > 4_000) return refus(`« ${cle.slice(0, 40)} » : 4 000 caractères au plus`)
    if (cle === '_include' || cle === '_revinclude') {
      const sens = cle === '_include' ? 'de' : 'vers'
      const admis = NOMS_DE_LIENS.filter((lien) => LIENS[lien][sens] === type)
      const choisis = valeur === '*' ? admis : admis.filter((lien) => lien === valeur)
      if (choisis.length === 0 && valeur !== '*') return refus(`Invalid ${cle} parameter value: "${valeur.slice(0, 80)}"`)
      for (const lien of choisis) (cle === '_include' ? inclus : inverses).add(lien)
      // The documentation brings the equipment, activities and roles of a structure along with `_include=*` alone.
      if (valeur === '*' && cle === '_include' && type === 'Organization')
        for (const lien of NOMS_DE_LIENS) if (LIENS[lien].vers === type) inverses.add(lien)
    } else if (cle === '_count') {
      if (!/^\d{1,6}$/.test(valeur)) return refus('HAPI-0450: « _count » est un entier')
      nombre = Math.min(Number(valeur), PAGE.maximum)
    } else if (cle === '_total') {
      if (!['none', 'estimate', 'accurate'].includes(valeur)) return refus('« _total » : none, estimate ou accurate')
      total = valeur !== 'none'
    } else if (cle === '_elements') {
      elements = valeur.split(',').map((un) => un.replace(`${type}.`, '').trim())
    } else {
      const critere = critereDe(type, connus, cle, valeur)
      if (typeof critere !== 'function') return critere
      criteres.push(critere)
    }
  }
  return { type, requete, criteres, inclus: [...inclus], inverses: [...inverses], elements, nombre, total }
}

function critereDe(type: TypeRessource, connus: (typeof PARAMETRES)[TypeRessource], cle: string, valeur: string): Critere | RefusFhir {
  const deuxPoints = cle.indexOf(':')
  let [nom, modificateur] = deuxPoints < 0 ? [cle, undefined] : [cle.slice(0, deuxPoints), cle.slice(deuxPoints + 1)]
  if (nom === 'mailbox-mss-type') return { statut: 400, refused: reglesAnnuaire['ANNUAIRE-TYPE-BAL'], about: 'Parameter mailbox-mss-type not found' }
  // `name:family` and `name:given` are in the documentation.
  if (type === 'Practitioner' && nom === 'name' && (modificateur === 'family' || modificateur === 'given'))
    [nom, modificateur] = [modificateur, undefined]
  const parametre = Object.hasOwn(connus, nom) ? connus[nom] : undefined
  if (!parametre) {
    const admis = Object.keys(connus).toSorted().join(', ')
    return refus(
      `HAPI-0524: Unknown search parameter "${nom.slice(0, 40)}" for resource type "${type}". Valid search parameters for this search are: [${admis}]`,
    )
  }
  const critere = lireCritere(parametre, modificateur, valeur)
  return typeof critere === 'string' ? refus(`« ${cle.slice(0, 40)} » : ${critere}`) : critere
}

const refus = (about: string): RefusFhir => ({ statut: 400, refused: reglesAnnuaire['ANNUAIRE-RECHERCHE'], about })

/** One page of what was found and what it brings along. @param base `http://…/annuaire/fhir/v2` */
export function pageDe(annuaire: Annuaire, recherche: Recherche, { base, id, apres }: { base: string; id: string; apres?: string }): Objet {
  const { type, requete, criteres, nombre, elements, total } = recherche
  const trouvees = annuaire[type].filter((fiche) => criteres.every((critere) => critere(fiche)))
  const restantes = apres === undefined ? trouvees : trouvees.filter((une) => une.id > apres)
  const page = restantes.slice(0, nombre)
  const derniere = page.at(-1)
  const entrees = [
    ...page.map((fiche) => entreeDe(fiche, base, 'match', elements)),
    ...apportees(annuaire, recherche, page).map((fiche) => entreeDe(fiche, base, 'include')),
  ]
  const suite = derniere && restantes.length > page.length ? ecrireCurseur({ type, requete, apres: derniere.id }) : undefined
  return {
    resourceType: 'Bundle',
    id,
    type: 'searchset',
    ...(total && { total: trouvees.length }),
    link: [
      { relation: 'self', url: `${base}/${type}${requete ? `?${requete}` : ''}` },
      ...(suite === undefined ? [] : [{ relation: 'next', url: `${base}/_page?id=${suite}` }]),
    ],
    ...(entrees.length > 0 && { entry: entrees }),
  }
}

function apportees(annuaire: Annuaire, { inclus, inverses }: Recherche, page: readonly Fiche[]): Fiche[] {
  const presentes = new Set(page.map(referenceDe))
  const cibles = new Set(page.flatMap((fiche) => inclus.flatMap((lien) => cibleDe(fiche, lien) ?? [])))
  const visees = inclus.flatMap((lien) => annuaire[LIENS[lien].vers].filter((fiche) => cibles.has(referenceDe(fiche))))
  const visant = inverses.flatMap((lien) => annuaire[LIENS[lien].de].filter((fiche) => presentes.has(cibleDe(fiche, lien) ?? '')))
  return [...new Set([...visees, ...visant])].filter((fiche) => !presentes.has(referenceDe(fiche)))
}

const referenceDe = ({ type, id }: Fiche): string => `${type}/${id}`

function entreeDe(fiche: Fiche, base: string, mode: 'match' | 'include', elements?: readonly string[]): Objet {
  const resource = elements ? reduire(fiche.ressource, elements) : fiche.ressource
  return { fullUrl: `${base}/${referenceDe(fiche)}`, resource, search: { mode } }
}

/** What is left out is said: SUBSETTED. @see https://hl7.org/fhir/R4/search.html#elements */
function reduire(ressource: Objet, elements: readonly string[]): Objet {
  const meta = objet(ressource['meta'])
  const tag = [...objets(meta['tag']), { system: SYSTEMES.SUBSETTED, code: 'SUBSETTED', display: 'Resource encoded in summary mode' }]
  const choisis = elements.filter((un) => /^[a-zA-Z]+$/.test(un))
  return {
    ...garder(ressource, ['resourceType', 'id']),
    meta: { ...meta, tag },
    ...garder(
      ressource,
      choisis.filter((un) => un !== 'meta'),
    ),
  }
}
