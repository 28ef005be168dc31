/** The import law of docs/decisions/0004-one-law.md; each rule tells whoever breaks it what to do. */
export default {
  forbidden: [
    {
      name: 'practice-talks-http',
      severity: 'error',
      comment:
        'The practice reaches the national services over HTTP, like any vendor. Only src/main.ts may start the sandbox. Write a client in src/clients instead.',
      from: { path: '^src/', pathNot: ['^src/main[.]ts$', '[.]test[.]ts$', '^src/sw[.]ts$'] },
      to: { path: '^mocks/' },
    },
    {
      name: 'country-knows-no-app',
      severity: 'error',
      comment: 'The simulated services must not depend on the training app. What both sides need is a standard: move it to src/standards.',
      from: { path: '^mocks/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/', pathNot: '^src/standards/' },
    },
    {
      name: 'standards-need-nobody',
      severity: 'error',
      comment: 'What the specifications say is pure. Only the readers of XML, of MIME and of zip, and hashes, are allowed.',
      from: { path: '^src/standards/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^src/standards/', 'node_modules/(saxes|postal-mime|fflate|@noble/hashes)/'] },
    },
    {
      name: 'services-do-not-import-each-other',
      severity: 'error',
      comment: 'A service asks another through World.ask, and tells through World.tell.',
      from: { path: '^mocks/(insi|dmp|mes|mssante|annuaire-sante|pro-sante-connect|ordonnance-numerique|carte-vitale)/', pathNot: '[.]test[.]ts$' },
      to: { path: '^mocks/(insi|dmp|mes|mssante|annuaire-sante|pro-sante-connect|ordonnance-numerique|carte-vitale)/', pathNot: '^mocks/$1/' },
    },
    {
      name: 'rules-know-no-message-nor-table',
      severity: 'error',
      comment: 'A rule decides on plain values: the route reads the message, the store reads the table, then they ask the rule.',
      from: { path: '^mocks/[a-z-]+/(rules|lifecycle)([.]ts$|/)', pathNot: '[.]test[.]ts$' },
      to: {
        path: [
          '^mocks/kit/(message|soap|router|dispatch)',
          '^mocks/[a-z-]+/(routes|store)',
          '^mocks/database/(dexie|sqlite)',
          'node_modules/(msw|dexie)/',
        ],
      },
    },
    {
      name: 'hosts-know-no-rule',
      severity: 'error',
      comment: 'A host carries the list of services and nothing of what they decide.',
      from: { path: '^mocks/(browser|node|server|handlers)[.]ts$' },
      to: { path: '^mocks/[a-z-]+/(rules|lifecycle)([.]ts$|/)' },
    },
    {
      name: 'no-node-in-services',
      severity: 'error',
      comment: 'Services run in the page too. Only the Node hosts and the SQLite engine may use node:*.',
      from: { path: '^mocks/', pathNot: ['^mocks/(server|node)[.]ts$', '^mocks/server/', '^mocks/database/sqlite', '[.]test[.]ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'A cycle has no first file to read.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'browser', 'node', 'default'] },
    exclude: { path: ['^dist/'] },
  },
}
