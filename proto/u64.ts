import { MAX_U64 } from './limits.ts'

/** Whether a number fits the wire's unsigned 64 bits (REC-024). */
export function isU64(value: bigint): boolean {
  return value >= 0n && value <= MAX_U64
}

/** Reads 1 to 20 decimal digits without a sign; undefined for any other text and above 2^64 - 1. */
export function parseU64(text: string): bigint | undefined {
  if (!/^\d{1,20}$/.test(text)) return undefined
  const value = BigInt(text)
  return isU64(value) ? value : undefined
}
