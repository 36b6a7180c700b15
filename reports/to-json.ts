/** A file of JSON: lines that a diff can show. */
export const toJson = (value: object): string => `${JSON.stringify(value, undefined, 1)}\n`
