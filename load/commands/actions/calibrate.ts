import { EXIT, type Given, type Io } from '../../../kit/cli/command.ts'
import { outputFiles } from '../../../kit/cli/output-files.ts'
import { createStatusLine } from '../../../kit/cli/status-line.ts'
import { messageOf } from '../../../kit/message-of.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import type { Calibration } from '../../../reports/load/calibration.ts'
import { milliseconds, number } from '../../../reports/load/words.ts'
import { toJson } from '../../../reports/to-json.ts'
import { calibrate } from '../../calibrate/calibrate.ts'
import { keep } from '../../calibrate/kept.ts'
import { parseSeconds } from '../../workload/units.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const seconds = secondsOf(given)
  const files = await outputFiles<Calibration>(given, 's2-load', { json: toJson }, io)
  const line = createStatusLine(io)
  const calibration = await calibrate(seconds, line.draw, io.interrupted).finally(line.clear)
  io.out(render(calibration))
  const isKept = await kept(calibration, io)
  const isWritten = await files.write(calibration, io)
  return isKept && isWritten ? EXIT.conformant : EXIT.inconclusive
}

async function kept(calibration: Calibration, io: Io): Promise<boolean> {
  try {
    const path = await keep(calibration, io.env)
    io.out(`kept in ${path}: runs on this machine say how near to it they come\n`)
    return true
  } catch (error) {
    io.err(`s2-load: it could not be kept for later runs: ${messageOf(error)}\n`)
    return false
  }
}

function secondsOf(given: Given): number {
  const seconds = parseSeconds(given.text('duration'), '--duration')
  if (seconds <= 0) throw new UsageError('--duration: must be above 0')
  return seconds
}

const render = ({ ceilings, floor, lag }: Calibration): string =>
  [
    'one session, 64 KiB records',
    `  append  ${mebibytes(ceilings['append-bytes'].bytes)} MiB/s`,
    `  read    ${mebibytes(ceilings['read-bytes'].bytes)} MiB/s`,
    'one session, 100 B records, 1,000 a batch',
    `  append  ${number(ceilings['append-records'].records)} records/s`,
    `  read    ${number(ceilings['read-records'].records)} records/s`,
    'one session, 100 B records one by one',
    `  append  ${number(ceilings['append-singles'].appends)} appends/s`,
    'unary in protobuf, 32 at a time',
    `  append  ${number(ceilings['unary-proto'].appends)} appends/s`,
    'unary in protobuf, 1,000 a second',
    `  floor   p50 ${milliseconds(floor.p50)} ms, p99 ${milliseconds(floor.p99)} ms`,
    `  lag     p50 ${milliseconds(lag.p50)} ms, p99 ${milliseconds(lag.p99)} ms`,
    '',
  ].join('\n')

const mebibytes = (bytes: number): string => number(bytes / 1024 ** 2)
