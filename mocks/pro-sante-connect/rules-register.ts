import { defineRules } from '#standards/rule.ts'

/** The rules of Pro Santé Connect: who is known, how a token is asked for, how long it is worth something. */
export const reglesPsc = defineRules('mocks/pro-sante-connect/rules.ts', {
  'PSC-IDENTITE-CONNUE': {
    sentence: 'Pro Santé Connect identifie une personne : un professionnel enregistré, ou un employé que sa structure a enregistré à son nom.',
    source: 'mssante.md §8 ; §2 pour l’employé d’une structure',
    certainty: 'déduit',
  },
  'PSC-CLIENT': {
    sentence: 'Un client prouve qui il est ; ici tout client_id est admis, avec le secret publié du bac à sable.',
    source: 'propre au bac à sable : les vrais clients sont déclarés et ont chacun leur secret ou leur certificat',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/pro-sante-connect/client.ts',
  },
  'PSC-CLIENT-PUBLIC': {
    sentence: 'Un client sans secret n’a que le code d’autorisation, avec PKCE.',
    source: 'RFC 9700 §2.1.1',
    certainty: 'déduit',
  },
  'PSC-SCOPE': {
    sentence: 'La demande porte « openid » dans scope.',
    source: 'OpenID Connect Core §3.1.2.1 ; mssante.md §8 (scope=openid scope_all)',
    certainty: 'vérifié',
  },
  'PSC-CIBA-LIAISON': {
    sentence: 'binding_message a deux chiffres, de 00 à 99, montrés sur les deux écrans.',
    source: 'mssante.md §8 (test wiremock de l’ANS)',
    certainty: 'vérifié',
  },
  'PSC-CIBA-DELAI': {
    sentence: 'Une demande sur e-CPS reste sans réponse 120 secondes, puis expire.',
    source: 'mssante.md §8 (test wiremock de l’ANS, DEVBOX)',
    certainty: 'vérifié',
  },
  'PSC-CIBA-RYTHME': {
    sentence: 'Le client laisse passer l’intervalle entre deux questions.',
    source: 'OpenID Connect CIBA Core §11 ; intervalle propre au bac à sable',
    certainty: 'vérifié',
  },
  'PSC-CIBA-REFUS': {
    sentence: 'Le professionnel peut refuser la demande sur son e-CPS : le client ne reçoit aucun jeton.',
    source: 'OpenID Connect CIBA Core §11',
    certainty: 'vérifié',
  },
  'PSC-JETON-COURT': {
    sentence: 'Un jeton d’accès vaut quelques minutes ; passé ce temps il ne vaut plus rien.',
    source: 'mssante.md §8 (2 à 5 minutes)',
    certainty: 'vérifié',
  },
  'PSC-JETON-RETIRE': {
    sentence: 'Un jeton révoqué, ou dont la session est finie, ne vaut plus rien avant même son échéance.',
    source: 'RFC 7009 ; OpenID Connect RP-Initiated Logout',
    certainty: 'déduit',
  },
  'PSC-RENOUVELLEMENT-UNIQUE': {
    sentence: 'Un jeton de renouvellement ne sert qu’une fois ; servi deux fois, il met fin à la session.',
    source: 'RFC 9700 §4.14.2 ; réglage du vrai service inconnu',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/pro-sante-connect/token.ts',
  },
  'PSC-REDIRECTION': {
    sentence: 'La réponse ne part qu’à une adresse complète, sans fragment, la même à la demande et à l’échange du code ; sinon rien n’est renvoyé.',
    source: 'RFC 6749 §3.1.2 ; RFC 8252 §7 ; aucune liste d’adresses par client : propre au bac à sable',
    certainty: 'déduit',
  },
  'PSC-PKCE': {
    sentence: 'Qui a demandé le code avec code_challenge (S256 ou plain) l’échange avec le code_verifier qui y répond.',
    source: 'mssante.md §8 (code_challenge_methods_supported) ; RFC 7636',
    certainty: 'vérifié',
  },
  'PSC-CODE-UNIQUE': {
    sentence: 'Un code d’autorisation sert une fois, dans la minute ; présenté de nouveau, il met fin à la session qu’il a ouverte.',
    source: 'RFC 6749 §4.1.2 ; durée propre au bac à sable',
    certainty: 'déduit',
  },
  'PSC-REFUS': {
    sentence: 'Le professionnel peut refuser de se connecter, ou échouer trois fois à son code : le logiciel l’apprend et ne reçoit rien.',
    source: 'RFC 6749 §4.1.2.1 ; trois essais propres au bac à sable',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/pro-sante-connect/autorisation.ts',
  },
  'PSC-USERINFO': {
    sentence:
      'Userinfo dit le professionnel avec les noms de Pro Santé Connect : identité, profession, savoir-faire, secteur et structure de sa carte.',
    source: 'mssante.md §8 (exemples publiés)',
    certainty: 'vérifié',
    enforcedIn: 'mocks/pro-sante-connect/userinfo.ts',
  },
  'PSC-EMPLOYE': {
    sentence: 'Un employé sans RPPS est identifié par sa structure ; son rôle vient d’une autre nomenclature et il n’a pas d’exercice.',
    source: 'mssante.md §2 ; forme des champs propre au bac à sable',
    certainty: 'propre au bac à sable',
    enforcedIn: 'mocks/pro-sante-connect/userinfo.ts',
  },
  'PSC-DECONNEXION': {
    sentence: 'La fin de session demande un id_token qui la nomme ; sans lui, rien ne finit et personne n’est renvoyé ailleurs.',
    source: 'OpenID Connect RP-Initiated Logout §2 et §4',
    certainty: 'déduit',
    enforcedIn: 'mocks/pro-sante-connect/gestion-jetons.ts',
  },
})
