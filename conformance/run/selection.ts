import { createGlob, type Glob } from '../../kit/glob.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { Tier } from '../catalogue/row.ts'
import type { Requirement } from '../check/requirement.ts'
import { costOf } from './costs.ts'

export type Profile = 'core' | 's2-lite' | 'hosted'

export interface Choice {
  /** Which tiers are judged. */
  readonly profile: Profile
  /** Ids or globs; empty means all. An id in full is run whatever its tier and time. */
  readonly only: readonly string[]
  readonly time: 'quick' | 'default' | 'all'
  /** Whether rows may change what the whole account sees, for a while. Absent: no. */
  readonly accountChanges?: boolean
}

export interface Selection {
  readonly selected: readonly Requirement[]
  readonly unselected: readonly { readonly requirement: Requirement; readonly why: string }[]
}

/** Rows that take this long or longer by their nature are left to `--all`. */
const LONG_SECONDS = 15

const TIERS: Readonly<Record<Profile, readonly Tier[]>> = {
  core: ['core', 'probe'],
  's2-lite': ['core', 'lite', 'probe'],
  hosted: ['core', 'hosted', 'probe'],
}

/** Throws `UsageError` for a pattern that matches nothing, or nothing that would be run. */
export function select(requirements: readonly Requirement[], choice: Choice): Selection {
  const patterns = choice.only.map(createGlob)
  for (const pattern of patterns) {
    if (!requirements.some(({ id }) => pattern.matches(id))) {
      throw new UsageError(
        `no requirement has the id "${pattern.text}": "s2-conformance list" shows those there are`,
      )
    }
  }
  const selected: Requirement[] = []
  const unselected: { requirement: Requirement; why: string }[] = []
  for (const requirement of requirements) {
    const why = whyNot(requirement, choice, patterns)
    if (why === undefined) selected.push(requirement)
    else unselected.push({ requirement, why })
  }
  if (selected.length === 0) {
    throw new UsageError(
      `nothing is left to run: ${unselected.find(({ why }) => why !== NOT_NAMED)?.why ?? NOT_NAMED}`,
    )
  }
  return { selected, unselected }
}

export const NOT_NAMED = 'not among --only'

function whyNot(requirement: Requirement, choice: Choice, patterns: readonly Glob[]): string | undefined {
  const { id, tier, seconds = 0 } = requirement
  const matching = patterns.filter((pattern) => pattern.matches(id))
  if (patterns.length > 0 && matching.length === 0) return NOT_NAMED
  if (requirement.changesAccount === true && choice.accountChanges !== true) {
    return 'changes the account for a while: run with --allow-account-changes'
  }
  if (matching.some(({ isOpen }) => !isOpen)) return undefined
  if (!TIERS[choice.profile].includes(tier)) return `tier ${tier} is not part of profile ${choice.profile}`
  if (choice.time === 'quick') return whyNotQuick(requirement)
  if (choice.time === 'default' && seconds >= LONG_SECONDS) return `takes ${seconds} s: run with --all`
  return undefined
}

/** A first look takes a few seconds: what one request shows, and nothing that needs many, or megabytes. */
const QUICK_REQUESTS = 20
const QUICK_BYTES = 65_536

function whyNotQuick({ id, seconds = 0 }: Requirement): string | undefined {
  if (seconds > 0) return `takes ${seconds} s, and --quick waits for nothing`
  const cost = costOf(id)
  if (cost === undefined) return 'nobody has measured yet what it asks, and --quick asks little'
  if (cost.requests > QUICK_REQUESTS)
    return `asks ${cost.requests} times, and --quick at most ${QUICK_REQUESTS}`
  if (cost.bytes > QUICK_BYTES) return `moves ${cost.bytes} bytes, and --quick at most ${QUICK_BYTES}`
  return undefined
}
