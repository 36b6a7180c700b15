/** Nothing that came from a target is Markdown. */
export const text = (given: string): string => inHtml(given.replace(/[\\`*_{}[\]()#+!|~$@]/g, '\\$&'))

/** Within a tag GitHub reads HTML and no Markdown. */
export const inHtml = (given: string): string =>
  given.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
