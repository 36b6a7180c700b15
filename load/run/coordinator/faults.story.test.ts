import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { TargetPlan } from '../../../client/command/plan-target.ts'
import { UNLIMITED } from '../../../client/command/service-options.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import { singleEndpoint } from '../../../client/endpoints.ts'
import { attach } from '../../../client/launch/attached.ts'
import type { Launcher } from '../../../client/launch/launcher.ts'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import { quietIo as io } from '../../../kit/testing/quiet-io.ts'
import type { FaultFigures, LoadResult } from '../../../reports/load/result.ts'
import { loadToText } from '../../../reports/load/text.ts'
import { startServer } from '../../../verification/suite-mutants/server.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { runLoad } from '../run-load.ts'
import { type LoadWatch, stopUnderWay, watchLoad } from '../testing/watch-load.ts'

const SERVICE = { ...UNLIMITED, token: undefined }
const ABOUT = { isEmbedded: false, options: '' } as const

/** Longer than any load here: one ends when all its faults have come so far. */
const MOST_SECONDS = 120

async function load(
  plan: TargetPlan,
  fields: WorkloadFields,
  watch = watchLoad(),
  ends = 'recovered',
): Promise<LoadResult> {
  const given = { warmup: 0, duration: MOST_SECONDS, rate: 60, batch: 2, 'record-size': 100, ...fields }
  const workload = parseWorkload(given, 'story')
  const recovered = new AbortController()
  void watch
    .until((_counted, { faults }) => faults.every(({ state }) => state.startsWith(ends)))
    .then(() => recovered.abort())
  const use = {
    ...{ workload, tool: 's2-load', interrupted: recovered.signal },
    onTick() {},
    onMoment: watch.see,
  }
  const { recorded } = await withTarget(plan, SERVICE, io, (target) => runLoad(target, use))
  return recorded
}

async function attached(fields: WorkloadFields): Promise<LoadResult> {
  const server = await startServer()
  try {
    const createLauncher = () => Promise.resolve(attach(singleEndpoint(server.url)))
    return await load({ ...ABOUT, isAttached: true, createLauncher }, fields)
  } finally {
    await server.stop()
  }
}

const entry = fileURLToPath(new URL('../../../bin/s2-reference-server.js', import.meta.url))
/** Refusals that a target which is away answers with, before it is started again. */
const REFUSED = 40

/** Kills the target while appends are under way; where `staysAway`, starts it again once so many others were refused. */
function killing(launcher: Launcher, watch: LoadWatch, staysAway: boolean): Launcher {
  let kills = 0
  const kill = async (): Promise<void> => {
    if (kills++ === 0) await stopUnderWay(launcher, watch)
    await launcher.kill()
  }
  const start = async (signal: AbortSignal): Promise<void> => {
    if (kills > 0 && staysAway) await watch.until(({ untimed }) => untimed > REFUSED)
    await launcher.start(signal)
  }
  return Object.create(launcher, { kill: { value: kill }, start: { value: start } })
}

const launched = (
  options: string,
  fields: WorkloadFields,
  { staysAway = false, ends = 'recovered' } = {},
): Promise<LoadResult> => {
  const watch = watchLoad()
  const command = `${process.execPath} ${entry} --port {port} ${options}`
  const plan: TargetPlan = {
    ...ABOUT,
    isAttached: false,
    createLauncher: async (env) =>
      killing(await createProcessLauncher({ command, env: { ...env } }), watch, staysAway),
  }
  return load(plan, fields, watch, ends)
}

const figures = ({ faults = [] }: LoadResult): readonly FaultFigures[] => faults

/** The longest gap between acks, and how late a thread of the generator may have seen the ack at its beginning. */
const gapOf = (fault: FaultFigures | undefined, { generator }: LoadResult): number =>
  (fault?.longestGapUs ?? 0) + Math.max(...generator.threads.map(({ loopDelayMostUs }) => loopDelayMostUs))

describe('faults on the way', () => {
  test.each([
    ['sessions', {}],
    ['requests over HTTP/2', { transport: 'h2-proto' }],
    ['requests over HTTP/1.1', { transport: 'h1-json' }],
    ['two threads and events', { threads: 2, streams: 2, 'read-transport': 'sse' }],
  ])('come at their times, are met, and pass: %s', async (_what, fields) => {
    const faults = 'cut at 500ms, stall 300ms at 1s, delay 10ms for 1s at 1.8s'
    const result = await attached({ ...fields, faults })
    const [cut, stall, delay] = figures(result)
    expect(result.integrity).toMatchObject({ verdict: 'verified', violations: {}, notes: [] })
    for (const fault of figures(result)) {
      expect(fault.firedAt, fault.what).toBeGreaterThanOrEqual(fault.plannedAt)
      expect(fault.recoveredAt, fault.what).toBeGreaterThanOrEqual(fault.endedAt ?? Number.POSITIVE_INFINITY)
      expect(Object.keys(fault)).toEqual(expect.arrayContaining(['before', 'during', 'after']))
      expect(fault.during?.appends, fault.what).toBeGreaterThan(0)
    }
    expect(cut?.met).toMatch(/^\d+ connections? cut$/)
    expect(stall?.met).toMatch(/bytes of \d+ connections? held back$/)
    expect(delay?.met).toMatch(/bytes of \d+ connections? delayed$/)
    // Nothing can be acknowledged while nothing goes through.
    expect(gapOf(stall, result)).toBeGreaterThan(200_000)
    expect(stall?.during?.response?.greatest).toBeGreaterThan(200_000)
    expect(result.reasons.join()).not.toMatch(/refused and|did not happen/)
    expect(loadToText(result)).toMatch(/stall 300ms at 1s {2}at \d/)
    expect(result.generator.proxyThread?.busy).toBeGreaterThan(0)
    expect(loadToText(result)).toContain('All bytes went through a proxy of the generator')
    // Readers are cut by the fault and by nothing else.
    expect(result.readEndings).toBeDefined()
    expect(result.reasons.join()).not.toMatch(/while no fault lasted/)
  })
})

describe('faults of the target', () => {
  test('it is killed and paused, and what it has acknowledged is there', async () => {
    const faults = 'pause 300ms at 500ms, kill at 1.5s'
    const result = await launched('--data-dir {data_dir}', { faults })
    const [pause, kill] = figures(result)
    expect(result.integrity).toMatchObject({ verdict: 'verified', violations: {}, notes: [] })
    expect(pause?.met).toMatch(/^all its processes stood still for \d+ ms$/)
    expect(gapOf(pause, result)).toBeGreaterThan(200_000)
    expect(pause?.during?.response?.greatest).toBeGreaterThan(200_000)
    expect(result.generator.proxyThread).toBeUndefined()
    expect(kill?.met).toMatch(/^SIGKILL, gone after \d+ ms; started again, ready after \d+ ms$/)
    expect(kill?.longestGapUs).toBeGreaterThan(0)
    expect(kill?.unknown).toBeGreaterThan(0)
    expect(result.integrity.recordsRead).toBeGreaterThan(0)
  })

  test('one that is gone answers nothing, and how fast a connection to it is refused is no response time', async () => {
    const fields = { faults: 'kill for 1s at 1s', transport: 'h2-proto' }
    const result = await launched('--data-dir {data_dir}', fields, { staysAway: true })
    const { latencies, appends, reasons } = result
    const [kill] = figures(result)
    // Each append that was planned while it was away was refused at once.
    expect(appends.untimed).toBeGreaterThan(REFUSED)
    expect(kill?.during?.failed).toBe(appends.untimed)
    // What was under way at the end is acknowledged after it.
    expect(latencies.response?.count).toBeGreaterThanOrEqual(appends.acked)
    expect((latencies.response?.count ?? 0) + (appends.untimed ?? 0)).toBe(latencies.lag?.count)
    expect(latencies.service?.count).toBe(latencies.response?.count)
    expect(reasons.join()).not.toMatch(/in no figure|in the figures/)
    expect(loadToText(result)).toContain(`: ${appends.untimed} others failed and are not in them.`)
  })

  test('one that has forgotten what it had acknowledged is found out, without a reader that catches up too', async () => {
    // It takes a directory, and keeps nothing there.
    const fields = { faults: 'kill at 1s', 'catch-up': 0 }
    const { integrity } = await launched('; : {data_dir}', fields, { ends: 'over' })
    expect(integrity.verdict).toBe('violated')
    expect(Object.keys(integrity.violations)).toContain('lost-append')
  })

  test('one that cannot be killed is refused, and so is one that keeps nothing', async () => {
    await expect(attached({ faults: 'kill at 1s' })).rejects.toThrow(
      '"kill at 1s" needs a target that this run has launched: use --launch',
    )
    await expect(launched('', { faults: 'kill at 1s' })).rejects.toThrow(
      'a target is killed to see what it has kept, and the launched command takes no {data_dir}',
    )
  })
})
