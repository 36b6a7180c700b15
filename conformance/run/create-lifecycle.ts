import type { Lifecycle, SecondInstance } from '../context.ts'
import { createAccountClient } from '../target/clients/account.ts'
import { createExchange } from '../target/exchange.ts'
import { LaunchError } from '../target/launch/launcher.ts'
import type { Recorder } from '../target/transcript.ts'
import type { RunTarget } from './run-target.ts'

/** What a check may do to the life of the target. What it left behind does once it is over must not meet the next one. */
export function createLifecycle(target: RunTarget, recorder: Recorder, signal: AbortSignal): Lifecycle {
  const { launcher } = target
  const whileOn = async <T>(act: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    return await act()
  }
  return {
    kill: () => whileOn(() => launcher.kill()),
    stop: () => whileOn(() => launcher.stop()),
    start: (givenUp) =>
      whileOn(() => launcher.start(givenUp === undefined ? signal : AbortSignal.any([signal, givenUp]))),
    pause: () => whileOn(() => launcher.pause()),
    continue: () => whileOn(() => launcher.continue()),
    dataDirectory: launcher.dataDirectory,
    second: () => whileOn(() => secondOf(target, recorder, signal)),
  }
}

async function secondOf(
  { launcher, connections, ledger, capabilities }: RunTarget,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<SecondInstance> {
  const second = await launcher.second()
  const exchange = createExchange({ ...connections, endpoints: second.endpoints }, recorder, signal)
  return {
    account: createAccountClient({ exchange, ledger, sessionHttp: capabilities.has('http2') ? '2' : '1.1' }),
    async start() {
      try {
        await second.start(signal)
        return undefined
      } catch (error) {
        if (error instanceof LaunchError) return error.message
        throw error
      }
    },
    dispose: () => second.dispose(),
  }
}
