/**
 * Calls `work` for each item in order, at most `width` at a time, and resolves when all are done. `work` must not
 * reject. Once `signal` is aborted nothing more is begun, and the items left over are returned.
 */
export async function runPool<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<readonly T[]> {
  const left = [...items]
  const lane = async (): Promise<void> => {
    while (!signal.aborted) {
      const item = left.shift()
      if (item === undefined) return
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return left
}
