/** The pages of the patterns, in their order; `texts/SLUG.md` explains each. */
export const PATTERN_SLUGS = [
  'snapshot-and-follow',
  'exactly-once-append',
  'fenced-writer',
  'trim-behind-consumer',
  'reconnecting-tail',
  'what-to-retry',
] as const

export type PatternSlug = (typeof PATTERN_SLUGS)[number]
