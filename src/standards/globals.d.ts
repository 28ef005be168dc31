// The few globals that every JavaScript host has and that the ES library does not declare. Nothing that does I/O belongs here.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: ArrayBufferView | ArrayBuffer): string
}
declare function atob(data: string): string
declare function btoa(data: string): string
