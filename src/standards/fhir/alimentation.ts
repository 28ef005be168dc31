import { objet, objets, texte } from './json.ts'
import type { Anomalie, Objet, Ressource } from './types.ts'

/** The device of a measure, created once for its identifier. */
export interface AppareilLu {
  /** `urn:oid:…|…`, from `ifNoneExist`. */
  readonly identifiant: string
  /** What an observation may refer to it by. */
  readonly references: readonly string[]
  readonly ressource: Objet
}

export interface BundleLu {
  readonly observations: readonly Objet[]
  readonly appareil?: AppareilLu
  /** Place of each in the bundle, for the answer. */
  readonly ordre: readonly ('Observation' | 'Device')[]
}

/** `ifNoneExist` of a device. @see guide, « Erreur de structure du bundle » (the printed expression, made linear and bounded) */
const SI_ABSENT = /^identifier=(urn:oid:[0-9]+(?:\.[0-9]+){1,30}\|[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+){0,20})$/

/**
 * The bundle that feeds measures: a transaction of POST Observation, and at most one POST Device created on condition.
 * @param maximum observations, 1 in the published profile
 * @see IG-fhir-mesures-de-sante, mesures-bundle-flux-alimentation ; IHE POU, PCH-01
 */
export function lireBundle(bundle: Ressource, maximum: number): BundleLu | readonly Anomalie[] {
  const faute = (code: Anomalie['code'], diagnostics: string, expression: string, motif: Anomalie['motif'] = 'bundle'): readonly Anomalie[] => [
    { code, diagnostics, expression, ...(motif && { motif }) },
  ]
  if (bundle.resourceType !== 'Bundle') return faute('invalid', `Un Bundle est attendu, pas ${bundle.resourceType.slice(0, 40)}.`, 'Bundle')
  if (bundle['type'] !== 'transaction') return faute('value', '« type » vaut « transaction ».', 'Bundle.type')
  const entrees = objets(bundle['entry'])
  if (entrees.length > maximum + 1) return faute('too-costly', `Plus de ${maximum} observation(s) et un appareil.`, 'Bundle.entry', 'bornes')
  const observations: Objet[] = []
  const ordre: ('Observation' | 'Device')[] = []
  let appareil: AppareilLu | undefined
  for (const [rang, entree] of entrees.entries()) {
    const requete = objet(entree['request'])
    const ressource = objet(entree['resource'])
    const type = ressource['resourceType']
    const ou = `Bundle.entry[${rang}]`
    if (requete['method'] !== 'POST' || requete['url'] !== type || (type !== 'Observation' && type !== 'Device'))
      return faute(
        'not-supported',
        'Seules les ressources Observation et Device sont prises, par POST, « request.url » étant leur type.',
        `${ou}.request`,
      )
    ordre.push(type)
    if (type === 'Observation') {
      observations.push(ressource)
      continue
    }
    const [, identifiant] = SI_ABSENT.exec(texte(requete['ifNoneExist'], 300) ?? '') ?? []
    if (!identifiant || appareil)
      return faute(
        'invalid',
        'L’appareil est créé une fois, sous condition : « ifNoneExist » = identifier=urn:oid:<OID>|<identifiant>.',
        `${ou}.request`,
        'appareil',
      )
    if (!Array.isArray(objet(ressource['meta'])['profile']))
      return faute('invalid', '« Device.meta.profile » est obligatoire.', `${ou}.resource`, 'appareil')
    const references = [texte(entree['fullUrl'], 200), texte(ressource['id'], 64) && `Device/${String(ressource['id'])}`]
    appareil = { identifiant, references: references.filter((une) => une !== undefined), ressource }
  }
  if (observations.length === 0) return faute('invalid', 'Le Bundle porte au moins une Observation à créer.', 'Bundle.entry')
  if (observations.length > maximum) return faute('too-costly', `${maximum} observation(s) au plus par Bundle.`, 'Bundle.entry')
  return { observations, ordre, ...(appareil && { appareil }) }
}
