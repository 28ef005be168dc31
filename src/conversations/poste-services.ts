import { type Actor, createActor, fromPromise } from 'xstate'
import type { CarteProfessionnelle } from '../clients/carte.ts'
import type { ActeDmp, Dmp, FicheDmp, SituationDmp } from '../clients/dmp-port.ts'
import type { IdentiteRendue, Insi } from '../clients/insi-port.ts'
import { rechercherParTraits, type ResultatProcedure } from '../clients/insi-procedure.ts'
import type { EcrireCda, Exclusif } from '../dossier/boite-envoi.ts'
import type { Clock } from '../dossier/clock.ts'
import type { CabinetDatabase } from '../dossier/database.ts'
import type { Dossiers } from '../dossier/dossiers.ts'
import type { ModeInsi } from '../dossier/identite.ts'
import { identiteQualifiee, type PatientLocal } from '../dossier/patient.ts'
import { LIEU_INCONNU } from '../dossier/traits-saisis.ts'
import { depuisDeuxAns } from './consultation.ts'
import { type Contenu, dmpConversation, estDefaut, type Liste, type Modifie, type Obtenu } from './dmp-conversation.ts'
import { type DemandeInsi, insiConversation } from './insi-conversation.ts'

/** Everything a desk needs from outside itself. */
export interface Services {
  readonly db: CabinetDatabase
  readonly clock: Clock
  readonly newId: () => string
  readonly insi: Insi
  readonly dmp: Dmp
  readonly ecrireCda: EcrireCda
  readonly exclusif?: Exclusif
}

/** Starts asking INSi for one file. `carte` is read at each call: whoever sits there then. */
export function ouvrirInsi(
  { insi }: Pick<Services, 'insi'>,
  dossiers: Dossiers,
  patientId: string,
  carte: () => CarteProfessionnelle,
): Actor<typeof insiConversation> {
  return createActor(
    insiConversation.provide({
      actors: {
        rechercher: fromPromise<ResultatProcedure, DemandeInsi>(({ input }) => chercher(insi, input, carte())),
        accepter: fromPromise<string, { rendue: IdentiteRendue; mode: ModeInsi }>(async ({ input }) => {
          const acte = await dossiers.accepterInsi(patientId, input.rendue, input.mode, carte())
          return 'refuse' in acte ? acte.refuse.texte : ''
        }),
      },
    }),
  ).start()
}

async function chercher(insi: Insi, demande: DemandeInsi, carte: CarteProfessionnelle): Promise<ResultatProcedure> {
  if (demande.mode === 'carte Vitale') return { reponse: await insi.chercherParCarteVitale(demande.beneficiaire, carte), essais: [] }
  const { nomNaissance, premierPrenom, listePrenom, sexe, dateNaissance, lieuNaissance } = demande.traits
  if (sexe === 'I')
    return {
      reponse: { issue: 'refus', code: 'sexe', texte: 'INSi ne connaît que les sexes féminin et masculin : précisez le sexe de naissance.' },
      essais: [],
    }
  return rechercherParTraits(
    insi,
    {
      nomNaissance,
      prenoms: listePrenom ? listePrenom.split(' ') : [premierPrenom],
      sexe,
      dateNaissance,
      ...(lieuNaissance === LIEU_INCONNU ? {} : { lieuNaissance }),
    },
    carte,
  )
}

/** Opens the DMP of a patient whose identity is qualifiée; null otherwise: nothing may be asked. */
export function ouvrirDmp(
  { dmp, clock }: Pick<Services, 'dmp' | 'clock'>,
  patient: PatientLocal,
  carte: CarteProfessionnelle,
): Actor<typeof dmpConversation> | null {
  const identite = identiteQualifiee(patient)
  if (!identite) return null
  const { ins } = identite
  return createActor(
    dmpConversation.provide({
      actors: {
        interroger: fromPromise<Obtenu<SituationDmp>>(() => dmp.situation(ins, carte)),
        autoriser: fromPromise<Obtenu<{ issue: 'fait'; texte: string }>, { action: 'AJOUT' | 'SUPPRESSION' }>(({ input }) =>
          dmp.autoriser(ins, carte, input.action),
        ),
        chercher: fromPromise<Obtenu<Liste>, { tout: boolean; urgence: string | null }>(({ input: { tout, urgence } }) =>
          dmp.chercher(ins, carte, {
            ...(tout ? {} : { depuis: depuisDeuxAns(clock.now()) }),
            ...(urgence === null ? {} : { brisDeGlace: urgence }),
          }),
        ),
        lire: fromPromise<Obtenu<Contenu>, { fiche: FicheDmp; urgence: string | null }>(async ({ input: { fiche, urgence } }) => {
          const lu = await dmp.lire(ins, carte, fiche, urgence ?? undefined)
          return estDefaut(lu) ? lu : { ...lu, fiche }
        }),
        modifier: fromPromise<Obtenu<Modifie>, { fiche: FicheDmp; acte: ActeDmp }>(async ({ input: { fiche, acte } }) => {
          const modifie = await dmp.modifier(ins, carte, fiche, acte)
          return estDefaut(modifie) ? modifie : { issue: 'modifie', fiche, acte }
        }),
      },
    }),
    { input: { carte, accord: patient.volontes.consultation?.accord ?? null } },
  ).start()
}
