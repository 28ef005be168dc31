export type XmlErrorKind = 'malformed' | 'doctype' | 'too-deep' | 'too-long'

/** The document cannot be read; `kind` says why, `message` says where. */
export class XmlError extends Error {
  readonly kind: XmlErrorKind
  constructor(kind: XmlErrorKind, message: string) {
    super(message)
    this.name = 'XmlError'
    this.kind = kind
  }
}
