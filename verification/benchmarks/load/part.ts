/** One question that the bench answers; `npm run verify -- bench-load NAME` asks it alone. */
export interface Part {
  readonly name: string
  /** What it shows, in one line. */
  readonly about: string
  /** Asked only by its name, as it takes long. */
  readonly isLong?: boolean
  /** Prints its table line by line; it takes its turn alone on the machine. Rejects where it could not measure. */
  run(say: Say, options: PartOptions): Promise<void>
}

export type Say = (line: string) => void

export interface PartOptions {
  /** Of a long part. */
  readonly minutes: number
  /** Of those that compare, round by round. */
  readonly rounds: number
}
