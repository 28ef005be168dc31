import { type CritereDate, lireCritereDate } from '#standards/fhir/dates.ts'
import type { Anomalie, Objet } from '#standards/fhir/types.ts'
import { fhir, refuserFhir } from '../../kit/fhir.ts'
import type { Answer } from '../../kit/message.ts'
import type { AppelFhir } from './contexte.ts'
import { anomalies, issueDe } from './reponses.ts'
import { refusSujet, reglesFhir } from './rules.ts'

/** Largest page, and the one given when none is asked. */
const PAGE = { maximum: 100, initiale: 20 }

/** Parameters that say how to answer, never what to find. */
const FORME = new Set(['_format', '_pretty', '_count', '_sort', '_summary', '_total', '_offset'])
const SUJET = new Set(['patient', 'subject', 'patient.identifier', 'subject.identifier', 'actor'])

export interface Recherche {
  /** Each value of each criterion this type knows. */
  readonly criteres: ReadonlyMap<string, readonly string[]>
  readonly dates: readonly CritereDate[]
  readonly modifie: readonly CritereDate[]
  readonly nombre: number
  readonly depuis: number
  readonly tri: string
  readonly ignores: readonly string[]
}

interface Attendu {
  readonly criteres: readonly string[]
  readonly tris: readonly string[]
}

/** The criteria of a search, or the answer that refuses them. @see https://hl7.org/fhir/R4/search.html */
export function lireRecherche(
  { message, exchange, sujet }: AppelFhir,
  { criteres: connus, tris }: Attendu,
): Recherche | { readonly reponse: Answer } {
  const fautes: Anomalie[] = []
  const faute = (diagnostics: string) => fautes.push({ code: 'invalid', diagnostics })
  const criteres = new Map<string, string[]>()
  const ignores: string[] = []
  const [dates, modifie]: [CritereDate[], CritereDate[]] = [[], []]
  const parametres = new URLSearchParams(message.query)
  if (parametres.size > 30) faute('30 critères au plus.')
  for (const [nom, valeur] of parametres) {
    if (valeur.length > 200) faute(`« ${nom.slice(0, 40)} » : 200 caractères au plus.`)
    else if (SUJET.has(nom)) {
      const refus = refusSujet(sujetDe(valeur), sujet.system.replace('urn:oid:', ''), sujet.value)
      if (refus) return { reponse: refuserFhir(refus, exchange) }
    } else if (nom === 'date' || nom === '_lastUpdated') {
      const critere = lireCritereDate(valeur)
      if (critere) (nom === 'date' ? dates : modifie).push(critere)
      else faute(`« ${nom} » : une date FHIR, précédée ou non de eq, ne, gt, lt, ge, le, sa, eb, ap.`)
    } else if (connus.includes(nom)) criteres.set(nom, [...(criteres.get(nom) ?? []), ...valeur.split(',')])
    else if (!FORME.has(nom)) ignores.push(nom.slice(0, 40))
  }
  const entier = (nom: string, initial: number) => {
    const dit = parametres.get(nom)
    if (dit === null) return initial
    if (!/^\d{1,6}$/.test(dit)) faute(`« ${nom} » est un entier.`)
    return Number(dit)
  }
  const nombre = Math.min(entier('_count', PAGE.initiale), PAGE.maximum)
  const depuis = entier('_offset', 0)
  const tri = parametres.get('_sort') ?? tris[0]!
  if (!tris.includes(tri)) faute(`« _sort » : ${tris.join(', ')}.`)
  if (fautes.length > 0) return { reponse: anomalies(fautes, 400, exchange) }
  if (ignores.length > 0 && /handling=strict/i.test(message.headers['prefer'] ?? ''))
    return {
      reponse: refuserFhir({ statut: 400, refused: reglesFhir['MES-FHIR-RECHERCHE'], about: `critère inconnu : ${ignores.join(', ')}` }, exchange),
    }
  return { criteres, dates, modifie, nombre, depuis, tri, ignores }
}

/** `Patient/<idPe>`, `<idPe>` or `<system>|<idPe>`. */
function sujetDe(valeur: string): { system?: string; value: string } {
  const barre = valeur.indexOf('|')
  return barre > 0 ? { system: valeur.slice(0, barre), value: valeur.slice(barre + 1) } : { value: valeur.replace(/^Patient\//, '') }
}

/** One page of what was found, with the addresses of its neighbours. */
export function pageDe({ message, exchange }: AppelFhir, { nombre, depuis, ignores }: Recherche, type: string, trouves: readonly Objet[]): Answer {
  const base = `${message.base}/mes/fhir`
  const lien = (relation: string, debut: number) => {
    const parametres = new URLSearchParams(message.query)
    // What was not understood played no part: the address that can be followed does not have it.
    for (const nom of ignores) parametres.delete(nom)
    if (debut > 0 || relation !== 'self') parametres.set('_offset', String(debut))
    const suite = parametres.toString()
    return { relation, url: `${base}/${type}${suite ? `?${suite}` : ''}` }
  }
  const page = trouves.slice(depuis, depuis + nombre)
  const avertis = ignores.map((nom): Anomalie => ({ code: 'informational', diagnostics: `Critère inconnu, ignoré : ${nom}.` }))
  const entrees = [
    ...page.map((resource) => ({ fullUrl: `${base}/${type}/${String(resource['id'])}`, resource, search: { mode: 'match' } })),
    ...(avertis.length > 0 ? [{ resource: issueDe(avertis), search: { mode: 'outcome' } }] : []),
  ]
  exchange.summarise(`${trouves.length} ressource(s) ${type}`)
  return fhir({
    resourceType: 'Bundle',
    type: 'searchset',
    total: trouves.length,
    link: [
      lien('self', depuis),
      ...(depuis > 0 ? [lien('previous', Math.max(0, depuis - nombre))] : []),
      ...(nombre > 0 && depuis + nombre < trouves.length ? [lien('next', depuis + nombre)] : []),
    ],
    ...(entrees.length > 0 && { entry: entrees }),
  })
}
