import type { Requirement } from '../../conformance/check/requirement.ts'
import { createGlob } from '../../kit/glob.ts'

/** What `npm test` tries, some areas in each test file, so that all cores have something to do. CI tries the rest. */
export const IN_TESTS: Readonly<
  Record<'first' | 'second' | 'third' | 'fourth' | 'fifth', readonly string[]>
> = {
  first: ['APP-*', 'CMD-*', 'TAIL-*', 'ERR-*'],
  second: ['SSE-*', 'ENC-*', 'CP-ERR-*', 'REC-*'],
  third: ['READ-*', 'RTE-*'],
  fourth: ['S2S-*'],
  fifth: ['AUT-*', 'CP-BAS-*', 'CP-STR-*', 'CP-TOK-*', 'CP-LIM-*', 'CP-LITE-*'],
}

/** Requirements, as globs, that are tried nowhere, and why. */
export interface Untried {
  readonly rows: string
  readonly why: string
}

const LACKED = 'the row is about a server that lacks what the reference server has'
const FREE = 'the row is about an account on the free tier, and the server in this process is none'

const OTHERWISE =
  'how far the server got when it was stopped differs from run to run, and so does what the check asks'
const PROCESS =
  'the row needs a server in a process of its own, with a disk or a bucket; this one has neither'

export const UNTRIED: readonly Untried[] = [
  { rows: 'DUR-001', why: PROCESS },
  { rows: 'DUR-003', why: OTHERWISE },
  { rows: 'DUR-006', why: PROCESS },
  { rows: 'DUR-007', why: PROCESS },
  { rows: 'DUR-008', why: PROCESS },
  { rows: 'DUR-009', why: OTHERWISE },
  { rows: 'DUR-010', why: OTHERWISE },
  { rows: 'DUR-011', why: OTHERWISE },
  { rows: 'DUR-014', why: OTHERWISE },
  { rows: 'DUR-015', why: PROCESS },
  { rows: 'CP-LITE-006', why: PROCESS },
  { rows: 'CP-LITE-030', why: PROCESS },
  {
    rows: 'PROP-*',
    why: 'a property that is told otherwise shrinks what it did, and asks for other things; its oracle is held by defects',
  },
  { rows: 'ENC-017', why: 'the row reads the files of a server, and that in this process has none' },
  { rows: 'CP-TOK-001', why: LACKED },
  { rows: 'CP-LOC-001', why: LACKED },
  { rows: 'CP-MET-001', why: LACKED },
  { rows: 'CP-CFG-005', why: FREE },
  { rows: 'CP-BAS-044', why: FREE },
  { rows: 'CP-RT-003', why: 'the row is about basins with hosts of their own, and here a header names them' },
]

const isOf = (globs: readonly string[], { id }: Pick<Requirement, 'id'>): boolean =>
  globs.some((glob) => createGlob(glob).matches(id))

export const untriedBy = (requirement: Pick<Requirement, 'id'>): Untried | undefined =>
  UNTRIED.find(({ rows }) => isOf([rows], requirement))

/** Left to CI. */
export const isOfTheRest = (requirement: Pick<Requirement, 'id'>): boolean =>
  !isOf(Object.values(IN_TESTS).flat(), requirement)
