import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from '../../client/faults/relay.ts'
import { LaunchError, type Launcher } from '../../client/launch/launcher.ts'
import { messageOf } from '../../kit/message-of.ts'
import { addressOf } from '../transport/address-of.ts'
import type { Fault, PathFault, TargetFault } from '../workload/fault.ts'
import { isTargetFault } from '../workload/faults.ts'
import type { FaultEffect } from './fault-schedule.ts'
import type { FaultReceipt } from './proxy.ts'
import { type RunningProxy, startProxy, type Watched } from './start-proxy.ts'

/** What does the faults of a workload. */
export interface FaultInjector {
  /** What to connect to in place of the target, where there are faults on the way. */
  readonly proxy: (Watched & { readonly address: Address }) | undefined
  /** Rejects with a `LaunchError` where the target does not come back. */
  strike(fault: Fault): Promise<FaultEffect>
  end(): Promise<void>
}

/** A proxy before the target at this origin where one is needed. */
export async function createFaultInjector(
  faults: readonly Fault[],
  launcher: Launcher,
  origin: string,
): Promise<FaultInjector> {
  const proxy = faults.every(isTargetFault) ? undefined : await startProxy(addressOf(origin))
  return {
    proxy,
    async strike(fault) {
      if (!isTargetFault(fault)) return told(fault, await throughProxy(proxy, fault))
      return fault.kind === 'pause' ? await pause(launcher, fault) : await kill(launcher, fault)
    },
    end: async () => await proxy?.end(),
  }
}

function throughProxy(proxy: RunningProxy | undefined, fault: PathFault): Promise<FaultReceipt> {
  if (proxy === undefined) throw new Error('there is no proxy for a fault on the way')
  return proxy.order(fault)
}

function told({ kind }: PathFault, { connections, bytes }: FaultReceipt): FaultEffect {
  const through = `${connections} ${connections === 1 ? 'connection' : 'connections'}`
  if (kind === 'cut') return { hit: connections > 0, what: `${through} cut` }
  const what = `${bytes.toLocaleString('en')} bytes of ${through} ${kind === 'stall' ? 'held back' : 'delayed'}`
  return { hit: bytes > 0, what }
}

const GONE: FaultEffect = { hit: false, what: 'the target had died before' }

async function pause(launcher: Launcher, { lasts }: TargetFault): Promise<FaultEffect> {
  if (launcher.death !== undefined) return GONE
  const begin = performance.now()
  await launcher.pause()
  try {
    await sleep(lasts * 1000)
  } finally {
    await launcher.continue()
  }
  return { hit: true, what: `all its processes stood still for ${since(begin)}` }
}

async function kill(launcher: Launcher, { lasts }: TargetFault): Promise<FaultEffect> {
  if (launcher.death !== undefined) return GONE
  const begin = performance.now()
  await launcher.kill()
  const gone = since(begin)
  await sleep(lasts * 1000)
  const again = performance.now()
  try {
    await launcher.start(new AbortController().signal)
  } catch (error) {
    const why = messageOf(error)
    throw new LaunchError(`the target did not come back after it was killed: ${why}`)
  }
  return { hit: true, what: `SIGKILL, gone after ${gone}; started again, ready after ${since(again)}` }
}

const since = (begin: number): string => `${Math.round(performance.now() - begin)} ms`
