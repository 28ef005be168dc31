import { describe, expect, test } from 'vitest'
import { readSoapEnvelope } from '#standards/soap/envelope.ts'
import { child, childrenOf, textOf } from '#standards/xml/element.ts'
import { CPE, countedIds, MATIN } from '../../test/cabinet.ts'
import { InsiClient } from './insi-client.ts'
import { readReponseInsi, rechercheTraits, rechercheVitale } from './insi-messages.ts'

const SOAP = 'http://www.w3.org/2003/05/soap-envelope'
const emission = () => ({ carte: CPE, maintenant: MATIN, newId: countedIds() })

const enveloppe = (corps: string) =>
  `<soap:Envelope xmlns:soap="${SOAP}"><env:Body xmlns:S="${SOAP}" xmlns:env="${SOAP}">${corps}</env:Body></soap:Envelope>`

const resultat = (code: string, libelle: string, individu = '') =>
  enveloppe(
    `<RESULTAT xmlns="http://www.cnamts.fr/INSiResultat"><CR><CodeCR>${code}</CodeCR><LibelleCR>${libelle}</LibelleCR></CR>${individu}</RESULTAT>`,
  )

const TROUVEE = resultat(
  '00',
  'OK',
  `<INDIVIDU><INSACTIF><IdIndividu><NumIdentifiant>2800563220999</NumIdentifiant><Cle>49</Cle></IdIndividu><OID>1.2.250.1.213.1.4.10</OID></INSACTIF>
   <INSHISTO><IdIndividu><NumIdentifiant>2800563220998</NumIdentifiant><Cle>50</Cle></IdIndividu><OID>1.2.250.1.213.1.4.9</OID><DateDeb>2019-01-01</DateDeb><DateFin>2018-03-31</DateFin></INSHISTO>
   <TIQ><NomNaissance>FICTIVE-D&apos;UPOND</NomNaissance><ListePrenom>JEANNE MARIE</ListePrenom><Sexe>F</Sexe><DateNaissance>1980-00-17</DateNaissance><LieuNaissance>63220</LieuNaissance></TIQ></INDIVIDU>`,
)

describe('réponses', () => {
  test('00 : l’identité est lue telle quelle, bizarreries comprises', () => {
    expect(readReponseInsi(TROUVEE)).toEqual({
      issue: 'trouvee',
      identite: {
        ins: { matricule: '2800563220999', cle: '49', oid: '1.2.250.1.213.1.4.10' },
        historique: [{ matricule: '2800563220998', cle: '50', oid: '1.2.250.1.213.1.4.9', dateDeb: '2019-01-01', dateFin: '2018-03-31' }],
        traits: { nomNaissance: "FICTIVE-D'UPOND", listePrenom: 'JEANNE MARIE', sexe: 'F', dateNaissance: '1980-00-17', lieuNaissance: '63220' },
      },
    })
  })

  test('01 et 02 sont des résultats', () => {
    expect(readReponseInsi(resultat('01', 'Aucune identite trouvee'))).toEqual({ issue: 'aucune' })
    expect(readReponseInsi(resultat('02', 'Plusieurs identites trouvees'))).toEqual({ issue: 'plusieurs' })
  })

  test('les deux dialectes de fautes sont lus', () => {
    const passerelle = `<soap:Envelope xmlns:soap="${SOAP}"><soap:Body><soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value><soap:Subcode><soap:Value>soap:siram_100</soap:Value></soap:Subcode></soap:Code>
      <soap:Reason><soap:Text xml:lang="fr">Accès refusé</soap:Text></soap:Reason><soap:Detail><siram:Erreur xmlns:siram="urn:siram" code="desir_550" messageID="uuid:1" severite="erreur">Numéro d'autorisation du logiciel inconnu.</siram:Erreur></soap:Detail></soap:Fault></soap:Body></soap:Envelope>`
    expect(readReponseInsi(passerelle)).toEqual({ issue: 'refus', code: 'desir_550', texte: "Numéro d'autorisation du logiciel inconnu." })
    const sansDetail = enveloppe(
      `<S:Fault><S:Code><S:Value>S:Receiver</S:Value><S:Subcode><S:Value>S:siram_40</S:Value></S:Subcode></S:Code><S:Reason><S:Text xml:lang="en">Indisponible</S:Text></S:Reason></S:Fault>`,
    )
    expect(readReponseInsi(sansDetail)).toEqual({ issue: 'refus', code: 'siram_40', texte: 'Indisponible' })
  })
})

describe('demandes', () => {
  test('les traits partent dans l’ordre, avec les quatre blocs d’en-tête', () => {
    const traits = { nomNaissance: "D'AMONT & AVAL", prenoms: ['JEANNE'], sexe: 'F', dateNaissance: '1980-05-17' } as const
    const { headers, payload } = readSoapEnvelope(rechercheTraits(traits, emission()))
    expect(headers.map(({ name }) => name)).toEqual(['ContexteBAM', 'ContexteLPS', 'Action', 'MessageID', 'Security'])
    expect(payload!.children.map((node) => (typeof node === 'string' ? node : `${node.name}=${textOf(node)}`))).toEqual([
      "NomNaissance=D'AMONT & AVAL",
      'Prenom=JEANNE',
      'Sexe=F',
      'DateNaissance=1980-05-17',
    ])
    expect(textOf(headers[3])).toMatch(/^uuid:/)
  })

  test('la carte Vitale n’est qu’une clé : le matricule de l’ouvrant droit, et le bénéficiaire choisi', () => {
    const beneficiaire = { nom: 'FICTIVE', prenom: 'LEA', dateNaissance: '2015-03-02', rangNaissance: 1, matriculeOuvrantDroit: '2800563220999' }
    const { payload } = readSoapEnvelope(rechercheVitale(beneficiaire, emission()))
    const ns = 'http://www.cnamts.fr/INSiRecVit'
    expect(payload?.name).toBe('RECVITALE')
    expect(childrenOf(payload!, ns, 'MatriculeIndividu')).toHaveLength(0)
    expect(textOf(child(child(payload!, ns, 'MatriculeOD')!, ns, 'NumIdentifiant'))).toBe('2800563220999')
  })
})

describe('client', () => {
  const client = (fetch: typeof globalThis.fetch) => new InsiClient({ acces: { base: '/w/essai', fetch }, now: () => MATIN, newId: countedIds() })
  const traits = { nomNaissance: 'X', prenoms: ['Y'], sexe: 'F', dateNaissance: '1980-05-17' } as const

  test('appelle le monde nommé et lit la réponse', async () => {
    let url = ''
    const reponse = await client(async (input) => {
      url = String(input)
      return new Response(TROUVEE, { headers: { 'content-type': 'application/soap+xml' } })
    }).chercherParTraits(traits, CPE)
    expect(url).toBe('/w/essai/insi/lps')
    expect(reponse.issue).toBe('trouvee')
  })

  test.each([
    ['connexion coupée', () => Promise.reject(new TypeError('fetch failed')), 'injoignable'],
    ['page d’un mandataire', async () => new Response('<html>502', { status: 502 }), 'HTTP 502'],
    ['XML d’un autre service', async () => new Response('<a/>', { status: 200 }), 'illisible'],
  ])('%s : une panne dite en français, jamais une exception', async (_, fetch, texte) => {
    expect(await client(fetch).chercherParTraits(traits, CPE)).toMatchObject({ issue: 'panne', texte: expect.stringContaining(texte) })
  })
})
