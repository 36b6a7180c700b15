/** Calls `fire` when it happens, until the returned function is called. */
export type Source = (fire: () => void) => () => void

/** The name of the source that fires first, or `aborted`; all are let go of. */
export function firstEvent<Name extends string>(
  signal: AbortSignal,
  sources: Readonly<Record<Name, Source>>,
): Promise<Name | 'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('aborted')
    const undo: (() => void)[] = []
    const settle = (event: Name | 'aborted'): void => {
      for (const letGo of undo) letGo()
      resolve(event)
    }
    const abort = (): void => settle('aborted')
    signal.addEventListener('abort', abort)
    undo.push(() => signal.removeEventListener('abort', abort))
    for (const name in sources) undo.push(sources[name](() => settle(name)))
  })
}
