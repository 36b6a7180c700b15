import type { Write } from './store.ts'

/**
 * What is left to write when, of several writes to one key, only the last is kept: a group of commits to one stream writes its
 * state once. They become durable together, so nobody can tell.
 */
export function lastOfEach(writes: readonly Write[]): Write[] {
  const seen = new Set<string>()
  const kept: Write[] = []
  for (let index = writes.length - 1; index >= 0; index--) {
    const write = writes[index]
    if (write === undefined) continue
    const key = textOf(write.key)
    if (seen.has(key)) continue
    seen.add(key)
    kept.push(write)
  }
  return kept.reverse()
}

const textOf = (key: Uint8Array): string =>
  Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1')
