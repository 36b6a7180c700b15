import { createCssVariablesTheme, createHighlighter } from 'shiki'
import { type Markup, markup, raw } from '../../../reports/markup.ts'

const LANGUAGES = ['typescript', 'python', 'go', 'rust', 'shellscript', 'proto', 'json', 'http'] as const

/** Tokens get the name of a color, and the style has the colors for light and dark. */
const theme = createCssVariablesTheme({ name: 'names', variablePrefix: '--' })
const highlighter = await createHighlighter({ themes: [theme], langs: [...LANGUAGES] })

/** Classes of tokens; other tokens are plain. */
const CLASSES: Readonly<Record<string, string>> = {
  'var(--token-keyword)': 'k',
  'var(--token-string)': 's',
  'var(--token-string-expression)': 's',
  'var(--token-comment)': 'c',
  'var(--token-function)': 'f',
  'var(--token-constant)': 'n',
}

/** The lines of a source text as HTML: a span with a short class for each run of tokens of one color. */
export function highlightLines(text: string, lang: string): readonly Markup[] {
  const known = LANGUAGES.find((one) => one === lang) ?? 'text'
  return highlighter.codeToTokensBase(text, { lang: known, theme }).map((line) => {
    const runs: { text: string; className: string }[] = []
    for (const { content, color = '' } of line) {
      const className = CLASSES[color] ?? ''
      const last = runs.at(-1)
      // Spaces and operators take the color of what is before them: a page has thousands of them.
      const isJoined = last?.className === className || !/[\w'"`/]/.test(content)
      if (last !== undefined && isJoined) last.text += content
      else runs.push({ text: content, className })
    }
    return markup`${runs.map(({ text: run, className }) => (className === '' ? run : markup`<i class="${className}">${run}</i>`))}`
  })
}

export const highlightBlock = (text: string, lang: string): Markup =>
  markup`<pre tabindex="0"><code>${raw(
    highlightLines(text, lang)
      .map((line) => line.text)
      .join('\n'),
  )}</code></pre>`
