import { ACTES } from './actes.ts'
import { EXEMPLES_MES } from './openapi-exemples.ts'
import { operation, parametre, PROFIL } from './openapi-outils.ts'

const NOTIFICATION = parametre('notification', 'Identifiant de la notification')

/** Paths of Mon espace santé, as `/_sandbox/openapi.json` shows them. */
export const openapi: Readonly<Record<string, object>> = {
  '/mes/api/profils': {
    get: {
      tags: ['Mon espace santé (interface propre au bac à sable)'],
      summary: 'Les personnes de la distribution et l’état de leur profil ; toute autre personne s’atteint par son matricule.',
      responses: { 200: { description: 'Les profils', content: { 'application/json': { example: EXEMPLES_MES.profils } } } },
    },
  },
  [PROFIL]: {
    get: operation({ resume: 'Le profil : état, ce que chacun en voit, actes possibles, prochaine échéance.', exemple: EXEMPLES_MES.profil }),
  },
  [`${PROFIL}/actes/{acte}`]: {
    post: operation({
      resume: 'Un acte du titulaire, ou d’une administration que joue le formateur (CNAM, état civil).',
      parametres: [{ ...parametre('acte', 'Nom de l’acte'), schema: { type: 'string', enum: [...ACTES.keys()] } }],
      corps: {
        schema: {
          type: 'object',
          properties: {
            code: { type: 'string', description: 'activer, creer : le code provisoire. Absent : pris comme bien saisi.' },
            dateNaissance: { type: 'string', format: 'date', description: 'activer, creer : celle du titulaire. Absente : prise comme bien saisie.' },
            cgu: { type: 'boolean', default: true, description: 'activer, creer' },
            raison: { type: 'string', maxLength: 200, description: 'fermer, fermer-et-supprimer, suspendre : dite au professionnel (TD0.2)' },
            favorable: { type: 'boolean', default: true, description: 'contester : ce que dit la vérification' },
          },
        },
        example: { code: '24681357', dateNaissance: '2000-03-23', cgu: true },
      },
      exemple: EXEMPLES_MES.profil,
    }),
  },
  [`${PROFIL}/code-provisoire`]: {
    post: operation({
      resume: 'Demande un nouveau code provisoire ; il arrive dans la boîte personnelle.',
      statut: 202,
      exemple: { envoye: 'courriel' },
    }),
  },
  [`${PROFIL}/preferences`]: {
    put: operation({
      resume: 'Change les préférences de notification et l’adresse où écrire.',
      corps: { schema: { type: 'object', additionalProperties: { type: ['boolean', 'string'] } }, example: { NOTIF_DOCUMENT: false } },
    }),
  },
  [`${PROFIL}/boite-personnelle`]: {
    get: operation({
      resume: 'Ce que la personne reçoit hors de Mon espace santé : courriels, lettres, messages sur le téléphone.',
      exemple: EXEMPLES_MES.boite,
    }),
  },
  [`${PROFIL}/notifications`]: {
    get: operation({ resume: 'Le centre de notifications, la plus récente d’abord.', exemple: EXEMPLES_MES.notifications }),
  },
  [`${PROFIL}/notifications/{notification}`]: {
    delete: operation({ resume: 'Efface une notification, pour tous ceux qui voient le profil.', parametres: [NOTIFICATION], statut: 204 }),
  },
  [`${PROFIL}/notifications/{notification}/lue`]: {
    post: operation({ resume: 'Marque une notification comme lue.', parametres: [NOTIFICATION], statut: 204 }),
  },
}
