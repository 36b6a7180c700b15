/**
 * `0 rows`, `1 row`, `2 followed batches`: a count and what was counted, given in the plural. Where there is one, the first
 * word that is in the plural is not.
 */
export const howMany = (count: number, plural: string): string => `${count} ${nounFor(count, plural)}`

/** The same without the count, for who writes it otherwise. */
export const nounFor = (count: number, plural: string): string =>
  count === 1 ? plural.replace(/(?<=ch)es\b|(?<=\w[^\Ws])s\b/, '') : plural
