import { describe, expect, test } from 'vitest'
import { SOAP11, SOAP12 } from '#standards/soap/envelope.ts'
import { readContentType } from '#standards/soap/content-type.ts'
import { readXml } from '#standards/xml/read.ts'
import type { Message } from './message.ts'
import {
  CharsetError,
  MediaTypeError,
  SoapShapeError,
  XmlError,
  isSoapReadError,
  readSoapRequest,
  soapAnswer,
  versionMismatchAnswer,
} from './soap.ts'

const post = (body: string | Uint8Array, headers: Record<string, string> = {}): Message => ({
  method: 'POST',
  path: '/insi/lps',
  query: '',
  base: 'http://test',
  headers,
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})
const envelope = (ns = SOAP12, header = '') =>
  `<e:Envelope xmlns:e="${ns}"><e:Header>${header}</e:Header><e:Body><a xmlns="urn:a">é</a></e:Body></e:Envelope>`

describe('content types met in the field', () => {
  test.each([
    ['application/soap+xml; charset=utf-8; action="urn:a:b"', 'utf-8', 'urn:a:b'],
    ['Application/SOAP+XML;Charset="UTF-8";ACTION=urn:a:b', 'UTF-8', 'urn:a:b'],
    ["application/soap+xml ; action = 'urn:a:b' ; charset = utf-8 ;", 'utf-8', 'urn:a:b'],
    ['application/soap+xml;action="urn:a;b\\"c"', undefined, 'urn:a;b"c'],
    ['application/xop+xml; charset=UTF-8; type="application/soap+xml"; action="urn:a:b"', 'UTF-8', 'urn:a:b'],
  ])('%s', (header, charset, action) => {
    const { parameters } = readContentType(header)
    expect(parameters['charset']).toBe(charset)
    expect(parameters['action']).toBe(action)
  })

  test('a hostile header is read in linear time and sets no property of objects', () => {
    expect(readContentType(`a/b;${' '.repeat(100_000)}`).type).toBe('a/b')
    expect(readContentType('a/b;__proto__=x').parameters['toString']).toBeUndefined()
    const started = performance.now()
    readContentType(`a/b${'; "'.repeat(2000)}`)
    readContentType(`a/b;x=${'\\"'.repeat(2000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('reading a SOAP request', () => {
  test('action and message id come from the content type and the addressing headers', () => {
    const header =
      '<w:Action xmlns:w="http://www.w3.org/2005/08/addressing"> urn:h </w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">uuid:1</w:MessageID>'
    expect(readSoapRequest(post(envelope(SOAP12, header), { 'content-type': 'application/soap+xml; action="urn:c"' }))).toMatchObject({
      action: 'urn:c',
      messageId: 'uuid:1',
    })
    expect(readSoapRequest(post(envelope(SOAP12, header)))).toMatchObject({ action: 'urn:h', messageId: 'uuid:1' })
    expect(readSoapRequest(post(envelope(SOAP11), { 'content-type': 'text/xml', soapaction: '"urn:s"' }))).toMatchObject({
      action: 'urn:s',
      messageId: undefined,
    })
    expect(readSoapRequest(post(envelope(), {})).action).toBeUndefined()
  })

  test('each kind of unreadable request throws its own error', () => {
    expect(() => readSoapRequest(post(envelope(), { 'content-type': 'application/json' }))).toThrow(MediaTypeError)
    expect(() => readSoapRequest(post(envelope(), { 'content-type': 'application/soap+xml; charset=x-unknown' }))).toThrow(CharsetError)
    expect(() => readSoapRequest(post('<a>'))).toThrow(XmlError)
    expect(() => readSoapRequest(post(''))).toThrow(XmlError)
    expect(() => readSoapRequest(post('<a/>'))).toThrow(SoapShapeError)
    expect(isSoapReadError(new XmlError('doctype', ''))).toBe(true)
    expect(isSoapReadError(new TypeError('bug'))).toBe(false)
  })
})

test('answers carry the SOAP 1.2 media type, a SOAP 1.1 caller gets VersionMismatch in its own version', () => {
  expect(soapAnswer(200, '<a/>', { x: 'y' })).toEqual({
    status: 200,
    headers: { 'content-type': 'application/soap+xml; charset=utf-8', x: 'y' },
    body: '<a/>',
  })
  const answer = versionMismatchAnswer()
  expect(answer.status).toBe(500)
  expect(readXml(answer.body as string).ns).toBe(SOAP11)
  expect(answer.body).toContain('faultcode>env:VersionMismatch')
})
