/**
 * Whether a request that names this host may be answered by a server on loopback. A page of another site could have its name point at
 * 127.0.0.1 and read the answers as its own: the name gives it away.
 * @param header value of `Host`; absent in HTTP/1.0, which no browser speaks
 */
export function isAllowedHost(header: string | undefined): boolean {
  if (header === undefined) return true
  const name = header.replace(/:\d{1,5}$/, '').toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
}
