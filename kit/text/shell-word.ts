/** As a shell takes it, whatever stands in it. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Bare where that is plain to see, and quoted otherwise. */
export const shellWord = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : shellQuote(text))
