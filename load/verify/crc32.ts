/** CRC-32 as zlib has it, table by table: for the few bytes of a stamp, where a call into native code costs more. */
const TABLE: Uint32Array = new Uint32Array(256).map((_zero, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The checksum of what `before` is the checksum of, followed by these bytes. */
export function crc32(bytes: Uint8Array, begin: number, end: number, before: number): number {
  let value = ~before
  for (let index = begin; index < end; index++) {
    value = (value >>> 8) ^ (TABLE[(value ^ (bytes[index] ?? 0)) & 0xff] ?? 0)
  }
  return ~value >>> 0
}
