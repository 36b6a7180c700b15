import type { RootToken } from './root-token.ts'
import type { Settings } from './settings.ts'
import type { TrustFile } from './tls-option.ts'

/**
 * What the command says once it listens: where, and what to type so that S2's clients come here. The only place where a
 * root token that was made up is ever shown.
 */
export function announcement(
  url: string,
  { dataDir, basinDomain, docs }: Settings,
  rootToken: RootToken | undefined,
  trust: TrustFile | undefined,
): readonly string[] {
  return [
    `Listening on ${url}, data ${dataDir === undefined ? 'in memory' : `in ${dataDir}`}`,
    `export S2_ACCOUNT_ENDPOINT=${url}`,
    `export S2_BASIN_ENDPOINT=${basinDomain === undefined ? url : basinUrl(url, basinDomain)}`,
    `export S2_ACCESS_TOKEN=${rootToken?.shell ?? 'ignored'}`,
    ...(docs ? [`The specification by example is at ${url}/docs`] : []),
    ...(trust === undefined ? [] : howToTrust(trust)),
  ]
}

/** With the placeholder that the clients fill in. */
function basinUrl(url: string, domain: string): string {
  const { protocol, port } = new URL(url)
  return `${protocol}//{basin}.${domain}:${port}`
}

/** `1`, which s2-lite advises, is no value that the s2 command takes (CP-LITE-032). */
function howToTrust({ path }: TrustFile): readonly string[] {
  return [
    'export S2_SSL_NO_VERIFY=true',
    `export NODE_EXTRA_CA_CERTS=${path}`,
    `The certificate is self-signed; instead of verifying none, s2, Go, Python and curl trust it with SSL_CERT_FILE=${path}`,
  ]
}
