import { readFile } from 'node:fs/promises'
import type { Given, Io, Option } from '../../kit/cli/command.ts'
import { systemReason } from '../../kit/message-of.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { certificatesIn, trust } from '../trust-certificates.ts'

/** Which certificates a command accepts from `https:` endpoints. */
export const TRUST_OPTIONS: readonly Option[] = [
  {
    name: 'ca',
    value: 'FILE',
    help: 'trust the certificates in this PEM file too, for https: endpoints',
  },
  {
    name: 'insecure',
    help: 'accept any certificate from https: endpoints; S2_SSL_NO_VERIFY=true does the same',
  },
]

/** Applies the trust options to every connection that this process opens. Throws `UsageError`. */
export async function applyTrust(given: Given, io: Pick<Io, 'env' | 'err'>): Promise<void> {
  const file = given.text('ca')
  const why = reasonNotToVerify(given, io.env)
  if (why !== undefined) {
    if (file !== undefined)
      throw new UsageError(`--ca and ${why} exclude each other: with ${why} no certificate is verified`)
    io.err(
      `warning: ${why} accepts any certificate, so others on the network can read and change what is sent\n`,
    )
  }
  const certificates = file === undefined ? [] : await readCertificates(file)
  if (why !== undefined || certificates.length > 0)
    trust({ certificates, verifies: why === undefined, ...(file !== undefined && { file }) })
}

/** The option or variable that turns verification off, as the `s2` command has it. */
function reasonNotToVerify(given: Given, env: Io['env']): string | undefined {
  if (given.flag('insecure')) return '--insecure'
  return /^(1|true)$/i.test(env.S2_SSL_NO_VERIFY ?? '')
    ? `S2_SSL_NO_VERIFY=${env.S2_SSL_NO_VERIFY}`
    : undefined
}

async function readCertificates(file: string): Promise<readonly string[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--ca: ${file} cannot be read: ${systemReason(error)}`)
  }
  const certificates = certificatesIn(text)
  if (certificates === undefined)
    throw new UsageError(
      `--ca: ${file} holds no valid certificate: give a PEM file with BEGIN CERTIFICATE lines`,
    )
  return certificates
}
