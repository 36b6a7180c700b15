import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32c } from './crc32c.ts'

/** LevelDB divides its log into blocks of this size. No physical record crosses the end of a block. */
const BLOCK_BYTES = 32_768

/** CRC-32C, length and type of a physical record. */
const HEADER_BYTES = 7

/** The first 12 bytes of a commit: the sequence number of its first change, and the number of changes. */
const COMMIT_HEADER_BYTES = 12

const FULL = 1
const FIRST = 2
const LAST = 4

/**
 * Returns a line for each log of LevelDB in the directory that is damaged before its end. LevelDB drops such a part without an
 * error, and deletes the log once it has read it. The end of a log that a crash has torn is not damage.
 */
export async function damagedLogs(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => /^\d+\.log$/.test(name)).sort()
  const lines: string[] = []
  for (const name of names) {
    const at = damagedAt(await readFile(join(directory, name)))
    if (at !== undefined) lines.push(`${name} is damaged at byte ${at}, before acknowledged commits`)
  }
  return lines
}

/**
 * Returns the offset of the first part of a log that cannot be read although a later commit can. Each commit is synced before
 * the next is written, so a crash damages the last one only.
 */
export function damagedAt(log: Uint8Array): number | undefined {
  const bytes = Buffer.from(log.buffer, log.byteOffset, log.byteLength)
  let bad: number | undefined
  let next: bigint | undefined
  let begun: CommitHeader | undefined
  let at = 0
  while (at < bytes.length) {
    const start = skipPadding(at)
    const record = recordAt(bytes, start)
    if (record === undefined) {
      bad ??= start
      begun = undefined
      at = start + 1
      continue
    }
    begun = continued(begun, record, start)
    if (begun?.header.length === COMMIT_HEADER_BYTES) {
      const sequence = begun.header.readBigUInt64LE(0)
      const isLater = next === undefined || sequence >= next
      if (isLater && (bad !== undefined || (next !== undefined && sequence > next))) return bad ?? begun.start
      if (isLater) next = sequence + BigInt(begun.header.readUInt32LE(8))
      begun = undefined
    }
    at = record.end
  }
  return undefined
}

interface PhysicalRecord {
  readonly type: number
  readonly body: Buffer
  readonly end: number
}

/** What was read of the header of a commit. Where a block ends within it, the next physical record has the rest. */
interface CommitHeader {
  /** Offset of the commit. */
  readonly start: number
  readonly header: Buffer
}

/** Returns undefined behind the header of a commit. */
function continued(
  begun: CommitHeader | undefined,
  { type, body }: PhysicalRecord,
  start: number,
): CommitHeader | undefined {
  if (type === FULL || type === FIRST) return { start, header: body.subarray(0, COMMIT_HEADER_BYTES) }
  if (begun === undefined) return undefined
  const header = Buffer.concat([begun.header, body]).subarray(0, COMMIT_HEADER_BYTES)
  return { start: begun.start, header }
}

function recordAt(bytes: Buffer, at: number): PhysicalRecord | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined
  const end = at + HEADER_BYTES + bytes.readUInt16LE(at + 4)
  const type = bytes.readUInt8(at + 6)
  const blockEnd = at - (at % BLOCK_BYTES) + BLOCK_BYTES
  if (type < FULL || type > LAST || end > bytes.length || end > blockEnd) return undefined
  if (bytes.readUInt32LE(at) !== masked(crc32c(bytes.subarray(at + 6, end)))) return undefined
  return { type, body: bytes.subarray(at + HEADER_BYTES, end), end }
}

/** The last bytes of a block, too few for a header, are zeros. */
function skipPadding(at: number): number {
  const left = BLOCK_BYTES - (at % BLOCK_BYTES)
  return left < HEADER_BYTES ? at + left : at
}

/** LevelDB stores a checksum rotated and shifted, since a log may hold the bytes of another log. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
