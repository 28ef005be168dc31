import Activity from '@lucide/svelte/icons/activity'
import Bell from '@lucide/svelte/icons/bell'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import FileText from '@lucide/svelte/icons/file-text'
import HeartPulse from '@lucide/svelte/icons/heart-pulse'
import History from '@lucide/svelte/icons/history'
import House from '@lucide/svelte/icons/house'
import Menu from '@lucide/svelte/icons/menu'
import Accueil from './Accueil.svelte'
import Documents from './Documents.svelte'
import Historique from './Historique.svelte'
import MenuDesPages from './MenuDesPages.svelte'
import Notifications from './Notifications.svelte'
import type { PageDuTelephone } from './page.ts'
import Agenda from './sante/Agenda.svelte'
import Mesures from './sante/Mesures.svelte'
import Profil from './sante/Profil.svelte'

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
  { id: 'historique', libelle: 'Historique d’activité', resume: 'Qui a fait quoi, et quand', Icone: History, Page: Historique },
]
