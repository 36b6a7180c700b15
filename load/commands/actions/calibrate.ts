import { EXIT, type Given, type Io } from '../../../conformance/cli/command.ts'
import { outputFiles } from '../../../conformance/cli/output-files.ts'
import { UsageError } from '../../../conformance/usage-error.ts'
import { milliseconds } from '../../../reports/load/words.ts'
import { type Calibration, calibrate } from '../../calibrate/calibrate.ts'
import { parseSeconds, WorkloadError } from '../../workload/units.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const seconds = secondsOf(given)
  const files = await outputFiles<Calibration>(given, 's2-load', {
    json: (found) => `${JSON.stringify(found, undefined, 1)}\n`,
  })
  const calibration = await calibrate(seconds, (what) => {
    if (io.isInteractive) io.err(`\r\u001b[K${what}`)
  })
  if (io.isInteractive) io.err('\r\u001b[K')
  io.out(render(calibration))
  return (await files.write(calibration, io)) ? EXIT.conformant : EXIT.inconclusive
}

function secondsOf(given: Given): number {
  try {
    return parseSeconds(given.text('duration'), '--duration')
  } catch (error) {
    throw error instanceof WorkloadError ? new UsageError(error.message) : error
  }
}

const render = (found: Calibration): string =>
  [
    'one session, 64 KiB records   ',
    `  append  ${whole(found.appendMiBPerSecond)} MiB/s`,
    `  read    ${whole(found.readMiBPerSecond)} MiB/s`,
    'one session, 100 B records',
    `  append  ${whole(found.appendRecordsPerSecond)} records/s`,
    `  read    ${whole(found.readRecordsPerSecond)} records/s`,
    'unary, 32 at a time',
    `  append  ${whole(found.unaryPerSecond)} appends/s`,
    'unary, 1,000 a second',
    `  floor   p50 ${milliseconds(found.floor.p50)} ms, p99 ${milliseconds(found.floor.p99)} ms`,
    `  lag     p50 ${milliseconds(found.lag.p50)} ms, p99 ${milliseconds(found.lag.p99)} ms`,
    '',
  ]
    .map((line) => line.trimEnd())
    .join('\n')

const whole = (value: number): string => Math.round(value).toLocaleString('en')
