/** Seeded randomness with the few questions that generators ask. The same seed gives the same answers. */
export interface Chance {
  /** From 0 up to, not including, `below`. */
  int(below: number): number
  /** True this often, of 1. */
  is(share: number): boolean
  pick<Value>(values: readonly Value[]): Value
  bytes(length: number): Uint8Array
  /** Up to, and including, `most` of them. */
  many<Value>(most: number, make: () => Value): readonly Value[]
}

/** Each item of a run has a chance of its own, so that it can be made again alone. */
export function chanceOf(seed: number, kind: string, index: number): Chance {
  let state = hash(`${seed}/${kind}/${index}`)
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const int = (below: number): number => Math.floor((next() / 2 ** 32) * below)
  return {
    int,
    is: (share) => next() < share * 2 ** 32,
    pick(values) {
      const value = values[int(values.length)]
      if (value === undefined) throw new RangeError('there is nothing to pick from')
      return value
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(256)),
    many: (most, make) => Array.from({ length: int(most + 1) }, make),
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value
}

/** One to four changes anywhere: a bit, a byte, a cut, a piece twice, something in between. */
export function damaged(input: Uint8Array, chance: Chance): Uint8Array {
  let bytes = Buffer.from(input)
  for (let left = 1 + chance.int(4); left > 0; left--) {
    const at = chance.int(bytes.length + 1)
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    const length = chance.int(16)
    switch (chance.int(7)) {
      case 0:
        bytes = Buffer.concat([head, tail.subarray(length)])
        break
      case 1:
        bytes = Buffer.concat([head, chance.bytes(length), tail])
        break
      case 2:
        bytes = Buffer.concat([head, tail.subarray(0, length), tail])
        break
      case 3:
        bytes = Buffer.from(head)
        break
      case 4:
        bytes = Buffer.concat([
          head,
          Buffer.from(chance.pick(['\r\n', '\n', '\r', '\0', ' ', ':', '%', '\r\n\r\n'])),
          tail,
        ])
        break
      default:
        if (tail.length > 0)
          bytes = Buffer.concat([head, Buffer.of((tail[0] ?? 0) ^ (1 << chance.int(8))), tail.subarray(1)])
    }
  }
  return bytes
}
