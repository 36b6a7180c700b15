import { createReadStream } from 'node:fs'
import { parseJson } from '../../../proto/json.ts'
import type { History, Operation, Seen } from '../operation.ts'
import { type About, FORMAT, type HistoryFile, HistoryFileError, VERSION } from './format.ts'
import { Inexact, OperationReader } from './read-operation.ts'
import { integer, members, recordIn, text } from './values.ts'

const CHUNK_BYTES = 1 << 20

/** Reads a history file of any length, line by line. Throws `HistoryFileError`. */
export async function loadHistory(path: string): Promise<HistoryFile> {
  return await parseHistory(linesIn(path))
}

export async function parseHistory(lines: AsyncIterable<string> | Iterable<string>): Promise<HistoryFile> {
  let about: About | undefined
  let number = 0
  const log: Seen[] = []
  const operations: Operation[] = []
  const reader = new OperationReader(log)
  for await (const line of lines) {
    number++
    if (line === '') continue
    try {
      if (about === undefined) about = aboutOf(jsonOf(line))
      else exactlyParsed(line, (value) => takeLine(value, log, operations, reader))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new HistoryFileError(`line ${number}: ${error.message}`)
    }
  }
  if (about === undefined) throw new HistoryFileError('the file is empty')
  const history: History = { operations, log }
  return { about, history }
}

/** What the parser of JSON would say of the first line of something else helps nobody. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new TypeError('it is not JSON')
  }
}

/** Fast for numbers that a double holds; a line with a larger one is read again, slower and exact. */
function exactlyParsed(line: string, take: (value: unknown) => void): void {
  try {
    take(JSON.parse(line))
  } catch (error) {
    if (!(error instanceof Inexact)) throw error
    take(parseJson(line))
  }
}

function takeLine(value: unknown, log: Seen[], operations: Operation[], reader: OperationReader): void {
  const line = members(value)
  if (line.log === undefined) operations.push(reader.read(line))
  else if (!Array.isArray(line.log)) throw new TypeError('the log is no list')
  else {
    const records = line.log.map(recordIn)
    log.push(...records)
  }
}

function aboutOf(value: unknown): About {
  const line = members(value)
  if (line.format !== FORMAT) throw new TypeError(`it does not say "format":"${FORMAT}"`)
  if (line.version !== VERSION) throw new TypeError(`version ${VERSION} is read here, not ${line.version}`)
  return {
    workload: text(line.workload, 'workload'),
    seed: integer(line.seed, 'seed'),
    target: text(line.target, 'target'),
    started: text(line.started, 'started'),
    ...(line.doubt !== undefined && { doubt: text(line.doubt, 'doubt') }),
  }
}

async function* linesIn(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
