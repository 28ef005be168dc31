import type { Service } from '../kit/service.ts'

export const insi: Service = {
  name: 'insi',
  title: 'INSi — téléservice de l’identité nationale de santé',
  routes: [],
  rules: {},
  collections: [],
}
