import { printable } from '../kit/show.ts'
import { shellQuote, shellWord } from '../kit/text/shell-word.ts'
import type { Redactor } from './redact.ts'
import { fileOfTrusted, verifiesCertificates } from './trust-certificates.ts'
import type { WireRequest } from './wire/wire.ts'

const MAX_BODY_BYTES = 4096

/** Whether the request is short enough to be shown. */
export const hasCommand = ({ body }: WireRequest): boolean =>
  body === undefined || body.length <= MAX_BODY_BYTES

/**
 * The request as one shell command, the token taken from the environment; undefined for a body too long to show.
 * What the redactor hides stays hidden, so a request with an encryption key needs it filled in by hand.
 */
export function curlCommand(request: WireRequest, redactor: Redactor): string | undefined {
  const { method, headers, body } = request
  if (!hasCommand(request)) return undefined
  const isTls = request.origin.startsWith('https:')
  const parts = ['curl', isTls && !verifiesCertificates() ? '-sSiNgk' : '-sSiNg']
  const trusted = isTls ? fileOfTrusted() : undefined
  if (trusted !== undefined) parts.push('--cacert', shellWord(trusted))
  parts.push('--path-as-is')
  if (request.http === '2') parts.push(isTls ? '--http2' : '--http2-prior-knowledge')
  if (method === 'HEAD') parts.push('-I')
  else if (method !== 'GET' || body !== undefined) parts.push('-X', shellQuote(method))
  for (const [name, value] of Object.entries(headers)) parts.push('-H', curlHeader(name, value, redactor))
  const text = body === undefined ? undefined : printable(body)
  if (text !== undefined) parts.push('--data-binary', shellQuote(redactor.text(text)))
  else if (body !== undefined) parts.push('--data-binary', '@-')
  parts.push(shellQuote(redactor.text(`${request.origin}${request.path}`)))
  const command = parts.join(' ')
  if (body === undefined || text !== undefined) return command
  return `echo ${Buffer.from(body).toString('base64')} | base64 -d | ${command}`
}

function curlHeader(name: string, value: string, redactor: Redactor): string {
  if (name === 'authorization' && value.startsWith('Bearer '))
    return '"authorization: Bearer $S2_ACCESS_TOKEN"'
  // An empty value needs curl's own notation.
  return value === '' ? shellQuote(`${name};`) : shellQuote(`${name}: ${redactor.header(name, value)}`)
}
