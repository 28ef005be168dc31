import { dmp } from './dmp/routes.ts'
import { insi } from './insi/routes.ts'
import type { Service } from './kit/service.ts'
import { mes } from './mes/routes.ts'

/** The country: every service that answers, in one list. */
export const services: readonly Service[] = [insi, dmp, mes]
