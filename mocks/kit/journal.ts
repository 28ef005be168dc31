import type { AppliedRule, Outcome } from './exchange.ts'

/** Bodies are kept up to this many bytes; the rest is only counted. */
export const MAX_KEPT_BODY = 262_144

/** How much a journal keeps before it forgets its oldest entries. */
export interface JournalBounds {
  /** Entries. */
  readonly count: number
  /** Bytes of bodies and headers, roughly. */
  readonly bytes: number
}

export const DEFAULT_BOUNDS: JournalBounds = { count: 2_000, bytes: 33_554_432 }

/** One message of an exchange as kept: a reference to what went through, decoded only when somebody reads it. */
export interface KeptMessage {
  readonly headers: Readonly<Record<string, string>>
  /** Absent when the answer was a stream. */
  readonly body: string | Uint8Array | undefined
  /** Bytes of the whole body; -1 when nobody counted yet (a string, counted when read). */
  readonly size: number
  readonly truncated: boolean
}

/** One exchange, as the dispatcher hands it to the journal. */
export interface JournalRecord {
  /** Simulated milliseconds. */
  readonly at: number
  /** Real milliseconds. */
  readonly wallAt: number
  readonly durationMs: number
  readonly service: string
  readonly operation: string
  readonly from: string
  readonly patient: string
  readonly summary: string
  readonly outcome: Outcome
  readonly status: number
  readonly method: string
  /** Path and query after the prefixes. */
  readonly path: string
  readonly fault?: string
  readonly rules: readonly AppliedRule[]
  readonly request: KeptMessage
  readonly response: KeptMessage
}

/** What a list shows of an exchange. */
export interface JournalSummary extends Omit<JournalRecord, 'request' | 'response'> {
  /** 1, 2, 3… in a world; never given twice. */
  readonly seq: number
  readonly requestSize: number
  readonly responseSize: number
}

export interface JournalEntry extends JournalSummary {
  readonly request: KeptMessage
  readonly response: KeptMessage
}

export interface JournalQuery {
  /** Entries whose seq is larger / smaller than this. */
  readonly after?: number
  readonly before?: number
  /** 1 to 500. */
  readonly limit: number
  readonly service?: string
  readonly outcome?: string
  readonly patient?: string
  /** Found in the operation, the summary, the actor, the patient or the path, whatever the case. */
  readonly text?: string
}

export interface JournalPage {
  /** In order of seq. Without `after`, the last ones. */
  readonly entries: readonly JournalSummary[]
  /** Whether other entries match, further in the direction read. */
  readonly more: boolean
}

/** Where a world writes its exchanges down: in memory on a server, in IndexedDB in a page. Bounded. */
export interface Journal {
  /** Never waits, never fails. */
  record(record: JournalRecord): void
  list(query: JournalQuery): Promise<JournalPage>
  get(seq: number): Promise<JournalEntry | undefined>
  /** Forgets the entries; the next seq goes on. */
  clear(): Promise<void>
  /** Called for each new entry, in order, whichever tab made the exchange. */
  subscribe(listener: (entry: JournalSummary) => void): () => void
  /** Resolves once what was recorded so far can be listed. */
  settled(): Promise<void>
  /** Seq of the newest entry ever, 0 when none. */
  last(): Promise<number>
  close(): Promise<void>
}

/** Keeps the body, or a copy of its beginning when it is long (so that the rest can be freed). */
export function keepMessage(headers: Readonly<Record<string, string>>, body: string | Uint8Array | undefined): KeptMessage {
  if (body === undefined) return { headers, body, size: -1, truncated: false }
  if (body.length <= MAX_KEPT_BODY) return { headers, body, size: typeof body === 'string' ? -1 : body.length, truncated: false }
  if (typeof body !== 'string') return { headers, body: body.slice(0, MAX_KEPT_BODY), size: body.length, truncated: true }
  const bytes = new TextEncoder().encode(body)
  return { headers, body: bytes.slice(0, MAX_KEPT_BODY), size: bytes.length, truncated: true }
}

/** Bytes of the body as it went through; 0 for a stream. */
export function sizeOf({ body, size }: KeptMessage): number {
  if (size >= 0) return size
  if (typeof body === 'string') return new TextEncoder().encode(body).length
  return body?.length ?? 0
}

/** Roughly what an entry costs to keep. */
export const weightOf = ({ request, response }: JournalRecord): number => (request.body?.length ?? 0) + (response.body?.length ?? 0) + 1_024

export function summaryOf(seq: number, { request, response, ...record }: JournalRecord): JournalSummary {
  return { seq, ...record, requestSize: sizeOf(request), responseSize: sizeOf(response) }
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether an entry answers the query, `after`, `before` and `limit` apart. */
export function matches(entry: Omit<JournalRecord, 'request' | 'response'>, { service, outcome, patient, text }: JournalQuery): boolean {
  if (service !== undefined && entry.service !== service) return false
  if (outcome !== undefined && entry.outcome !== outcome) return false
  if (patient !== undefined && !plain(entry.patient).includes(plain(patient))) return false
  if (text === undefined) return true
  const sought = plain(text)
  return [entry.operation, entry.summary, entry.from, entry.patient, entry.path].some((value) => plain(value).includes(sought))
}
