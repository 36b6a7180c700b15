/** What happens to a connection up to and at some turn: a request and its answer, or so many pieces of a long answer. */
export type Plan = { readonly turn: number } & (
  | { readonly fault: 'none' }
  /** Every piece, in both directions, comes later. */
  | { readonly fault: 'delay'; readonly milliseconds: number }
  /** At the turn the answer is held back, and then comes. */
  | { readonly fault: 'stall'; readonly milliseconds: number }
  /** At the turn the connection ends when a part of the request has gone through. */
  | { readonly fault: 'cut-request'; readonly part: number }
  /** At the turn the request goes through whole, and the connection ends when a part of the answer has come. */
  | { readonly fault: 'cut-answer'; readonly part: number }
)

export type Fault = Exclude<Plan['fault'], 'none'>

/** The next plan, of chance from 0 up to, not including, 1; three of seven do nothing. */
export function choosePlan(random: () => number): Plan {
  const turn = 1 + Math.floor(random() * 8)
  // None of it, all of it, or something between.
  const part = [0, 1, random()][Math.floor(random() * 3)] ?? 0
  switch (Math.floor(random() * 7)) {
    case 0:
      return { turn, fault: 'delay', milliseconds: 1 + random() * 10 }
    case 1:
      return { turn, fault: 'stall', milliseconds: 20 + random() * 200 }
    case 2:
      return { turn, fault: 'cut-request', part }
    case 3:
      return { turn, fault: 'cut-answer', part }
    default:
      return { turn, fault: 'none' }
  }
}
