import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

/** Which certificates the connections of a process accept. */
export interface Trust {
  /** Accepted besides those that Node trusts, in PEM. */
  readonly certificates: readonly string[]
  /** False accepts any certificate. */
  readonly verifies: boolean
  /** Holds the certificates. */
  readonly file?: string
}

/** Applies this trust to the connections of this thread and of threads that it starts afterwards. */
export function trust({ certificates, verifies, file }: Trust): void {
  trustedFile = file
  if (!verifies) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  setEnvironmentData(KEY, [...certificates])
  trustInThread()
}

let trustedFile: string | undefined

/** Returns the file whose certificates this process was told to trust. */
export const fileOfTrusted = (): string | undefined => trustedFile

/** Whether the connections of this process verify certificates. */
export const verifiesCertificates = (): boolean => process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0'

/** Applies the trust of the thread that started this one: Node keeps trusted certificates thread by thread. */
export function trustInThread(): void {
  const certificates = getEnvironmentData(KEY)
  if (!Array.isArray(certificates) || certificates.length === 0) return
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...certificates])
}

const KEY = 's2-conformance: trusted certificates'

/** Returns the certificates in a PEM text, or undefined if it holds none or one of them cannot be read. */
export function certificatesIn(text: string): readonly string[] | undefined {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  return found?.every(isCertificate) ? found : undefined
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
