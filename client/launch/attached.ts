import type { Endpoints } from '../endpoints.ts'
import type { Launcher } from './launcher.ts'

/** A target that somebody else started and will stop. */
export function attach(endpoints: Endpoints): Launcher {
  const cannot = async (what: string): Promise<never> => {
    throw new Error(`the target was not launched by this run and cannot be ${what}`)
  }
  return {
    kind: 'attached',
    endpoints,
    dataDirectory: undefined,
    forgets: 'the target was not launched by this run: use --launch',
    storage: undefined,
    unwatchable: 'the target was not launched by this run: use --launch',
    start: () => Promise.resolve(),
    kill: () => cannot('killed'),
    pause: () => cannot('paused'),
    continue: () => cannot('continued'),
    stop: () => Promise.resolve(),
    second: () => cannot('doubled'),
    watch: () => cannot('watched'),
    dispose: () => Promise.resolve(),
    cpuSeconds: () => undefined,
    death: undefined,
  }
}
