import type { LoadResult } from '../../reports/load/result.ts'
import { LEAST_BLOCKS } from './compare-pools.ts'

/** One round of one side: a fresh stream, a load, a verdict. Rejects with a sentence for the user. */
export type PlayRound = () => Promise<LoadResult>

/** A round of each side, run one after the other. */
export interface Pair {
  readonly base: LoadResult
  readonly head: LoadResult
  /** Of which launch of both servers, counted from 0. */
  readonly launch: number
}

export interface PlayedRound {
  readonly side: Side
  readonly launch: number
  readonly result: LoadResult
}

export interface Played {
  /** All rounds in their order, those that count for nothing too. */
  readonly rounds: readonly PlayedRound[]
  /** Those of which both rounds are worth something. */
  readonly pairs: readonly Pair[]
  readonly ended: 'whole' | 'violation' | 'interrupted'
}

export type Side = 'base' | 'head'

export interface Sides {
  readonly base: PlayRound
  readonly head: PlayRound
}

/** Starts both servers, counted from 0, has them used and stops them. */
export type Launch = <T>(number: number, use: (sides: Sides) => Promise<T>) => Promise<T>

/** How many pairs of rounds. */
export interface Extent {
  readonly least: number
  readonly most: number
  /** Whether these tell enough; asked after `least` of them and whenever there are twice as many. */
  isEnough(pairs: readonly Pair[]): boolean
}

/** A start takes as long as a few rounds: where there are launches enough for an interval, each is for two pairs. */
const MOST_PAIRS_OF_LAUNCH = 2

/**
 * Plays pairs of rounds in the order ABBA: whatever grows or shrinks evenly meanwhile (heat, a filling disk, a neighbour)
 * does as much to one side as to the other. Both servers are started anew every other pair, as one process differs from the
 * next of the same program (where its memory lies, what was compiled), and one launch a side would show that as a
 * difference of the programs. Ends at once where a record was lost or changed, and where the user wants it.
 */
export async function playRounds(
  launch: Launch,
  { least, most, isEnough }: Extent,
  interrupted: AbortSignal,
  onRound: (round: number) => void,
): Promise<Played> {
  const rounds: PlayedRound[] = []
  const pairs: Pair[] = []
  const ofLaunch = Math.min(MOST_PAIRS_OF_LAUNCH, Math.floor(least / LEAST_BLOCKS))
  let played = 0
  const playPair = async (sides: Sides, number: number): Promise<Played['ended']> => {
    const results: Partial<Record<Side, LoadResult>> = {}
    for (const side of orderOf(played)) {
      if (interrupted.aborted) return 'interrupted'
      onRound(rounds.length)
      const result = await sides[side]()
      rounds.push({ side, launch: number, result })
      results[side] = result
      if (result.integrity.verdict === 'violated') return 'violation'
      if (result.interrupted) return 'interrupted'
    }
    played += 1
    const { base, head } = results
    if (base !== undefined && head !== undefined && isWorth(base) && isWorth(head))
      pairs.push({ base, head, launch: number })
    return 'whole'
  }
  const playLaunch = async (sides: Sides, number: number): Promise<Played['ended']> => {
    for (let pair = 0; pair < ofLaunch; pair++) {
      const ended = await playPair(sides, number)
      if (ended !== 'whole' || played === most || isLook(played, least)) return ended
    }
    return 'whole'
  }
  for (let number = 0; ; number++) {
    const ended = await unlessInterrupted(
      launch(number, (sides) => playLaunch(sides, number)),
      interrupted,
    )
    if (ended !== 'whole') return { rounds, pairs, ended }
    if (played === most || (isLook(played, least) && isEnough(pairs))) return { rounds, pairs, ended }
  }
}

/** Whoever looked after each pair would sooner or later see by chance what is not there. */
const isLook = (played: number, least: number): boolean =>
  played >= least && Number.isInteger(Math.log2(played / least))

/** Whoever interrupts does so in a round, or while the servers come up or go down. */
async function unlessInterrupted(
  ending: Promise<Played['ended']>,
  interrupted: AbortSignal,
): Promise<Played['ended']> {
  try {
    return await ending
  } catch (error) {
    if (interrupted.aborted) return 'interrupted'
    throw error
  }
}

/** ABBA, from pair to pair. */
const orderOf = (pair: number): readonly Side[] => (pair % 2 === 0 ? ['base', 'head'] : ['head', 'base'])

/** Numbers of an invalid round mean nothing, nor do those of records that nobody could read back. */
export const isWorth = ({ verdict, integrity }: Pick<LoadResult, 'verdict' | 'integrity'>): boolean =>
  verdict !== 'INVALID' && integrity.verdict === 'verified'
