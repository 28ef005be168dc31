const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * UUIDs (version 4 by their form) drawn from a seed: the same sequence for the same seed and session, on every host.
 * Unlikely to meet twice, not secret.
 */
export class Ids {
  readonly #next: () => number

  /** @param session 0 for what a dataset puts in the world, then one for each opening: two tabs never draw the same ids. */
  constructor(seed: number, session: number) {
    this.#next = sfc32(`${seed}/${session}`)
  }

  uuid(): string {
    const a = this.#next()
    const b = this.#next()
    const c = this.#next()
    const d = this.#next()
    return (
      HEX[a >>> 24]! +
      HEX[(a >>> 16) & 255]! +
      HEX[(a >>> 8) & 255]! +
      HEX[a & 255]! +
      '-' +
      HEX[b >>> 24]! +
      HEX[(b >>> 16) & 255]! +
      '-' +
      HEX[((b >>> 8) & 15) | 64]! +
      HEX[b & 255]! +
      '-' +
      HEX[((c >>> 24) & 63) | 128]! +
      HEX[(c >>> 16) & 255]! +
      '-' +
      HEX[(c >>> 8) & 255]! +
      HEX[c & 255]! +
      HEX[d >>> 24]! +
      HEX[(d >>> 16) & 255]! +
      HEX[(d >>> 8) & 255]! +
      HEX[d & 255]!
    )
  }
}

/** Small fast counter, 128 bits of state (C. Doty-Humphrey), seeded by a 128-bit hash of the text (cyrb128). */
function sfc32(text: string): () => number {
  let [a, b, c, d] = cyrb128(text)
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let n = 0; n < 15; n++) next()
  return next
}

function cyrb128(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762]
  for (let at = 0; at < text.length; at++) {
    const k = text.charCodeAt(at)
    h1 = h2 ^ Math.imul(h1 ^ k, 597_399_067)
    h2 = h3 ^ Math.imul(h2 ^ k, 2_869_860_233)
    h3 = h4 ^ Math.imul(h3 ^ k, 951_274_213)
    h4 = h1 ^ Math.imul(h4 ^ k, 2_716_044_179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597_399_067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2_869_860_233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951_274_213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2_716_044_179)
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1]
}
