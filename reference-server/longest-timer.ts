/** A timer that is set for longer, in milliseconds, goes off at once. */
export const LONGEST_TIMER: number = 2 ** 31 - 1
