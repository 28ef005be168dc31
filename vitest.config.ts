import { existsSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const unit: TestProjectInlineConfiguration = {
  plugins: [svelte({ configFile: false })],
  test: {
    name: 'unit',
    environment: 'node',
    include: ['{src,mocks,bin,docs}/**/*.test.ts', 'test/{hosts,package}/**/*.test.ts'],
    exclude: ['**/*.dom.test.ts'],
    testTimeout: 20_000,
  },
}

// Only here: the browser condition that svelteTesting() sets makes `msw/node` unresolvable.
const dom: TestProjectInlineConfiguration = {
  plugins: [svelte({ configFile: false }), svelteTesting()],
  test: { name: 'dom', environment: 'happy-dom', include: ['src/**/*.dom.test.ts'], testTimeout: 20_000 },
}

const journeys: TestProjectInlineConfiguration = {
  test: {
    name: 'journeys',
    environment: 'node',
    include: ['test/journeys/**/*.test.ts'],
    globalSetup: ['test/journeys/browser.global.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
}

const published: TestProjectInlineConfiguration = {
  test: { name: 'published', environment: 'node', include: ['test/published/**/*.test.ts'], testTimeout: 30_000 },
}

const publishedData = existsSync(new URL('../shared/specs/data', import.meta.url))
if (!publishedData) console.warn('Project "published" left out: the published examples (../shared/specs/data) are not on this machine.')

export default defineConfig({
  test: {
    projects: publishedData ? [unit, dom, journeys, published] : [unit, dom, journeys],
    reporters: ['default'],
  },
})
