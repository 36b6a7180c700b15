import { uncleared } from './unzeroed-bytes.ts'

/** Bytes that follow each other, and need not stand side by side in memory to be sent. */
export type Pieces = readonly Uint8Array[]

export const lengthOfPieces = (pieces: Pieces): number => pieces.reduce((sum, { length }) => sum + length, 0)

/** One piece is taken as it is. */
export function joinPieces(pieces: Pieces): Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  const joined = uncleared(lengthOfPieces(pieces))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
