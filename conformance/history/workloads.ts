import type { Mix } from './workload.ts'

/** A kind of history, by the name that it has on the command line. */
export interface Workload {
  readonly mix: Mix
  readonly followers: number
  readonly trims: boolean
  /** What must have come about, or the history says nothing about what the workload is for. */
  readonly needs: readonly Need[]
}

export type Need = 'refusals' | 'deliveries' | 'lateStarts'

const NONE: Mix = {
  append: 0,
  conditional: 0,
  fenced: 0,
  fence: 0,
  read: 0,
  checkTail: 0,
  trim: 0,
  session: 0,
}

/** The first three are those of s2-verification (LIN-013), and are all that its model knows. */
export const WORKLOADS: Readonly<Record<string, Workload>> = {
  regular: {
    mix: { ...NONE, append: 5, session: 1, read: 2, checkTail: 2 },
    followers: 0,
    trims: false,
    needs: [],
  },
  'match-seq-num': {
    mix: { ...NONE, conditional: 6, session: 1, read: 2, checkTail: 2 },
    followers: 0,
    trims: false,
    needs: ['refusals'],
  },
  fencing: {
    mix: { ...NONE, append: 1, fenced: 5, fence: 1, read: 2, checkTail: 2 },
    followers: 0,
    trims: false,
    needs: ['refusals'],
  },
  trim: {
    mix: { ...NONE, append: 4, session: 1, trim: 2, read: 5, checkTail: 1 },
    followers: 1,
    trims: true,
    needs: ['deliveries', 'lateStarts'],
  },
  follow: {
    mix: { ...NONE, append: 5, session: 2, conditional: 1, read: 1, checkTail: 1 },
    followers: 4,
    trims: false,
    needs: ['deliveries'],
  },
  mixed: {
    mix: { append: 4, session: 1, conditional: 3, fenced: 2, fence: 1, trim: 1, read: 4, checkTail: 3 },
    followers: 2,
    trims: true,
    needs: ['refusals', 'deliveries'],
  },
}
