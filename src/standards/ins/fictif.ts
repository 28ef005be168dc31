import { estMatricule } from './matricule-ins.ts'
import { OID_INS } from './oids.ts'

/**
 * Matricules (13 characters) of the published test identities, former ones included.
 * @see insi.md §5 ; CNDA test book of the téléservice INSi
 */
const PUBLIES: ReadonlySet<string> = new Set([
  '297022A020778', // ADRTROIS DOMINIQUE
  '160012B020777', // ADRTROIS TOUSSAINT
  '2751263220749', // ADRUN ZOE
  '1810163220751', // ADRDEUX LAURENT
  '2360663220836', // TCHITCHI CATARINA BELLA
  '1090763220834', // ECETINSI PIERRE-ALAIN
  '2090763220834',
  '2090663220123',
  '1090763220888', // PROVISOIRE MATRICULE, NIA
  '180032B020401', // CORSE ANTHONY
  '1810363220456', // HERMANN GATIEN
  '2810363220456',
  '1100863220830', // NESSI MICHELANGELO ANTHONY
  '1010663220754', // D'ARTAGNAN DE L'HERAULT PIERRE-ALAIN
])

export const estMatriculePublie = (matricule: string): boolean => PUBLIES.has(matricule.slice(0, 13))

/**
 * Places of birth that only the sandbox uses: the département 979 is not attributed by the INSEE, so nobody has such a matricule.
 * The population, the cast and the places the sources leave unknown take their matricules there.
 */
const PLAGE_RESERVEE = '979'

/** Place of birth 979xx, at characters 6 to 10 of the matricule. */
export const estMatriculeReserve = (matricule: string): boolean => matricule.startsWith(PLAGE_RESERVEE, 5) && estMatricule(matricule.slice(0, 13))

/**
 * Whether the sandbox accepts this INS: surely nobody's. Under the test and demonstration OIDs (.10, .11), any well-formed matricule;
 * under the real OIDs (.8, .9), the published test identities and the reserved range only.
 * Rule SANDBOX-FICTIF-SEULEMENT: an INS refused here could be a real person's and must not be stored, not even in a log.
 * @param ins.matricule 13 or 15 characters; the key is not looked at.
 */
export function estMatriculeFictif({ matricule, oid }: { readonly matricule: string; readonly oid: string }): boolean {
  const sansCle = matricule.slice(0, 13)
  if (!estMatricule(sansCle)) return false
  if (oid === OID_INS['INS-NIR-TEST'] || oid === OID_INS['INS-NIR-DEMO']) return true
  if (oid !== OID_INS['INS-NIR'] && oid !== OID_INS['INS-NIA']) return false
  return PUBLIES.has(sansCle) || estMatriculeReserve(sansCle)
}

/** What is said to the sender, in every service. */
export const REFUS_MATRICULE_REEL =
  'Ce matricule pourrait être celui d’une personne réelle : le bac à sable n’accepte que les identités de test publiées, ' +
  'les matricules des OID de test et de démonstration (.10, .11) et la plage réservée 979. Rien n’a été enregistré.'
