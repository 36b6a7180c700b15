import type { RunLog } from './run-log.ts'
import { INTENDED, readU53, STAMP_BYTES, viewOf } from './stamp-layout.ts'
import type { StreamVerifier, VerifierParts } from './stream-verifier.ts'

/**
 * Looks at no record: in a bench it stands in the place of a `StreamVerifier`, so that what verification costs is what that
 * one costs more.
 */
export class NoopVerifier implements Pick<StreamVerifier, 'next' | 'writers' | 'see' | 'seeEnd'> {
  readonly writers: ReadonlyMap<number, RunLog> = new Map()
  next: number
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = viewOf(this.#bytes)

  constructor({ start }: VerifierParts) {
    this.next = start
  }

  see(seqNum: number, _timestamp: number, bytes: Buffer, _begin: number, end: number): number | undefined {
    this.next = seqNum + 1
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = viewOf(bytes)
    }
    return readU53(this.#view, end - STAMP_BYTES + INTENDED)
  }

  seeEnd(): void {}
}
