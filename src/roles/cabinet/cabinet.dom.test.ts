import 'fake-indexeddb/auto'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { afterEach, describe, expect, test } from 'vitest'
import { CPE, CPE_ANONYME, CPS, countedIds, MATIN, RENDUE } from '../../../test/cabinet.ts'
import type { Depot, Dmp, FicheDmp, SituationDmp } from '../../clients/dmp-port.ts'
import { Poste } from '../../conversations/poste.ts'
import { ManualClock } from '../../dossier/clock.ts'
import { CabinetDatabase } from '../../dossier/database.ts'
import { Courrier } from '../messagerie/courrier.svelte.ts'
import Cabinet from './Cabinet.svelte'

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

let monde = 0
const fermetures: (() => Promise<void>)[] = []

async function ouvrirCabinet() {
  const db = new CabinetDatabase(`dom-${++monde}`)
  const depots: Depot[] = []
  const dmp: Dmp = {
    situation: async () => ACTIF,
    autoriser: async () => ({ issue: 'fait', texte: '' }),
    modifier: async () => ({ issue: 'modifie' }),
    deposer: async (depot) => (depots.push(depot), { issue: 'accepte' }),
    chercher: async () => ({ issue: 'trouve', fiches: depots.map(ficheDe) }),
    lire: async () => ({ issue: 'lu', mimeType: 'text/plain', bytes: new TextEncoder().encode('Toux depuis cinq jours.') }),
  }
  const poste = new Poste({
    db,
    dmp,
    clock: new ManualClock(MATIN),
    newId: countedIds(),
    ecrireCda: () => new Uint8Array([1]),
    insi: { chercherParTraits: async () => ({ issue: 'trouvee', identite: RENDUE }), chercherParCarteVitale: async () => ({ issue: 'aucune' }) },
  })
  await poste.installer([CPE, CPS, CPE_ANONYME], [])
  // No mailbox here: the desk works without it.
  const sansMessagerie = () => Promise.reject(new TypeError('fetch failed'))
  render(Cabinet, { poste, courrier: new Courrier({ acces: { base: '', fetch: sansMessagerie }, poste, newId: countedIds() }) })
  fermetures.push(async () => {
    poste.arreter()
    await db.delete()
  })
  return { poste, depots }
}

const ficheDe = ({ document }: Depot): FicheDmp => ({
  uniqueId: document.uniqueId,
  entryUuid: document.uniqueId,
  repositoryUniqueId: '1',
  titre: document.titre,
  typeCode: document.typeCode,
  typeLibelle: 'CR de consultation',
  classCode: '10',
  formatCode: '',
  mimeType: 'text/xml',
  auteur: 'Dr Claire Essai',
  structure: 'Cabinet',
  auteurId: CPS.identifiant,
  structureId: CPS.structure.identifiant,
  creeLe: MATIN,
  acteLe: MATIN,
  statut: 'actuel',
  masquePs: document.masquePs,
  invisiblePatient: document.invisiblePatient,
  invisibleRepresentants: false,
  taille: 1,
})

const saisir = (libelle: RegExp, value: string) => fireEvent.input(screen.getByLabelText(libelle), { target: { value } })
const cliquer = async (nom: RegExp) => fireEvent.click(await screen.findByRole('button', { name: nom }))
const onglet = async (nom: string) => fireEvent.click(await screen.findByRole('tab', { name: nom }))

async function creerEtQualifier() {
  await saisir(/^Date de naissance/, '2009-07-14')
  await cliquer(/^Chercher$/)
  await screen.findByText('Personne au cabinet')
  await saisir(/^Nom de naissance/, 'Ecetinsi')
  await saisir(/^Premier prénom/, 'Pierre-Alain')
  await fireEvent.click(screen.getByLabelText('Masculin'))
  await cliquer(/^Créer la fiche$/)
  await cliquer(/^Interroger INSi par les traits$/)
  await cliquer(/^C’est bien cette personne$/)
  await fireEvent.change(await screen.findByLabelText(/Pièce d’identité vue/), { target: { value: 'CN' } })
  await cliquer(/^Enregistrer la pièce$/)
  await cliquer(/^Qualifier l’identité$/)
  await screen.findByText('Identité qualifiée')
}

afterEach(async () => {
  cleanup()
  for (const fermer of fermetures.splice(0)) await fermer()
})

describe('le poste, à l’écran', () => {
  test('la secrétaire crée, compare, qualifie ; l’état du DMP s’affiche sans geste', async () => {
    const { poste } = await ouvrirCabinet()
    await saisir(/^Date de naissance/, '2009-07-14')
    await cliquer(/^Chercher$/)
    await screen.findByText('Personne au cabinet')
    await saisir(/^Nom de naissance/, 'Ecetinsi')
    await saisir(/^Premier prénom/, 'Pierre-Alain')
    await fireEvent.click(screen.getByLabelText('Masculin'))
    await cliquer(/^Créer la fiche$/)
    await screen.findByText('Identité provisoire')
    await cliquer(/^Interroger INSi par les traits$/)
    const tableau = await screen.findByRole('table', { name: /Comparez/ })
    expect(within(tableau).getAllByText('identique').length).toBeGreaterThan(2)
    await cliquer(/^C’est bien cette personne$/)
    await screen.findByText('Identité récupérée')
    expect(screen.getByLabelText<HTMLInputElement>(/^Nom de naissance/).readOnly).toBe(true)
    // The document at hand has no `:checked` for options: a list always gives its first choice.
    await poste.enregistrerPiece('PC')
    await screen.findByText(/Cette pièce ne suffit pas/)
    await fireEvent.change(screen.getByLabelText(/Remplacer la pièce/), { target: { value: 'CN' } })
    await cliquer(/^Enregistrer la pièce$/)
    await cliquer(/^Qualifier l’identité$/)
    await screen.findByText('Identité qualifiée')
    await screen.findByText('DMP ouvert, consultation non autorisée')
    await screen.findByText('1 clic, objectif 1')
  })

  test('le médecin écrit : le document part, ou reste retenu en un clic', async () => {
    const { depots } = await ouvrirCabinet()
    await creerEtQualifier()
    await onglet('Volontés')
    await cliquer(/^Patient informé$/)
    await fireEvent.click(screen.getByLabelText(/Dr Claire Essai/))
    await onglet('Documents')
    await saisir(/^Titre/, 'Consultation')
    await saisir(/^Texte/, 'Rien à signaler.')
    await cliquer(/^Valider$/)
    await screen.findByText('envoyé')
    await saisir(/^Titre/, 'Lettre')
    await saisir(/^Texte/, 'À relire.')
    await cliquer(/^Valider et retenir l’envoi$/)
    await screen.findByText('retenu')
    expect(depots.map(({ document }) => document.titre)).toEqual(['Consultation'])
    await waitFor(() => expect(screen.getAllByText('1 clic, objectif 1')).toHaveLength(2))
  })

  test('CABINET-BRIS-DE-GLACE-FIN : un motif écrit, un bandeau dans toute la fiche, et plus rien une fois la fiche rouverte', async () => {
    const { poste } = await ouvrirCabinet()
    await creerEtQualifier()
    await fireEvent.click(screen.getByLabelText(/Dr Claire Essai/))
    await onglet('DMP')
    await cliquer(/^Accès en urgence/)
    await cliquer(/^Accéder en urgence$/)
    await screen.findByText(/Écrivez le motif/)
    await saisir(/^Motif de l’urgence/, 'Patient inconscient')
    await cliquer(/^Accéder en urgence$/)
    await screen.findByText('Accès en urgence en cours (bris de glace).')
    await onglet('Identité')
    expect(screen.getByText(/Motif : Patient inconscient/)).toBeTruthy()
    const { patientId } = poste.etat
    await cliquer(/^Finir et fermer la fiche$/)
    await poste.ouvrir(patientId!)
    await screen.findByText('DMP ouvert, consultation non autorisée')
    expect(screen.queryByText('Accès en urgence en cours (bris de glace).')).toBeNull()
    expect(poste.etat.dmp?.getSnapshot().context.urgence).toBeNull()
  })

  test('la phrase de consentement n’est pas cochée ; la lecture se fait dans un cadre sans droit', async () => {
    const { poste } = await ouvrirCabinet()
    await creerEtQualifier()
    await poste.informer()
    await fireEvent.click(screen.getByLabelText(/Dr Claire Essai/))
    await onglet('Documents')
    await saisir(/^Titre/, 'Consultation')
    await saisir(/^Texte/, 'Toux depuis cinq jours.')
    await cliquer(/^Valider$/)
    await screen.findByText('envoyé')
    await onglet('DMP')
    const phrase = await screen.findByLabelText<HTMLInputElement>(/accepte que ce cabinet consulte son DMP/)
    expect(phrase.checked).toBe(false)
    expect(screen.queryByRole('button', { name: 'Consulter le DMP' })).toBeNull()
    await fireEvent.click(phrase)
    await cliquer(/^Enregistrer le consentement$/)
    await cliquer(/^Consulter le DMP$/)
    await cliquer(/^Consultation CR de consultation/)
    const cadre = await screen.findByTitle<HTMLIFrameElement>(/^Document : /)
    expect(cadre.getAttribute('sandbox')).toBe('')
    expect(cadre.getAttribute('srcdoc')).toContain('Toux depuis cinq jours.')
  })

  /** An invisible document, fed and looked for in the DMP. */
  async function deposerInvisible() {
    const { poste } = await ouvrirCabinet()
    await creerEtQualifier()
    await poste.informer()
    await fireEvent.click(screen.getByLabelText(/Dr Claire Essai/))
    await onglet('Documents')
    await saisir(/^Titre/, 'Histologie')
    await saisir(/^Texte/, 'À annoncer.')
    await fireEvent.click(screen.getByLabelText(/Visible du patient seulement après/))
    await cliquer(/^Valider$/)
    await screen.findByText('non visible par le patient')
    await poste.recueillirConsentement(true)
    await onglet('DMP')
    await cliquer(/^Consulter le DMP$/)
  }

  test('CABINET-ETATS-DOCUMENT : la liste dit l’état, l’annonce se confirme, et l’état la suit', async () => {
    await deposerInvisible()
    await screen.findByRole('button', { name: /^Histologie .* non visible par le patient$/ })
    await cliquer(/^Annonce faite/)
    const demande = await screen.findByRole('dialog', { name: /Rendre ce document visible au patient/ })
    expect(demande.textContent).toContain('définitif')
    await fireEvent.click(within(demande).getByRole('button', { name: 'Ne rien changer' }))
    expect(screen.getByText('non visible par le patient')).toBeTruthy()
    await cliquer(/^Annonce faite/)
    await fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: /^Annonce faite/ }))
    await screen.findByText('« Histologie » est visible du patient, qui en est prévenu.')
    expect(screen.queryByText('non visible par le patient')).toBeNull()
    await onglet('Documents')
    await screen.findByText('envoyé')
    expect(screen.queryByRole('button', { name: /^Annonce faite/ })).toBeNull()
  })

  test('CABINET-AVERTIR-INVISIBLE : l’ouverture d’un document que le patient ne voit pas avertit', async () => {
    await deposerInvisible()
    await cliquer(/^Histologie CR de consultation/)
    expect(await screen.findByText('Ce document n’est pas visible par le patient')).toBeTruthy()
  })

  test('la secrétaire qui demande à lire apprend pourquoi elle ne peut pas', async () => {
    const { poste } = await ouvrirCabinet()
    await creerEtQualifier()
    await poste.recueillirConsentement(true)
    await onglet('DMP')
    await cliquer(/^Consulter le DMP$/)
    await screen.findByText(/Règle CABINET-SECRETARIAT-NE-LIT-PAS/)
    expect(screen.queryByText('Documents du DMP')).toBeNull()
    await onglet('Documents')
    await screen.findByText('Seul un professionnel écrit et valide')
  })

  test('un trait manquant se dit à côté du champ, et rien n’est créé', async () => {
    const { poste } = await ouvrirCabinet()
    await saisir(/^Date de naissance/, '2009-07-14')
    await cliquer(/^Chercher$/)
    await screen.findByText('Personne au cabinet')
    await cliquer(/^Créer la fiche$/)
    await waitFor(() => expect(screen.getByLabelText(/^Nom de naissance/).getAttribute('aria-invalid')).toBe('true'))
    expect(poste.etat.patientId).toBeNull()
  })
})
