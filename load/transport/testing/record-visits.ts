import type { ReaderParts } from '../reader.ts'

/** What has come to a reader. */
export interface Visits {
  readonly records: (readonly [seqNum: number, body: string])[]
  /** Why it ended, each time that it did; undefined where it was asked to. */
  readonly ends: (string | undefined)[]
  readonly parts: ReaderParts
}

/** A visitor that keeps what it sees. */
export function recordVisits(): Visits {
  const records: (readonly [number, string])[] = []
  const ends: (string | undefined)[] = []
  return {
    records,
    ends,
    parts: {
      path: '/records',
      headers: {},
      visitor: {
        record: (seqNum, _timestamp, bytes, begin, end) =>
          void records.push([seqNum, bytes.toString('utf8', begin, end)]),
        tail() {},
      },
      onBytes() {},
      onEnd: (why) => void ends.push(why),
    },
  }
}
