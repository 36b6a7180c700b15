import type { Endpoints } from '../endpoints.ts'
import type { Launcher } from './launcher.ts'

/** A target that somebody else started and will stop. */
export function attach(endpoints: Endpoints): Launcher {
  const cannot = (what: string): never => {
    throw new Error(`the target was not launched by this run and cannot be ${what}`)
  }
  return {
    kind: 'attached',
    endpoints,
    dataDirectory: undefined,
    start: () => Promise.resolve(),
    kill: () => cannot('killed'),
    pause: () => cannot('paused'),
    continue: () => cannot('continued'),
    stop: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
    death: undefined,
  }
}
