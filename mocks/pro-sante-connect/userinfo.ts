import type { CarteFictive, ProfessionnelFictif } from '../database/distribution.ts'
import { json } from '../kit/answers.ts'
import type { Exchange } from '../kit/exchange.ts'
import type { Answer, Message } from '../kit/message.ts'
import type { World } from '../world.ts'
import { jetonValable, nomDe, sujetDe } from './jetons.ts'
import { reglesPsc } from './rules-register.ts'

const SECTEUR = '1.2.250.1.71.4.2.4'
/** System that userinfo names after a profession, whatever the card names. @see mssante.md §8 */
const ROLE = '1.2.250.1.213.1.1.5.5'
const PHARMACIEN = '1.2.250.1.71.4.2.6'

/** Says who the bearer is. @see OpenID Connect Core §5.3 ; RFC 6750 §3 */
export async function userinfo(message: Message, world: World, exchange: Exchange): Promise<Answer> {
  exchange.name('Pro Santé Connect · userinfo')
  const [, jeton] = /^Bearer\s+(\S+)$/i.exec(message.headers['authorization'] ?? '') ?? []
  if (jeton === undefined) return jetonRefuse(exchange)
  const valable = await jetonValable(world, jeton)
  if (typeof valable === 'string') return jetonRefuse(exchange, valable)
  exchange.from(nomDe(valable.professionnel))
  exchange.respected(reglesPsc['PSC-JETON-COURT'])
  exchange.summarise(`Identité de ${nomDe(valable.professionnel)} donnée à ${valable.session.client}`)
  return json(revendications(valable.professionnel))
}

function jetonRefuse(exchange: Exchange, valeur?: 'expiré' | 'inconnu'): Answer {
  const defi = 'Bearer realm="esante-wallet"'
  exchange.ended('refusé')
  if (valeur === undefined) {
    exchange.summarise('Refusé : aucun jeton')
    return json({ error: 'invalid_request', error_description: 'En-tête « Authorization: Bearer » attendu.' }, 401, { 'www-authenticate': defi })
  }
  const rule = reglesPsc[valeur === 'expiré' ? 'PSC-JETON-COURT' : 'PSC-JETON-RETIRE']
  exchange.refused(rule)
  exchange.summarise(`Refusé : jeton ${valeur}`)
  const error_description = `${rule.code} : jeton ${valeur === 'expiré' ? 'expiré' : 'inconnu ou retiré'}.`
  return json({ error: 'invalid_token', error_description }, 401, { 'www-authenticate': `${defi}, error="invalid_token"` })
}

/** PSC-USERINFO: the claims, under the names and in the forms of the published samples; empty strings where the cast says nothing. */
function revendications({ nomAffiche, carte }: Pick<ProfessionnelFictif, 'nomAffiche' | 'carte'>): Record<string, unknown> {
  const { identifiant, genre, nom, prenom, profession, structure, secteurActivite } = carte
  return {
    Secteur_Activite: `${secteurActivite}^${SECTEUR}`,
    sub: sujetDe(identifiant),
    email_verified: false,
    SubjectOrganization: structure.nom,
    Mode_Acces_Raison: '',
    preferred_username: identifiant,
    given_name: prenom,
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    SubjectRefPro: {
      codeCivilite: '',
      // PSC-EMPLOYE
      exercices: genre === 'CPS' ? [exercice(carte, nomAffiche)] : [],
    },
    SubjectOrganizationID: structure.identifiant,
    SubjectRole: [`${profession.code}^${genre === 'CPS' ? ROLE : profession.systeme}`],
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    otherIds: [{ identifiant, origine: genre === 'CPS' ? 'RPPS' : 'EDIT', qualite: 1 }],
    SubjectNameID: identifiant,
    family_name: nom,
  }
}

function exercice({ nom, prenom, profession, savoirFaire, structure, secteurActivite }: CarteFictive, nomAffiche: string) {
  const section = savoirFaire?.systeme === PHARMACIEN
  const siret = structure.identifiant.startsWith('3') ? structure.identifiant.slice(1) : ''
  return {
    codeProfession: profession.code,
    codeCategorieProfessionnelle: 'C',
    codeCiviliteDexercice: nomAffiche.startsWith('Dr ') ? 'DR' : '',
    nomDexercice: nom,
    prenomDexercice: prenom,
    codeTypeSavoirFaire: savoirFaire && !section ? 'S' : '',
    codeSavoirFaire: savoirFaire && !section ? savoirFaire.code : '',
    activities: [
      {
        codeModeExercice: LIBERAUX.has(secteurActivite) ? 'L' : 'S',
        codeSecteurDactivite: secteurActivite,
        codeSectionPharmacien: section ? savoirFaire.code : '',
        codeRole: '',
        codeGenreActivite: 'GENR01',
        numeroSiretSite: siret,
        numeroSirenSite: siret.slice(0, 9),
        numeroFinessSite: structure.identifiant.startsWith('1') ? structure.identifiant.slice(1) : '',
        numeroFinessetablissementJuridique: '',
        identifiantTechniqueDeLaStructure: '',
        raisonSocialeSite: structure.nom,
        ...ADRESSE_VIDE,
      },
    ],
  }
}

const LIBERAUX = new Set(['SA07', 'SA08', 'SA33'])

/** The cast has no addresses. */
const ADRESSE_VIDE = Object.freeze({
  enseigneCommercialeSite: '',
  complementDestinataire: '',
  complementPointGeographique: '',
  numeroVoie: '',
  indiceRepetitionVoie: '',
  codeTypeDeVoie: '',
  libelleVoie: '',
  mentionDistribution: '',
  bureauCedex: '',
  codePostal: '',
  codeCommune: '',
  codePays: '',
  telephone: '',
  telephone2: '',
  telecopie: '',
  adresseEMail: '',
  codeDepartement: '',
  ancienIdentifiantDeLaStructure: '',
  autoriteDenregistrement: '',
})
