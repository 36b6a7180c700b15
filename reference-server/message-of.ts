/** What somebody is told of what was thrown, whatever that was. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
