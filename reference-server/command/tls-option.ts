import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Given } from '../../kit/cli/command.ts'
import { createTemporaryDirectory } from '../../kit/temporary-directory.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { type Certificate, readCertificate, selfSigned } from '../http/connections/certificate.ts'

/** Whether to speak TLS, and with whose certificate. */
export type TlsOption =
  | { readonly tls: 'none' }
  | { readonly tls: 'self-signed' }
  | { readonly tls: 'files'; readonly certFile: string; readonly keyFile: string }

/** `--tls-self`, or `--tls-cert` and `--tls-key`, or none of the three (CP-LITE-002). Throws `UsageError`. */
export function parseTls(given: Given): TlsOption {
  const certFile = given.text('tls-cert')
  const keyFile = given.text('tls-key')
  if (given.flag('tls-self')) {
    if (certFile === undefined && keyFile === undefined) return { tls: 'self-signed' }
    throw new UsageError('--tls-self makes a certificate, and goes with neither --tls-cert nor --tls-key')
  }
  if (certFile === undefined && keyFile === undefined) return { tls: 'none' }
  if (certFile === undefined) throw new UsageError('--tls-key needs --tls-cert')
  if (keyFile === undefined) throw new UsageError('--tls-cert needs --tls-key')
  return { tls: 'files', certFile, keyFile }
}

/** What clients need that shall trust a certificate which nobody vouches for. */
export interface TrustFile {
  /** The certificate in PEM. */
  readonly path: string
  remove(): Promise<void>
}

export interface Tls {
  readonly certificate: Certificate | undefined
  /** Only for a certificate of our own making. */
  readonly trust: TrustFile | undefined
}

/**
 * The certificate; one that is made stands for `hosts`. Throws `CertificateError` if files do not hold what they
 * should.
 */
export async function openTls(option: TlsOption, hosts: readonly string[]): Promise<Tls> {
  switch (option.tls) {
    case 'none':
      return { certificate: undefined, trust: undefined }
    case 'files':
      return { certificate: await readCertificate(option.certFile, option.keyFile), trust: undefined }
    case 'self-signed': {
      const certificate = await selfSigned(hosts)
      return { certificate, trust: await writeTrustFile(certificate) }
    }
  }
}

async function writeTrustFile({ cert }: Certificate): Promise<TrustFile> {
  const directory = await createTemporaryDirectory('s2-reference-server')
  const path = join(directory.path, 'certificate.pem')
  await writeFile(path, cert)
  return { path, remove: directory.remove }
}
