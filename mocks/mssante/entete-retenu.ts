import { boitesDe, enClair, type Entete, identifiantsDe, readEntete, valeurDe } from '#standards/mime/entetes.ts'
import { readContentType } from '#standards/soap/content-type.ts'
import type { EnteteRetenu } from './store.ts'

/** Longest value kept of a field, characters. */
const LONGUEUR = 2_000
const court = (texte: string): string => (texte.length > LONGUEUR ? texte.slice(0, LONGUEUR) : texte).toWellFormed()

/** A mail header is written by strangers: bounded, decoded, never trusted. */
export function retenir(octets: Uint8Array): { readonly entete: EnteteRetenu; readonly messageId: string | undefined } {
  const lu = readEntete(octets)
  const boites = (nom: string) => boitesDe(valeurDe(lu, nom)).map((une) => ({ nom: court(une.nom), adresse: court(une.adresse) }))
  const accuse = boites('Disposition-Notification-To')[0]?.adresse
  const { type, parameters } = readContentType(valeurDe(lu, 'Content-Type'))
  const rapport = parameters['report-type']?.toLowerCase()
  return {
    messageId: identifiantsDe(valeurDe(lu, 'Message-ID'))[0],
    entete: {
      de: boites('From'),
      a: boites('To').slice(0, 100),
      cc: boites('Cc').slice(0, 100),
      repondreA: boites('Reply-To').slice(0, 10),
      objet: court(enClair(valeurDe(lu, 'Subject'))),
      date: dateDe(valeurDe(lu, 'Date')),
      enReponseA: identifiantsDe(valeurDe(lu, 'In-Reply-To')).slice(0, 10),
      references: identifiantsDe(valeurDe(lu, 'References')).slice(-30),
      mss: mssDe(lu),
      ...(accuse ? { accuseLecture: accuse } : {}),
      type: type || 'text/plain',
      ...(type === 'multipart/report' && rapport ? { rapport } : {}),
    },
  }
}

function mssDe(lu: Entete): EnteteRetenu['mss'] {
  const mss: Partial<Record<keyof EnteteRetenu['mss'], string>> = {}
  for (const nom of ['NIL', 'INS', 'CODECDA', 'MES'] as const) {
    const valeur = valeurDe(lu, `X-MSS-${nom}`)
    if (valeur !== '') mss[nom] = court(valeur)
  }
  return mss
}

/** @returns milliseconds, null for what is no date */
function dateDe(valeur: string): number | null {
  const le = Date.parse(valeur.slice(0, 100).replace(/\([^)]*\)/g, ''))
  return Number.isNaN(le) ? null : le
}
