import type { Service } from '../kit/service.ts'

export const mes: Service = {
  name: 'mes',
  title: 'Mon espace santé — côté patient',
  routes: [],
  rules: {},
  collections: [],
}
