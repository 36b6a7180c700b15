import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { planTarget, readToken } from '../../../client/command/plan-target.ts'
import { serviceFrom } from '../../../client/command/service-options.ts'
import { withTarget } from '../../../client/command/with-target.ts'
import { TargetError } from '../../../client/target-error.ts'
import type { Given, Io } from '../../../kit/cli/command.ts'
import { createStatusLine } from '../../../kit/cli/status-line.ts'
import { realClock } from '../../../kit/clock.ts'
import { RunEnded } from '../../../kit/run-ended.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import type { HistoryResult } from '../../../reports/history.ts'
import { doubtOf } from '../../history/doubt.ts'
import { EXPORTED_WORKLOADS } from '../../history/export-porcupine.ts'
import { type FaultyHistory, recordFaultyHistory } from '../../history/faulty-history.ts'
import type { About } from '../../history/file/format.ts'
import { writeHistory } from '../../history/file/write.ts'
import { judgeHistory } from '../../history/judge.ts'
import { type HistorySettings, historySettings } from '../history-options.ts'
import { exportFrom, requestFiles, tell, writePorcupine } from '../history-output.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const settings = historySettings(given)
  const isExported = await exportFrom(given)
  const out = given.text('out')
  if (isExported && out === undefined) throw new UsageError('--export needs --out FILE')
  if (isExported && !EXPORTED_WORKLOADS.includes(settings.name)) {
    throw new UsageError(
      `--export porcupine is for the workloads ${EXPORTED_WORKLOADS.join(', ')}: the model of s2-verification knows neither trims nor followers`,
    )
  }
  await requestFiles(given, ['out', 'json'], io)
  const started = new Date()
  const plan = planTarget(given, io.env)
  const service = { ...serviceFrom(given, plan, io.env), token: await readToken(given, io) }
  const { recorded, notes, label } = await withTarget(plan, service, io, async (target, signal) => ({
    ...(await record(target, settings, signal, io)),
    ended: endOf(signal),
  }))
  const about: About = {
    workload: settings.name,
    seed: settings.seed,
    target: label,
    started: started.toISOString(),
  }
  const result = judge(recorded, about, settings, notes)
  const more = await keep(recorded, about, result, given, io)
  return await tell({ ...result, notes: [...result.notes, ...more] }, given, io)
}

interface Recorded extends FaultyHistory {
  /** What ended it before its time. */
  readonly ended: string | undefined
}

const endOf = ({ reason }: AbortSignal): string | undefined =>
  reason instanceof RunEnded ? reason.message : undefined

/** A client that has no answer after an interrupt is not waited for much longer. */
const HURRY_MS = 2000

async function record(
  target: Parameters<typeof recordFaultyHistory>[0],
  { workload, clients, operations, seed }: HistorySettings,
  signal: AbortSignal,
  io: Io,
): Promise<FaultyHistory> {
  const hurry = new AbortController()
  const onEnd = (): void => {
    const giveUp = (): void => hurry.abort(new TargetError('timeout', `given up: ${endOf(signal)}`))
    setTimeout(giveUp, HURRY_MS).unref()
  }
  signal.addEventListener('abort', onEnd, { once: true })
  const total = clients * operations
  const line = createStatusLine(io)
  try {
    return await recordFaultyHistory(target, {
      workload,
      clients,
      operations,
      seed,
      clock: realClock,
      hurry: hurry.signal,
      interrupted: signal,
      onProgress: (done) => {
        if (done % 50 === 0) line.draw(`${done} of ${total} operations`)
      },
    })
  } finally {
    signal.removeEventListener('abort', onEnd)
    line.clear()
  }
}

function judge(
  { history, faults, sessions, behind, unreadable, ended }: Recorded,
  about: About,
  { workload, clients }: HistorySettings,
  notes: readonly string[],
): HistoryResult {
  const [first] = unreadable
  const unread =
    first === undefined
      ? undefined
      : `${howMany(unreadable.length, 'answers')} could not be read: ${first.message}`
  const stuck =
    behind === 0 ? undefined : `what had been acknowledged was not given to ${howMany(behind, 'followers')}`
  const partial = ended === undefined ? [] : [`${ended}: this is what there was until then`]
  return judgeHistory(history, {
    about,
    notes: [...partial, ...notes],
    receipts: {
      connections: faults.connections,
      'delayed answers': faults.delay,
      'stalled answers': faults.stall,
      'cuts in a request': faults['cut-request'],
      'cuts in an answer': faults['cut-answer'],
      'sessions of followers': sessions,
    },
    // A part of the history says nothing of the rest.
    doubt: (evidence) => unread ?? stuck ?? ended ?? doubtOf(evidence, faults, clients, workload.needs),
  })
}

/** Where it was asked for, and where something is wrong in any case. */
async function keep(
  { history }: FaultyHistory,
  about: About,
  { verdict, why }: HistoryResult,
  given: Given,
  io: Io,
): Promise<readonly string[]> {
  const out = given.text('out')
  if (out === undefined && verdict !== 'violated') return []
  const folder = join(io.cwd, '.s2-conformance')
  const path = out ?? join(folder, `history-${about.workload}-${about.seed}.jsonl`)
  if (out === undefined) await mkdir(folder, { recursive: true })
  const file = { about: { ...about, ...(why !== undefined && { doubt: why }) }, history }
  await writeHistory(path, file, io.secrets?.text)
  io.unwritten?.delete(path)
  const exported = (await exportFrom(given))
    ? [`for s2-verification: ${await writePorcupine(path, file)}`]
    : []
  return [`the history: ${path}`, ...exported]
}
