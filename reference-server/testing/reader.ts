import type { ReadEnd, ReadStart } from '../../proto/types.ts'
import type { Backend, ReadOutput, StreamAddress } from '../backend/backend.ts'
import type { GivenKey } from '../encryption/encryption-key.ts'
import { settle } from './fake-clock.ts'
import { bodiesOf, ok } from './test-backend.ts'

/** A reader that takes all it is given, as soon as it comes. */
export interface Reader {
  readonly outputs: readonly ReadOutput[]
  /** Bodies so far. */
  bodies(): readonly string[]
  /** Kinds of what came so far. */
  kinds(): readonly ReadOutput['kind'][]
  ended(): boolean
  /** As a client that leaves. */
  leave(): void
}

export async function startReader(
  backend: Backend,
  address: StreamAddress,
  start: ReadStart,
  end: ReadEnd,
  key?: GivenKey,
): Promise<Reader> {
  const controller = new AbortController()
  const session = ok(await backend.openRead(address, start, end, controller.signal, key))
  const outputs: ReadOutput[] = []
  let ended = false
  void (async () => {
    for await (const output of session) outputs.push(output)
    ended = true
  })()
  await settle()
  return {
    outputs,
    bodies: () => outputs.flatMap((output) => (output.kind === 'batch' ? bodiesOf(output.records) : [])),
    kinds: () => outputs.map(({ kind }) => kind),
    ended: () => ended,
    leave: () => controller.abort(),
  }
}
