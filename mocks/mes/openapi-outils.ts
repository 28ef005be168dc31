/** One profile. */
export const PROFIL = '/mes/api/profils/{matricule}'

export const parametre = (name: string, description: string) => ({ name, in: 'path', required: true, description, schema: { type: 'string' } })
const MATRICULE = {
  ...parametre('matricule', '15 caractères : matricule INS et clé'),
  schema: { type: 'string', pattern: '^[0-9AB]{15}$' },
}
const AUTEUR = {
  name: 'X-Mes-Auteur',
  in: 'header',
  required: false,
  description: 'Qui agit, quand ce n’est pas le titulaire : matricule (15 caractères) d’un parent, d’un tuteur ou d’un aidant',
  schema: { type: 'string' },
}

/** An operation on one profile, before the common parameters and refusals. */
interface Decrite {
  readonly resume: string
  readonly parametres?: readonly object[]
  readonly corps?: { readonly schema: object; readonly example: object }
  readonly statut?: number
  readonly exemple?: object
  readonly type?: string
}

const refus = {
  description: 'Refus : `rule` nomme la règle',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

export const operation = ({ resume, parametres = [], corps, statut = 200, exemple, type = 'application/json' }: Decrite): object => ({
  tags: ['Mon espace santé (interface propre au bac à sable)'],
  summary: resume,
  parameters: [MATRICULE, ...parametres, AUTEUR],
  ...(corps && { requestBody: { content: { 'application/json': corps } } }),
  responses: {
    [statut]: { description: resume, ...(statut === 204 ? {} : { content: { [type]: exemple ? { example: exemple } : {} } }) },
    default: refus,
  },
})
