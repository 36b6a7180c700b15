import { afterAll, beforeAll, describe, test } from 'vitest'
import { oneLine, plain } from '../kit/text/plain.ts'
import { fieldsOf } from '../reports/fields.ts'
import type { RequirementResult, RunResult } from '../reports/result.ts'
import { NOT_NAMED } from './run/selection.ts'
import {
  type ConformanceOptions,
  type ConformanceTarget,
  runConformance,
  selectionFor,
} from './run-conformance.ts'

export type { ConformanceOptions, ConformanceTarget }

/** A server that was started for the tests, such as that of `startReferenceServer`. It is disposed of when they end. */
export interface DisposableTarget extends AsyncDisposable {
  readonly url: string
}

type Started = ConformanceTarget | DisposableTarget

/** A target, or a function that returns one when the tests begin. A server that the function starts is closed after the run. */
export type TargetSource = ConformanceTarget | (() => Started | Promise<Started>)

/** The whole run may take this long, in milliseconds. */
const RUN_MS = 15 * 60 * 1000
/** For clean-up, once the last row is decided. */
const CLEAN_UP_MS = 60_000

/**
 * Adds a test for each row of the catalogue that the options select. They run together, as `s2-conformance run` has them,
 * and each test tells what became of its row: one that is not applicable, or that the profile or its time leaves out, is
 * skipped and says why; a failure shows the rule, what was asked, allowed and came, with its transcript. What `only` does
 * not name is no test.
 */
export function describeConformance(target: TargetSource, options: ConformanceOptions = {}): void {
  const { selected, unselected } = selectionFor(options)
  describe('S2 conformance', () => {
    const verdicts = new Map(selected.map(({ id }) => [id, Promise.withResolvers<RequirementResult>()]))
    let running: Promise<RunResult> | undefined
    let started: Started | undefined

    beforeAll(async () => {
      started = typeof target === 'function' ? await target() : target
      running = runConformance(isDisposable(started) ? started.url : started, options)
      running.then(
        ({ results }) => {
          for (const result of results) verdicts.get(result.id)?.resolve(result)
        },
        (error: unknown) => {
          for (const { reject, promise } of verdicts.values()) {
            // Vitest runs no test of a filter that does not name it, and nobody hears of its rejection.
            promise.catch(() => {})
            reject(error)
          }
        },
      )
    }, RUN_MS)
    afterAll(async () => {
      await running?.catch(() => {})
      if (isDisposable(started)) await started[Symbol.asyncDispose]()
    }, CLEAN_UP_MS)

    for (const { id, title } of selected) {
      test(`${id} ${title}`, { timeout: RUN_MS }, async ({ skip }) => {
        const result = await verdicts.get(id)?.promise
        if (result === undefined) throw new Error(`${id} has no result`)
        if (result.verdict === 'not-applicable' || result.verdict === 'expected') {
          skip(oneLine(`${result.verdict}: ${result.expectation ?? result.reason}`))
        }
        if (BAD.has(result.verdict)) throw new Error(describeResult(result, await running))
      })
    }
    test('the run as a whole', { timeout: RUN_MS }, async () => {
      const complaint = complaintOf(await running)
      if (complaint !== undefined) throw new Error(complaint)
    })
    for (const { requirement, why } of unselected) {
      if (why === NOT_NAMED) continue
      test(`${requirement.id} ${requirement.title}`, ({ skip }) => skip(`not selected: ${why}`))
    }
  })
}

const isDisposable = (target: Started | undefined): target is DisposableTarget =>
  typeof target === 'object' && Symbol.asyncDispose in target

/** What no row tells: expectations that forgive what is not there, what ended the run, and what went wrong beside the rows. */
function complaintOf(run: RunResult | undefined): string | undefined {
  if (run === undefined) return 'the run did not begin'
  const { stale, outcome, results, notes } = run
  if (stale.length > 0) return `stale expectations, to be taken out: ${stale.join(', ')}`
  const isTold =
    outcome === 'conformant' || (notes.length === 0 && results.some(({ verdict }) => BAD.has(verdict)))
  return isTold ? undefined : [`the run is ${outcome}`, ...notes.map(oneLine)].join('\n  ')
}

/** Skipped is not green, and neither is what could not be found out. */
const BAD: ReadonlySet<string> = new Set(['fail', 'error', 'inconclusive', 'not-run'])

const DRAWING_WIDTH = 120

function describeResult(row: RequirementResult, run: RunResult | undefined): string {
  if (run === undefined) throw new Error(`${row.id} has a result without a run`)
  const fields = fieldsOf(run, row, DRAWING_WIDTH).flatMap(({ label, text, kind }) =>
    kind === 'drawing' ? text.split('\n') : [`${label.padEnd(9)} ${text}`],
  )
  const lines = [`${row.verdict}: ${row.reason}`, ...fields, ...(row.transcript ?? [])]
  // What a target says begins no line in the log of a test run.
  return plain(lines.join('\n').replaceAll('\n', '\n  '))
}
