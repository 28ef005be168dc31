import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ecrireCourriel, type CourrielAEcrire, objetDeReponse } from './ecrire-courriel.ts'
import { lireCourriel, patientDe, sansPrefixe } from './lire-courriel.ts'

const BASE: CourrielAEcrire = {
  de: { nom: 'Dr Claire PRIMIDI Cabinet médical du Calendrier', adresse: 'claire.primidi@medecins.bac.mssante.fr' },
  a: [{ nom: 'Camille Floréal', adresse: '299999999999999@patient.mssante.fr' }],
  objet: 'Résultats d’analyse',
  texte: 'Bonjour,\nvoici <vos> résultats.',
  messageId: '<1@poste.bac>',
  date: Date.UTC(2026, 10, 23, 8),
  nil: 'BAC-0001',
  frontiere: 'f',
}
const source = (change: Partial<CourrielAEcrire> = {}): string => new TextDecoder().decode(ecrireCourriel({ ...BASE, ...change }))

describe('écrire', () => {
  test('les champs demandés à un logiciel de professionnel y sont, une fois chacun', () => {
    const ecrit = source({ fin: true, accuseLecture: true, accuseReception: true, references: ['<a@b>', '<c@d>'] })
    for (const champ of [
      'X-MSS-NIL: BAC-0001',
      'X-MSS-MES: FIN',
      'In-Reply-To: <c@d>',
      'References: <a@b> <c@d>',
      `Disposition-Notification-To: ${BASE.de.adresse}`,
      `Return-Receipt-To: ${BASE.de.adresse}`,
      'Message-ID: <1@poste.bac>',
    ])
      expect(ecrit.split(champ)).toHaveLength(2)
    expect(ecrit).not.toMatch(/X-MSS-(?:INS|CODECDA)/)
    expect(ecrit).toMatch(/multipart\/alternative/)
    expect(source({ xdm: { codesCda: ['11502-2'], insQualifiee: true } })).toMatch(/X-MSS-CODECDA: 11502-2\r\nX-MSS-INS: O/)
  })

  test('rien de ce qui est donné n’ajoute de champ', () => {
    const piege = 'x\r\nX-MSS-MES: FIN\r\n\r\nfin'
    for (const change of [
      { objet: piege },
      { de: { nom: piege, adresse: BASE.de.adresse } },
      { nil: piege },
      { pieces: [{ nom: piege, type: 'application/pdf', octets: new Uint8Array(3) }] },
    ])
      expect(source(change)).not.toMatch(/^X-MSS-MES/m)
  })

  test('une réponse n’a qu’un Re:', () => {
    expect([objetDeReponse('Bonjour'), objetDeReponse('RE : Bonjour')]).toEqual(['Re: Bonjour', 'RE : Bonjour'])
  })
})

describe('lire', () => {
  test('ce qui a été écrit se relit, accents, pièces et fin comprises', async () => {
    const octets = new Uint8Array([37, 80, 68, 70])
    const lu = await lireCourriel(
      ecrireCourriel({
        ...BASE,
        fin: true,
        accuseLecture: true,
        objet: 'XDM/1.0/DDM+CR de biologie FLOREAL camille',
        pieces: [
          { nom: 'ihe_xdm.ZIP', type: 'application/zip', octets },
          { nom: 'Été.pdf', type: 'application/pdf', octets },
        ],
      }),
    )
    expect(lu).toMatchObject({
      de: BASE.de,
      a: BASE.a,
      objet: 'CR de biologie FLOREAL camille',
      objetComplet: 'XDM/1.0/DDM+CR de biologie FLOREAL camille',
      date: BASE.date,
      texte: 'Bonjour,\nvoici <vos> résultats.',
      fin: true,
      accuseDemande: BASE.de.adresse,
      messageId: '<1@poste.bac>',
    })
    expect(lu.piecesJointes.map(({ nom, xdm, octets }) => [nom, xdm, octets.length])).toEqual([
      ['ihe_xdm.ZIP', true, 4],
      ['Été.pdf', false, 4],
    ])
  })

  test('un texte quelconque fait l’aller et le retour', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 200 }), async (texte) => {
        const propre = texte.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim()
        expect((await lireCourriel(ecrireCourriel({ ...BASE, texte: propre }))).texte).toBe(propre)
      }),
      { numRuns: 100 },
    )
  })

  test('des octets quelconques se lisent toujours, sans rien inventer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (octets) => {
        const lu = await lireCourriel(octets)
        expect(typeof lu.texte).toBe('string')
        expect(lu.fin).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('un avis de non-remise et un accusé de lecture disent de quel message ils parlent', async () => {
    const rapport = (genre: string, etat: string) =>
      new TextEncoder().encode(
        [
          'From: MAILER-DAEMON@patient.mssante.fr',
          `Content-Type: multipart/report; report-type=${genre}; boundary=b`,
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          'Texte',
          '--b',
          `Content-Type: message/${genre}`,
          '',
          etat,
          '--b',
          'Content-Type: text/rfc822-headers',
          '',
          'Message-ID: <1@poste.bac>',
          '',
          '--b--',
          '',
        ].join('\r\n'),
      )
    const dsn = await lireCourriel(
      rapport(
        'delivery-status',
        'Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; A@patient.mssante.fr\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 patient non trouve',
      ),
    )
    expect(dsn.rapport).toEqual({
      genre: 'dsn',
      destinataires: [{ adresse: 'a@patient.mssante.fr', action: 'failed', statut: '5.1.1', diagnostic: '550 5.1.1 patient non trouve' }],
      disposition: '',
      messageId: '<1@poste.bac>',
    })
    const mdn = await lireCourriel(
      rapport(
        'disposition-notification',
        'Final-Recipient: rfc822; a@patient.mssante.fr\r\nOriginal-Message-ID: <2@poste.bac>\r\nDisposition: manual-action/MDN-sent-manually; displayed',
      ),
    )
    expect([mdn.rapport?.genre, mdn.rapport?.disposition, mdn.rapport?.messageId]).toEqual(['mdn', 'displayed', '<2@poste.bac>'])
  })

  test('le préfixe XDM se cache, l’adresse d’un patient se reconnaît', () => {
    expect([sansPrefixe('XDM/1.0/DDM+CR'), sansPrefixe('CR')]).toEqual(['CR', 'CR'])
    expect(patientDe('x@medecins.bac.mssante.fr')).toBeUndefined()
  })
})
