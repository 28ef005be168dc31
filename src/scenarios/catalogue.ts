import { identiteAuDocumentPartage } from './identite-au-document-partage.ts'
import type { Scenario } from './scenario.ts'

/** Every scenario that can be followed or played. */
export const scenarios: readonly Scenario[] = [identiteAuDocumentPartage]
