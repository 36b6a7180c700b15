/** The hex digits of bytes that are written apart, and where each digit is in the text. */
export interface SeparatedHex {
  readonly digits: string
  readonly positions: readonly number[]
}

/** Returns every run of at least this many groups of bytes in hex, such as `aa:bb`, `aabb ccdd` or `0xaa, 0xbb`. */
export function separatedHex(text: string, groups: number): readonly SeparatedHex[] {
  const group = `(?:0x)?(?:[0-9a-f]{2}){1,8}`
  const runs = new RegExp(String.raw`${group}(?:[\s:;,._-]{1,2}${group}){${groups - 1},}`, 'gi')
  return [...text.matchAll(runs)].map(({ 0: run, index }) => {
    const positions = [...run.matchAll(/0x|([0-9a-f])/gi)].flatMap((match) =>
      match[1] === undefined ? [] : [index + match.index],
    )
    return { digits: positions.map((position) => text[position]).join(''), positions }
  })
}
