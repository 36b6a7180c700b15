import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { selfSigned } from '../../reference-server/http/connections/certificate.ts'

/** A certificate that nobody vouches for, and how everybody is told to trust it. */
export interface Trust {
  readonly serverOptions: readonly string[]
  readonly clientEnvironment: NodeJS.ProcessEnv
}

/** Before any of ours: of two with the same name the one that was made last would not always be found. */
const OTHERS = getCACertificates('default')

/** Makes a certificate for loopback, and has this process trust it and none that was made before. */
export async function makeCertificate(directory: string): Promise<Trust> {
  const { cert, key } = await selfSigned(['localhost', '127.0.0.1'])
  const [certFile, keyFile] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')]
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key, { mode: 0o600 })])
  setDefaultCACertificates([...OTHERS, cert])
  return {
    serverOptions: ['--tls-cert', certFile, '--tls-key', keyFile],
    // Node, then Go and Python; what is written in Rust takes no certificate, only any.
    clientEnvironment: { NODE_EXTRA_CA_CERTS: certFile, SSL_CERT_FILE: certFile, S2_SSL_NO_VERIFY: 'true' },
  }
}
