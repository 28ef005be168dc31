import { type AttributIdentite, type CodePiece, PIECES } from '#standards/ins/statut-identite.ts'
import type { Rule } from '#standards/rule.ts'
import { type CarteProfessionnelle, nomDeLaCarte } from '../clients/carte.ts'
import type { IdentiteRendue } from '../clients/insi-port.ts'
import type { Clock } from './clock.ts'
import type { CabinetDatabase, Trace } from './database.ts'
import { type Geste, interdit } from './droits.ts'
import { type EvenementIdentite, IDENTITE_INITIALE, type ModeInsi, nextIdentite, traitsVerrouilles } from './identite.ts'
import { type PatientLocal, type TraitsComplementaires, type TraitsLocaux, type Volontes, VOLONTES_INITIALES } from './patient.ts'
import { estMineur, jourDe } from './piece-identite.ts'
import {
  accordParfait,
  normaliserTraits,
  type ProblemeTrait,
  sontComplets,
  traitsRendus,
  type TraitsSaisis,
  verifierTraits,
} from './traits-saisis.ts'

/** What an act on a record gives: the record as it is now, or why nothing changed. */
export type Acte = { readonly fait: PatientLocal } | { readonly refuse: Refuse }

export interface Refuse {
  /** Plain French: cause, then next act. */
  readonly texte: string
  /** The rule that forbids it, when one does. */
  readonly regle?: Rule
  readonly problemes?: readonly ProblemeTrait[]
}

/** What the practice does with its own records. Each act is one transaction, traced with the name of whoever did it. */
export class Dossiers {
  readonly db: CabinetDatabase
  readonly clock: Clock
  readonly #newId: () => string

  constructor(db: CabinetDatabase, clock: Clock, newId: () => string) {
    this.db = db
    this.clock = clock
    this.#newId = newId
  }

  lire(id: string): Promise<PatientLocal | undefined> {
    return this.db.patients.get(id)
  }

  /** Files touched last, newest first. */
  recents(combien: number): Promise<PatientLocal[]> {
    // oxlint-disable-next-line no-array-reverse -- a Dexie collection, not an array
    return this.db.patients.orderBy('modifieLe').reverse().limit(combien).toArray()
  }

  /** Who did what on this record, newest first. */
  async traces(patientId: string): Promise<Trace[]> {
    return (await this.db.traces.where('patientId').equals(patientId).sortBy('le')).toReversed()
  }

  /** A new file, provisoire. At least the five strict traits. @see INS/va1.21, INS/va1.22 */
  async creer(saisis: TraitsSaisis, complementaires: TraitsComplementaires, carte: CarteProfessionnelle): Promise<Acte> {
    const traits = normaliserTraits(saisis)
    if (!sontComplets(traits))
      return { refuse: { texte: 'La fiche n’est pas créée : des traits manquent ou ne conviennent pas.', problemes: verifierTraits(traits) } }
    const now = this.clock.now()
    const patient: PatientLocal = {
      id: this.#newId(),
      traits,
      complementaires,
      identite: IDENTITE_INITIALE,
      volontes: VOLONTES_INITIALES,
      creeLe: now,
      modifieLe: now,
      dateNaissance: traits.dateNaissance,
      matricule: '',
    }
    await this.db.transaction('rw', this.db.patients, this.db.traces, async () => {
      await this.db.patients.add(patient)
      await this.#trace(patient.id, carte, 'a créé la fiche (identité provisoire)')
    })
    return { fait: patient }
  }

  /** Changes traits. A strict trait of an identity that holds an INS is locked: `perdreIns` says the person knows the INS will go. */
  async modifierTraits(id: string, saisis: TraitsSaisis, carte: CarteProfessionnelle, perdreIns = false): Promise<Acte> {
    const traits = normaliserTraits(saisis)
    if (!sontComplets(traits)) return { refuse: { texte: 'La modification n’est pas enregistrée.', problemes: verifierTraits(traits) } }
    return this.#changer(id, carte, (patient) => {
      const stricts = traitsStrictsChanges(patient.traits, traits)
      if (stricts.length > 0 && traitsVerrouilles(patient.identite)) {
        if (!perdreIns)
          return {
            texte:
              'Les traits d’une identité récupérée ou qualifiée sont verrouillés. Les modifier fera perdre le matricule INS : confirmez pour continuer.',
          }
        return {
          patient: { ...patient, traits, identite: nextIdentite(patient.identite, { type: 'agent.modifieTraitStrict' })! },
          acte: 'a modifié un trait strict : le matricule INS est retiré',
        }
      }
      return { patient: { ...patient, traits }, acte: 'a modifié les traits' }
    })
  }

  /** The person at the desk accepts what INSi returned: the returned traits replace the local ones and are locked. */
  accepterInsi(id: string, rendue: IdentiteRendue, mode: ModeInsi, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#changer(id, carte, (patient) => {
      const interdiction = refusDe(carte, 'interroger INSi')
      if (interdiction) return interdiction
      const ins = {
        ins: rendue.ins,
        historique: rendue.historique,
        mode,
        accordParfait: accordParfait(patient.traits, rendue.traits),
        obtenuLe: this.clock.now(),
      }
      const identite = nextIdentite(patient.identite, { type: 'agent.accepteInsi', ins })
      if (!identite) return { texte: 'Cette identité ne peut pas recevoir d’INS : elle en a déjà une, ou elle est signalée douteuse ou fictive.' }
      return {
        patient: { ...patient, traits: traitsRendus(patient.traits, rendue.traits), identite },
        acte: `a accepté l’identité rendue par INSi (${mode})`,
      }
    })
  }

  enregistrerPiece(id: string, code: string, carte: CarteProfessionnelle): Promise<Acte> {
    const now = this.clock.now()
    return this.#evoluer(
      id,
      carte,
      'qualifier une identité',
      ({ traits }) => ({
        type: 'agent.enregistrePiece',
        code,
        mineurAvecParent: estMineur(traits.dateNaissance, jourDe(now)),
        le: now,
        par: nomDeLaCarte(carte),
      }),
      `a vu une pièce d’identité : ${libellePiece(code)}`,
      'Cette pièce ne peut pas être enregistrée : l’identité est déjà confirmée.',
    )
  }

  /** In one click once INSi and the document are there: the identity becomes qualifiée (or validée when INSi is still to be asked). */
  confirmerConcordance(id: string, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#evoluer(
      id,
      carte,
      'qualifier une identité',
      { type: 'agent.confirmeConcordance' },
      'a confirmé la concordance avec la pièce d’identité',
      'Enregistrez d’abord une pièce d’identité à haut niveau de confiance : passeport, carte d’identité, titre de séjour…',
    )
  }

  /** Known patient: only a professional, only after the carte Vitale, only when everything agreed. @see insi.md §6.5 */
  attester(id: string, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#evoluer(
      id,
      carte,
      'attester connaître le patient',
      { type: 'medecin.atteste', le: this.clock.now(), par: nomDeLaCarte(carte) },
      'a attesté connaître ce patient',
      'L’attestation n’est possible qu’après un appel à INSi par carte Vitale dont tous les traits concordent.',
    )
  }

  marquer(id: string, attribut: AttributIdentite, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#evoluer(
      id,
      carte,
      null,
      { type: 'agent.marque', attribut },
      `a signalé l’identité ${attribut}`,
      `L’attribut « ${attribut} » ne se combine pas avec ceux déjà posés.`,
    )
  }

  lever(id: string, attribut: AttributIdentite, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#evoluer(
      id,
      carte,
      null,
      { type: 'agent.leve', attribut },
      `a levé l’attribut ${attribut}`,
      `L’attribut « ${attribut} » n’est pas posé.`,
    )
  }

  informer(id: string, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#noter(id, carte, () => ({ information: this.#mention(carte) }), 'a informé le patient du versement dans Mon espace santé')
  }

  opposer(id: string, motif: string, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#noter(
      id,
      carte,
      () => ({ opposition: { ...this.#mention(carte), motif: motif.trim() } }),
      'a noté l’opposition du patient au versement',
    )
  }

  leverOpposition(id: string, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#noter(id, carte, () => ({ opposition: null }), 'a levé l’opposition au versement')
  }

  /** Collected at the desk by anyone of the team; nothing is sent to the DMP. @see EX_0.3-1030 */
  recueillirConsentement(id: string, accord: boolean, carte: CarteProfessionnelle): Promise<Acte> {
    return this.#noter(
      id,
      carte,
      () => ({ consultation: { ...this.#mention(carte), accord } }),
      accord ? 'a recueilli le consentement à la consultation du DMP' : 'a noté le refus de la consultation du DMP',
    )
  }

  #mention(carte: CarteProfessionnelle) {
    return { le: this.clock.now(), par: nomDeLaCarte(carte) }
  }

  #noter(id: string, carte: CarteProfessionnelle, change: () => Partial<Volontes>, acte: string): Promise<Acte> {
    return this.#changer(id, carte, (patient) => ({ patient: { ...patient, volontes: { ...patient.volontes, ...change() } }, acte }))
  }

  #evoluer(
    id: string,
    carte: CarteProfessionnelle,
    geste: Geste | null,
    event: EvenementIdentite | ((patient: PatientLocal) => EvenementIdentite),
    acte: string,
    sinon: string,
  ): Promise<Acte> {
    return this.#changer(id, carte, (patient) => {
      const interdiction = geste && refusDe(carte, geste)
      if (interdiction) return interdiction
      const identite = nextIdentite(patient.identite, typeof event === 'function' ? event(patient) : event)
      return identite ? { patient: { ...patient, identite }, acte } : { texte: sinon }
    })
  }

  async #changer(
    id: string,
    carte: CarteProfessionnelle,
    change: (patient: PatientLocal) => { patient: PatientLocal; acte: string } | Refuse,
  ): Promise<Acte> {
    return this.db.transaction('rw', this.db.patients, this.db.traces, async (): Promise<Acte> => {
      const patient = await this.db.patients.get(id)
      if (!patient) return { refuse: { texte: 'Cette fiche n’existe plus.' } }
      const resultat = change(patient)
      if (!('patient' in resultat)) return { refuse: resultat }
      const ins = resultat.patient.identite.contexte.ins?.ins
      const fait: PatientLocal = {
        ...resultat.patient,
        modifieLe: this.clock.now(),
        dateNaissance: resultat.patient.traits.dateNaissance,
        matricule: ins ? ins.matricule + ins.cle : '',
      }
      await this.db.patients.put(fait)
      await this.#trace(id, carte, resultat.acte)
      return { fait }
    })
  }

  async #trace(patientId: string, carte: CarteProfessionnelle, acte: string): Promise<void> {
    await this.db.traces.add({ patientId, le: this.clock.now(), par: nomDeLaCarte(carte), acte })
  }
}

function refusDe(carte: CarteProfessionnelle, geste: Geste): Refuse | null {
  const regle = interdit(carte, geste)
  return regle && { texte: regle.sentence, regle }
}

/** The first given name may be corrected whatever the status, as long as it fits the list. @see EXI ID 10 */
function traitsStrictsChanges(avant: TraitsLocaux, apres: TraitsLocaux): (keyof TraitsLocaux)[] {
  const stricts = ['nomNaissance', 'listePrenom', 'sexe', 'dateNaissance', 'lieuNaissance'] as const
  return stricts.filter((trait) => avant[trait] !== apres[trait])
}

/** `carte nationale d’identité`; the code itself when it is unknown. */
export const libellePiece = (code: string): string => (Object.hasOwn(PIECES, code) ? PIECES[code as CodePiece].libelle : code)
