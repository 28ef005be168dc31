import type { NamedFault } from '../../kit/service.ts'
import { documentDeLaListe, DOMAINE_RETIRE, type EtatDeLaListe, sommeDeLaListe } from './liste.ts'
import { LISTE, SOMME, texte } from './routes.ts'

/** The list in another state for one request, where the setting MSS-LISTE-BLANCHE-SERVIE changes it for a whole world. */
const servie = (etat: EtatDeLaListe, title: string): NamedFault => ({
  title,
  async answer({ path }, world) {
    if (path === LISTE) return texte('application/xml', await documentDeLaListe(world, etat))
    return path === SOMME ? texte('text/plain', await sommeDeLaListe(world, etat)) : undefined
  },
})

/** Faults of the trust space that can be asked for by name: what a reader of the list must refuse, or notice. */
export const faults: Readonly<Record<string, NamedFault>> = {
  'mss-liste-tronquee': servie('tronquée', 'MSSanté : la liste blanche arrive tronquée ; sa somme de contrôle est celle de la liste entière'),
  'mss-liste-signature-fausse': servie('signature fausse', 'MSSanté : la signature de la liste blanche est fausse'),
  'mss-liste-sans-signature': servie('sans signature', 'MSSanté : la liste blanche n’est pas signée'),
  'mss-liste-perimee': servie('périmée', 'MSSanté : la liste blanche, bien signée, a plus d’un mois'),
  'mss-liste-domaine-retire': servie('domaine retiré', `MSSanté : ${DOMAINE_RETIRE} n’est plus dans la liste blanche, bien signée`),
}
