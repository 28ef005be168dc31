import type { IdentityCard } from '../kit/service.ts'
import type { Distribution, PatientFictif } from './distribution.ts'

/** Children under this age are on a parent's card; older ones have their own too. */
const AGE_DE_LA_CARTE = 16

/**
 * The fictive cartes Vitale of the cast, as a reader would give them: one line for each beneficiary of each card, in the words of
 * RECVITALE. A card carries its holder, then the children attached to him. Lines of one card share their `MatriculeOD`.
 * @see insi.md §1.5
 */
export function cartesVitales({ patients }: Distribution, maintenant: number): IdentityCard[] {
  const parId = new Map(patients.map((patient) => [patient.id, patient]))
  return patients
    .filter((titulaire) => aUneCarte(titulaire, maintenant))
    .flatMap((titulaire) => {
      const enfants = titulaire.liens.filter(({ lien }) => lien === 'enfant').flatMap(({ patient }) => parId.get(patient) ?? [])
      return [titulaire, ...enfants].map((beneficiaire) => ligne(titulaire, beneficiaire))
    })
}

function aUneCarte({ personne, histoire }: PatientFictif, maintenant: number): boolean {
  const naissance = new Date(`${personne.dateNaissance}T00:00:00Z`)
  naissance.setUTCFullYear(naissance.getUTCFullYear() + AGE_DE_LA_CARTE)
  // A provisional number (NIA) gives no card, and a card dies with its holder.
  return naissance.getTime() <= maintenant && personne.ins.oid.endsWith('.8') && !histoire.some(({ evenement }) => evenement === 'etatCivil.deces')
}

function ligne(titulaire: PatientFictif, beneficiaire: PatientFictif): IdentityCard {
  const { personne, nomAffiche } = beneficiaire
  const lui = titulaire === beneficiaire
  return {
    id: `vitale-${titulaire.id}${lui ? '' : `-${beneficiaire.id}`}`,
    name: lui ? `Carte Vitale de ${nomAffiche}` : `Carte Vitale de ${titulaire.nomAffiche}, pour ${nomAffiche}`,
    kind: 'carte',
    send: {
      ...(lui ? { MatriculeIndividu: personne.ins.matricule } : {}),
      MatriculeOD: titulaire.personne.ins.matricule,
      NomNaissance: personne.nomNaissance,
      Prenom: personne.listePrenom.split(' ')[0] ?? '',
      DateNaissance: personne.dateNaissance,
      RangNaissance: '1',
      Titulaire: titulaire.nomAffiche,
    },
    triggers: lui ? 'INSi par carte Vitale rend le titulaire' : 'INSi par carte Vitale rend l’enfant, pas le titulaire',
    service: 'carte-vitale',
    source: 'Distribution du bac à sable',
  }
}
