import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { msw } from 'msw/vite'
import { build, defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [svelte({ configFile: false }), msw({ mode: 'worker-only' }), offlineWorker()],
  resolve: { alias: { tldts: here('./src/stub-tldts.ts') } },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 700, reportCompressedSize: false },
  server: { port: 5173, host: '127.0.0.1' },
})

/**
 * Builds `src/sw.ts` to `dist/sw.js` with the list of files to keep for offline use. One scope holds one worker, so ours imports MSW's.
 * @see docs/decisions/0003-one-service-worker.md
 */
function offlineWorker(): Plugin {
  let outDir = 'dist'
  const precache = { version: '', files: [] as string[] }
  return {
    name: 'offline-worker',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    writeBundle(_options, bundle) {
      const built = Object.keys(bundle).filter((file) => file !== 'mockServiceWorker.js' && !file.endsWith('.map'))
      const copied = readdirSync(here('./public'))
      precache.files = [...built, ...copied].toSorted()
      const hash = createHash('sha256')
      for (const file of precache.files) {
        const entry = bundle[file]
        hash.update(file)
        hash.update(entry ? (entry.type === 'chunk' ? entry.code : entry.source) : readFileSync(join(here('./public'), file)))
      }
      precache.version = hash.digest('hex').slice(0, 12)
    },
    async closeBundle() {
      if (!precache.version) return
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __PRECACHE__: JSON.stringify(precache) },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          rolldownOptions: { input: here('./src/sw.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}
