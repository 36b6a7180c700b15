import type { ClassicLevel } from 'classic-level'
import { messageOf } from '../../kit/message-of.ts'
import { utf8 } from './bytes.ts'
import { addChecksum, removeChecksum } from './checksum.ts'
import { formatKey } from './keys.ts'
import { StoreError } from './store-error.ts'

export type Level = ClassicLevel<Uint8Array, Uint8Array>

/** The format this version writes. Format 1, of version 0.1.0, has no checksums and no mark. */
export const FORMAT = 2

/** The mark of a directory. `upgradedTo` is the last key whose value has a checksum while an upgrade is unfinished. */
export interface FormatMark {
  readonly format: number
  readonly upgradedTo?: Uint8Array
}

export function encodeFormat({ format, upgradedTo }: FormatMark): Uint8Array {
  const progress = upgradedTo === undefined ? {} : { upgradedTo: Buffer.from(upgradedTo).toString('hex') }
  return addChecksum(formatKey, utf8(JSON.stringify({ format, ...progress })))
}

/**
 * Reads the mark of a directory: undefined for an empty one, format 1 for one without a mark. Rejects with `StoreError`:
 * `open` for a format that this version does not know, `corrupt` for a mark that is damaged or missing.
 */
export async function readFormat(level: Level): Promise<FormatMark | undefined> {
  const stored = await level.get(formatKey)
  if (stored === undefined) return await readUnmarked(level)
  const mark = parseMark(removeChecksum(formatKey, stored))
  if (mark.format > FORMAT) {
    throw new StoreError(
      'open',
      `the data has format ${mark.format} and this version reads formats up to ${FORMAT}: use a newer version`,
    )
  }
  return mark
}

/** A value of format 1 has a valid checksum only by a chance of one in four billion. */
async function readUnmarked(level: Level): Promise<FormatMark | undefined> {
  const [first] = await level.iterator({ limit: 1 }).all()
  if (first === undefined) return undefined
  if (removeChecksum(...first) === undefined) return { format: 1 }
  throw new StoreError('corrupt', 'the format of the data is missing; restore the directory from a backup')
}

function parseMark(value: Uint8Array | undefined): FormatMark {
  try {
    const mark: unknown = JSON.parse(Buffer.from(value ?? []).toString())
    if (typeof mark === 'object' && mark !== null && 'format' in mark && typeof mark.format === 'number') {
      const progress =
        'upgradedTo' in mark && typeof mark.upgradedTo === 'string' ? mark.upgradedTo : undefined
      return {
        format: mark.format,
        ...(progress !== undefined && { upgradedTo: Buffer.from(progress, 'hex') }),
      }
    }
    throw new TypeError('no format')
  } catch (cause) {
    throw new StoreError('corrupt', `the format of the data cannot be read: ${messageOf(cause)}`, cause)
  }
}
