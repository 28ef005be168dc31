import { defineRules } from '../rule.ts'

/** Rules on the INS itself, that every service keeps. */
export const reglesIns = defineRules('src/standards/ins/matricule-ins.ts', {
  'INS-CLE': {
    sentence: 'La clé d’un matricule est 97 moins le reste de sa division par 97 ; en Corse, 2A vaut 19 et 2B vaut 18.',
    source: 'Référentiel INS ; insi.md §4, formule vérifiée sur 13 clés publiées',
    certainty: 'vérifié',
  },
  'INS-CLE-PUBLIEE': {
    sentence: 'Les clés publiées d’une identité de test sont gardées telles quelles, même quand elles ne se calculent pas (HERMANN).',
    source: 'Cahier de tests CNDA, test 2.08 cas 2',
    certainty: 'vérifié',
  },
  'INS-OID': {
    sentence: 'Un matricule circule toujours avec l’OID de l’autorité qui l’a affecté : .8, .9, .10 ou .11.',
    source: 'FR Core, profil fr-core-patient-ins',
    certainty: 'vérifié',
  },
  'SANDBOX-FICTIF-SEULEMENT': {
    sentence:
      'Le bac à sable n’accepte que des matricules fictifs : identités de test publiées, OID de test et de démonstration, plage réservée 979. Tout autre est refusé et n’est pas enregistré.',
    source: 'DESIGN §7',
    certainty: 'propre au bac à sable',
    enforcedIn: 'src/standards/ins/fictif.ts',
  },
})
