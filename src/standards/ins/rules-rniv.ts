import { defineRules } from '../rule.ts'

/** The national rules of identity, shared by the practice that follows them and the country that checks them. */
export const reglesRniv = defineRules('src/standards/ins/statut-identite.ts', {
  'RNIV-STATUT-DEUX-FAITS': {
    sentence: 'Le statut d’une identité tient à deux faits indépendants : l’INS obtenu d’INSi, et une pièce d’identité vérifiée.',
    source: 'RNIV 1 ; guide d’implémentation de l’INS v3.0',
    certainty: 'vérifié',
  },
  'RNIV-INS-QUALIFIEE-SEULE': {
    sentence: 'Seule une identité qualifiée permet de transmettre le matricule INS et d’alimenter le DMP.',
    source: 'EXI ID 29',
    certainty: 'vérifié',
  },
  'RNIV-TRAITS-VERROUILLES': {
    sentence: 'Les traits rendus par INSi sont verrouillés tant que l’identité détient un INS.',
    source: 'info.padoa.fr/blog/ins-identite',
    certainty: 'vérifié',
  },
  'RNIV-INS-PERDUE-ABAISSE': {
    sentence: 'Un trait strict modifié, ou contredit par INSi, fait perdre l’INS : récupérée redevient provisoire, qualifiée redevient validée.',
    source: 'RNIV 1, non relu',
    certainty: 'propre au bac à sable',
  },
  'RNIV-DOUTEUSE-FICTIVE': {
    sentence: 'Une identité douteuse ou fictive reste provisoire, sans matricule, et INSi n’est pas appelé.',
    source: 'EXI ID 26',
    certainty: 'vérifié',
  },
  'RNIV-ATTRIBUTS-COMPATIBLES': {
    sentence: 'Seuls les attributs douteuse et homonyme se combinent ; fictive reste seul.',
    source: 'EXI ID 24',
    certainty: 'vérifié',
  },
  'RNIV-PIECE-HAUTE-CONFIANCE': {
    sentence: 'Seule une pièce à haut niveau de confiance valide une identité ; ni le permis de conduire ni la carte Vitale seule ne suffisent.',
    source: 'EXI ID 19 ; identito-na.fr, dispositif d’identification',
    certainty: 'vérifié',
  },
  'RNIV-PIECE-MINEUR': {
    sentence: 'Un mineur sans pièce est identifié par son acte de naissance ou le livret de famille, avec la pièce d’un parent.',
    source: 'RNIV 1 §3.3.3 ; sante-ara.fr (2024)',
    certainty: 'vérifié',
  },
  'RNIV-PATIENT-CONNU': {
    sentence: 'Un professionnel libéral peut attester connaître son patient, seulement après un appel par carte Vitale en parfait accord.',
    source: 'almapro.org',
    certainty: 'vérifié',
  },
  'RNIV-PREMIER-PRENOM': {
    sentence: 'Le premier prénom est le début de la liste des prénoms de naissance, tirets et apostrophes valant une espace.',
    source: 'EXI ID 10',
    certainty: 'vérifié',
  },
  'RNIV-DATE-INCOMPLETE': {
    sentence: 'Une date de naissance incomplète est complétée selon une convention, et marquée comme interprétée.',
    source: 'EXI ID 11, EXI ID 12',
    certainty: 'vérifié',
    enforcedIn: 'src/standards/ins/lexique.ts',
  },
})
