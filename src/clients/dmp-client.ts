import { DMP_PATHS, OID_LOGICIEL } from '#standards/dmp/identifiants.ts'
import { readReponseTd03, TD03_ACTION, writeDemandeTd03 } from '#standards/hl7v3/habilitations.ts'
import { readReponseTd02, TD02_ACTION, writeDemandeTd02 } from '#standards/hl7v3/td02.ts'
import { type IdentifiantNationalSante, matriculeIns } from '#standards/ins/traits.ts'
import { include, readBinary, writeMtom } from '#standards/soap/mtom.ts'
import { writeCx, writeDtm } from '#standards/xds/identifiers.ts'
import { ITI18_ACTION, readAdhocQueryResponse, type ReturnType, writeFindDocuments, writeGetDocuments } from '#standards/xds/iti-18.ts'
import { ITI41_ACTION, writeProvideAndRegisterDocumentSet } from '#standards/xds/iti-41.ts'
import { ITI43_ACTION, readRetrieveDocumentSetResponse, writeRetrieveDocumentSet } from '#standards/xds/iti-43.ts'
import { ITI57_ACTION, writeUpdateDocumentSet } from '#standards/xds/iti-57.ts'
import { type DocumentEntry, STATUS } from '#standards/xds/metadata.ts'
import { readRegistryResponse } from '#standards/xds/registry-response.ts'
import type { XmlElement } from '#standards/xml/element.ts'
import type { CarteProfessionnelle } from './carte.ts'
import { type ActeVisibilite, changementDeStatut, changementDeVisibilite, DOCUMENT, metadonnees } from './dmp-lot.ts'
import { ficheDe, type Ouvert, ouvrirReponse, refusDuRegistre, sansVersionsPerimees, writeAppel } from './dmp-messages.ts'
import type { ActeDmp, Depot, Dmp, FicheDmp, RechercheDmp, SituationDmp } from './dmp-port.ts'
import { envoyer, lireOuPanne, type Panne, ReponseInattendue, type Refus } from './http.ts'
import type { OptionsClient } from './insi-client.ts'

interface Message {
  readonly contentType: string
  readonly body: string | Uint8Array
}

/** The DMP over HTTP, as an editor would write it. @see dmp.md §1 */
export class DmpClient implements Dmp {
  readonly #options: OptionsClient

  constructor(options: OptionsClient) {
    this.#options = options
  }

  situation(ins: IdentifiantNationalSante, carte: CarteProfessionnelle): Promise<SituationDmp | Refus | Panne> {
    const { newId, now } = this.#options
    const identifiant = (noeud: number) => ({ root: `${OID_LOGICIEL}.${noeud}`, extension: newId() })
    const demande = writeDemandeTd02(
      {
        id: identifiant(10),
        queryId: identifiant(11),
        motif: 'TEST_EXST',
        emetteur: OID_LOGICIEL,
        logiciel: 'Cabinet du bac',
        patient: { root: ins.oid, extension: matriculeIns(ins) },
      },
      now(),
    )
    return this.#appeler(DMP_PATHS.patients, TD02_ACTION, demande, ins, carte, ({ payload }): SituationDmp | Refus => {
      const reponse = readReponseTd02(payload)
      if (!reponse) throw new ReponseInattendue('PRPA_IN201308UV02 attendu')
      if (reponse.accuse === 'AE')
        return { issue: 'refus', code: reponse.erreur?.code || 'AE', texte: reponse.erreur?.texte || 'Le DMP n’a pas répondu à la question.' }
      const { dossier, autorisation, medecinTraitant } = reponse
      return {
        issue: 'situation',
        etat: dossier ? (dossier.ouvert ? 'actif' : 'ferme') : 'inexistant',
        autorisation: AUTORISATIONS.find((une) => une === autorisation) ?? 'NON_EXISTE',
        medecinTraitant,
        rattacheMes: dossier?.rattacheEns ?? false,
        fermeLe: (dossier?.fermeLe ?? '').replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$3/$2/$1'),
        motif: dossier?.motif ?? '',
        raison: dossier?.raison ?? '',
      }
    })
  }

  autoriser(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    action: 'AJOUT' | 'SUPPRESSION',
  ): Promise<{ issue: 'fait'; texte: string } | Refus | Panne> {
    const demande = writeDemandeTd03({ action, role: '' })
    return this.#appeler(DMP_PATHS.habilitations, TD03_ACTION, demande, ins, carte, ({ payload }): { issue: 'fait'; texte: string } | Refus => {
      const reponse = readReponseTd03(payload)
      if (!reponse) throw new ReponseInattendue('setAuthorizationResponse attendu')
      return reponse.status === 'DMPOk' ? { issue: 'fait', texte: reponse.context } : { issue: 'refus', code: reponse.status, texte: reponse.context }
    })
  }

  async deposer(depot: Depot, carte: CarteProfessionnelle): Promise<{ issue: 'accepte' } | Refus | Panne> {
    const { now, newId } = this.#options
    const { cda } = depot.document
    const ancien = depot.remplace === undefined ? undefined : await this.#versionCourante(depot.ins, carte, depot.remplace, 'ObjectRef')
    // Asked before sending: the document itself did not leave.
    if (ancien && ancien.issue !== 'courante') return ancien.issue === 'panne' ? { ...ancien, parti: false } : ancien
    const part = `${newId()}@bac-a-sante`
    const lot = writeProvideAndRegisterDocumentSet(
      metadonnees(depot, carte, await sha1(cda), now(), ancien?.entryUuid),
      new Map([[DOCUMENT, include(part)]]),
    )
    const emballer = (xml: string): Message =>
      writeMtom(xml, [{ id: part, mimeType: 'text/xml', body: cda }], { boundary: `bac-${newId()}`, action: ITI41_ACTION })
    return this.#appeler(
      DMP_PATHS.repository,
      ITI41_ACTION,
      lot,
      depot.ins,
      carte,
      ({ payload }): { issue: 'accepte' } | Refus => {
        if (payload.name !== 'RegistryResponse') throw new ReponseInattendue('RegistryResponse attendu')
        const { status, errors } = readRegistryResponse(payload)
        return status === 'Success' ? { issue: 'accepte' } : refusDuRegistre(errors)
      },
      { emballer },
    )
  }

  chercher(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    { depuis, brisDeGlace }: RechercheDmp,
  ): Promise<{ issue: 'trouve'; fiches: readonly FicheDmp[] } | Refus | Panne> {
    const demande = writeFindDocuments({
      patientId: writeCx({ id: matriculeIns(ins), oid: ins.oid, type: 'NH' }),
      statuses: [STATUS.Approved, STATUS.Archived, ...(depuis === undefined ? [STATUS.Deprecated] : [])],
      ...(depuis === undefined ? {} : { serviceStartTimeFrom: writeDtm(depuis) }),
    })
    return this.#appeler(
      DMP_PATHS.registry,
      ITI18_ACTION,
      demande,
      ins,
      carte,
      ({ payload }): { issue: 'trouve'; fiches: readonly FicheDmp[] } | Refus => {
        const reponse = readAdhocQueryResponse(payload)
        if (!reponse) throw new ReponseInattendue('AdhocQueryResponse attendu')
        return reponse.status === 'Failure'
          ? refusDuRegistre(reponse.errors)
          : { issue: 'trouve', fiches: sansVersionsPerimees(reponse.entries).map(ficheDe) }
      },
      { brisDeGlace },
    )
  }

  lire(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    { uniqueId, repositoryUniqueId }: Pick<FicheDmp, 'uniqueId' | 'repositoryUniqueId'>,
    brisDeGlace?: string,
  ): Promise<{ issue: 'lu'; mimeType: string; bytes: Uint8Array } | Refus | Panne> {
    const demande = writeRetrieveDocumentSet([{ repositoryUniqueId, documentUniqueId: uniqueId }])
    return this.#appeler(
      DMP_PATHS.repository,
      ITI43_ACTION,
      demande,
      ins,
      carte,
      ({ payload, parts }): { issue: 'lu'; mimeType: string; bytes: Uint8Array } | Refus => {
        const reponse = readRetrieveDocumentSetResponse(payload)
        if (!reponse) throw new ReponseInattendue('RetrieveDocumentSetResponse attendu')
        const [document] = reponse.documents
        return document ? { issue: 'lu', mimeType: document.mimeType, bytes: readBinary(document.content, parts) } : refusDuRegistre(reponse.errors)
      },
      { brisDeGlace },
    )
  }

  async modifier(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    { uniqueId, statut }: Pick<FicheDmp, 'uniqueId' | 'statut'>,
    acte: ActeDmp,
  ): Promise<{ issue: 'modifie' } | Refus | Panne> {
    const { now, newId } = this.#options
    const modification = { ins, emetteur: carte, lotUniqueId: oidDeUuid(newId()), maintenant: now() }
    const parStatut = PAR_STATUT[acte as keyof typeof PAR_STATUT]
    const actuel = await this.#versionCourante(ins, carte, uniqueId, parStatut ? 'ObjectRef' : 'LeafClass')
    if (actuel.issue !== 'courante') return actuel
    const metadata = parStatut
      ? changementDeStatut(modification, actuel.entryUuid, statut === 'archivé' ? STATUS.Archived : STATUS.Approved, parStatut)
      : changementDeVisibilite(modification, actuel.entry!, acte as ActeVisibilite)
    const demande = writeUpdateDocumentSet(metadata)
    return this.#appeler(DMP_PATHS.registry, ITI57_ACTION, demande, ins, carte, ({ payload }): { issue: 'modifie' } | Refus => {
      if (payload.name !== 'RegistryResponse') throw new ReponseInattendue('RegistryResponse attendu')
      const { status, errors } = readRegistryResponse(payload)
      return status === 'Success' ? { issue: 'modifie' } : refusDuRegistre(errors)
    })
  }

  /** TD3.1b. A reference needs no authorisation, the whole entry does. @see EX_3.1-1090, EX_3.3-1060 */
  #versionCourante(
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    uniqueId: string,
    forme: ReturnType,
  ): Promise<{ issue: 'courante'; entryUuid: string; entry?: DocumentEntry } | Refus | Panne> {
    const demande = writeGetDocuments({ uniqueIds: [uniqueId] }, forme)
    return this.#appeler(DMP_PATHS.registry, ITI18_ACTION, demande, ins, carte, ({ payload }) => {
      const reponse = readAdhocQueryResponse(payload)
      if (!reponse) throw new ReponseInattendue('AdhocQueryResponse attendu')
      if (reponse.status === 'Failure') return refusDuRegistre(reponse.errors)
      const [entry] = sansVersionsPerimees(reponse.entries)
      const entryUuid = entry?.id ?? reponse.references[0]
      return entryUuid === undefined
        ? ({ issue: 'refus', code: '', texte: 'Le DMP ne vous montre plus ce document : il a pu être supprimé ou masqué.' } satisfies Refus)
        : { issue: 'courante' as const, entryUuid, ...(entry && { entry }) }
    })
  }

  async #appeler<T>(
    path: string,
    action: string,
    payload: XmlElement,
    ins: IdentifiantNationalSante,
    carte: CarteProfessionnelle,
    lire: (ouvert: Ouvert) => T | Refus,
    {
      emballer = (xml) => ({ contentType: `application/soap+xml; charset=utf-8; action="${action}"`, body: xml }),
      brisDeGlace,
    }: { readonly emballer?: (xml: string) => Message; readonly brisDeGlace?: string | undefined } = {},
  ): Promise<T | Refus | Panne> {
    const { acces, now, newId } = this.#options
    const xml = writeAppel(payload, {
      to: acces.base + path,
      action,
      carte,
      ins,
      maintenant: now(),
      newId,
      ...(brisDeGlace === undefined ? {} : { brisDeGlace }),
    })
    const { contentType, body } = emballer(xml)
    const reponse = await envoyer(acces, path, { method: 'POST', headers: { 'Content-Type': contentType }, body: body as BodyInit })
    if (reponse.issue === 'panne') return reponse
    return lireOuPanne(reponse, () => {
      const ouvert = ouvrirReponse(reponse)
      return 'payload' in ouvert ? lire(ouvert) : ouvert
    })
  }
}

/** Acts that change the status of a document, and to which. */
const PAR_STATUT = { supprimer: STATUS.Deleted, archiver: STATUS.Archived, desarchiver: STATUS.Approved } as const

/** An OID under 2.25 from a UUID. @see ITU-T X.667 */
const oidDeUuid = (uuid: string): string => `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`

const AUTORISATIONS: readonly SituationDmp['autorisation'][] = ['VALIDE', 'EXPIRE', 'INTERDIT', 'NON_EXISTE']

/** Hexadecimal; `''` on an origin where the platform gives no cryptography (plain http). */
async function sha1(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto
  if (!subtle) return ''
  const digest = new Uint8Array(await subtle.digest('SHA-1', bytes as BufferSource))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
