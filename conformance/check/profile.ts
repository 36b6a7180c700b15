const JUDGED_PROFILES = ['core', 's2-lite', 'hosted', 'core and lite', 'durability'] as const

/** What a report names as judged: a profile, the two that the embedded server is judged by, or the durability trials. */
export type JudgedProfile = (typeof JUDGED_PROFILES)[number]

/** Reads the profile of a report. */
export const isJudgedProfile = (value: unknown): value is JudgedProfile =>
  JUDGED_PROFILES.some((name) => name === value)
