// Stands in for `tldts` (the public-suffix list, 114 kB gzip), which the cookie jar inside MSW pulls in. A sandbox sets no cookie
// across registrable domains. See docs/decisions/0001-tldts-stub.md.
export function getDomain(host: string): string {
  return host.split('.').slice(-2).join('.')
}

export function getPublicSuffix(host: string): string | null {
  return host.split('.').pop() ?? null
}

export function parse(host: string) {
  const domain = getDomain(host)
  return {
    hostname: host,
    domain,
    publicSuffix: getPublicSuffix(host),
    isIcann: true,
    isPrivate: false,
    isIp: false,
    subdomain: '',
    domainWithoutSuffix: '',
  }
}
