import { replaceFile } from '../../../kit/replace-file.ts'
import { plainJson } from '../../../kit/text/plain.ts'
import type { Position } from '../../../proto/types.ts'
import type { Operation, Outcome, Seen } from '../operation.ts'
import { FORMAT, type HistoryFile, VERSION } from './format.ts'

const LOG_PIECE = 1000
const LINES_AT_ONCE = 1000

/** Rejects when the file cannot be written; an old one then stays. `clean` takes secrets out of a line. */
export async function writeHistory(
  path: string,
  file: HistoryFile,
  clean: (line: string) => string = (line) => line,
): Promise<void> {
  await replaceFile(path, pieces(file, clean))
}

/** The lines of a file, many at a time: one by one they would cost more than what is in them. */
function* pieces(file: HistoryFile, clean: (line: string) => string): Generator<string> {
  let lines: string[] = []
  for (const line of linesOf(file)) {
    lines.push(plainJson(clean(line)))
    if (lines.length < LINES_AT_ONCE) continue
    yield `${lines.join('\n')}\n`
    lines = []
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`
}

export function* linesOf({ about, history }: HistoryFile): Generator<string> {
  yield JSON.stringify({ format: FORMAT, version: VERSION, ...about })
  for (let start = 0; start < history.log.length; start += LOG_PIECE)
    yield JSON.stringify({ log: history.log.slice(start, start + LOG_PIECE).map(recordOf) })
  for (const operation of history.operations) yield JSON.stringify(lineOf(operation))
}

function lineOf({ id, client, called, returned, did, got }: Operation): object {
  const times = Number.isFinite(returned) ? { called, returned } : { called }
  return { id, client, ...times, did: numbersIn(did), got: outcomeOf(got) }
}

function outcomeOf(got: Outcome): object {
  switch (got.outcome) {
    case 'acked':
      return { outcome: 'acked', start: pair(got.start), end: pair(got.end), tail: pair(got.tail) }
    case 'records':
      return { outcome: 'records', complete: got.complete, records: got.records.map(recordOf) }
    case 'tail':
    case 'unwritten':
      return { outcome: got.outcome, tail: pair(got.tail) }
    default:
      return numbersIn(got)
  }
}

const pair = ({ seqNum, timestamp }: Position): unknown => [exact(seqNum), exact(timestamp)]

const recordOf = ({ seqNum, timestamp, body }: Seen): unknown => [exact(seqNum), exact(timestamp), body]

const numbersIn = (members: object): object =>
  Object.fromEntries(
    Object.entries(members).map(([key, value]) => [key, typeof value === 'bigint' ? exact(value) : value]),
  )

/** Written as a bare number whatever its size. */
const exact = (value: bigint): unknown => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : JSON.rawJSON(String(value))
}
