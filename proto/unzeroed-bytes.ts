/** Bytes of any value, to be written from the first to the last: a megabyte of them costs more to clear than to fill. */
export function uncleared(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
}
