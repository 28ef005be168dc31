/** How long the browser has to begin writing the file, milliseconds. */
const DELAI = 60_000

/** Gives a file to keep. Its type is not told to the browser: what somebody sent must not open by itself under our origin. */
export function enregistrerFichier(nom: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }))
  const lien = document.createElement('a')
  lien.href = url
  lien.download = nom
  lien.click()
  setTimeout(() => URL.revokeObjectURL(url), DELAI)
}

/** `12 Ko`, `1,2 Mo`. @param octets bytes */
export const tailleLisible = (octets: number): string =>
  octets < 1_000_000
    ? `${Math.max(1, Math.round(octets / 1_000))} Ko`
    : `${(octets / 1_000_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo`
