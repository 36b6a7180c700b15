/** A fixed number of places for work that takes much memory. */
export interface Semaphore {
  /** Resolves, in the order of the calls, when a place is free; the place is taken until the returned function is called. */
  take(): Promise<() => void>
}

export function createPlaces(count: number): Semaphore {
  let free = count
  const waiting: (() => void)[] = []
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async take() {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return leave
    },
  }
}
