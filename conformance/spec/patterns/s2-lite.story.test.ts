import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Launcher } from '../../../client/launch/launcher.ts'
import { createProcessLauncher } from '../../../client/launch/process.ts'
import type { ExampleAnswer } from '../capture/example.ts'
import type { CapturedExchange, CapturedStep } from './captured-step.ts'
import type { Pattern } from './pattern.ts'
import { PATTERNS } from './patterns.ts'
import { captureFrom } from './run/capture-pattern.ts'
import { readCaptured } from './run/captured-files.ts'

/** The s2-lite that `scripts/install-s2-lite.sh` installs. */
const BINARY = join(homedir(), '.cache/s2-conformance/s2-cli-0.43.4/bin/s2')
const isInstalled = existsSync(BINARY)
const where = isInstalled ? '0.43.4' : 'SKIPPED: scripts/install-s2-lite.sh has not installed it'

/** s2-lite allows every origin; messages are text for humans (ERR-045). */
const NOT_COMPARED = new Set(['vary', 'access-control-allow-credentials'])
const TIME = /\b17672\d{8}\b|\b2026-01-01T[\d:.]+Z/g
const MESSAGE = /"message":"(?:[^"\\]|\\.)*"/g

const plain = (text: string): string =>
  text.replaceAll(TIME, 'TIME').replaceAll(MESSAGE, '"message":"MESSAGE"')

/** An exchange without times, messages and the lengths and bytes that depend on them. */
function comparable({ request, answer, ending }: CapturedExchange): unknown {
  const text = JSON.stringify({ request, answer, ending }, (key, value: unknown) => {
    if (key === 'hex' || key === 'head' || key === 'authorization') return undefined
    return typeof value === 'string' ? plain(value) : value
  })
  const { answer: shown, ...rest } = JSON.parse(text) as { answer: ExampleAnswer }
  return { ...rest, answer: 'error' in shown ? shown : { ...shown, headers: comparedHeaders(shown.headers) } }
}

const comparedHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_COMPARED.has(name)))

/** The status and the code of an answer: sequence numbers depend on the rows that a server cannot show. */
function outcome({ label, answer }: CapturedExchange): string {
  if ('error' in answer) return `${label}: ${answer.error}`
  const code = /"code":"\w+"|"\w+_mismatch"/.exec(JSON.stringify(answer.body ?? '').replaceAll('\\', ''))
  return `${label}: ${answer.status} ${code?.[0] ?? ''}`
}

const exchangesOf = (steps: readonly CapturedStep[]): readonly CapturedExchange[] =>
  steps.flatMap(({ exchanges }) => exchanges)

describe.skipIf(!isInstalled)(`the patterns on s2-lite (${where})`, () => {
  let launcher: Launcher
  beforeAll(async () => {
    launcher = await createProcessLauncher({ command: `${BINARY} lite --port {port}`, env: process.env })
  })
  afterAll(() => launcher.dispose())

  async function capture(pattern: Pattern): Promise<readonly CapturedStep[]> {
    await launcher.start(AbortSignal.timeout(60_000))
    try {
      return await captureFrom(pattern, {
        url: launcher.endpoints.account.origin,
        token: undefined,
        faults: undefined,
        // A pattern that waits polls with a deadline; s2-lite has the clock of this machine.
        pass: (milliseconds) => sleep(milliseconds < 1000 ? 0 : 100),
      })
    } finally {
      await launcher.stop()
    }
  }

  test.each(PATTERNS.filter(({ needsFaults, slug }) => !needsFaults && slug !== 'what-to-retry'))(
    '$slug: the exchanges are those of the reference server',
    async (pattern) => {
      const committed = (await readCaptured()).get(pattern.slug) ?? []
      const steps = await capture(pattern)
      expect(exchangesOf(steps).map(comparable)).toEqual(exchangesOf(committed).map(comparable))
    },
  )

  test('what-to-retry: the outcomes are those of the reference server', async () => {
    const pattern = PATTERNS.find(({ slug }) => slug === 'what-to-retry')
    if (pattern === undefined) throw new Error('no pattern what-to-retry')
    const exchanges = exchangesOf(await capture(pattern))
    const labels = new Set(exchanges.map(({ label }) => label))
    const committed = exchangesOf((await readCaptured()).get(pattern.slug) ?? [])
    expect(labels.size).toBeGreaterThan(15)
    expect(exchanges.map(outcome)).toEqual(committed.filter(({ label }) => labels.has(label)).map(outcome))
  })
})
