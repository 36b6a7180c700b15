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
  const owners: (Placed | undefined)[] = new Array(log.length).fill(undefined)
  const searched: AppendOperation[] = []
  for (const operation of operations) {
    if (!isAppend(operation)) continue
    const found = placeAsAcked(operation, log)
    // Of two acks for one place one is wrong.
    if (found === undefined || owners[found.start] !== undefined) searched.push(operation)
    else own(owners, found)
  }
  // Bodies are unique: what an ack explains need not be looked for.
  const numberOf = numbersOfBodies(log, (index) => owners[index] === undefined)
  const findings: Finding[] = []
  for (const operation of searched) {
    const found = findBatch(operation, numbersOf(operation, numberOf, log))
    if (found === undefined) continue
    if ('anomaly' in found) findings.push(found)
    else own(owners, found)
  }
  return {
    placed: inOrder(owners),
    findings: [...misnumbered(log), ...findings, ...unaccounted(owners, log)],
  }
}

function inOrder(owners: readonly (Placed | undefined)[]): readonly Placed[] {
  const placed: Placed[] = []
  for (let index = 0; index < owners.length; index++) {
    const owner = owners[index]
    if (owner?.start === index) placed.push(owner)
  }
  return placed
}

export const isAppend = (operation: Operation): operation is AppendOperation =>
  operation.did.action === 'append'

export const bodiesOf = ({ did }: AppendOperation): readonly string[] => bodiesOfAppend(did)

/** The bodies of a batch in order: a fence or trim is its last record, with its argument as body. */
export function bodiesOfAppend({ bodies, fence, trim }: AppendOperation['did']): readonly string[] {
  if (fence === undefined && trim === undefined) return bodies
  return [...bodies, ...(fence === undefined ? [] : [fence]), ...(trim === undefined ? [] : [trimBody(trim)])]
}

/** The ack names the place, and the batch stands there: the way of nearly all. */
function placeAsAcked(operation: AppendOperation, log: readonly Seen[]): Placed | undefined {
  const { got } = operation
  if (got.outcome !== 'acked') return undefined
  const bodies = bodiesOf(operation)
  const start = Number(got.start.seqNum)
  const end = start + bodies.length
  if (Number(got.end.seqNum) !== end) return undefined
  for (let index = 0; index < bodies.length; index++) {
    if (log[start + index]?.body !== bodies[index]) return undefined
  }
  return { operation, start, end }
}

function own(owners: (Placed | undefined)[], placed: Placed): void {
  for (let index = placed.start; index < placed.end; index++) owners[index] = placed
}

/** Where each body stands first, of those that tell who sent them. */
function numbersOfBodies(
  log: readonly Seen[],
  isWanted: (index: number) => boolean,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  for (let index = 0; index < log.length; index++) {
    const body = log[index]?.body
    if (body === undefined || !isWanted(index)) continue
    if (!isTrimBody(body) && !numbers.has(body)) numbers.set(body, index)
  }
  return numbers
}

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
  const because = (anomaly: Finding['anomaly'], why: string): Finding => ({
    anomaly,
    operations: [operation],
    why,
  })
  if (present.length === 0) {
    return acked ? because('lost-append', `acknowledged at ${got.start.seqNum}, not in the log`) : undefined
  }
  if (!acked && got.outcome !== 'unknown')
    return because('phantom', `refused (${got.outcome}), yet in the log at ${present.join(', ')}`)
  if (start === undefined || numbers.some((number, index) => number !== start + index)) {
    const where = numbers.map((number) => number ?? 'nowhere').join(', ')
    return because('torn-batch', `its records stand at ${where}`)
  }
  if (acked && got.start.seqNum !== BigInt(start))
    return because('reorder', `acknowledged at ${got.start.seqNum}, in the log at ${start}`)
  const end = start + numbers.length
  if (acked && got.end.seqNum !== BigInt(end))
    return because('torn-batch', `acknowledged up to ${got.end.seqNum}, in the log up to ${end}`)
  return { operation, start, end }
}

function misnumbered(log: readonly Seen[]): readonly Finding[] {
  const findings: Finding[] = []
  for (let index = 0; index < log.length; index++) {
    const seqNum = log[index]?.seqNum
    // By number: comparing it with a fresh bigint would cost more than all the rest.
    if (seqNum === undefined || Number(seqNum) === index) continue
    const why = `number ${seqNum} stands at place ${index} of the log`
    findings.push({ anomaly: 'gap', operations: [], why })
  }
  return findings
}

/** Records of the log that no batch can have put there: one that stands there already, or one that nobody sent. */
function unaccounted(owners: readonly (Placed | undefined)[], log: readonly Seen[]): readonly Finding[] {
  const findings: Finding[] = []
  let first: ReadonlyMap<string, number> | undefined
  for (let index = 0; index < log.length; index++) {
    if (owners[index] !== undefined) continue
    const from = index
    while (index + 1 < log.length && owners[index + 1] === undefined) index++
    first ??= numbersOfBodies(log, () => true)
    for (let at = from; at <= index; at++) {
      const body = log[at]?.body ?? ''
      const before = first.get(body)
      if (before === undefined || before === at) continue
      findings.push({ anomaly: 'duplicate', operations: [], why: `"${body}" stands at ${before} and ${at}` })
    }
    const why = `nobody is known to have sent the records ${from} to ${index}`
    findings.push({ anomaly: 'phantom', operations: [], why })
  }
  return findings
}
