import type { Service } from '../kit/service.ts'
import { reponsesAnnuaire } from './annuaire.ts'
import { routesBac } from './api/routes-bac.ts'
import { routesBoites } from './api/routes-boites.ts'
import { routesEnvoi } from './api/routes-envoi.ts'
import { routesMachines } from './api/routes-machines.ts'
import { faults } from './confiance/faults.ts'
import { ETATS_DE_LA_LISTE } from './confiance/liste.ts'
import { routesConfiance } from './confiance/routes.ts'
import { identites } from './identities.ts'
import { openapiMss } from './openapi.ts'
import { reponsesPatient } from './patient/boite.ts'
import { oublier } from './patient/oublier.ts'
import { reglesMss } from './rules-register.ts'
import { semer } from './seed.ts'
import { organisations } from './organisations.ts'
import { collections } from './store.ts'

/** MSSanté: the trust space, its mailboxes, and the conversation with a patient. */
export const mssante: Service = {
  name: 'mssante',
  title: 'MSSanté — messageries sécurisées de santé',
  routes: [...routesBoites, ...routesEnvoi, ...routesBac, ...routesMachines, ...routesConfiance],
  entrances: ['/mssante/api', '/mssante/listeblanche/listeblanchemssante.xml'],
  rules: reglesMss,
  faults,
  collections,
  openapi: openapiMss,
  answers: { ...reponsesAnnuaire, ...reponsesPatient },
  reactions: { 'dossier.supprime': oublier },
  imap: async () => (await import('./imap/ouvrir-session.ts')).ouvrirSession,
  smtp: async () => (await import('./smtp/submission.ts')).smtp,
  organisations,
  settings: {
    'MSS-IMAP-JETON-MOT-DE-PASSE': {
      title: 'Admettre, en IMAP, un jeton Pro Santé Connect à la place du mot de passe (LOGIN, AUTHENTICATE PLAIN)',
      initial: true,
      source: 'propre au bac à sable : pour les logiciels de messagerie qui ne savent pas XOAUTH2',
    },
    'MSS-LISTE-BLANCHE-SERVIE': {
      title: `État de la liste blanche servie : ${ETATS_DE_LA_LISTE.join(', ')}`,
      initial: 'valide',
      source: 'propre au bac à sable : cas négatifs pour qui lit la liste',
    },
    'MSS-AUTOCONFIG-HOTE': {
      title: 'Nom de machine que donnent l’autoconfiguration et les SRV',
      initial: 'localhost',
      source: 'propre au bac à sable',
    },
    'MSS-AUTOCONFIG-SMTP': {
      title: 'Port SMTP que donnent l’autoconfiguration et les SRV',
      initial: 2525,
      source: 'propre au bac à sable : celui de serve --smtp-port',
    },
    'MSS-AUTOCONFIG-IMAP': {
      title: 'Port IMAP que donnent l’autoconfiguration et les SRV',
      initial: 1143,
      source: 'propre au bac à sable : celui de serve --imap-port',
    },
    'MSS-SMTP-JETON-MOT-DE-PASSE': {
      title: 'Admettre, en SMTP, un jeton Pro Santé Connect à la place du mot de passe (AUTH PLAIN, AUTH LOGIN)',
      initial: true,
      source: 'propre au bac à sable : pour les logiciels de messagerie qui ne savent pas XOAUTH2',
    },
    'MSS-FIN-OBJET-MONTRE': {
      title: 'Montrer au patient le message d’objet [FIN], comme un autre',
      initial: true,
      source: 'propre au bac à sable : ce que fait Mon espace santé n’est pas publié (mssante.md §4.3, ligne 5)',
    },
    'MSS-REPONSE-A-TOUS-APRES-FIN': {
      title: 'Dans un fil à plusieurs que l’un a terminé, laisser le patient répondre aux autres',
      initial: true,
      source: 'propre au bac à sable : inconnu (mssante.md §4.3, ligne 26)',
    },
    'MSS-REFUS-IMMEDIAT': {
      title: 'Refuser tout de suite un destinataire qui ne peut pas recevoir, au lieu d’un avis de non-remise plus tard',
      initial: false,
      source: 'propre au bac à sable : le moment du refus n’est pas publié (mssante.md §3.3)',
    },
  },
  identities: identites,
  seed: semer,
}
