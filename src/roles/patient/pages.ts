import Activity from '@lucide/svelte/icons/activity'
import Bell from '@lucide/svelte/icons/bell'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import FileText from '@lucide/svelte/icons/file-text'
import HeartPulse from '@lucide/svelte/icons/heart-pulse'
import BookHeart from '@lucide/svelte/icons/book-heart'
import BellRing from '@lucide/svelte/icons/bell-ring'
import HeartHandshake from '@lucide/svelte/icons/heart-handshake'
import History from '@lucide/svelte/icons/history'
import House from '@lucide/svelte/icons/house'
import KeyRound from '@lucide/svelte/icons/key-round'
import Mails from '@lucide/svelte/icons/mails'
import Mail from '@lucide/svelte/icons/mail'
import Menu from '@lucide/svelte/icons/menu'
import PlugZap from '@lucide/svelte/icons/plug-zap'
import Siren from '@lucide/svelte/icons/siren'
import UserCheck from '@lucide/svelte/icons/user-check'
import Accueil from './Accueil.svelte'
import Services from './catalogue/Services.svelte'
import Historique from './confidentialite/Historique.svelte'
import Professionnels from './confidentialite/Professionnels.svelte'
import Urgence from './confidentialite/Urgence.svelte'
import Documents from './documents/Documents.svelte'
import Activation from './delegations/Activation.svelte'
import Aidants from './delegations/Aidants.svelte'
import BoitePersonnelle from './delegations/BoitePersonnelle.svelte'
import Preferences from './delegations/Preferences.svelte'
import MenuDesPages from './MenuDesPages.svelte'
import Messagerie from './messagerie/Messagerie.svelte'
import Notifications from './Notifications.svelte'
import Agenda from './sante/Agenda.svelte'
import Histoire from './sante/Histoire.svelte'
import Mesures from './sante/Mesures.svelte'
import Profil from './sante/Profil.svelte'
import type { PageDuTelephone } from './page.ts'

const pluriel = (nombre: number, mot: string) => `${nombre} ${mot}${nombre > 1 ? 's' : ''}`

/** The pages of Mon espace santé on the phone, in the order of the bar, then of the menu. */
export const PAGES: readonly PageDuTelephone[] = [
  { id: 'accueil', libelle: 'Accueil', Icone: House, Page: Accueil, barre: true, toujours: true },
  {
    id: 'documents',
    libelle: 'Documents',
    Icone: FileText,
    Page: Documents,
    barre: true,
    compte: ({ nouveaux }) => ({ nombre: nouveaux.size, dit: pluriel(nouveaux.size, 'nouveau') }),
  },
  {
    id: 'messages',
    libelle: 'Messages',
    Icone: Mail,
    Page: Messagerie,
    barre: true,
    compte: ({ messagesNonLus }) => ({ nombre: messagesNonLus, dit: pluriel(messagesNonLus, 'non lu') }),
  },
  {
    id: 'notifications',
    libelle: 'Notifications',
    Icone: Bell,
    Page: Notifications,
    barre: true,
    compte: ({ nonLues }) => ({ nombre: nonLues, dit: pluriel(nonLues, 'non lue') }),
  },
  { id: 'menu', libelle: 'Menu', Icone: Menu, Page: MenuDesPages, barre: true },
  { id: 'profil-medical', libelle: 'Profil médical', resume: 'Vos maladies, traitements, allergies, volontés', Icone: HeartPulse, Page: Profil },
  { id: 'mesures', libelle: 'Mesures', resume: 'Poids, tension, glycémie…', Icone: Activity, Page: Mesures },
  { id: 'agenda', libelle: 'Agenda', resume: 'Rendez-vous, rappels, prévention', Icone: CalendarDays, Page: Agenda },
  {
    id: 'histoire-de-sante',
    libelle: 'Mon histoire de santé',
    resume: 'Les soins que l’Assurance maladie a remboursés',
    Icone: BookHeart,
    Page: Histoire,
  },
  { id: 'services', libelle: 'Services connectés', resume: 'Ce que des applications lisent et écrivent pour vous', Icone: PlugZap, Page: Services },
  {
    id: 'professionnels',
    libelle: 'Professionnels et accès',
    resume: 'Qui peut lire vos documents, qui ne peut pas',
    Icone: UserCheck,
    Page: Professionnels,
  },
  { id: 'urgence', libelle: 'Urgence', resume: 'Ce que vous permettez si vous ne pouvez pas répondre', Icone: Siren, Page: Urgence },
  { id: 'historique', libelle: 'Historique d’activité', resume: 'Qui a fait quoi, et quand', Icone: History, Page: Historique },
  { id: 'aidants', libelle: 'Aidants et représentants', resume: 'Qui agit pour qui', Icone: HeartHandshake, Page: Aidants },
  {
    id: 'preferences',
    libelle: 'Être prévenu',
    resume: 'Vos coordonnées, et ce qui vous est annoncé dehors',
    Icone: BellRing,
    Page: Preferences,
  },
  { id: 'activation', libelle: 'Activer', Icone: KeyRound, Page: Activation, toujours: true, cachee: true },
  { id: 'boite', libelle: 'Boîte personnelle', Icone: Mails, Page: BoitePersonnelle, toujours: true, cachee: true, dehors: true },
]
