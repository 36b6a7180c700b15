import type { Finding } from './finding.ts'
import { type Action, type History, isTrimBody, type Operation, type Seen, trimBody } from './operation.ts'

export type AppendOperation = Operation & { readonly did: Extract<Action, { action: 'append' }> }

/** A batch and where the log shows it: numbers `start` to `end`, not included. */
export interface Placed {
  readonly operation: AppendOperation
  readonly start: number
  readonly end: number
}

export interface Placement {
  /** Batches that took effect, in the order of the log. */
  readonly placed: readonly Placed[]
  readonly findings: readonly Finding[]
}

/**
 * Finds each batch in the log by its bodies. An acknowledged one must stand where its ack says, one of unknown outcome
 * may stand anywhere, whole, or nowhere, and one that was refused nowhere. Together they must account for every record.
 */
export function placeAppends({ operations, log }: History): Placement {
  const findings: Finding[] = []
  const numberOf = new Map<string, number>()
  log.forEach(({ body, seqNum }, index) => {
    if (seqNum !== BigInt(index))
      findings.push({
        anomaly: 'gap',
        operations: [],
        why: `number ${seqNum} stands at place ${index} of the log`,
      })
    if (isTrimBody(body)) return
    if (numberOf.has(body))
      findings.push({
        anomaly: 'duplicate',
        operations: [],
        why: `"${body}" stands at ${numberOf.get(body)} and ${index}`,
      })
    else numberOf.set(body, index)
  })
  const placed: Placed[] = []
  for (const operation of operations) {
    if (!isAppend(operation)) continue
    const found = findBatch(operation, numbersOf(operation, numberOf, log))
    if (found === undefined) continue
    if ('anomaly' in found) findings.push(found)
    else placed.push(found)
  }
  placed.sort((a, b) => a.start - b.start)
  return { placed, findings: [...findings, ...unaccounted(placed, log.length)] }
}

export const isAppend = (operation: Operation): operation is AppendOperation =>
  operation.did.action === 'append'

/** The bodies of a batch in order: a fence or trim is its last record, with its argument as body. */
export const bodiesOf = ({ did }: AppendOperation): readonly string[] => [
  ...did.bodies,
  ...(did.fence === undefined ? [] : [did.fence]),
  ...(did.trim === undefined ? [] : [trimBody(did.trim)]),
]

/** Where the log has each record of the batch; its trim, which is like any other to that number, only behind the rest. */
function numbersOf(
  { did }: AppendOperation,
  numberOf: ReadonlyMap<string, number>,
  log: readonly Seen[],
): readonly (number | undefined)[] {
  const unique = did.fence === undefined ? did.bodies : [...did.bodies, did.fence]
  const numbers = unique.map((body) => numberOf.get(body))
  if (did.trim === undefined) return numbers
  const next = (numbers.at(-1) ?? -1) + 1
  return [...numbers, next > 0 && log[next]?.body === trimBody(did.trim) ? next : undefined]
}

function findBatch(
  operation: AppendOperation,
  numbers: readonly (number | undefined)[],
): Placed | Finding | undefined {
  const { got } = operation
  const start = numbers[0]
  const present = numbers.filter((number) => number !== undefined)
  const acked = got.outcome === 'acked'
  if (present.length === 0) {
    return acked
      ? {
          anomaly: 'lost-append',
          operations: [operation],
          why: `acknowledged at ${got.start.seqNum}, not in the log`,
        }
      : undefined
  }
  if (!acked && got.outcome !== 'unknown') {
    return {
      anomaly: 'phantom',
      operations: [operation],
      why: `refused (${got.outcome}), yet in the log at ${present.join(', ')}`,
    }
  }
  if (start === undefined || numbers.some((number, index) => number !== start + index)) {
    return {
      anomaly: 'torn-batch',
      operations: [operation],
      why: `its records stand at ${numbers.map((number) => number ?? 'nowhere').join(', ')}`,
    }
  }
  if (acked && got.start.seqNum !== BigInt(start)) {
    return {
      anomaly: 'reorder',
      operations: [operation],
      why: `acknowledged at ${got.start.seqNum}, in the log at ${start}`,
    }
  }
  const end = start + numbers.length
  if (acked && got.end.seqNum !== BigInt(end)) {
    return {
      anomaly: 'torn-batch',
      operations: [operation],
      why: `acknowledged up to ${got.end.seqNum}, in the log up to ${end}`,
    }
  }
  return { operation, start, end }
}

/** Records of the log that belong to no batch that could have put them there. */
function unaccounted(placed: readonly Placed[], length: number): readonly Finding[] {
  const findings: Finding[] = []
  let next = 0
  for (const { start, end } of [...placed, { start: length, end: length }]) {
    if (start > next)
      findings.push({
        anomaly: 'phantom',
        operations: [],
        why: `nobody is known to have sent the records ${next} to ${start - 1}`,
      })
    next = end
  }
  return findings
}
