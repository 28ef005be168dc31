import type { JWK } from 'jose'

/**
 * The key pair that signs every token of the simulated Pro Santé Connect. Public on purpose, private half included: it protects nothing, and a fixed
 * pair gives the same bytes for the same seed. Never trust it outside this sandbox.
 */
export const CLE_DU_BAC_A_SABLE: JWK = {
  kid: 'bac-a-sable-cle-publique',
  alg: 'RS256',
  use: 'sig',
  kty: 'RSA',
  n: 'oLBdqIybvWG8n8Aj3Zw7GJeUG3GnteQu12woqLMrP2RcEJ4kyDgnul9NvNYu_0fKiYkqX7kIxA8rn5-wQ1L2651GvbqZFg6slZENIPNwsx19CLpr0sY4oh_Ya3HEVsRVDjxTWp74zVJbaSSUsRUmC-3qVms33Ig65AIsG3OBNHjxb6ufYCIDrIIBrqpYRM3kiFJona6B3qoWYXY3qRA3B4rMcUZnWBJ6yt1lRuJaAhdWoLFDxX-bZ9H5UqFOFyv7ADuLbH0D58k4eNt1bM3MxLHvXiTI_gT3O_j6w_rOX1yByJR3lRvlYSlD49sQa7M1GMg6uR5lkSF25bDJIYdBBw',
  e: 'AQAB',
  d: 'EJGO3rG83z6kKd6wdAnHaCY8_cVu0wj3sXu0B40N4QfynD4KMeDka8mm5Nk62FSpNBxCE8Oq_ThJObjH_nEgB7RcVnTWkxkpP3TI40RmsvlP6qX6Ny38Ke9Zq957raypzoF24Mmygs1CoqlEcavqE-HQv19nz6P2WotEzAHRaT0DSWDTlLA2SPTAc7gI2fFoxPqD37eJf5lp9m-4BnMz46Fel9kd-PP6L3_kA8m7oP4p_Se0sBRNF83XYEdz2P2S7XjiU4PiXWrt6x1OgxUDR8si1fQHPXa2ZZFrSot5wVy7WRr3acDAAap_ZxTyVF8EWA_f96sk2GHEYCm3JlzYuQ',
  p: '2uTMUahJ3NMg2Ca3dDq4ewykUBwOjY5U4c3IMIncFR4r0m84X4J8QZkVTFJYqBCZXlrPVjqbvM0wy_1xuLpBjm7UZJWNsc8KjhHMKOaieYKocVmsYntBwm7LFGCNcoRdPA1MsKu7i0xNRj0rhQNkWoAL7gR3lzsjq5t02E_8oVk',
  q: 'u-2wHu5ZG_0ygwOGv6v4Z2ddEVtAeptYnNHlqWQRXHenIwcpQcZltToc-cUixJLY322T0UBffzVjNhRQ-SawH7zhu4S85t-8xxQ33iKDzuFXfXvUF0btQzl_A7sUjDhmdcFn2E-Zhxc1PhaoN6c4TgtrqavDe8k60LDqMclNSV8',
  dp: 'LGRYV3skt6cNsyhu7iB2h2Xx8Nkvzl9-MWkVX1qmCpZa1st9iEkjP_52xkqw9iyfnfYWtGsgaHLIoaYdqRQE9YjehCOcX-IYRuWvHOBhNPldhddk0XgjxvXHM7O9G-tiKSqdUfsSBtcLmOIQ8GHWuU_cm4HGayIwQr49PR1Do8k',
  dq: 'gmZ8tgnHVU-M1DIHN0q58-5aOufpxumyRCa1SKPCFDqGhBy8-QIUovrvDjVHWcVXrTlYv3L-kMNX0zentCqvPWaP79E8TqtjT3RtC7tBYLUmQ1FAKuKxUds8kjcnG-Eq33zTdNpO-tkUvb90_CERRb5Q94vS-jr4j8SizOcUtNs',
  qi: 'YKYLrjWAHRANFBIR8I2iAsirNQdZd0VZwYrYsGPIH70Nyg9p3qtys_HkWragfzCtyMEjvySgozyJ9buxvsAmjRJmnoebW0LAgfncVFuWAR7frJ_1kUeCzPAaIQKFFvNniYt8qNcMPcDAWzFKe0Bs5lyPj-Cgcp9bW1W7PnrzUGM',
}

const { kid, alg, use, kty, n, e } = CLE_DU_BAC_A_SABLE as Record<'kid' | 'alg' | 'use' | 'kty' | 'n' | 'e', string>

/** What the JWKS shows. */
export const CLE_PUBLIQUE: JWK = { kid, alg, use, kty, n, e }
