import type { AccountClient } from '../../client/account-client.ts'
import { createAccountClient } from '../../client/clients/account.ts'
import { createExchange } from '../../client/exchange.ts'
import { LaunchError, type Launcher } from '../../client/launch/launcher.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import type { Recorder } from '../../client/transcript.ts'
import type { Lifecycle, SecondInstance, WatchedInstance, WatchedLife } from '../check/context.ts'

/** What a check may do to the life of the target. What it left behind does once it is over must not meet the next one. */
export function createLifecycle(target: RunTarget, recorder: Recorder, signal: AbortSignal): Lifecycle {
  const { launcher } = target
  const clientOf = ({ endpoints }: Launcher): AccountClient =>
    createAccountClient({
      // Another instance may be silent by right: only the target itself is given up.
      exchange: createExchange({ ...target.connections, endpoints, unanswered: undefined }, recorder, signal),
      inventory: target.inventory,
      sessionHttp: target.capabilities.has('http2') ? '2' : '1.1',
    })
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
    second: () => whileOn(() => secondOf(launcher, clientOf, signal)),
    watch: () => whileOn(() => watchedOf(launcher, clientOf, signal)),
  }
}

type ClientOf = (launcher: Launcher) => AccountClient

async function secondOf(
  launcher: Launcher,
  clientOf: ClientOf,
  signal: AbortSignal,
): Promise<SecondInstance> {
  const second = await launcher.second()
  return {
    account: clientOf(second),
    start: () => whyNotUp(second, signal),
    dispose: () => second.dispose(),
  }
}

async function watchedOf(
  launcher: Launcher,
  clientOf: ClientOf,
  signal: AbortSignal,
): Promise<WatchedInstance> {
  const { watched, revived, ...power } = await launcher.watch()
  const life = (one: Launcher): WatchedLife => ({
    account: clientOf(one),
    start: () => whyNotUp(one, signal),
    kill: () => one.kill(),
  })
  return { ...power, watched: life(watched), revived: life(revived) }
}

async function whyNotUp(launcher: Launcher, signal: AbortSignal): Promise<string | undefined> {
  try {
    await launcher.start(signal)
    return undefined
  } catch (error) {
    if (error instanceof LaunchError) return error.message
    throw error
  }
}
