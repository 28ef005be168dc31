import type { ReglagePrenoms } from '#standards/ins/correspondance.ts'
import type { Setting } from '../kit/service.ts'
import type { World } from '../world.ts'
import type { ReglageAcces } from './rules/acces.ts'
import type { PrenomDansReponse } from './rules/recherche.ts'

/** What the sources leave open or tell differently, and where we stand. */
export const reglages = {
  'INSI-PRENOM-ADMIS': {
    title: 'Prénom qui peut être envoyé seul : « tous » ceux de la liste, ou le « premier » seulement',
    initial: 'tous',
    source: 'insi.md §3 : seul le premier est démontré par le cahier de tests',
  },
  'INSI-PRENOMS-PLUSIEURS': {
    title: 'Plusieurs éléments Prenom : « chacun » doit correspondre, ou « un seul suffit »',
    initial: 'chacun',
    source: 'insi.md §3 : admis par le schéma, sens inconnu',
  },
  'INSI-TIRET-ESPACE': {
    title: 'Dans un prénom, le tiret vaut une espace du côté du service',
    initial: false,
    source: 'insi.md §3 : tolérance du service inconnue',
  },
  'INSI-REPONSE-PRENOM': {
    title: 'La réponse porte aussi Prenom : « jamais », « toujours », ou pour les identités des « fichiers CNDA » seulement',
    initial: 'fichiers CNDA',
    source: 'Service réel depuis octobre 2022 : non ; fichiers CNDA 2.05 et 2.08 : oui',
  },
  'INSI-IDENTITES-EN-FAUTE': {
    title: 'Les identités de test que le banc officiel a traitées par une faute la reçoivent ; sinon elles sont cherchées comme les autres',
    initial: true,
    source: 'padoa/tlsi-ins, réponses du banc de test',
  },
  'INSI-CERTIFICAT-PAR-DEFAUT': {
    title: 'CN du certificat client d’un appel sans assertion ni en-tête X-Sandbox-Certificat ; vide : l’appel est refusé',
    initial: 'INSI-AUTO',
    source: 'propre au bac à sable : pas de TLS mutuelle',
  },
  'INSI-ASSERTION-DUREE': {
    title: 'Durée de validité d’une assertion après son émission, en minutes ; 0 : non contrôlée',
    initial: 0,
    source: 'padoa/tlsi-ins, commentaire de test : environ une heure',
  },
  'INSI-LOT-DELAI': {
    title: 'Délai de traitement d’un lot de vérification, en heures',
    initial: 24,
    source: 'propre au bac à sable',
  },
} as const satisfies Record<string, Setting>

export const reglagePrenoms = (world: World): ReglagePrenoms => ({
  admis: world.setting('INSI-PRENOM-ADMIS') === 'premier' ? 'premier' : 'tous',
  plusieurs: world.setting('INSI-PRENOMS-PLUSIEURS') === 'un seul suffit' ? 'un seul suffit' : 'chacun',
  tiretVautEspace: world.setting('INSI-TIRET-ESPACE') === true,
})

export function prenomDansReponse(world: World): PrenomDansReponse {
  const choice = world.setting('INSI-REPONSE-PRENOM')
  return choice === 'toujours' || choice === 'jamais' ? choice : 'fichiers CNDA'
}

export const reglageAcces = (world: World): ReglageAcces => ({
  certificatParDefaut: String(world.setting('INSI-CERTIFICAT-PAR-DEFAUT')),
  dureeAssertion: Number(world.setting('INSI-ASSERTION-DUREE')) || 0,
  now: world.now(),
})
