import { median } from '../server/measurement.ts'
import { figure } from '../server/table.ts'

/** Something that is measured again and again, in turns with others. Its numbers have names. */
export interface Contender {
  readonly name: string
  measure(): Promise<Readonly<Record<string, number>>>
}

/** What each round has given, in their order. */
export type Measured = readonly Readonly<Record<string, number>>[]

/** Each contender once a round, forth and back by turns (ABBA), so that a machine that becomes slower does so for all. */
export async function inRounds(
  rounds: number,
  contenders: readonly Contender[],
): Promise<ReadonlyMap<string, Measured>> {
  const measured = new Map<string, Readonly<Record<string, number>>[]>(
    contenders.map(({ name }) => [name, []]),
  )
  for (let round = 0; round < rounds; round++) {
    for (const { name, measure } of round % 2 === 0 ? contenders : contenders.toReversed())
      measured.get(name)?.push(await measure())
  }
  return measured
}

export const valuesOf = (measured: ReadonlyMap<string, Measured>, name: string, number: string): number[] =>
  (measured.get(name) ?? []).map((numbers) => numbers[number] ?? Number.NaN)

/** One divided by the other, within each round. */
export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const each = ours.map((own, round) => own / (theirs[round] ?? Number.NaN)).filter(Number.isFinite)
  return { median: median(each), least: Math.min(...each), most: Math.max(...each) }
}

/** `0.93 (0.91–0.95)`. */
export const ratioText = (ratio: Ratio): string =>
  Number.isFinite(ratio.median)
    ? `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`
    : 'not measured'

/** `1,220 (1,180–1,250)`. */
export const spreadText = (values: readonly number[]): string =>
  `${figure(median(values))} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`
