import { describe, expect, test } from 'vitest'
import { waitFor } from 'xstate'
import { CPE, CPE_ANONYME, CPS, createTestCabinet, RENDUE } from '../../test/cabinet.ts'
import type { CarteVitale } from '../clients/carte-vitale.ts'
import type { Depot, Dmp, SituationDmp } from '../clients/dmp-port.ts'
import type { Insi } from '../clients/insi-port.ts'
import { Poste } from './poste.ts'

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

const VITALE: CarteVitale = {
  id: 'vitale',
  titulaire: 'ECETINSI MARTINE',
  beneficiaires: [
    { nom: 'ECETINSI', prenom: 'MARTINE', dateNaissance: '1980-01-01', rangNaissance: 1, matriculeOuvrantDroit: '2800163220999' },
    { nom: 'ECETINSI', prenom: 'PIERRE-ALAIN', dateNaissance: '2009-07-14', rangNaissance: 1, matriculeOuvrantDroit: '2800163220999' },
  ],
}

async function ouvrirPoste() {
  const cabinet = createTestCabinet()
  const depots: Depot[] = []
  const appels: string[] = []
  const insi: Insi = {
    chercherParTraits: async () => (appels.push('INSi traits'), { issue: 'trouvee', identite: RENDUE }),
    chercherParCarteVitale: async () => (appels.push('INSi carte'), { issue: 'trouvee', identite: RENDUE }),
  }
  const dmp: Dmp = {
    situation: async () => (appels.push('TD0.2'), ACTIF),
    autoriser: async (_, __, action) => (appels.push(`TD0.3 ${action}`), { issue: 'fait', texte: '' }),
    modifier: async () => ({ issue: 'modifie' }),
    deposer: async (depot) => (depots.push(depot), { issue: 'accepte' }),
    chercher: async () => (appels.push('TD3.1'), { issue: 'trouve', fiches: [] }),
    lire: async () => ({ issue: 'lu', mimeType: 'text/xml', bytes: new Uint8Array() }),
  }
  const poste = new Poste({ ...cabinet, insi, dmp, ecrireCda: () => new Uint8Array([1]) })
  await poste.installer([CPE, CPS, CPE_ANONYME], [VITALE])
  return { ...cabinet, poste, depots, appels }
}

const calme = () => new Promise((resolve) => setTimeout(resolve, 20))

/** What a person does: one click, then what it triggers. */
const cliquer = async (poste: Poste, agir: () => unknown) => {
  poste.compterGeste()
  await agir()
  await calme()
}

async function jusquaRecuperee(poste: Poste) {
  poste.saisirCritere({ dateNaissance: '2009-07-14', lettres: 'ece' })
  await poste.chercher()
  poste.saisirTraits({ nomNaissance: 'Ecetinsi', premierPrenom: 'Pierre-Alain', sexe: 'M' })
  await poste.creerFiche()
  await poste.interrogerInsiParTraits()
  await waitFor(poste.etat.insi!, (state) => state.matches('trouvee'))
  poste.accepterIdentite()
  await calme()
}

describe('le poste', () => {
  test('la secrétaire cherche, crée, récupère et qualifie : un clic une fois que tout est là', async () => {
    const { poste, dossiers } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    await poste.enregistrerPiece('CN')
    await cliquer(poste, () => poste.qualifier())
    const patient = await dossiers.lire(poste.etat.patientId!)
    expect(patient).toMatchObject({ identite: { statut: 'qualifiee' }, traits: { lieuNaissance: '63220' } })
    expect(poste.etat).toMatchObject({
      avis: { ton: 'fait', texte: 'L’identité est qualifiée.' },
      gestes: { mesures: { qualifier: { compte: 1, cible: 1 } } },
    })
  })

  test('l’état du DMP et les nouvelles s’affichent sans clic dès que l’identité est qualifiée', async () => {
    const { poste, appels } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    expect(poste.etat.dmp).toBeNull()
    await poste.enregistrerPiece('CN')
    await poste.qualifier()
    await calme()
    expect(poste.etat.dmp?.getSnapshot().context.situation?.etat).toBe('actif')
    const { patientId } = poste.etat
    poste.fermer()
    await poste.ouvrir(patientId!)
    await calme()
    expect(poste.etat.gestes.mesures.nouvelles).toMatchObject({ compte: 0, cible: 0 })
    expect(appels.filter((appel) => appel === 'TD0.2')).toHaveLength(2)
  })

  test('le médecin valide et tout part ; retenir tient en un clic', async () => {
    const { poste, depots, db } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    await poste.enregistrerPiece('CN')
    await poste.qualifier()
    await poste.informer()
    await poste.insererCarte(CPS.id)
    poste.rediger({ titre: 'Consultation', texte: 'Rien à signaler.' })
    await cliquer(poste, () => poste.validerDocument())
    expect(depots).toMatchObject([{ document: { titre: 'Consultation' }, auteur: { genre: 'CPS' } }])
    poste.rediger({ titre: 'Lettre', texte: 'À relire.' })
    await cliquer(poste, () => poste.validerDocument(true))
    expect(depots).toHaveLength(1)
    expect((await db.envois.toArray()).map(({ etat }) => etat).toSorted()).toEqual(['envoye', 'retenu'])
    expect(poste.etat.gestes.mesures.retenir.compte).toBe(1)
    expect(poste.etat.brouillon.titre).toBe('')
  })

  test('ce que la secrétaire ne peut pas faire est refusé et expliqué', async () => {
    const { poste, appels } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    await poste.enregistrerPiece('CN')
    await poste.qualifier()
    await poste.recueillirConsentement(true)
    expect(appels).not.toContain('TD0.3 AJOUT')
    expect(poste.demanderConsultation()).toBe(false)
    expect(poste.etat.avis).toMatchObject({ ton: 'refus', regle: { code: 'CABINET-SECRETARIAT-NE-LIT-PAS' } })
    await poste.insererCarte(CPS.id)
    await calme()
    expect(poste.demanderConsultation()).toBe(true)
    await calme()
    expect(appels.slice(-2)).toEqual(['TD0.3 AJOUT', 'TD3.1'])
  })

  test('une CPE sans nom n’interroge pas INSi', async () => {
    const { poste, appels } = await ouvrirPoste()
    await poste.insererCarte(CPE_ANONYME.id)
    poste.saisirTraits({ nomNaissance: 'X', premierPrenom: 'Y', sexe: 'F', dateNaissance: '2000-01-01' })
    await poste.creerFiche()
    await poste.interrogerInsiParTraits()
    expect(poste.etat.avis).toMatchObject({ ton: 'refus', regle: { code: 'CABINET-CPE-NOMINATIVE' } })
    expect(appels).toEqual([])
  })

  test('la carte Vitale de la mère ouvre la fiche du bon enfant', async () => {
    const { poste, appels, dossiers } = await ouvrirPoste()
    poste.insererVitale('vitale')
    const enfant = poste.etat.vitale!.beneficiaires[1]!
    await poste.lireBeneficiaire(enfant)
    expect(poste.etat).toMatchObject({ resultats: [], saisie: { premierPrenom: 'PIERRE-ALAIN', dateNaissance: '2009-07-14' } })
    poste.saisirTraits({ sexe: 'M' })
    await poste.creerFiche()
    await poste.interrogerInsiParCarte(enfant)
    await waitFor(poste.etat.insi!, (state) => state.matches('trouvee'))
    poste.accepterIdentite()
    await calme()
    expect(appels).toEqual(['INSi carte'])
    expect((await dossiers.lire(poste.etat.patientId!))?.identite).toMatchObject({ statut: 'recuperee', contexte: { ins: { mode: 'carte Vitale' } } })
  })

  test('fermer la fiche ne perd pas le texte en cours', async () => {
    const { poste } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    const { patientId } = poste.etat
    poste.rediger({ titre: 'En cours', texte: 'Début' })
    poste.fermer()
    await poste.ouvrir(patientId!)
    expect(poste.etat.brouillon).toMatchObject({ titre: 'En cours', texte: 'Début' })
  })

  test('un double clic ne crée ni deux fiches ni deux documents', async () => {
    const { poste, db, depots } = await ouvrirPoste()
    poste.saisirTraits({ nomNaissance: 'Ecetinsi', premierPrenom: 'Pierre-Alain', sexe: 'M', dateNaissance: '2009-07-14' })
    expect(await Promise.all([poste.creerFiche(), poste.creerFiche()])).toEqual([true, false])
    expect(await db.patients.count()).toBe(1)
    await poste.insererCarte(CPS.id)
    poste.rediger({ titre: 'Consultation', texte: 'x' })
    await Promise.all([poste.validerDocument(), poste.validerDocument()])
    expect([await db.documents.count(), depots.length]).toEqual([1, 0])
  })

  test('vider le poste laisse un cabinet neuf et la carte en place', async () => {
    const { poste, db } = await ouvrirPoste()
    await jusquaRecuperee(poste)
    await poste.vider()
    expect(await db.patients.count()).toBe(0)
    expect(poste.etat).toMatchObject({ patientId: null, carte: { id: CPE.id } })
  })
})
