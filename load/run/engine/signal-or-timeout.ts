/** Resolves when it is told, or when the time is over. */
export function signalOrTimeout(tell: (resolve: () => void) => void, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    tell(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
