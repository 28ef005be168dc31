import type { Rule } from '#standards/rule.ts'
import type { Route } from '../kit/message.ts'
import { Router } from '../kit/router.ts'
import type { Service, Setting, TimerKind } from '../kit/service.ts'
import type { Questions, Timer, World, WorldEvent } from '../world.ts'

type Reaction = (event: WorldEvent, world: World) => Promise<void>
type Answerer = (world: World, ...args: unknown[]) => unknown

export interface ServiceRoute extends Route {
  readonly service: Service
}

/** The services put together once: their routes in one tree, who answers what, who reacts to what. Nothing in it changes. */
export class Country {
  readonly services: readonly Service[]
  readonly router: Router<ServiceRoute>
  /** First segments of the paths each service answers, `/insi`. */
  readonly roots: ReadonlyMap<string, Service>
  readonly rules: ReadonlyMap<string, Rule & { readonly service: string }>
  readonly settings: ReadonlyMap<string, Setting & { readonly service: string }>
  readonly #answers: readonly (readonly [string, Answerer])[]
  readonly #reactions = new Map<string, Reaction[]>()

  constructor(services: readonly Service[]) {
    this.services = services
    this.router = new Router(services.flatMap((service) => service.routes.map((route) => ({ ...bare(route), service }))))
    const roots = new Map<string, Service>()
    const rules = new Map<string, Rule & { service: string }>()
    const settings = new Map<string, Setting & { service: string }>()
    const answers = new Map<string, Answerer>()
    for (const service of services) {
      for (const { path } of service.routes) roots.set(`/${path.split('/')[1] ?? ''}`, service)
      for (const rule of Object.values(service.rules)) rules.set(rule.code, { ...rule, service: service.name })
      for (const [code, setting] of Object.entries(service.settings ?? {})) {
        if (settings.has(code)) throw new Error(`Two services declare the setting ${code}.`)
        settings.set(code, { ...setting, service: service.name })
      }
      for (const [question, answerer] of Object.entries(service.answers ?? {})) {
        if (answers.has(question)) throw new Error(`Two services answer ${question}.`)
        answers.set(question, answerer as Answerer)
      }
      for (const [type, reaction] of Object.entries(service.reactions ?? {})) {
        const list = this.#reactions.get(type) ?? []
        list.push(reaction as Reaction)
        this.#reactions.set(type, list)
      }
    }
    this.roots = roots
    this.rules = rules
    this.settings = settings
    this.#answers = [...answers]
  }

  /** @throws {Error} when asked what no service answers. */
  questionsOf(world: World): Questions {
    const questions: Record<string, (...args: unknown[]) => unknown> = Object.create(unanswered)
    for (const [question, answerer] of this.#answers) questions[question] = (...args) => answerer(world, ...args)
    return questions as unknown as Questions
  }

  reactionsTo(event: WorldEvent): readonly Reaction[] {
    return this.#reactions.get(event.type) ?? []
  }

  timerKind({ service, what }: Timer): TimerKind | undefined {
    const timers = this.services.find(({ name }) => name === service)?.timers
    return timers && Object.hasOwn(timers, what) ? timers[what] : undefined
  }
}

/** Routes may be objects of a class: keeps their method bound. */
const bare = (route: Route): Route => ({ method: route.method, path: route.path, handle: (...args) => route.handle(...args) })

const unanswered = new Proxy(
  {},
  {
    get(_target, question) {
      if (typeof question === 'symbol' || question === 'then') return undefined
      return () => {
        throw new Error(`No service of this sandbox answers ${question}.`)
      }
    },
  },
)
