import { defineRules } from '#standards/rule.ts'
import { defineCollection } from '../../mocks/database/store.ts'
import { json, problem } from '../../mocks/kit/answers.ts'
import type { Service } from '../../mocks/kit/service.ts'

export interface Note {
  id: string
  text: string
  writtenAt: number
}

export const notes = defineCollection<Note>('toy-notes', 'id', { byTime: ['writtenAt'] })

// No `enforcedIn` of a real file: this service exists in the tests only.
const rules = defineRules('test/hosts/toy-service.ts', {
  'TOY-TEXT': { sentence: 'Une note a un texte.', source: 'ce test', certainty: 'propre au bac à sable' },
})

/** A service of a few lines that does what services do: for the tests of the kit and of the hosts. */
export const toy: Service = {
  name: 'insi',
  title: 'Service jouet',
  rules,
  collections: [notes],
  faults: {
    'toy-indisponible': {
      title: 'Le jouet est en panne',
      answer: () => ({ status: 500, headers: { 'content-type': 'text/plain' }, body: 'panne du jouet' }),
    },
  },
  settings: { 'toy-shout': { title: 'Écrire en capitales', initial: false, source: 'ce test' } },
  answers: { personneParMatricule: async () => undefined },
  reactions: {
    'acces.retire': async ({ acteur }, world) => {
      await world.store.put(notes, { id: world.newId(), text: `retiré par ${acteur}`, writtenAt: world.now() })
    },
  },
  timers: {
    write: {
      describe: async ({ subject }) => ({ title: `« ${subject} » s’écrit`, name: subject, rule: 'TOY' }),
      fire: async ({ subject, data }, world) => {
        await world.store.put(notes, { id: world.newId(), text: subject, writtenAt: world.now() })
        if (data === 'again')
          await world.schedule({ id: `${subject}+`, dueAt: world.now() + 1000, service: 'insi', what: 'write', subject: `${subject}+` })
        if (data === 'now') await world.schedule({ id: subject, dueAt: world.now(), service: 'insi', what: 'write', subject, data })
        if (data === 'fail') throw new Error('this timer fails')
      },
    },
  },
  identities: async () => [
    { id: 'toto', name: 'TOTO', kind: 'patient', send: { nom: 'TOTO' }, triggers: 'rien', service: 'insi', source: 'ce test' },
  ],
  async seed(world, dataset) {
    await world.store.put(notes, { id: world.newId(), text: `jeu ${dataset}`, writtenAt: world.now() })
  },
  routes: [
    {
      method: 'GET',
      path: '/toy/notes',
      handle: async (_message, world) => json(await world.store.range(notes, { index: 'byTime', limit: 100 })),
    },
    {
      method: 'POST',
      path: '/toy/notes',
      async handle({ body }, world, exchange) {
        exchange.name('Jouet · écrire')
        exchange.from('Dr JOUET')
        exchange.about('TOTO Élodie')
        const text = new TextDecoder().decode(body)
        if (text === '') {
          exchange.refused(rules['TOY-TEXT'], 'texte vide')
          return problem({ status: 422, title: 'Texte absent', rule: 'TOY-TEXT' })
        }
        exchange.respected(rules['TOY-TEXT'])
        exchange.summarise('Note écrite')
        const note = { id: world.newId(), text: world.setting('toy-shout') ? text.toUpperCase() : text, writtenAt: world.now() }
        await world.store.put(notes, note)
        return json(note, 201)
      },
    },
    { method: 'POST', path: '/toy/echo', handle: ({ body }) => ({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body }) },
    { method: 'POST', path: '/toy/length', handle: ({ body }) => json({ length: body.length }) },
    { method: 'GET', path: '/toy/base', handle: ({ base, query }) => json({ base, query }) },
    {
      method: 'GET',
      path: '/toy/bug',
      async handle(_message, world) {
        await world.atomically(async (inside) => {
          await inside.store.put(notes, { id: 'never', text: 'never', writtenAt: 0 })
          throw new Error('secret of the stack')
        })
        return json({})
      },
    },
    { method: 'GET', path: '/toy/asked', handle: (_message, _world, exchange) => json({ asked: exchange.askedOutcome }) },
    {
      method: 'POST',
      path: '/toy/later/{subject}',
      async handle({ query }, world, _exchange, { subject }) {
        const seconds = Number(new URLSearchParams(query).get('seconds'))
        const data = new URLSearchParams(query).get('data')
        await world.schedule({ id: subject!, dueAt: world.now() + seconds * 1000, service: 'insi', what: 'write', subject: subject!, data })
        return json({}, 202)
      },
    },
    { method: 'GET', path: '/toy/files/{path*}', handle: (_message, _world, _exchange, parameters) => json(parameters) },
  ],
}
