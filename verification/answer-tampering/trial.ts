import type { Transport } from '../../client/transport.ts'
import type { Requirement } from '../../conformance/check/requirement.ts'
import type { Check, CheckResult } from '../../conformance/run/run-check.ts'
import { type Allowance, allows, type Survivor } from './allowed.ts'
import { alter, type Mutant, mutantsOf, observe } from './alter.ts'
import { placeOf } from './look.ts'
import type { Recording } from './recording.ts'
import { Diverged } from './replay-wire.ts'
import type { HealthyTarget } from './server.ts'
import { play, record, replay, type Take } from './take.ts'

/** What became of the alterations of one requirement on one transport. */
export interface Trial {
  readonly id: string
  readonly transport: Transport
  /** Why nothing was altered: the healthy server did not pass, or the check cannot be told the same twice. */
  readonly unfit?: string
  /** No take of five had the evidence, or its recording cannot be replayed unchanged: another one may do. */
  readonly isInconclusive?: boolean
  readonly altered: number
  /** Played against the server, since the check asked for more than was recorded. */
  readonly live: number
  readonly noticed: number
  /** Passed, and said in the report what came. */
  readonly recorded: number
  readonly survivors: readonly (Survivor & {
    readonly why: string
    readonly allowed: Allowance | undefined
  })[]
}

export interface TrialParts {
  readonly healthy: HealthyTarget
  readonly allowed: readonly Allowance[]
  /** Of alterations of one kind, in places of one kind, so many: the first ones and the last one. */
  readonly perPlace: number
  /** Makes a name of eight characters for a run, so that no two runs make the same names. */
  readonly newName: () => string
}

/**
 * Tells one check what it looks at otherwise, one thing at a time. What goes unnoticed in one recording may by chance be as
 * right there as what was told (a number one lower, where two records have one timestamp): others are asked, too.
 */
export async function tryRequirement(
  requirement: Requirement,
  transport: Transport,
  parts: TrialParts,
): Promise<Trial> {
  const check: Check = { requirement, transport }
  let trial: Trial = await tryOnce(check, parts, () => true)
  for (let left = RECORDINGS - 1; left > 0 && unexcused(trial).size > 0; left -= 1) {
    const open = unexcused(trial)
    trial = joined(trial, await tryOnce(check, parts, (mutant) => open.has(groupOf(mutant))))
  }
  return trial
}

/** What is right in one recording of five is so in all of them once in three thousand trials. */
const RECORDINGS = 5

const unexcused = ({ survivors }: Trial): ReadonlySet<string> =>
  new Set(survivors.filter(({ allowed }) => allowed === undefined).map(keyOf))

/** Of the first, less what the second has noticed. */
function joined(first: Trial, second: OneTrial): Trial {
  const alive = new Set(second.survivors.map(keyOf))
  const isNoticed = (key: string): boolean => second.tried.has(key) && !alive.has(key)
  return {
    ...first,
    noticed: first.noticed + second.noticed,
    recorded: first.recorded + second.recorded,
    survivors: first.survivors.filter((survivor) => !isNoticed(keyOf(survivor))),
  }
}

interface OneTrial extends Trial {
  /** Groups of alterations. */
  readonly tried: ReadonlySet<string>
}

/** On one recording, all that is meant. */
async function tryOnce(
  check: Check,
  parts: TrialParts,
  isMeant: (mutant: Mutant) => boolean,
): Promise<OneTrial> {
  const { requirement, transport } = check
  const none = { altered: 0, live: 0, noticed: 0, recorded: 0, survivors: [], tried: new Set<string>() }
  const base = { id: requirement.id, transport, ...none }
  const { name, recording, result } = await take(check, parts)
  if (result.verdict !== 'pass') {
    const isInconclusive = result.verdict === 'inconclusive'
    return { ...base, unfit: `${result.verdict}: ${result.reason}`, isInconclusive }
  }
  const { tap, looks } = observe(name)
  const untouched = await replay(parts.healthy, check, name, recording, tap)
  if (untouched instanceof Diverged) return { ...base, unfit: untouched.message, isInconclusive: true }
  if (untouched.verdict !== 'pass')
    return { ...base, unfit: `replayed ${untouched.verdict}: ${untouched.reason}` }

  const mutants = sample(mutantsOf(looks()).filter(isMeant), parts.perPlace)
  const counts = { live: 0, noticed: 0, recorded: 0 }
  const survivors = new Map<string, Trial['survivors'][number]>()
  for (const mutant of mutants) {
    const fate = await fateOf(mutant, { check, name, recording, untouched, ...parts })
    if (fate.live) counts.live += 1
    if (fate.kind !== 'survived') counts[fate.kind] += 1
    else {
      const survivor = {
        id: requirement.id,
        place: placeOf(mutant.look),
        alteration: mutant.alteration.name,
        asksOn: fate.live,
      }
      const allowed = parts.allowed.find((allowance) => allows(allowance, survivor))
      survivors.set(groupOf(mutant), {
        ...survivor,
        why: `${fate.why} at ${mutant.look.origin.id} ${mutant.look.path.join('.')}`,
        allowed,
      })
    }
  }
  const tried = new Set(mutants.map(groupOf))
  return { ...base, ...counts, altered: mutants.length, survivors: [...survivors.values()], tried }
}

/** Where the evidence did not come, such as an overlap, it is gone for once more. */
async function take(
  check: Check,
  { healthy, newName }: TrialParts,
): Promise<Take & { readonly name: string }> {
  for (let left = TAKES; ; left -= 1) {
    const name = newName()
    const taken = await record(healthy, check, name)
    if (taken.result.verdict !== 'inconclusive' || left === 1) return { ...taken, name }
  }
}

const TAKES = 5

const groupOf = ({ look, alteration }: Mutant): string =>
  keyOf({ place: placeOf(look), alteration: alteration.name })

const keyOf = ({ place, alteration }: Pick<Survivor, 'place' | 'alteration'>): string =>
  `${place} ${alteration}`

/** The first ones of each group, and its last one. */
function sample(mutants: readonly Mutant[], perPlace: number): readonly Mutant[] {
  const groups = Map.groupBy(mutants, groupOf)
  return [...groups.values()].flatMap((group) =>
    group.length <= perPlace ? group : [...group.slice(0, perPlace - 1), ...group.slice(-1)],
  )
}

interface Play extends TrialParts {
  readonly check: Check
  readonly name: string
  readonly recording: Recording
  readonly untouched: CheckResult
}

interface MutantFate {
  readonly kind: 'noticed' | 'recorded' | 'survived'
  readonly why: string
  readonly live: boolean
}

async function fateOf(mutant: Mutant, parts: Play): Promise<MutantFate> {
  const { healthy, check, name, recording, untouched } = parts
  const replayed = alter(mutant, name)
  const told = await replay(healthy, check, name, recording, replayed.tap)
  if (!(told instanceof Diverged)) return judge(told, untouched, replayed.reached(), false)
  const survivor = {
    id: check.requirement.id,
    place: placeOf(mutant.look),
    alteration: mutant.alteration.name,
    asksOn: true,
  }
  if (parts.allowed.some((allowance) => allows(allowance, survivor))) {
    return { kind: 'survived', why: 'it asks on', live: true }
  }
  const other = parts.newName()
  const played = alter(mutant, other)
  const came = await play(healthy, check, other, played.tap)
  return judge(came, untouched, played.reached(), true)
}

/** Only a finding about the target counts: neither missing evidence nor a check that breaks. */
function judge(came: CheckResult, untouched: CheckResult, reached: boolean, live: boolean): MutantFate {
  const { verdict, reason = '', observations } = came
  if (!reached) return { kind: 'survived', why: 'the check took another way before', live }
  if (verdict === 'fail' || verdict === 'warn') return { kind: 'noticed', why: reason, live }
  const isRecorded = verdict === 'pass' && observations.join('\n') !== untouched.observations.join('\n')
  if (isRecorded) return { kind: 'recorded', why: '', live }
  return { kind: 'survived', why: `${verdict} ${reason}`.trim(), live }
}
