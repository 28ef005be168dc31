import { IDENTITES_PUBLIEES, type IdentitePubliee } from '../database/official-identities.ts'
import { castOf } from '../database/registre.ts'
import type { PatientFictif } from '../database/distribution.ts'
import type { IdentityCard } from '../kit/service.ts'
import type { World } from '../world.ts'
import { identiteEnFaute } from './rules/recherche.ts'

/** Whom to send, and what INSi then answers: the published test identities, the cast, and the values that trigger a refusal. */
export async function identites(world: World): Promise<IdentityCard[]> {
  const { patients } = await castOf(world)
  return [...IDENTITES_PUBLIEES.map(cartePubliee), ...patients.map(cartePatient), ...DECLENCHEURS]
}

const cartePubliee = ({ id, traits, attendu, source }: IdentitePubliee): IdentityCard => ({
  id,
  name: `${traits.nomNaissance} ${traits.listePrenom}`,
  kind: 'patient',
  send: {
    NomNaissance: traits.nomNaissance,
    Prenom: traits.listePrenom.split(' ')[0] ?? '',
    Sexe: traits.sexe,
    DateNaissance: traits.dateNaissance,
    ...(traits.lieuNaissance ? { LieuNaissance: traits.lieuNaissance } : {}),
  },
  triggers: faute(traits) ?? attendu,
  service: 'insi',
  source,
})

/** What the official bed answered, when it was a fault. */
function faute({ listePrenom, ...traits }: IdentitePubliee['traits']): string | undefined {
  const { lieuNaissance: _, ...cle } = traits
  const code = identiteEnFaute({ ...cle, prenoms: [listePrenom] })
  return code && `faute ${code}, comme au banc de test officiel (réglage INSI-IDENTITES-EN-FAUTE)`
}

const cartePatient = ({ id, nomAffiche, personne, montre }: PatientFictif): IdentityCard => ({
  id,
  name: nomAffiche,
  kind: 'patient',
  send: {
    NomNaissance: personne.nomNaissance,
    Prenom: personne.listePrenom.split(' ')[0] ?? '',
    Sexe: personne.sexe,
    DateNaissance: personne.dateNaissance,
    LieuNaissance: personne.lieuNaissance,
  },
  triggers: `00. ${montre}`,
  service: 'insi',
  source: 'Distribution du bac à sable',
})

const declencheur = (id: string, name: string, send: Record<string, string>, triggers: string): IdentityCard => ({
  id,
  name,
  kind: 'structure',
  send,
  triggers,
  service: 'insi',
  source: 'propre au bac à sable',
})

const DECLENCHEURS: readonly IdentityCard[] = [
  declencheur('insi-idam-inconnu', 'Logiciel inconnu', { IDAM: 'INCONNU00000' }, 'desir_550 : tout IDAM vide ou qui commence par INCONNU'),
  declencheur(
    'insi-certificat-refuse',
    'Certificat refusé',
    { 'X-Sandbox-Certificat': 'AUTRE' },
    'desir_560 : tout CN autre que INSI-AUTO et INSI-MANU, sans assertion',
  ),
  declencheur('insi-sans-resultat', 'Aucune identité', { 'X-Sandbox-Outcome': 'insi-aucune-identite' }, '01, quoi que tienne le registre'),
  declencheur('insi-homonymes', 'Plusieurs identités', { 'X-Sandbox-Outcome': 'insi-plusieurs-identites' }, '02, quoi que tienne le registre'),
]
