import { createSecureContext } from 'node:tls'
import { messageOf } from '../../../kit/message-of.ts'
import { readWhole } from '../../../kit/read-file.ts'

/** A certificate, with the chain above it if there is one, and its private key, both in PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** The certificate or its key cannot be used; the message is for the user, and tells nothing of the key. */
export class CertificateError extends Error {
  override readonly name: string = 'CertificateError'
}

/** What a self-signed certificate stands for, as s2-lite's does (CP-LITE-002). */
export const SELF_SIGNED_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1']

/** What clients may call a server that listens there, beside the names of this machine. */
export const namesOf = (host: string, basinDomain: string | undefined): readonly string[] => [
  ...new Set([
    ...SELF_SIGNED_HOSTS,
    host,
    ...(basinDomain === undefined ? [] : [basinDomain, `*.${basinDomain}`]),
  ]),
]

/**
 * A new certificate for these names and addresses, which nobody has signed but itself. Good for a year from `now`, and an
 * hour before it, for clients whose clocks are slow. Throws `CertificateError` where the package for it is not installed.
 */
export async function selfSigned(hosts: readonly string[], now: Date = new Date()): Promise<Certificate> {
  const { generate } = await loadSelfsigned()
  const { cert, private: key } = await generate([{ name: 'commonName', value: 's2-reference-server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - HOUR_MS),
    notAfterDate: new Date(now.getTime() + YEAR_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  })
  return { cert, key }
}

/** An optional peer of this package: who asks for a certificate installs it, and waits for it to load. */
async function loadSelfsigned(): Promise<typeof import('selfsigned')> {
  try {
    return await import('selfsigned')
  } catch {
    throw new CertificateError(
      'a self-signed certificate needs the package selfsigned: npm install selfsigned',
    )
  }
}

/** Throws `CertificateError` if a file cannot be read, is no PEM of its kind, or the two do not belong together. */
export async function readCertificate(certFile: string, keyFile: string): Promise<Certificate> {
  const cert = await readPem(certFile, 'certificate')
  const key = await readPem(keyFile, 'key')
  for (const [parts, what] of [
    [{ cert }, `${certFile} holds no certificate in PEM`],
    [{ key }, `${keyFile} holds no private key in PEM without a passphrase`],
    [{ cert, key }, `the key in ${keyFile} is not that of the certificate in ${certFile}`],
  ] as const) {
    try {
      createSecureContext(parts)
    } catch {
      throw new CertificateError(what)
    }
  }
  return { cert, key }
}

const HOUR_MS = 3_600_000
const YEAR_MS = 365 * 24 * HOUR_MS

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

async function readPem(file: string, what: string): Promise<string> {
  try {
    return String(await readWhole(file))
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : messageOf(error)
    throw new CertificateError(`cannot read the ${what} ${file}: ${why}`)
  }
}
