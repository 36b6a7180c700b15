import { lengthOfVarint, writeVarint } from '../../proto/varint.ts'

/** The tag of a header in an `AppendRecord`, and in a `SequencedRecord`. */
export const APPENDED_HEADER = 0x12
export const READ_HEADER = 0x1a
const [NAME, VALUE] = [0x0a, 0x12] as const

/** The headers of a record as they stand in its message: one after another, and of each the name before the value. */
export const encodeHeaders = (
  headers: readonly (readonly [name: Buffer, value: Buffer])[],
  tag: typeof APPENDED_HEADER | typeof READ_HEADER,
): Buffer =>
  Buffer.concat(
    headers.map(([name, value]) => field(tag, Buffer.concat([field(NAME, name), field(VALUE, value)]))),
  )

function field(tag: number, content: Buffer): Buffer {
  const head = Buffer.alloc(1 + lengthOfVarint(content.length))
  head.writeUInt8(tag)
  writeVarint(head, 1, content.length)
  return Buffer.concat([head, content])
}
