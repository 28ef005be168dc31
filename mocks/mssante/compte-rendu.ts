import type { CdaN1 } from '#standards/cda/cda.ts'
import { matriculeIns } from '#standards/ins/traits.ts'
import { ecrireCourriel } from '#standards/mssante/courriel/ecrire-courriel.ts'
import { ecrireXdm } from '#standards/mssante/xdm/ecrire-xdm.ts'
import { NOM_ARCHIVE, objetXdm } from '#standards/mssante/xdm/xdm.ts'
import { writePdf } from '#standards/pdf/pdf.ts'
import type { PatientFictif, ProfessionnelFictif, StructureFictive } from '../database/distribution.ts'
import { castOf } from '../database/registre.ts'
import type { World } from '../world.ts'
import { type Bilan, remettre } from './remise.ts'
import { boites, type CompteRenduEnvoye, comptesRendus } from './store.ts'

/** What a laboratory may send, for whoever runs the demonstration: each case that a software for professionals has to know. */
export const CAS_COMPTE_RENDU = {
  nouveau: 'Un compte rendu, identité qualifiée',
  version: 'Une nouvelle version du dernier',
  suppression: 'La suppression du dernier',
  'version-ancienne': 'Une version plus ancienne que la dernière (900)',
  'autre-auteur': 'Un remplacement par un autre laboratoire (901)',
  'sans-ins': 'Sans INS : un numéro du laboratoire (903)',
  'autre-ins': 'Les bons traits avec une autre INS (904)',
  'traits-absents': 'L’INS sans la date de naissance ni le sexe (905)',
  'autres-traits': 'La bonne INS avec le nom d’un autre (rien sur le seul matricule)',
  illisible: 'Une archive abîmée (906)',
} as const

export type CasCompteRendu = keyof typeof CAS_COMPTE_RENDU

const BOITE_DU_LABORATOIRE = 'noreply-biologie@quatre-saisons.bac.mssante.fr'
const REPONDRE_A = 'contact@quatre-saisons.bac.mssante.fr'
/** Numbers of the laboratory's own, and of its software. */
const NUMEROS_DU_LABORATOIRE = '1.2.250.1.999.1.1.8.1'
const LOGICIEL_DU_LABORATOIRE = '1.2.250.1.999.1.1.8'
const BIOLOGIE = { code: '11502-2', codeSystem: '2.16.840.1.113883.6.1', displayName: 'CR d’examens biologiques' }

/** @see ITU-T X.667: a UUID as an OID */
const oidDe = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`

const RESULTATS = `Hémoglobine : 13,4 g/dL (12,0 à 16,0)
Leucocytes : 6,1 G/L (4,0 à 10,0)
Plaquettes : 245 G/L (150 à 400)
Glycémie à jeun : 0,92 g/L (0,74 à 1,06)
Cholestérol total : 1,82 g/L (inférieur à 2,00)`

interface Envoi {
  /** Mailbox of the trust space. */
  readonly vers: string
  readonly patient: PatientFictif
  readonly cas: CasCompteRendu
}

/**
 * Sends it, from the mailbox of the laboratory's software.
 * @returns what was delivered, or a French sentence when this case cannot be: nothing to replace
 */
export async function envoyerCompteRendu(world: World, envoi: Envoi): Promise<Bilan | string> {
  const compose = await composer(world, envoi)
  return typeof compose === 'string' ? compose : await world.atomically((inside) => remettreCompteRendu(inside, envoi, compose))
}

/** Before the first scene, within the transaction that fills the world. */
export async function semerCompteRendu(world: World, envoi: Envoi): Promise<void> {
  const compose = await composer(world, envoi)
  if (typeof compose !== 'string') await remettreCompteRendu(world, envoi, compose)
}

interface Compose {
  readonly octets: Uint8Array
  readonly suite: CompteRenduEnvoye
}

async function composer(world: World, { vers, patient, cas }: Envoi): Promise<Compose | string> {
  const cast = await castOf(world)
  const auteur = cast.professionnels.find(({ id }) => id === (cas === 'autre-auteur' ? 'dr-solstice' : 'dr-septidi'))
  const structure = cast.structures.find(({ id }) => id === auteur?.structure)
  const expediteur = await world.store.get(boites, BOITE_DU_LABORATOIRE)
  if (!auteur || !structure || !expediteur) return 'Le laboratoire de la distribution n’est pas dans ce monde, ou sa boîte a été supprimée.'
  const cle = `${vers}|${patient.id}`
  const dernier = await world.store.get(comptesRendus, cle)
  if (!dernier && SUITES.has(cas)) return 'Rien n’a encore été envoyé pour ce patient à cette boîte : envoyez d’abord un compte rendu.'
  const suite = suiteDe(dernier, cas, cle, world)
  const cda = cdaDe(world, { patient, autre: cast.patients.find(({ id }) => id !== patient.id)!, auteur, structure, cas, suite })
  const archive = await ecrireXdm({
    uniqueId: oidDe(world.newId()),
    sourceId: LOGICIEL_DU_LABORATOIRE,
    titre: cda.titre,
    envoyeLe: world.now(),
    documents: [{ cda, supprime: cas === 'suppression' }],
  })
  const coupee = cas === 'illisible' ? archive.subarray(0, archive.length - 40) : archive
  return { suite, octets: courriel(world, { vers, cda, cas, libelle: expediteur.libelle, archive: coupee }) }
}

async function remettreCompteRendu(world: World, { vers, cas }: Envoi, { octets, suite }: Compose): Promise<Bilan> {
  if (cas === 'nouveau' || cas === 'version') await world.store.put(comptesRendus, suite)
  if (cas === 'suppression') await world.store.delete(comptesRendus, suite.id)
  return await remettre(world, { de: BOITE_DU_LABORATOIRE, pour: [{ adresse: vers }], octets })
}

/** Cases that follow a report sent before. */
const SUITES: ReadonlySet<CasCompteRendu> = new Set(['version', 'suppression', 'version-ancienne', 'autre-auteur'])

/** Identifier and version of what is sent now. */
function suiteDe(dernier: CompteRenduEnvoye | undefined, cas: CasCompteRendu, id: string, world: World): CompteRenduEnvoye {
  const uniqueId = oidDe(world.newId())
  if (cas === 'suppression') return dernier!
  if (!dernier || !['version', 'version-ancienne', 'autre-auteur'].includes(cas))
    return { id, uniqueId, serie: oidDe(world.newId()), version: 1, remplace: '' }
  return {
    id,
    uniqueId,
    serie: dernier.serie,
    version: cas === 'version-ancienne' ? dernier.version : dernier.version + 1,
    remplace: dernier.uniqueId,
  }
}

interface Sujet {
  readonly patient: PatientFictif
  readonly autre: PatientFictif
  readonly auteur: ProfessionnelFictif
  readonly structure: StructureFictive
  readonly cas: CasCompteRendu
  readonly suite: CompteRenduEnvoye
}

function cdaDe(world: World, { patient, autre, auteur, structure, cas, suite }: Sujet): CdaN1 {
  const { personne } = patient
  const { ins } = cas === 'autre-ins' ? autre.personne : personne
  const { carte } = auteur
  return {
    id: suite.uniqueId,
    setId: suite.serie,
    version: suite.version,
    ...(suite.remplace === '' ? {} : { remplace: suite.remplace }),
    type: BIOLOGIE,
    titre: suite.version > 1 ? `Bilan sanguin, version ${suite.version}` : 'Bilan sanguin',
    redigeLe: world.now(),
    patient: {
      ...(cas === 'sans-ins' ? { matriculeIns: 'D-4711', oid: NUMEROS_DU_LABORATOIRE } : { matriculeIns: matriculeIns(ins), oid: ins.oid }),
      nomNaissance: cas === 'autres-traits' ? autre.personne.nomNaissance : personne.nomNaissance,
      listePrenom: personne.listePrenom,
      sexe: cas === 'traits-absents' ? '' : personne.sexe,
      dateNaissance: cas === 'traits-absents' ? '' : personne.dateNaissance,
      lieuNaissance: personne.lieuNaissance,
    },
    auteur: {
      id: carte.identifiant,
      nom: carte.nom,
      prenom: carte.prenom,
      specialite: {
        code: `G15_${carte.profession.code}${carte.savoirFaire ? `/${carte.savoirFaire.code}` : ''}`,
        codeSystem: '1.2.250.1.213.1.1.4.5',
        displayName: 'Médecin - Biologie médicale',
      },
      structure: { id: structure.identifiant, nom: structure.nom },
    },
    lieuExercice: { code: structure.secteurActivite.code, codeSystem: structure.secteurActivite.systeme },
    cadreExercice: { code: 'AMBULATOIRE', codeSystem: '1.2.250.1.213.1.1.4.9' },
    corps: {
      mediaType: 'text/plain',
      bytes: new TextEncoder().encode(`${RESULTATS}\n\n${suite.version > 1 ? 'Annule et remplace la version précédente.\n\n' : ''}Données fictives.`),
    },
  }
}

function courriel(
  world: World,
  { vers, cda, cas, libelle, archive }: { vers: string; cda: CdaN1; cas: CasCompteRendu; libelle: string; archive: Uint8Array },
): Uint8Array {
  const { patient } = cda
  const prenom = patient.listePrenom.split(' ')[0] ?? ''
  const supprime = cas === 'suppression'
  const jour = new Date(world.now()).toISOString().slice(0, 10)
  return ecrireCourriel({
    de: { nom: libelle, adresse: BOITE_DU_LABORATOIRE },
    a: [{ nom: '', adresse: vers }],
    repondreA: REPONDRE_A,
    objet: objetXdm(cda.type.displayName, { nom: patient.nomNaissance, prenom, dateNaissance: patient.dateNaissance }),
    texte: `${supprime ? 'Le compte rendu joint est supprimé par son auteur : retirez-le du dossier.' : cda.version > 1 ? 'Annule et remplace le compte rendu précédent.' : 'Veuillez trouver ci-joint un compte rendu d’examens.'}\n\n--\nMessage envoyé automatiquement. Pour nous joindre : ${REPONDRE_A}`,
    messageId: `<${world.newId()}@quatre-saisons.bac.mssante.fr>`,
    date: world.now(),
    nil: 'BAC-LABO',
    accuseLecture: true,
    pieces: [
      { nom: NOM_ARCHIVE, type: 'application/zip', octets: archive },
      ...(supprime
        ? []
        : [
            {
              nom: `${jour.replaceAll('-', '')}_${cda.type.displayName}_${patient.nomNaissance}_${prenom}.pdf`,
              type: 'application/pdf',
              octets: pdfDe(cda),
            },
          ]),
    ],
    xdm: { codesCda: [cda.type.code], insQualifiee: cas !== 'sans-ins' && cas !== 'traits-absents' },
    frontiere: `labo-${world.newId()}`,
  })
}

/** The same words for whoever has no software to read the CDA. */
const pdfDe = ({ titre, auteur, redigeLe, corps, patient }: CdaN1): Uint8Array =>
  writePdf({
    titre,
    auteur: auteur.structure.nom,
    creeLe: redigeLe,
    blocs: [
      { genre: 'titre', texte: titre },
      { genre: 'discret', texte: `${patient.nomNaissance} ${patient.listePrenom}` },
      { genre: 'texte', texte: new TextDecoder().decode(corps.bytes) },
    ],
    pied: `${auteur.structure.nom} (fictif)`,
  })
