import fc from 'fast-check'
import type { Action, History, Operation, Outcome, Request, Seen } from '../operation.ts'
import { bodiesOf, isAppend } from '../placement.ts'
import { acked, at, NEVER, tail, unknown } from './small-history.ts'

interface Step {
  readonly kind: number
  readonly size: number
  readonly offset: number
  readonly lead: number
  readonly lag: number
  readonly lost: boolean
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.nat(7),
    size: fc.integer({ min: 1, max: 3 }),
    offset: fc.nat(3),
    lead: fc.nat(25),
    lag: fc.nat(25),
    lost: fc.boolean(),
  }),
  { minLength: 2, maxLength: 7 },
)

/** Perfect clients of a perfect stream, one after another at times 10, 20, ...; then one answer or time is altered. */
export const generated: fc.Arbitrary<History> = fc
  .tuple(steps, fc.nat(6), fc.integer({ min: -2, max: 2 }), fc.boolean())
  .map(([list, which, shift, inTime]) => {
    const perfect = perform(list)
    const operations = perfect.operations.map((operation, index) =>
      index === which ? alter(operation, shift, inTime) : operation,
    )
    return { ...perfect, operations }
  })

function perform(list: readonly Step[]): History {
  const entries: Seen[] = []
  let token = ''
  const operations = list.map((step, id): Operation => {
    const when = 10 * (id + 1)
    const times = { called: when - step.lead, returned: when + step.lag }
    const did = action(step, id, entries.length, token)
    if (did.action !== 'append') return { id, client: id, ...times, did, got: observe(did, entries) }
    const refusal = refused(did, entries.length, token)
    if (refusal !== undefined) return { id, client: id, ...times, did, got: refusal }
    const operation = { id, client: id, ...times, did, got: unknown }
    const start = entries.length
    for (const body of isAppend(operation) ? bodiesOf(operation) : [])
      entries.push({ ...at(entries.length), body })
    token = did.fence ?? token
    return step.lost ? { ...operation, returned: NEVER } : { ...operation, got: acked(start, entries.length) }
  })
  return { operations, log: entries }
}

function action(step: Step, id: number, next: number, token: string): Request {
  const bodies = Array.from({ length: step.size }, (_, index) => `${id}.${index}`)
  switch (step.kind) {
    case 0:
      return { action: 'check-tail' }
    case 1:
      return { action: 'read', from: BigInt(Math.max(0, next - step.offset)), count: step.size }
    case 2:
      return { action: 'append', bodies, matchSeqNum: BigInt(Math.max(0, next - step.offset)) }
    case 3:
      return {
        action: 'append',
        bodies: [],
        fence: `f${id}`,
        ...(step.offset === 0 ? { fencingToken: token } : {}),
      }
    case 4:
      return { action: 'append', bodies, fencingToken: step.offset < 2 ? token : 'other' }
    default:
      return { action: 'append', bodies }
  }
}

function refused(
  did: Extract<Action, { action: 'append' }>,
  next: number,
  token: string,
): Outcome | undefined {
  if (did.fencingToken !== undefined && did.fencingToken !== token)
    return { outcome: 'fencing-token-mismatch', actual: token }
  if (did.matchSeqNum !== undefined && did.matchSeqNum !== BigInt(next))
    return { outcome: 'seq-num-mismatch', actual: BigInt(next) }
  return undefined
}

function observe(did: Action, entries: readonly Seen[]): Outcome {
  if (did.action !== 'read') return tail(entries.length)
  const there = entries.slice(Number(did.from), Number(did.from) + did.count)
  return there.length === 0
    ? { outcome: 'unwritten', tail: at(entries.length, Math.max(0, (entries.length - 1) * 10)) }
    : { outcome: 'records', complete: true, records: there }
}

function alter(operation: Operation, shift: number, inTime: boolean): Operation {
  const { got } = operation
  if (inTime)
    return {
      ...operation,
      called: operation.called + 12 * shift,
      returned: Math.max(operation.returned, operation.called) + 12 * shift,
    }
  const move = (seqNum: bigint): bigint => (seqNum + BigInt(shift) < 0n ? 0n : seqNum + BigInt(shift))
  const moved = (seqNum: bigint) => tail(Number(move(seqNum)))
  switch (got.outcome) {
    case 'tail':
      return { ...operation, got: moved(got.tail.seqNum) }
    case 'seq-num-mismatch':
      return { ...operation, got: { ...got, actual: move(got.actual) } }
    case 'fencing-token-mismatch':
      return { ...operation, got: { ...got, actual: shift > 0 ? 'other' : '' } }
    case 'records':
      return {
        ...operation,
        got: { ...got, records: got.records.slice(0, Math.max(1, got.records.length - Math.abs(shift))) },
      }
    default:
      return operation
  }
}
