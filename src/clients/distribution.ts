import type { TraitsIdentite } from '#standards/ins/traits.ts'
import type { CarteProfessionnelle, Code } from './carte.ts'
import type { CarteVitale } from './carte-vitale.ts'
import type { BeneficiaireVitale } from './insi-port.ts'
import type { IdentityCard } from './sandbox-types.ts'

/** The practice that the app plays, among the structures of the cast. */
const CABINET = 'cabinet'

/** Systems of the roles of a VIHF. @see dmp.md §2.2 */
const G15 = '1.2.250.1.71.1.2.7'
const A00 = '1.2.250.1.213.1.1.4.6'
const R01 = '1.2.250.1.71.4.2.5'
const G05 = '1.2.250.1.71.4.2.6'

const PROFESSIONS: Readonly<Record<string, Code>> = {
  '10': { code: '10', systeme: G15, libelle: 'Médecin' },
  '21': { code: '21', systeme: G15, libelle: 'Pharmacien' },
  '60': { code: '60', systeme: G15, libelle: 'Infirmier' },
  '70': { code: '70', systeme: G15, libelle: 'Masseur-Kinésithérapeute' },
  SECRETARIAT_MEDICAL: { code: 'SECRETARIAT_MEDICAL', systeme: A00, libelle: 'Secrétariat médical' },
}

const SAVOIR_FAIRE: Readonly<Record<string, string>> = { SM26: 'Qualifié en médecine générale (SM)', SM54: 'Médecine générale (SM)' }

/** The cards of the practice's team: the doctors', then the secretary's, then the one without a name. */
export function cartesDuCabinet(identities: readonly IdentityCard[]): CarteProfessionnelle[] {
  const structure = identities.find(({ id, kind }) => id === CABINET && kind === 'structure')
  const identifiant = structure?.send['Struct_IdNat']
  if (!structure || !identifiant) return []
  return identities
    .filter(({ send }) => send['PS_IdNat'] !== undefined && send['Struct_IdNat'] === identifiant)
    .map((card) => carteDe(card, structure.name))
    .toSorted((a, b) => rang(a) - rang(b))
}

/** A secretary opens the practice in the morning. */
const rang = ({ genre, nominative }: CarteProfessionnelle): number => (genre === 'CPE' ? (nominative ? 0 : 2) : 1)

function carteDe({ id, kind, send }: IdentityCard, nomStructure: string): CarteProfessionnelle {
  const [nom = '', ...prenoms] = (send['subject-id'] ?? '').split(' ')
  const role = send['Role'] ?? ''
  const second = send['Role (2)']
  return {
    id,
    genre: kind === 'professionnel' ? 'CPS' : 'CPE',
    identifiant: send['PS_IdNat'] ?? '',
    nom,
    prenom: prenoms.join(' '),
    // A card without a name bears the name of the post, alone.
    nominative: prenoms.length > 0,
    profession: PROFESSIONS[role] ?? { code: role, systeme: G15, libelle: role },
    ...(second ? { savoirFaire: { code: second, systeme: second.startsWith('S') ? R01 : G05, libelle: SAVOIR_FAIRE[second] ?? second } } : {}),
    structure: { identifiant: send['Struct_IdNat'] ?? '', nom: nomStructure },
    secteurActivite: send['Secteur_Activite'] ?? '',
  }
}

/** The cards a patient may put in the reader, with everyone they carry. */
export function cartesVitales(identities: readonly IdentityCard[]): CarteVitale[] {
  const lignes = identities.filter(({ send }) => send['MatriculeOD'] !== undefined)
  const parCarte = Map.groupBy(lignes, ({ send }) => send['MatriculeOD']!)
  return [...parCarte].map(([matricule, cartes]) => ({
    id: matricule,
    titulaire: cartes[0]!.send['Titulaire'] ?? '',
    beneficiaires: cartes.map(beneficiaire),
  }))
}

const beneficiaire = ({ send }: IdentityCard): BeneficiaireVitale => ({
  nom: send['NomNaissance'] ?? '',
  prenom: send['Prenom'] ?? '',
  dateNaissance: send['DateNaissance'] ?? '',
  rangNaissance: Number(send['RangNaissance'] ?? 1),
  ...(send['MatriculeIndividu'] ? { matriculeIndividu: send['MatriculeIndividu'] } : {}),
  matriculeOuvrantDroit: send['MatriculeOD'] ?? '',
})

/** What a person of the cast says of herself at the counter: her strict traits but the list of given names. Undefined when unknown. */
export function traitsDe(
  identities: readonly IdentityCard[],
  id: string,
): (Omit<TraitsIdentite, 'listePrenom'> & { readonly premierPrenom: string }) | undefined {
  const send = identities.find((card) => card.id === id && card.kind === 'patient' && card.send['NomNaissance'] !== undefined)?.send
  if (!send) return undefined
  return {
    nomNaissance: send['NomNaissance'] ?? '',
    premierPrenom: send['Prenom'] ?? '',
    sexe: send['Sexe'] === 'M' ? 'M' : 'F',
    dateNaissance: send['DateNaissance'] ?? '',
    lieuNaissance: send['LieuNaissance'] ?? '99999',
  }
}
