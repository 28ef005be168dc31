import type { Service } from '../kit/service.ts'

export const dmp: Service = {
  name: 'dmp',
  title: 'DMP — dossier médical partagé',
  routes: [],
  rules: {},
  collections: [],
}
