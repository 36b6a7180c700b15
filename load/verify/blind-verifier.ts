import type { RunLog } from './run-log.ts'
import { readIntended } from './stamp.ts'
import type { StreamVerifier, VerifierParts } from './stream-verifier.ts'

/**
 * Looks at no record: in a bench it stands in the place of a `StreamVerifier`, so that what verification costs is what that
 * one costs more.
 */
export class BlindVerifier implements Pick<StreamVerifier, 'next' | 'writers' | 'see'> {
  readonly writers: ReadonlyMap<number, RunLog> = new Map()
  next: number

  constructor({ start }: VerifierParts) {
    this.next = start
  }

  see(seqNum: number, _timestamp: number, bytes: Buffer, _begin: number, end: number): number | undefined {
    this.next = seqNum + 1
    return readIntended(bytes, end)
  }
}
