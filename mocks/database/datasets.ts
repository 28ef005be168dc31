/** Named contents a world can be filled with: what each one holds, in French. Services read the name in `Service.seed`. */
export const datasets = {
  depart: 'La distribution au complet, avec quelques documents déjà dans les dossiers',
  vierge: 'La distribution au complet, dossiers ouverts mais sans document',
} as const

export type Dataset = keyof typeof datasets

export const DEFAULT_DATASET: Dataset = 'depart'
