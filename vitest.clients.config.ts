import { defineConfig } from 'vitest/config'

/** Mail softwares of others (`npm run test:clients`): they are installed first, which wants Debian and its root. */
export default defineConfig({
  test: {
    name: 'clients',
    environment: 'node',
    include: ['test/clients/**/*.test.ts'],
    globalSetup: ['test/clients/install.global.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
