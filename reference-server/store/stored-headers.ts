import type { Header } from '../../proto/types.ts'

/* Per header the lengths of name and value (4 bytes each), and both. How many there are is kept beside them. */

export function lengthOfHeaders(headers: readonly Header[]): number {
  let length = 0
  for (const { name, value } of headers) length += 8 + name.length + value.length
  return length
}

/** Writes them from `at` on, and returns where they end; `view` is of these bytes, made once for all of them. */
export function writeHeaders(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  headers: readonly Header[],
): number {
  let end = at
  for (const { name, value } of headers) {
    view.setUint32(end, name.length)
    view.setUint32(end + 4, value.length)
    bytes.set(name, end + 8)
    bytes.set(value, end + 8 + name.length)
    end += 8 + name.length + value.length
  }
  return end
}

/** So many headers from `at` on, which share the memory of `bytes`, and where they end. */
export function readHeaders(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  count: number,
): { readonly headers: readonly Header[]; readonly end: number } {
  const headers: Header[] = []
  let begin = at
  for (let left = count; left > 0; left--) {
    const name = begin + 8
    const value = name + view.getUint32(begin)
    const end = value + view.getUint32(begin + 4)
    headers.push({ name: bytes.subarray(name, value), value: bytes.subarray(value, end) })
    begin = end
  }
  return { headers, end: begin }
}
