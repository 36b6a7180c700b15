import { stalledQuantile } from '../../known-delay-server/delays.ts'
import type { Part, Say } from './part.ts'
import { headLines, measureTools, rowLine } from './stalls.ts'
import { startTruth } from './truth-child.ts'
import { besideLog, besideStall, type Compared } from './truth-compare.ts'
import { floorLines, measureFloor } from './truth-floor.ts'
import { comparedLines, isBug, partLines } from './truth-lines.ts'
import { runTruth, SECONDS, type TruthRun, WARMUP_SECONDS } from './truth-run.ts'

const DELAY_US = 2000
const STALL = { fromUs: (WARMUP_SECONDS + SECONDS / 2) * 1_000_000, lengthUs: 1_000_000 }

export const truth: Part = {
  name: 'truth',
  about: 'what is measured of a server whose delays are known, beside these',
  async run(say) {
    for (const line of floorLines(await measureFloor())) say(line)
    for (const perSecond of [1000, 10_000]) {
      const shown = await stalled(perSecond)
      show(say, `${perSecond} appends/s, 2 ms each, one second of ${SECONDS} without answers`, shown)
      say('\nthe same stall, as others see it, in ms and beside the truth')
      await beside(say, shown.run, perSecond)
      show(say, `${perSecond} appends/s, log-normal delays about 2 ms`, await random(perSecond))
    }
  },
}

interface Shown {
  readonly run: TruthRun
  readonly compared: readonly Compared[]
}

async function stalled(perSecond: number): Promise<Shown> {
  const server = await startTruth({ delays: { kind: 'constant', us: DELAY_US }, stall: STALL })
  try {
    const run = await runTruth(server, perSecond)
    const known = { seconds: SECONDS, delayUs: DELAY_US, stallUs: STALL.lengthUs }
    return { run, compared: besideStall(run.response, known) }
  } finally {
    server.end()
  }
}

async function random(perSecond: number): Promise<Shown> {
  const delays = { kind: 'lognormal', medianUs: DELAY_US, sigma: 0.6, seed: 7 } as const
  const server = await startTruth({ delays })
  try {
    const run = await runTruth(server, perSecond)
    return { run, compared: besideLog(run.response, run.pairs) }
  } finally {
    server.end()
  }
}

async function beside(say: Say, { response, pairs }: TruthRun, perSecond: number): Promise<void> {
  const asked = { perSecond, seconds: SECONDS, delayUs: DELAY_US }
  const truth = (quantile: number): number => stalledQuantile(quantile, SECONDS, DELAY_US, STALL.lengthUs)
  const said = { count: pairs.length, at: response }
  for (const line of headLines(truth)) say(line)
  say(rowLine({ name: 's2-load', about: 'an S2S session, by its plan', said }, truth))
  for await (const row of measureTools(asked, STALL.lengthUs)) say(rowLine(row, truth))
}

function show(say: Say, title: string, { run, compared }: Shown): void {
  say(`\n${title}`)
  for (const line of [...comparedLines(compared, run), ...partLines(run.pairs)]) say(line)
  if (isBug(compared, run)) process.exitCode = 1
}
