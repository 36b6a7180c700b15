import type { Backend, Served } from '../../backend/backend.ts'
import { Drain } from '../../drain.ts'

export interface Call {
  readonly operation: string
  readonly args: readonly unknown[]
}

export interface FakeBackend {
  readonly backend: Backend
  /** Every operation that was asked for, in order: empty means that the request had no effect. */
  readonly calls: readonly Call[]
}

/** A backend of canned answers. An operation without one fails the request, and so the test. */
export function fakeBackend(answers: Partial<Backend> = {}): FakeBackend {
  const calls: Call[] = []
  const operation =
    <Name extends Exclude<keyof Backend, 'drain' | 'served'>>(name: Name) =>
    (...args: unknown[]): never => {
      calls.push({ operation: name, args })
      const answer: ((...args: never[]) => unknown) | undefined = answers[name]
      if (answer === undefined) throw new Error(`the backend was not expected to be asked for ${name}`)
      return Reflect.apply(answer, undefined, args) as never
    }
  const backend: Backend = {
    listBasins: operation('listBasins'),
    createBasin: operation('createBasin'),
    ensureBasin: operation('ensureBasin'),
    getBasinConfig: operation('getBasinConfig'),
    reconfigureBasin: operation('reconfigureBasin'),
    deleteBasin: operation('deleteBasin'),
    listStreams: operation('listStreams'),
    createStream: operation('createStream'),
    ensureStream: operation('ensureStream'),
    getStreamConfig: operation('getStreamConfig'),
    reconfigureStream: operation('reconfigureStream'),
    deleteStream: operation('deleteStream'),
    listAccessTokens: operation('listAccessTokens'),
    issueAccessToken: operation('issueAccessToken'),
    revokeAccessToken: operation('revokeAccessToken'),
    authenticate: answers.authenticate ?? (() => undefined),
    append: operation('append'),
    openAppendSession: operation('openAppendSession'),
    checkTail: operation('checkTail'),
    openRead: operation('openRead'),
    listLocations: operation('listLocations'),
    defaultLocation: operation('defaultLocation'),
    setDefaultLocation: operation('setDefaultLocation'),
    accountMetrics: operation('accountMetrics'),
    basinMetrics: operation('basinMetrics'),
    streamMetrics: operation('streamMetrics'),
    served: answers.served ?? UNCOUNTED,
    activity: answers.activity ?? (() => ({ liveStreams: 0, followers: 0 })),
    drain: answers.drain ?? new Drain(),
    healthy: answers.healthy ?? (() => true),
    close: answers.close ?? (async () => {}),
  }
  return { backend, calls }
}

const UNCOUNTED: Served = {
  operation: () => {},
  basinOperation: () => {},
  append: () => {},
  unaryRead: () => {},
  sessionRead: () => {},
}
