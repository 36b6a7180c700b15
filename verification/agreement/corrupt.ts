import type { History, Operation, Outcome, Seen } from '../../conformance/history/operation.ts'
import { pickBetween } from '../../conformance/history/random.ts'
import { beganLate } from '../../conformance/history/trims.ts'
import type { Random } from '../../kit/random.ts'
import { endOf, positionOf } from './perfect-stream.ts'

/** Alters one thing of a history: a time, an answer, or the log. Often a violation, not always: that is the question. */
export function corrupt(history: History, random: Random): History {
  if (random() < 0.2) return { ...history, log: corruptLog(history.log, random) }
  if (random() < 0.2) return resurrect(history)
  const which = pickBetween(random, 0, history.operations.length - 1)
  const chance = random()
  const operations = history.operations.map((operation, index) => {
    if (index !== which) return operation
    if (chance < 0.35) return shiftTime(operation, random)
    return chance < 0.5 ? alterQuestion(operation, random) : alterAnswer(operation, history.log, random)
  })
  return { ...history, operations }
}

/** What was seen trimmed comes back to a later read, where there are two such reads. */
function resurrect(history: History): History {
  const late = history.operations.find(
    (operation) => operation.got.outcome === 'records' && beganLate(operation),
  )
  const later = history.operations.find(
    ({ called, got }) => got.outcome === 'records' && late !== undefined && called > late.returned,
  )
  if (late?.got.outcome !== 'records' || later?.got.outcome !== 'records') return history
  const first = Number(late.got.records[0]?.seqNum) - 1
  const end = Number(later.got.records.at(-1)?.seqNum) + 1
  const back: Operation = {
    ...later,
    did: { action: 'read', from: BigInt(first), count: 100 },
    got: { outcome: 'records', complete: false, records: history.log.slice(first, end) },
  }
  return {
    ...history,
    operations: history.operations.map((operation) => (operation === later ? back : operation)),
  }
}

/** As if another condition had been made. */
function alterQuestion(operation: Operation, random: Random): Operation {
  const { did } = operation
  if (did.action === 'read' || did.action === 'follow') {
    return {
      ...operation,
      did: { ...did, from: BigInt(Math.max(0, Number(did.from) + (random() < 0.5 ? 1 : -1))) },
    }
  }
  if (did.action !== 'append') return operation
  if (did.matchSeqNum !== undefined)
    return { ...operation, did: { ...did, matchSeqNum: did.matchSeqNum + BigInt(pickBetween(random, 0, 2)) } }
  return { ...operation, did: { ...did, fencingToken: random() < 0.5 ? '' : 'other' } }
}

function corruptLog(log: readonly Seen[], random: Random): readonly Seen[] {
  if (log.length === 0) return log
  const at = pickBetween(random, 0, log.length - 1)
  const bodies = log.map(({ body }) => body)
  const [here = '', next] = bodies.slice(at)
  switch (pickBetween(random, 0, 4)) {
    case 0:
      bodies.splice(at, 1)
      break
    case 1:
      bodies.splice(at)
      break
    case 2:
      if (next !== undefined) bodies.splice(at, 2, next, here)
      break
    case 3:
      bodies.splice(at, 0, here)
      break
    default:
      bodies.splice(at, 0, 'nobody’s')
  }
  return bodies.map((body, index) => ({ ...positionOf(index), body }))
}

function shiftTime(operation: Operation, random: Random): Operation {
  const by = (random() - 0.5) * 60
  const returned = Math.max(operation.returned, operation.called) + by
  return random() < 0.5
    ? { ...operation, called: operation.called + by, returned }
    : { ...operation, called: Math.min(operation.called + by, operation.returned) }
}

function alterAnswer(operation: Operation, log: readonly Seen[], random: Random): Operation {
  const { got, did } = operation
  const by = pickBetween(random, 1, 2) * (random() < 0.5 ? -1 : 1)
  const moved = (seqNum: bigint): number => Math.max(0, Number(seqNum) + by)
  const answered = (outcome: Outcome): Operation => ({ ...operation, got: outcome })
  switch (got.outcome) {
    case 'tail':
    case 'unwritten':
      return answered({ ...got, tail: endOf(moved(got.tail.seqNum)) })
    case 'seq-num-mismatch':
      return answered(random() < 0.3 ? { outcome: 'failed' } : { ...got, actual: BigInt(moved(got.actual)) })
    case 'fencing-token-mismatch':
      return answered({ ...got, actual: random() < 0.5 ? '' : 'other' })
    case 'records':
      return answered({ ...got, records: alterRecords(got.records, log, did.action === 'read', random) })
    case 'acked': {
      if (random() < 0.3) return answered({ outcome: 'failed' })
      if (random() < 0.3)
        return { ...operation, got: { outcome: 'unknown' }, returned: Number.POSITIVE_INFINITY }
      const start = positionOf(moved(got.start.seqNum))
      return answered({
        ...got,
        start,
        end: endOf(Number(got.end.seqNum) + by),
        tail: endOf(Number(got.end.seqNum) + by),
      })
    }
    default:
      return answered({ outcome: 'failed' })
  }
}

function alterRecords(
  records: readonly Seen[],
  log: readonly Seen[],
  mayBeEmpty: boolean,
  random: Random,
): readonly Seen[] {
  const [first, second, ...rest] = records
  if (first === undefined) return records
  const before = log[Number(first.seqNum) - 1]
  switch (pickBetween(random, 0, 4)) {
    case 0:
      return records.length > 1 || mayBeEmpty ? records.slice(0, -1) : records
    case 1:
      return records.length > 1 ? records.slice(1) : records
    case 2:
      return second === undefined ? records : [first, ...rest]
    case 3:
      return second === undefined
        ? records
        : [{ ...first, body: second.body }, { ...second, body: first.body }, ...rest]
    default:
      return before === undefined ? records : [before, ...records]
  }
}
