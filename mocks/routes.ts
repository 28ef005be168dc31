import { annuaireSante } from './annuaire-sante/service.ts'
import { registre } from './database/registre.ts'
import { dmp } from './dmp/routes.ts'
import { insi } from './insi/routes.ts'
import type { Service } from './kit/service.ts'
import { mes } from './mes/routes.ts'
import { mssante } from './mssante/service.ts'
import { proSanteConnect } from './pro-sante-connect/service.ts'

/** The country: every service, in one list; the register of people comes first, the others lean on what it put in the world. */
export const services: readonly Service[] = [registre, insi, dmp, mes, mssante, annuaireSante, proSanteConnect]
