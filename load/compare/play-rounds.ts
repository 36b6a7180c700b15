import type { LoadResult } from '../../reports/load/result.ts'

/** One round of one side: a fresh stream, a load, a verdict. Rejects with a sentence for the user. */
export type PlayRound = () => Promise<LoadResult>

/** A round of each side, run one after the other. */
export interface Pair {
  readonly base: LoadResult
  readonly head: LoadResult
}

export interface Played {
  /** All rounds in their order, those that count for nothing too. */
  readonly rounds: readonly { readonly side: Side; readonly result: LoadResult }[]
  /** Those of which both rounds are worth something. */
  readonly pairs: readonly Pair[]
  readonly ended: 'whole' | 'violation' | 'interrupted'
}

export type Side = 'base' | 'head'

export interface Sides {
  readonly base: PlayRound
  readonly head: PlayRound
}

/** How many pairs of rounds. */
export interface Extent {
  readonly least: number
  readonly most: number
  /** Whether these tell enough; asked after `least` of them and whenever there are twice as many. */
  isEnough(pairs: readonly Pair[]): boolean
}

/**
 * Plays pairs of rounds in the order ABBA: whatever grows or shrinks evenly meanwhile (heat, a filling disk, a neighbour)
 * does as much to one side as to the other. Ends at once where a record was lost or changed, and where the user wants it.
 */
export async function playRounds(
  sides: Sides,
  { least, most, isEnough }: Extent,
  interrupted: AbortSignal,
  onRound: (round: number) => void,
): Promise<Played> {
  const rounds: { readonly side: Side; readonly result: LoadResult }[] = []
  const whole: Pair[] = []
  const isOver = (played: number): boolean => played === most || (isLook(played, least) && isEnough(whole))
  for (let pair = 0; !isOver(pair); pair++) {
    const results: Partial<Record<Side, LoadResult>> = {}
    for (const side of orderOf(pair)) {
      if (interrupted.aborted) return { rounds, pairs: whole, ended: 'interrupted' }
      onRound(rounds.length)
      const result = await played(sides[side], interrupted)
      if (result === undefined) return { rounds, pairs: whole, ended: 'interrupted' }
      rounds.push({ side, result })
      results[side] = result
      if (result.integrity.verdict === 'violated') return { rounds, pairs: whole, ended: 'violation' }
      if (result.interrupted) return { rounds, pairs: whole, ended: 'interrupted' }
    }
    const { base, head } = results
    if (base !== undefined && head !== undefined && isWorth(base) && isWorth(head)) whole.push({ base, head })
  }
  return { rounds, pairs: whole, ended: 'whole' }
}

/** Whoever looked after each pair would sooner or later see by chance what is not there. */
const isLook = (played: number, least: number): boolean =>
  played >= least && Number.isInteger(Math.log2(played / least))

/** Undefined where the user did not wait for it. */
async function played(play: PlayRound, interrupted: AbortSignal): Promise<LoadResult | undefined> {
  try {
    return await play()
  } catch (error) {
    if (interrupted.aborted) return undefined
    throw error
  }
}

/** ABBA, from pair to pair. */
const orderOf = (pair: number): readonly Side[] => (pair % 2 === 0 ? ['base', 'head'] : ['head', 'base'])

/** Numbers of an invalid round mean nothing, nor do those of records that nobody could read back. */
export const isWorth = ({ verdict, integrity }: Pick<LoadResult, 'verdict' | 'integrity'>): boolean =>
  verdict !== 'INVALID' && integrity.verdict === 'verified'
