import type { Cursor } from '#standards/imap/cursor.ts'
import { writeSequence } from '#standards/imap/sequence-set.ts'
import type { World } from '../../world.ts'
import { copier, deplacer } from '../dossier.ts'
import { boites, type DossierEnregistre, dossiers } from '../store.ts'
import { lireChoix } from './choix.ts'
import { lignesDe } from './lignes.ts'
import { dossierNomme, lireNom } from './noms.ts'
import { type Fin, non, ok } from './fin.ts'
import type { SessionImap } from './session.ts'

/** All of them or none. @see RFC 3501 §6.4.7 ; RFC 4315 (COPYUID) */
export async function copy(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Fin> {
  const vers = await lireVers(session, lu, parUid)
  if ('statut' in vers) return vers
  const fait = await transporter(session, vers, copier)
  return typeof fait === 'string' ? ok('Messages copies', fait || undefined) : fait
}

/** @see RFC 6851 */
export async function move(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Fin> {
  const vers = await lireVers(session, lu, parUid)
  if ('statut' in vers) return vers
  if (session.vue?.lectureSeule) return non('Dossier ouvert en lecture seule', 'READ-ONLY')
  const fait = await transporter(session, vers, deplacer)
  if (typeof fait !== 'string') return fait
  if (fait !== '') session.dire(`* OK [${fait}] Nouveaux UID`)
  return ok('Messages deplaces')
}

interface Vers {
  readonly uids: readonly number[]
  readonly dossier: DossierEnregistre
}

async function lireVers(session: SessionImap, lu: Cursor, parUid: boolean): Promise<Vers | Fin> {
  const uids = lireChoix(lu, session.vue!, parUid)
  lu.space()
  const nom = lireNom(lu)
  lu.end()
  const dossier = await dossierNomme(session, nom)
  return dossier ? { uids, dossier } : non('Ce dossier n’existe pas', 'TRYCREATE')
}

/** @returns COPYUID, empty when nothing was there to carry */
async function transporter(session: SessionImap, { uids, dossier }: Vers, geste: typeof copier | typeof deplacer): Promise<string | Fin> {
  const de: number[] = []
  const a: number[] = []
  const vue = session.vue!
  const fait = await session.world.atomically(async (inside: World): Promise<Fin | undefined> => {
    const lignes = []
    for await (const lot of lignesDe(inside, vue.id, uids)) lignes.push(...lot)
    const boite = await inside.store.get(boites, vue.boite)
    const poids = geste === copier ? lignes.reduce((somme, { taille }) => somme + taille, 0) : 0
    if (boite && poids > 0 && boite.octets + poids > boite.quota) return non('La boite est pleine', 'OVERQUOTA')
    if (!(await inside.store.get(dossiers, dossier.id))) return non('Ce dossier n’existe pas', 'TRYCREATE')
    for (const message of lignes) {
      const copie = await geste(inside, message, dossier)
      de.push(message.uid)
      a.push(copie.uid)
    }
    return undefined
  })
  return fait ?? (de.length === 0 ? '' : `COPYUID ${dossier.uidValidity} ${writeSequence(de)} ${writeSequence(a)}`)
}
