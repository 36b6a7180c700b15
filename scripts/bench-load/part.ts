/** One question that the bench answers; `npm run bench:load -- NAME` asks it alone. */
export interface Part {
  readonly name: string
  /** What it shows, in one line. */
  readonly about: string
  /** Prints its table line by line; it takes its turn alone on the machine. Rejects where it could not measure. */
  run(say: Say): Promise<void>
}

export type Say = (line: string) => void
