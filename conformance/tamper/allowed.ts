import { createGlob } from '../run/glob.ts'

/** Alterations that a requirement need not notice, and why: what was altered is then still something its row allows. */
export interface Allowance {
  /** Ids of requirements, as globs. */
  readonly rows: string
  /** As `placeOf` has it, as a glob: `stream.read.value.records`. */
  readonly place: string
  /** Names of alterations, as a glob. */
  readonly alteration: string
  /** Only where the check then asks for something that it would not have asked for. */
  readonly asksOn?: true
  readonly why: string
}

export const ALLOWED: readonly Allowance[] = [
  {
    rows: '*',
    place: 'stream.read.value.records',
    alteration: 'last item gone',
    asksOn: true,
    why: 'a read may end before the tail (READ-032); what is missing is asked for next, and comes',
  },
]

export interface Survivor {
  readonly id: string
  readonly place: string
  readonly alteration: string
  readonly asksOn: boolean
}

export const allows = (allowance: Allowance, survivor: Survivor): boolean =>
  createGlob(allowance.rows).matches(survivor.id) &&
  createGlob(allowance.place).matches(survivor.place) &&
  createGlob(allowance.alteration).matches(survivor.alteration) &&
  (allowance.asksOn !== true || survivor.asksOn)
