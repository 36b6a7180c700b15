import { checkHistory } from './check-history.ts'
import type { Finding } from './finding.ts'
import type { History, Operation } from './operation.ts'
import { type Placed, placeAppends } from './placement.ts'
import { restrict } from './restrict.ts'

/** Above this many operations none is looked for beyond those that the finding names and the batches they speak of. */
const SEARCHED = 5000

/**
 * The fewest operations that show the finding, in the order of their calls: without the others, and with what those had
 * appended taken out of the log, the same operation is still accused of the same. None where the log alone shows it.
 */
export function shrink(history: History, finding: Finding): readonly Operation[] {
  const accused = finding.operations.at(-1)
  if (accused === undefined) return []
  const { placed } = placeAppends(history)
  const shows = (kept: readonly Operation[]): boolean => isShownBy(history, placed, kept, finding, accused)
  const named = withMakers(finding.operations, placed)
  let kept = shows(named) ? named : history.operations
  if (kept.length > SEARCHED || !shows(kept)) return inOrder(named)
  for (let size = Math.ceil(kept.length / 2); ; size = Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const fewer = kept.filter(
        (operation, index) => index < at || index >= at + size || operation === accused,
      )
      if (fewer.length < kept.length && shows(fewer)) kept = fewer
      else at += size
    }
    if (size === 1) return inOrder(kept)
  }
}

const inOrder = (operations: readonly Operation[]): readonly Operation[] =>
  operations.toSorted((a, b) => a.called - b.called)

function isShownBy(
  history: History,
  placed: readonly Placed[],
  kept: readonly Operation[],
  { anomaly }: Finding,
  { id }: Operation,
): boolean {
  const fewer = restrict(history, placed, kept)
  if (fewer === undefined || !areTokensKept(placed, kept)) return false
  const judgement = checkHistory(fewer)
  return (
    judgement.verdict === 'violated' &&
    judgement.findings.some((found) => found.anomaly === anomaly && found.operations.at(-1)?.id === id)
  )
}

/** Whoever speaks of tokens is seen with the batch that set the one in force, or what it says would mean something else. */
function areTokensKept(placed: readonly Placed[], kept: readonly Operation[]): boolean {
  const isKept = new Set<Operation>(kept)
  const mentioned = new Set(kept.flatMap(tokensOf))
  if (mentioned.size === 0) return true
  let latest: Placed | undefined
  for (const batch of placed) {
    const { operation } = batch
    if (operation.did.fencingToken !== undefined && isKept.has(operation) && latest !== undefined) {
      if (!isKept.has(latest.operation)) return false
    }
    if (operation.did.fence === undefined) continue
    if (mentioned.has(operation.did.fence) && !isKept.has(operation)) return false
    latest = batch
  }
  return true
}

const tokensOf = ({ did, got }: Operation): readonly string[] => [
  ...(did.action === 'append' && did.fencingToken !== undefined ? [did.fencingToken] : []),
  ...(got.outcome === 'fencing-token-mismatch' ? [got.actual] : []),
]

/** With the batches that made the states, and set the tokens, that the operations speak of. */
function withMakers(operations: readonly Operation[], placed: readonly Placed[]): readonly Operation[] {
  const numbers = new Set(operations.flatMap(numbersOf))
  const tokens = new Set(operations.flatMap(tokensOf))
  const makers = placed.filter(
    ({ operation, start, end }) =>
      numbers.has(end) || numbers.has(start) || tokens.has(operation.did.fence ?? ''),
  )
  const inForce = operations.flatMap((operation) => {
    if (tokensOf(operation).length === 0) return []
    const place = placed.find((batch) => batch.operation === operation)?.start ?? Number.POSITIVE_INFINITY
    const before = placed.findLast(
      ({ operation: { did }, start }) => did.fence !== undefined && start < place,
    )
    return before === undefined ? [] : [before]
  })
  return [...new Set([...operations, ...[...makers, ...inForce].map(({ operation }) => operation)])]
}

function numbersOf({ did, got }: Operation): readonly number[] {
  switch (got.outcome) {
    case 'acked':
      return [Number(got.end.seqNum)]
    case 'tail':
    case 'unwritten':
      return [Number(got.tail.seqNum)]
    case 'seq-num-mismatch':
      return [Number(got.actual)]
    case 'records': {
      const from = did.action === 'read' || did.action === 'follow' ? [Number(did.from)] : []
      return [...from, ...got.records.flatMap(({ seqNum }) => [Number(seqNum), Number(seqNum) + 1])]
    }
    default:
      return []
  }
}
