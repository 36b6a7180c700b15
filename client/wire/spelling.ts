/** How a request is put on its connection, where HTTP leaves that to whoever sends it. Nothing of it changes what is asked. */
export interface Spelling {
  /** The names of the headers in the order and the case in which they are sent, given those of the request. HTTP/2 has no case. */
  readonly names?: (names: readonly string[]) => readonly string[]
  /** Lengths of the chunks or DATA frames of a whole body; one that is left is the last. Absent: one piece, its length told. */
  readonly pieces?: readonly number[]
  /** After so many bytes of the connection what is sent is cut, on a connection of its own: each part is a write of its own. */
  readonly cuts?: readonly number[]
  /** Between two parts, so that they are not read as one. */
  readonly pause: () => Promise<void>
}

/** The headers as they are spelt. Throws an Error for a name that the request does not have. */
export function speltHeaders(
  headers: Readonly<Record<string, string>>,
  { names = (all) => all }: Spelling,
): readonly (readonly [name: string, value: string])[] {
  return names(Object.keys(headers)).map((name) => {
    const value = headers[name.toLowerCase()]
    if (value === undefined) throw new Error(`no header ${name} is sent`)
    return [name, value]
  })
}

/** The pieces of a whole body, none of them empty. */
export function speltBody(body: Uint8Array, { pieces = [] }: Spelling): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  let from = 0
  for (const length of pieces) {
    if (length > 0 && from < body.length) parts.push(body.subarray(from, from + length))
    from += Math.max(0, length)
  }
  if (from < body.length) parts.push(body.subarray(from))
  return parts
}
