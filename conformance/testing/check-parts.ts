import type { Capability } from '../../client/capability.ts'
import { singleEndpoint } from '../../client/endpoints.ts'
import type { Connections } from '../../client/exchange.ts'
import { faultyWiresBy } from '../../client/faults/faulty-wires.ts'
import { createInventory } from '../../client/inventory.ts'
import { attach } from '../../client/launch/attached.ts'
import { createRedactor } from '../../client/redact.ts'
import type { RunTarget } from '../../client/run/run-target.ts'
import { createRecorder, type Recorder } from '../../client/transcript.ts'
import type { Transport } from '../../client/transport.ts'
import { createHttp1 } from '../../client/wire/http1.ts'
import { createHttp2 } from '../../client/wire/http2.ts'
import { type Clock, realClock } from '../../kit/clock.ts'
import type { CheckContext } from '../check/context.ts'
import type { Requirement } from '../check/requirement.ts'
import { type CheckParts, createContext } from '../run/create-context.ts'

export interface TestTarget extends RunTarget {
  close(): Promise<void>
}

export interface TargetOptions {
  readonly capabilities?: readonly Capability[]
  readonly requestSeconds?: number
  readonly token?: string
  /** Of the clients' deadlines and of the checks. Default: the real one. */
  readonly clock?: Clock
}

/** A target at this origin, as if it had been recognised; its shared basin is not created. */
export function testTarget(origin: string, options: TargetOptions = {}): TestTarget {
  const endpoints = singleEndpoint(origin)
  const connections: Connections = {
    endpoints,
    token: options.token,
    http1: createHttp1(),
    http2: createHttp2(),
    faulty: faultyWiresBy(),
    requestSeconds: options.requestSeconds ?? 60,
    clock: options.clock ?? realClock,
  }
  const inventory = createInventory('testrun')
  return {
    connections,
    launcher: attach(endpoints),
    redactor: createRedactor([options.token]),
    inventory,
    sharedBasin: inventory.newBasinName(),
    capabilities: new Set(options.capabilities ?? ['basins', 'http2']),
    absent: new Map(),
    undecided: new Map(),
    server: undefined,
    basinsTakeTime: false,
    async close() {
      await Promise.all([connections.http1.close(), connections.http2.close()])
    },
  }
}

export interface TestContext {
  readonly context: CheckContext
  readonly recorder: Recorder
  readonly observations: readonly string[]
}

/** The context of a check that the test itself plays. */
export function testContext(
  target: RunTarget,
  transport: Transport = 'json',
  more: Partial<Pick<CheckParts, 'profile' | 'random'>> = {},
): TestContext {
  const recorder = createRecorder(target.redactor)
  const observations: string[] = []
  const context = createContext(target, {
    transport,
    recorder,
    signal: new AbortController().signal,
    clock: target.connections.clock,
    profile: more.profile ?? 'core',
    thorough: false,
    random: more.random ?? (() => 0.5),
    record: (observation) => void observations.push(observation),
    attach: () => {},
    draw: () => {},
    allow: () => {},
  })
  return { context, recorder, observations }
}

/** A requirement of no row, for the machinery to run; it looks at something before the check does. */
export function testRequirement(
  check: Requirement['check'],
  more: Partial<Omit<Requirement, 'check'>> = {},
): Requirement {
  return {
    id: 'TEST-001',
    title: 'a test',
    level: 'MUST',
    tier: 'core',
    statement: 'Something holds.',
    source: 'nowhere',
    needs: [],
    ...more,
    check: async (context) => {
      context.expect.that(true, 'the test runs', undefined)
      await check(context)
    },
  }
}
