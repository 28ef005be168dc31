import { strToU8, zipSync } from 'fflate'
import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce } from '../annoncer.ts'
import { DONNEES_DU_PROFIL } from '../donnees.ts'
import { courriers, profilDe, titulaireDe } from '../store.ts'
import { reglesDocuments } from './rules.ts'
import { telechargements } from './store.ts'

/** How long the preparation takes, and the archive stays: ours. */
export const PREPARATION = 'PT2H'
export const DISPONIBLE = 'P7D'

/** The archive is ready: a mail says so, without what it holds. */
export async function preparer({ data }: Timer, world: World): Promise<void> {
  const demande = await world.store.get(telechargements, (data as { id: string }).id)
  const titulaire = demande && (await titulaireDe(world, demande.matriculeIns))
  if (!demande || !titulaire) return
  await world.store.put(telechargements, { ...demande, pretLe: world.now() })
  const { courriel } = await profilDe(world, titulaire)
  await world.store.put(courriers, {
    id: world.newId(),
    matriculeIns: demande.matriculeIns,
    le: world.now(),
    canal: courriel === '' ? 'courrier' : 'courriel',
    objet: 'Mon espace santé : vos données sont prêtes',
    texte: 'L’archive que vous avez demandée est prête. Connectez-vous à Mon espace santé pour la télécharger, pendant sept jours.',
  })
}

/** What the end of the preparation will do, in words. */
export async function direPreparation({ data }: Timer, world: World): Promise<Annonce | undefined> {
  const demande = await world.store.get(telechargements, (data as { id: string }).id)
  const titulaire = demande && (await titulaireDe(world, demande.matriculeIns))
  return titulaire && annonce(titulaire, 'apprend que l’archive de ses données est prête', reglesDocuments['MES-TELECHARGER-TOUT'].code)
}

/** Documents as they are, and everything else as JSON. Names are numbered: titles come from strangers. */
export async function archiveDe(world: World, matriculeIns: string): Promise<Uint8Array> {
  const fichiers: Record<string, Uint8Array> = {}
  const documents = await world.ask.documentsDuPatient(matriculeIns)
  for (const [rang, { id, titre, mimeType }] of documents.entries()) {
    const lu = await world.ask.contenuPourPatient(matriculeIns, id)
    if (lu) fichiers[`documents/${String(rang + 1).padStart(3, '0')}-${nomDeFichier(titre)}.${EXTENSIONS[mimeType] ?? 'bin'}`] = lu.bytes
  }
  const donnees: Record<string, unknown> = { documents }
  // Tokens of connected services are keys, not data.
  for (const collection of DONNEES_DU_PROFIL.filter(({ name }) => name !== 'mes-jetons'))
    donnees[collection.name.replace(/^mes-/, '')] = await world.store.range(collection, { index: 'parProfil', equals: [matriculeIns], limit: 10_000 })
  fichiers['donnees.json'] = strToU8(JSON.stringify(donnees, null, 2))
  return zipSync(fichiers, { mtime: new Date(world.now()) })
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/rtf': 'rtf',
  'text/xml': 'xml',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
}

const nomDeFichier = (titre: string): string =>
  titre
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 -]/g, '')
    .trim()
    .replaceAll(' ', '-')
    .slice(0, 60) || 'document'
