import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

export interface ShippedFile {
  readonly file: string
  /** Bytes as sent with gzip. */
  readonly gzip: number
  /** Needed before the scene is usable in the page host: linked from index.html, or statically imported by what is. */
  readonly first: boolean
}

/** Weighs what `dist/` ships; `firstLoad` names the files a browser really fetched before the scene was usable. */
export function weigh(dist: URL, firstLoad: ReadonlySet<string>): ShippedFile[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html|woff2)$/.test(entry.name))
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`
      const file = path.slice(path.indexOf('dist/') + 5)
      return { file, gzip: gzipSync(readFileSync(path), { level: 9 }).length, first: firstLoad.has(file) }
    })
    .toSorted((a, b) => b.gzip - a.gzip)
}
