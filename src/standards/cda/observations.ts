import { attribute, child, everyElement, type XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'
import { CDA } from './cda.ts'

/** A measured quantity of a structured document. */
export interface ObservationCda {
  readonly code: string
  /** OID: `2.16.840.1.113883.6.1` is LOINC. */
  readonly systeme: string
  readonly valeur: number
  /** UCUM. */
  readonly unite: string
  /** As written, `AAAAMMJJ…`; `''` when the observation does not say when. */
  readonly le: string
}

/** More entries than that in one document are left unread. */
const MAXIMUM = 200

/**
 * Quantities in the entries of a CDA level 3: `observation` with a code and a `value` of type PQ. What is refused or not done is left out.
 * @throws {XmlError} not acceptable XML.
 */
export function readObservations(text: string): ObservationCda[] {
  const found: ObservationCda[] = []
  for (const element of everyElement(readXml(text))) {
    if (element.ns !== CDA || element.name !== 'observation' || found.length === MAXIMUM) continue
    const observation = readObservation(element)
    if (observation) found.push(observation)
  }
  return found
}

function readObservation(element: XmlElement): ObservationCda | undefined {
  if (attribute(element, 'negationInd') === 'true') return undefined
  const [code, value, time] = [child(element, CDA, 'code'), child(element, CDA, 'value'), child(element, CDA, 'effectiveTime')]
  const written = value && attribute(value, 'value')
  if (!code || !value || written === undefined || !/^-?\d{1,9}(?:\.\d{1,9})?$/.test(written)) return undefined
  const start = time && child(time, CDA, 'low')
  return {
    code: attribute(code, 'code') ?? '',
    systeme: attribute(code, 'codeSystem') ?? '',
    valeur: Number(written),
    unite: attribute(value, 'unit') ?? '',
    le: (time && attribute(time, 'value')) ?? (start && attribute(start, 'value')) ?? '',
  }
}
