import { describe, expect, test } from 'vitest'
import { createActor, fromPromise, waitFor } from 'xstate'
import { CPE, CPS, RENDUE, TRAITS } from '../../test/cabinet.ts'
import type { FicheDmp, SituationDmp } from '../clients/dmp-port.ts'
import type { ResultatProcedure } from '../clients/insi-procedure.ts'
import type { ModeInsi } from '../dossier/identite.ts'
import type { IdentiteRendue } from '../clients/insi-port.ts'
import { etatAffiche, obstacleConsultation, obstacleUrgence } from './consultation.ts'
import { type Contenu, dmpConversation, type EntreeDmp, type Liste, type Obtenu } from './dmp-conversation.ts'
import { type DemandeInsi, insiConversation } from './insi-conversation.ts'

const DEMANDE: DemandeInsi = { mode: 'traits', traits: TRAITS }

function demander(resultat: ResultatProcedure, refus = '') {
  const actor = createActor(
    insiConversation.provide({
      actors: {
        rechercher: fromPromise<ResultatProcedure, DemandeInsi>(async () => resultat),
        accepter: fromPromise<string, { rendue: IdentiteRendue; mode: ModeInsi }>(async () => refus),
      },
    }),
  ).start()
  actor.send({ type: 'agent.lanceRecherche', demande: DEMANDE })
  return actor
}

describe('interroger INSi', () => {
  test('une seule identité : les traits se comparent, l’agent accepte', async () => {
    const actor = demander({
      reponse: { issue: 'trouvee', identite: RENDUE },
      essais: [{ prenom: 'PIERRE-ALAIN', avecLieu: false, issue: 'trouvee' }],
    })
    const trouvee = await waitFor(actor, (state) => state.matches('trouvee'))
    expect(trouvee.context.ecarts).toHaveLength(5)
    expect(trouvee.can({ type: 'agent.accepte' })).toBe(true)
    actor.send({ type: 'agent.accepte' })
    await waitFor(actor, (state) => state.matches('acceptee'))
  })

  test('personne n’est acceptée d’office : écarter ne change rien à la fiche', async () => {
    const actor = demander({ reponse: { issue: 'trouvee', identite: RENDUE }, essais: [] })
    await waitFor(actor, (state) => state.matches('trouvee'))
    actor.send({ type: 'agent.ecarte' })
    expect(actor.getSnapshot()).toMatchObject({ value: 'repos', context: { rendue: null } })
  })

  test.each([
    [{ issue: 'aucune' }, 'aucune'],
    [{ issue: 'plusieurs' }, 'plusieurs'],
    [{ issue: 'refus', code: 'insi_102', texte: 'x' }, 'enDefaut'],
    [{ issue: 'panne', parti: true, texte: 'x' }, 'enDefaut'],
  ] as const)('%o mène à %s, d’où l’on recommence', async (reponse, etat) => {
    const actor = demander({ reponse, essais: [] })
    await waitFor(actor, (state) => state.matches(etat))
    expect(actor.getSnapshot().can({ type: 'agent.accepte' })).toBe(false)
    expect(actor.getSnapshot().can({ type: 'agent.recommence' })).toBe(true)
  })

  test('un refus du cabinet laisse l’identité affichée et dit pourquoi', async () => {
    const actor = demander({ reponse: { issue: 'trouvee', identite: RENDUE }, essais: [] }, 'identité douteuse')
    await waitFor(actor, (state) => state.matches('trouvee'))
    actor.send({ type: 'agent.accepte' })
    const apres = await waitFor(actor, (state) => state.context.refusLocal !== '')
    expect(apres).toMatchObject({ value: 'trouvee', context: { refusLocal: 'identité douteuse' } })
  })
})

const ACTIF: SituationDmp = {
  issue: 'situation',
  etat: 'actif',
  autorisation: 'NON_EXISTE',
  medecinTraitant: false,
  rattacheMes: true,
  fermeLe: '',
  motif: '',
  raison: '',
}

const FICHE: FicheDmp = {
  uniqueId: '1.2.3',
  entryUuid: 'urn:uuid:1',
  repositoryUniqueId: '1.2.250.1.213.4.1.1.1.2',
  titre: 'Consultation',
  typeCode: '11488-4',
  typeLibelle: 'CR',
  classCode: '10',
  formatCode: 'x',
  mimeType: 'text/xml',
  auteur: 'x',
  structure: 'y',
  auteurId: '899900000099',
  structureId: '1',
  creeLe: 0,
  acteLe: 0,
  statut: 'actuel',
  masquePs: false,
  invisiblePatient: false,
  invisibleRepresentants: false,
  taille: 1,
}

function consulter(entree: EntreeDmp, situation: Obtenu<SituationDmp> = ACTIF, liste: Obtenu<Liste> = { issue: 'trouve', fiches: [FICHE] }) {
  const appels: string[] = []
  const actor = createActor(
    dmpConversation.provide({
      actors: {
        interroger: fromPromise<Obtenu<SituationDmp>>(async () => (appels.push('TD0.2'), situation)),
        autoriser: fromPromise<Obtenu<{ issue: 'fait'; texte: string }>, { action: 'AJOUT' | 'SUPPRESSION' }>(
          async ({ input }) => (appels.push(`TD0.3 ${input.action}`), { issue: 'fait', texte: '' }),
        ),
        chercher: fromPromise<Obtenu<Liste>, { tout: boolean; urgence: string | null }>(
          async ({ input }) => (appels.push(`TD3.1${input.tout ? ' tout' : ''}${input.urgence ? ' urgence' : ''}`), liste),
        ),
        lire: fromPromise<Obtenu<Contenu>, { fiche: FicheDmp; urgence: string | null }>(
          async ({ input }) => (
            appels.push(`TD3.2${input.urgence ? ' urgence' : ''}`),
            { issue: 'lu', fiche: input.fiche, mimeType: 'text/xml', bytes: new Uint8Array() }
          ),
        ),
      },
    }),
    { input: entree },
  ).start()
  return { actor, appels }
}

const calme = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('le DMP du patient', () => {
  test('CABINET-DMP-QUATRE-ETATS : l’état s’affiche sans geste, et les quatre états se distinguent', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null })
    await waitFor(actor, (state) => state.matches('connu'))
    expect(appels).toEqual(['TD0.2'])
    expect([
      etatAffiche({ ...ACTIF, autorisation: 'VALIDE' }),
      etatAffiche(ACTIF),
      etatAffiche({ ...ACTIF, etat: 'inexistant' }),
      etatAffiche({ ...ACTIF, etat: 'ferme' }),
    ]).toEqual(['consultable', 'non autorisé', 'inexistant', 'fermé'])
  })

  test('CABINET-RECHERCHE-DEUX-ANS : déjà autorisé, une seule recherche se fait à l’ouverture, limitée ; la suite se demande', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: true }, { ...ACTIF, autorisation: 'VALIDE' })
    await waitFor(actor, (state) => state.matches('liste'))
    await calme()
    expect(appels).toEqual(['TD0.2', 'TD3.1'])
    actor.send({ type: 'medecin.demandeTout' })
    await waitFor(actor, (state) => state.matches('liste'))
    expect(appels).toEqual(['TD0.2', 'TD3.1', 'TD3.1 tout'])
  })

  test('CABINET-CONSENTEMENT-EXPLICITE : sans consentement recueilli, la consultation n’est pas demandée', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null })
    await waitFor(actor, (state) => state.matches('connu'))
    expect(actor.getSnapshot().can({ type: 'medecin.demandeConsultation' })).toBe(false)
    expect(obstacleConsultation(actor.getSnapshot().context)?.regle?.code).toBe('CABINET-CONSENTEMENT-EXPLICITE')
    expect(appels).toEqual(['TD0.2'])
  })

  test('CABINET-AUTORISATION-SUR-DEMANDE : le consentement seul n’écrit rien au DMP, la demande de consulter écrit l’autorisation', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null })
    await waitFor(actor, (state) => state.matches('connu'))
    actor.send({ type: 'patient.sePrononce', accord: true })
    await calme()
    expect(appels).toEqual(['TD0.2'])
    actor.send({ type: 'medecin.demandeConsultation' })
    await waitFor(actor, (state) => state.matches('liste'))
    expect(appels).toEqual(['TD0.2', 'TD0.3 AJOUT', 'TD3.1'])
    actor.send({ type: 'medecin.ouvreDocument', fiche: FICHE })
    await waitFor(actor, (state) => state.matches('document'))
    expect(actor.getSnapshot().context.contenu?.fiche.uniqueId).toBe('1.2.3')
  })

  test('CABINET-RETRAIT-IMMEDIAT : un consentement retiré retire aussitôt l’autorisation et ferme ce qui est ouvert', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: true }, { ...ACTIF, autorisation: 'VALIDE' })
    await waitFor(actor, (state) => state.matches('liste'))
    actor.send({ type: 'patient.sePrononce', accord: false })
    await waitFor(actor, (state) => state.matches('connu'))
    expect(appels.at(-1)).toBe('TD0.3 SUPPRESSION')
    expect(actor.getSnapshot().context).toMatchObject({ fiches: null, accord: false, situation: { autorisation: 'NON_EXISTE' } })
  })

  test('CABINET-SECRETARIAT-NE-LIT-PAS : la secrétaire voit l’état, jamais les documents, même autorisés', async () => {
    const { actor, appels } = consulter({ carte: CPE, accord: true }, { ...ACTIF, autorisation: 'VALIDE' })
    await waitFor(actor, (state) => state.matches('connu'))
    await calme()
    expect(appels).toEqual(['TD0.2'])
    expect(actor.getSnapshot().can({ type: 'medecin.demandeConsultation' })).toBe(false)
    expect(obstacleConsultation(actor.getSnapshot().context)?.regle?.code).toBe('CABINET-SECRETARIAT-NE-LIT-PAS')
  })

  test('CABINET-BRIS-DE-GLACE-MOTIF : sans motif écrit, ou avec la carte du secrétariat, personne n’entre en urgence', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null })
    await waitFor(actor, (state) => state.matches('connu'))
    const peut = (motif: string) => actor.getSnapshot().can({ type: 'medecin.entreEnUrgence', motif })
    expect([peut(''), peut('  '), peut('x'.repeat(201)), peut('Patient inconscient')]).toEqual([false, false, false, true])
    const situation = actor.getSnapshot().context.situation
    expect(obstacleUrgence({ carte: CPS, situation }, ' ')?.regle?.code).toBe('CABINET-BRIS-DE-GLACE-MOTIF')
    expect(obstacleUrgence({ carte: CPE, situation }, 'x')?.regle?.code).toBe('CABINET-SECRETARIAT-NE-LIT-PAS')
    expect(obstacleUrgence({ carte: CPS, situation: { ...ACTIF, autorisation: 'INTERDIT' } }, 'x')).not.toBeNull()
    expect(obstacleUrgence({ carte: CPS, situation: { ...ACTIF, etat: 'ferme' } }, 'x')).not.toBeNull()
    expect(appels).toEqual(['TD0.2'])
  })

  test('CABINET-BRIS-DE-GLACE-FIN : le motif part avec chaque demande, aucune autorisation n’est écrite, et l’actualisation y met fin', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null })
    await waitFor(actor, (state) => state.matches('connu'))
    actor.send({ type: 'medecin.entreEnUrgence', motif: ' Patient inconscient ' })
    await waitFor(actor, (state) => state.matches('liste'))
    actor.send({ type: 'medecin.ouvreDocument', fiche: FICHE })
    await waitFor(actor, (state) => state.matches('document'))
    expect(appels).toEqual(['TD0.2', 'TD3.1 urgence', 'TD3.2 urgence'])
    expect(actor.getSnapshot().context.urgence).toBe('Patient inconscient')
    actor.send({ type: 'agent.actualise' })
    await waitFor(actor, (state) => state.matches('connu'))
    expect(actor.getSnapshot().context).toMatchObject({ urgence: null, fiches: null, contenu: null })
  })

  test('CABINET-BRIS-DE-GLACE-FIN : refusé par le patient, l’accès ne s’ouvre pas et le DMP dit pourquoi', async () => {
    const refus = { issue: 'refus', code: 'DMPAccessForbidden', texte: 'le patient a refusé d’avance' } as const
    const { actor } = consulter({ carte: CPS, accord: null }, ACTIF, refus)
    await waitFor(actor, (state) => state.matches('connu'))
    actor.send({ type: 'medecin.entreEnUrgence', motif: 'Patient inconscient' })
    await waitFor(actor, (state) => state.matches('connu'))
    expect(actor.getSnapshot().context).toMatchObject({ urgence: null, defaut: refus })
  })

  test('un patient qui bloque, un DMP fermé ou absent ne s’ouvrent pas', async () => {
    const ouvrable = (situation: SituationDmp) => obstacleConsultation({ carte: CPS, accord: true, situation }) === null
    expect([ACTIF, { ...ACTIF, autorisation: 'EXPIRE' as const }].map(ouvrable)).toEqual([true, true])
    expect(
      [
        { ...ACTIF, autorisation: 'INTERDIT' as const },
        { ...ACTIF, etat: 'ferme' as const },
        { ...ACTIF, etat: 'inexistant' as const },
      ].map(ouvrable),
    ).toEqual([false, false, false])
  })

  test('une panne se dit et se recommence', async () => {
    const { actor, appels } = consulter({ carte: CPS, accord: null }, { issue: 'panne', parti: true, texte: 'injoignable' })
    await waitFor(actor, (state) => state.matches('enDefaut'))
    expect(actor.getSnapshot().context.defaut).toMatchObject({ texte: 'injoignable' })
    actor.send({ type: 'agent.actualise' })
    await calme()
    expect(appels).toEqual(['TD0.2', 'TD0.2'])
  })
})
