import type { Annonce } from '../../kit/service.ts'
import type { Timer, World } from '../../world.ts'
import { annonce, noterActivite } from '../annoncer.ts'
import { type CodeNotification, canauxRetenus, NOTIFICATIONS } from '../notifications.ts'
import { nomDe, notifications, profilDe, type ProfilEnregistre, type TitulaireConnu, titulaireDe, titulaireParId } from '../store.ts'
import { majoriteAEtablir, majoriteLe } from './anniversaire.ts'
import { finirALaMajorite } from './delegation.ts'
import { reglesDelegations } from './rules.ts'
import { majorites } from './store.ts'

/**
 * What happens on the eighteenth birthday, once: by the timer where parents are known, otherwise when somebody looks. Everything is dated
 * of the day itself. Inside a transaction.
 */
export async function passerMajorite(world: World, titulaire: TitulaireConnu): Promise<void> {
  const { matriculeIns, personne } = titulaire
  const profil = await profilDe(world, titulaire)
  if (!(await aPasser(world, titulaire, profil))) return
  const le = majoriteLe(personne.dateNaissance)
  await world.store.put(majorites, { matriculeIns, le })
  await finirALaMajorite(world, matriculeIns)
  await rappeler(world, profil, le, 'RAPPEL_CONSENT_PASSAGE_MAJO', 'Confirmez les choix faits pour vous. Vos représentants légaux n’ont plus accès.')
  for (const { patient } of profil.liens.filter(({ lien }) => lien === 'parent')) {
    const parent = await titulaireParId(world, patient)
    if (parent)
      await rappeler(
        world,
        await profilDe(world, parent),
        le,
        'RAPPEL_CONSENT_RL_PASSAGE_MAJO',
        `${nomDe(titulaire)} est majeur : vous n’avez plus accès à son profil.`,
      )
  }
  await noterActivite(world, matriculeIns, {
    typeActeur: 'SYSTEM',
    groupe: 'GENERAL',
    acteur: 'Mon espace santé',
    structure: '',
    texte: 'Vous êtes majeur : vous gérez seul votre profil.',
  })
  await world.tell({ type: 'profil.majorite', matriculeIns })
}

const aPasser = async (world: World, { matriculeIns, personne }: TitulaireConnu, profil: ProfilEnregistre): Promise<boolean> =>
  majoriteAEtablir(profil, personne.dateNaissance, world.now()) && !(await world.store.get(majorites, matriculeIns))

/** What the birthday will do, in words. */
export async function direMajorite({ subject }: Timer, world: World): Promise<Annonce | undefined> {
  const titulaire = await titulaireDe(world, subject)
  return titulaire && (await aPasser(world, titulaire, await profilDe(world, titulaire)))
    ? annonce(titulaire, 'atteint dix-huit ans : ses représentants légaux perdent l’accès', reglesDelegations['MES-MAJORITE-FIN-RL'].code)
    : undefined
}

const rappeler = (world: World, profil: ProfilEnregistre, le: number, code: CodeNotification, texte: string): Promise<void> =>
  world.store.put(notifications, {
    id: world.newId(),
    matriculeIns: profil.matriculeIns,
    code,
    titre: NOTIFICATIONS[code].titre,
    texte,
    le,
    lue: false,
    canaux: canauxRetenus(code, profil),
  })
