import { estMatriculeFictif, REFUS_MATRICULE_REEL } from '#standards/ins/fictif.ts'
import { estMatricule } from '#standards/ins/matricule-ins.ts'
import { OID_INS } from '#standards/ins/oids.ts'
import { reglesIns } from '#standards/ins/rules-ins.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import type { World } from '../world.ts'
import { json, problem } from './answers.ts'
import type { MachineDecrite } from './machine-description.ts'
import type { Answer, Route } from './message.ts'

/** One thing that goes through a machine, for one person: where it stands now. */
export interface Exemplaire {
  readonly id: string
  /** French, names it among the others of the person. */
  readonly libelle: string
  /** The present state; one in each region. */
  readonly etats: readonly string[]
  /** What time will do to it first. */
  readonly echeance?: { readonly le: number; readonly evenement: string }
}

/** A machine that the drawings show, and where each of a person's things stands in it. */
export interface MachineMontree {
  readonly decrire: (world: World) => MachineDecrite
  /** @param matricule 15 characters, the active one */
  readonly exemplaires: (world: World, matricule: string) => Promise<readonly Exemplaire[]>
}

const inconnu = (title: string, detail: string): Answer => problem({ status: 404, title, detail })

/**
 * `GET <prefixe>/machines/{nom}` and `GET <prefixe>/machines/{nom}/{matricule}`: the sandbox's own, nothing real has it.
 * @param titre of the service, for the journal
 */
export function routesDeMachines(prefixe: string, titre: string, machines: Readonly<Record<string, MachineMontree>>): Route[] {
  const trouver = (nom = '') => (Object.hasOwn(machines, nom) ? machines[nom] : undefined)
  const aucune = () => inconnu('Machine inconnue', `Machines : ${Object.keys(machines).join(', ')}.`)
  return [
    {
      method: 'GET',
      path: `${prefixe}/machines/{nom}`,
      handle: (_message, world, exchange, { nom }) => {
        exchange.name(`${titre} · description d’une machine (propre au bac à sable)`)
        const machine = trouver(nom)
        return machine ? json(machine.decrire(world)) : aucune()
      },
    },
    {
      method: 'GET',
      path: `${prefixe}/machines/{nom}/{matricule}`,
      handle: async (_message, world, exchange, { nom, matricule: donne = '' }) => {
        exchange.name(`${titre} · où en est une machine (propre au bac à sable)`)
        const matricule = donne.toUpperCase()
        if (estMatricule(matricule.slice(0, 13)) && !estMatriculeFictif({ matricule, oid: OID_INS['INS-NIR'] })) {
          exchange.refused(reglesIns['SANDBOX-FICTIF-SEULEMENT'], REFUS_MATRICULE_REEL)
          return problem({ status: 409, title: 'Matricule refusé', detail: REFUS_MATRICULE_REEL, rule: reglesIns['SANDBOX-FICTIF-SEULEMENT'].code })
        }
        const machine = trouver(nom)
        if (!machine) return aucune()
        const personne = /^[0-9AB]{15}$/.test(matricule) ? await world.ask.personneParMatricule(matricule.slice(0, 13)) : undefined
        if (![personne?.ins, ...(personne?.historique ?? [])].some((ins) => ins && matriculeIns(ins) === matricule))
          return inconnu('Personne inconnue', 'Personne n’a ce matricule dans ce monde. Il compte 15 caractères : 13 et la clé.')
        const actif = matriculeIns(personne!.ins)
        exchange.about(actif)
        exchange.from('Formateur')
        return json({ exemplaires: await machine.exemplaires(world, actif) })
      },
    },
  ]
}

/** Their two paths, in OpenAPI 3.1. */
export function openapiDeMachines(prefixe: string, tag: string, noms: readonly string[]): Readonly<Record<string, object>> {
  const nom = { name: 'nom', in: 'path', required: true, schema: { type: 'string', enum: noms } }
  const reponse = (description: string) => ({ 200: { description, content: { 'application/json': {} } }, 404: { description: 'Inconnu' } })
  return {
    [`${prefixe}/machines/{nom}`]: {
      get: {
        tags: [tag],
        summary: 'Une machine à états et ses transitions, telles que le bac à sable les applique : de quoi la dessiner.',
        parameters: [nom],
        responses: reponse('États, transitions et règles'),
      },
    },
    [`${prefixe}/machines/{nom}/{matricule}`]: {
      get: {
        tags: [tag],
        summary: 'Ce qui, pour une personne, suit cette machine, et dans quel état : ses délégations, ses services, ses documents…',
        parameters: [nom, { name: 'matricule', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9AB]{15}$' } }],
        responses: reponse('Exemplaires, états présents et prochaine échéance'),
      },
    },
  }
}
