import type { Requirement } from '../../conformance/check/requirement.ts'
import { requirements } from '../../conformance/requirements/index.ts'
import type { Command, Given } from '../../kit/cli/command.ts'
import { createGlob } from '../../kit/glob.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { HOSTED } from '../../reference-server/semantics/resources/flavor.ts'
import { ALLOWED } from './allowed.ts'
import { isOfTheRest, untriedBy } from './areas.ts'
import { readOpen, writeOpen } from './open.ts'
import { type HealthyTarget, type Service, startHealthy } from './server.ts'
import { type Trial, tryRequirement } from './trial.ts'
import { openKey, renderCounts, verdictOf } from './verdict.ts'

export const command: Command = {
  name: 'tamper',
  summary:
    'tests each requirement by altering what it looks at, one thing at a time: what it does not notice, it does not check',
  options: [
    {
      name: 'only',
      value: 'GLOB',
      multiple: true,
      help: 'only these requirements; may be given more than once',
    },
    { name: 'rest', help: 'only what the tests leave to this command' },
    { name: 'part', value: 'K/N', help: 'only the K-th of N parts of the requirements' },
    { name: 'all', help: 'on every transport of each row, and in more places of a kind' },
    { name: 'accept', help: 'take up what goes unnoticed as open' },
    { name: 'verbose', help: 'a line for each requirement' },
  ],
  examples: ['tamper', "tamper --only 'APP-*' --all"],
  async run(given, io) {
    const { chosen, whole } = choose(given)
    const trials: Trial[] = []
    for await (const trial of tryEach(chosen, given.flag('all'))) {
      if (trial.isTriedAgain) io.out(`${lineOf(trial)}; it is tried once more at the end\n`)
      else trials.push(trial)
      if (given.flag('verbose') || trial.isSecond) io.out(`${lineOf(trial)}\n`)
    }
    const open = given.flag('accept') ? accept(trials) : readOpen()
    const verdict = verdictOf(trials, open, whole)
    for (const complaint of verdict.complaints) io.out(`${complaint}\n`)
    io.out(`${renderCounts(verdict)}\n`)
    return verdict.complaints.length === 0 ? 0 : 1
  },
}

/** What came of one requirement, and what it did not notice. */
function lineOf({
  id,
  transport,
  altered,
  live,
  unfit,
  survivors,
  ms,
}: Trial & { readonly ms: number }): string {
  const fresh = survivors.filter(({ allowed }) => allowed === undefined)
  const counts = `${altered} altered, ${live} live, ${fresh.length} unnoticed, ${ms} ms`
  return [`${id} over ${transport}: ${unfit ?? counts}`, ...fresh.map((each) => `  ${openKey(each)}`)].join(
    '\n',
  )
}

function accept(trials: readonly Trial[]): readonly string[] {
  const tried = new Set(trials.map(({ id }) => id))
  const others = readOpen().filter((key) => !tried.has(key.split(' ')[0] ?? ''))
  const found = trials.flatMap(({ survivors }) => survivors.filter(({ allowed }) => allowed === undefined))
  writeOpen([...others, ...found.map(openKey)])
  return readOpen()
}

/** Rows that wait this long run on a clock that passes so many times as fast. */
const LONG_SECONDS = 5
const SPEED = 10

/** What only the hosted service does is tried where it is done. */
const SERVICE: Service = { flavor: HOSTED, auth: { rootToken: 'of-the-tampering-client-0123456789' } }

/** A trial, how long it took, and whether another one follows it, since it was inconclusive, or it is that one. */
interface TimedTrial extends Trial {
  readonly ms: number
  readonly isTriedAgain: boolean
  readonly isSecond: boolean
}

async function* tryEach(chosen: readonly Requirement[], all: boolean): AsyncGenerator<TimedTrial> {
  const usual = await startHealthy('tamper1', 1)
  const fast = await startHealthy('tamper2', SPEED)
  const hosted = await startHealthy('tamper3', 1, SERVICE)
  const again: (() => Promise<Trial & { readonly ms: number }>)[] = []
  let runs = 0
  const newName = (): string => `t${String(runs++).padStart(7, '0')}`
  for (const requirement of chosen.filter((each) => untriedBy(each) === undefined)) {
    const healthy = { usual, fast, hosted }[serverOf(requirement)]
    const lacking = lackingIn(requirement, healthy)
    if (lacking !== undefined) {
      yield { ...untouched(requirement), unfit: lacking, ms: 0, isTriedAgain: false, isSecond: false }
      continue
    }
    const on = requirement.on ?? ['json']
    for (const transport of all ? on : on.slice(0, 1)) {
      const parts = { healthy, allowed: ALLOWED, perPlace: all ? 3 : 1, newName }
      const attempt = () => timed(() => tryRequirement(requirement, transport, parts))
      const trial = await attempt()
      const isTriedAgain = trial.isInconclusive === true
      if (isTriedAgain) again.push(attempt)
      yield { ...trial, isTriedAgain, isSecond: false }
    }
  }
  for (const attempt of again) yield { ...(await attempt()), isTriedAgain: false, isSecond: true }
  await Promise.all([usual.stop(), fast.stop(), hosted.stop()])
}

function serverOf({ seconds = 0, tier, needs }: Requirement): 'usual' | 'fast' | 'hosted' {
  if (tier === 'hosted' || needs.includes('authentication')) return 'hosted'
  return seconds >= LONG_SECONDS ? 'fast' : 'usual'
}

async function timed(attempt: () => Promise<Trial>): Promise<Trial & { readonly ms: number }> {
  const begun = performance.now()
  const trial = await attempt()
  return { ...trial, ms: Math.round(performance.now() - begun) }
}

/** Why the row says nothing of the reference server, as it is here: it would be held by nobody. */
function lackingIn({ needs, unless = [] }: Requirement, { target }: HealthyTarget): string | undefined {
  const lacking = needs.find((name) => !target.capabilities.has(name))
  if (lacking !== undefined) return `the server here has no ${lacking}`
  const present = unless.find((name) => target.capabilities.has(name))
  return present === undefined ? undefined : `the server here has ${present}`
}

const untouched = ({ id, on }: Requirement): Trial => {
  const none = { altered: 0, live: 0, noticed: 0, recorded: 0, survivors: [] }
  return { id, transport: on?.[0] ?? 'json', ...none }
}

function choose(given: Given): { readonly chosen: readonly Requirement[]; readonly whole: boolean } {
  const globs = given.all('only').map(createGlob)
  const [part = 1, parts = 1] = (given.text('part') ?? '1/1').split('/').map(Number)
  if (!(part >= 1 && part <= parts)) throw new UsageError('--part must be K/N, such as 1/2')
  const rest = given.flag('rest')
  const named = requirements.filter(
    (requirement) =>
      (globs.length === 0 || globs.some((glob) => glob.matches(requirement.id))) &&
      (!rest || isOfTheRest(requirement)),
  )
  if (named.length === 0) throw new UsageError('no requirement has such an id')
  return {
    chosen: named.filter((_, index) => index % parts === part - 1),
    whole: globs.length === 0 && parts === 1 && !rest,
  }
}
