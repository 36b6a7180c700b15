/** A pattern for ids: `*` any characters, `?` any one; upper and lower case are the same. */
export interface Glob {
  readonly text: string
  /** Whether it can match more than one id. */
  readonly isOpen: boolean
  matches(id: string): boolean
}

export function createGlob(text: string): Glob {
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 'i')
  return { text, isOpen: /[*?]/.test(text), matches: (id) => expression.test(id) }
}
