import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sha1 as enJavaScript } from '@noble/hashes/legacy.js'
import { expect, test } from 'vitest'
import { sha1 } from './sha1.ts'

test('the hash of the page is that of the server', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      const wanted = createHash('sha1').update(bytes).digest('hex')
      expect([await sha1(bytes), Buffer.from(enJavaScript(bytes)).toString('hex')]).toEqual([wanted, wanted])
    }),
  )
})
