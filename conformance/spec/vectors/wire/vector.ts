import { WireError } from '../../../../proto/wire-error.ts'

/** A vector without its id: a kind, the bytes or text, and what they mean or the code that refuses them. */
export interface WireVector {
  readonly kind: string
  readonly [member: string]: unknown
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export const bytesOf = (hex: string): Uint8Array =>
  new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** Returns what `decode` returns, as a member of a vector, or the code of its refusal. */
export function meaning(name: string, decode: () => unknown): object {
  try {
    return { [name]: decode() }
  } catch (error) {
    if (error instanceof WireError) return { error: error.code }
    throw error
  }
}
