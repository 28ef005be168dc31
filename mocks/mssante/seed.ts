import { ecrireBoite, type Partie, writeMessage } from '#standards/mime/write-message.ts'
import { castOf } from '../database/registre.ts'
import type { World } from '../world.ts'
import { type CasCompteRendu, semerCompteRendu } from './compte-rendu.ts'
import { boitesDe, domainesDe } from './distribution.ts'
import { dateRfc } from './rapports.ts'
import { remettre } from './remise.ts'
import { boites, domaines } from './store.ts'

/** A message that waits in a mailbox before the first scene. */
interface Attente {
  readonly de: string
  readonly a: string
  readonly objet: string
  readonly texte: string
  readonly repondreA?: string
}

const SECRETARIAT = 'secretariat.calendrier@medecins.bac.mssante.fr'

/** Reports that wait for their file: one to be filed in a click, one that nobody may file on its matricule alone. */
const COMPTES_RENDUS: readonly { readonly id: string; readonly cas: CasCompteRendu }[] = [
  { id: 'camille-floreal', cas: 'nouveau' },
  { id: 'hugo-brumaire', cas: 'autres-traits' },
]

const ATTENTES: readonly Attente[] = [
  {
    de: 'elise.tridi@medecins.bac.mssante.fr',
    a: SECRETARIAT,
    objet: 'Votre patiente Mme Messidor',
    texte:
      'Pour le Dr Primidi. Chère consœur,\n\nj’ai vu Mme Jeanne Messidor ce matin. La lésion de l’avant-bras est bénigne, sans geste à prévoir. Je la revois dans un an.\n\nBien confraternellement,\nDr Élise Tridi',
  },
  {
    de: 'noreply-biologie@quatre-saisons.bac.mssante.fr',
    a: SECRETARIAT,
    objet: 'Changement d’horaires du laboratoire',
    repondreA: 'contact@quatre-saisons.bac.mssante.fr',
    texte:
      'Le laboratoire des Quatre Saisons ouvre désormais à 7 h le samedi.\n\n--\nMessage envoyé automatiquement. Pour nous joindre : contact@quatre-saisons.bac.mssante.fr',
  },
  {
    de: 'urgences@decade.bac.mssante.fr',
    a: SECRETARIAT,
    objet: 'Passage aux urgences d’un patient du cabinet',
    texte:
      'Bonjour,\n\nun patient suivi par le Dr Primidi est passé cette nuit. Le compte rendu suivra. Merci de prévoir un rendez-vous dans la semaine.\n\nService des urgences',
  },
]

/** Domains, mailboxes, and a few messages between professionals: a desk is never met empty. */
export async function semer(world: World): Promise<void> {
  const siennes = boitesDe(await castOf(world), world.now())
  await world.store.putAll(domaines, domainesDe(world.now()))
  await world.store.putAll(boites, siennes)
  const libelles = new Map(siennes.map(({ adresse, libelle }) => [adresse, libelle]))
  for (const { de, a, objet, texte, repondreA } of ATTENTES) {
    const corps: Partie = { type: 'text/plain; charset=utf-8', contenu: texte }
    const octets = writeMessage({
      champs: [
        ['Date', dateRfc(world.now())],
        ['From', ecrireBoite(libelles.get(de) ?? '', de)],
        ...(repondreA === undefined ? [] : ([['Reply-To', repondreA]] as const)),
        ['To', a],
        ['Subject', objet],
        ['Message-ID', `<${world.newId()}@${de.slice(de.indexOf('@') + 1)}>`],
        ['X-MSS-NIL', 'BAC-0001'],
      ],
      corps,
      frontiere: `depart-${world.newId()}`,
    })
    await remettre(world, { de, pour: [{ adresse: a }], octets })
  }
  const { patients } = await castOf(world)
  for (const { id, cas } of COMPTES_RENDUS) {
    const patient = patients.find((un) => un.id === id)
    if (patient) await semerCompteRendu(world, { vers: SECRETARIAT, patient, cas })
  }
}
