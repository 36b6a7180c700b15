import { createHighlighter } from 'shiki'
import { type Markup, markup, raw } from '../../../reports/markup.ts'

const THEMES = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const
const LANGUAGES = ['typescript', 'proto', 'json', 'http'] as const

const highlighter = await createHighlighter({
  themes: Object.values(THEMES),
  langs: [...LANGUAGES],
})

/** The class of each pair of colors, in the order of first use. */
const classes = new Map<string, string>()

/** A line of source text as HTML: a span with a short class for each run of tokens of one color. */
export function highlightLines(text: string, lang: string): readonly Markup[] {
  const known = LANGUAGES.find((one) => one === lang) ?? 'text'
  const lines = highlighter.codeToTokensWithThemes(text, { lang: known, themes: THEMES })
  return lines.map((line) => {
    const runs: { text: string; className: string }[] = []
    for (const { content, variants } of line) {
      const className = classOf(variants.light?.color ?? '', variants.dark?.color ?? '')
      const last = runs.at(-1)
      // Spaces and operators take the color of what is before them: a page has thousands of them.
      if (last !== undefined && (last.className === className || !/[\w'"`/]/.test(content)))
        last.text += content
      else runs.push({ text: content, className })
    }
    return markup`${runs.map(({ text: run, className }) => (className === '' ? run : markup`<i class="${raw(className)}">${run}</i>`))}`
  })
}

export const highlightBlock = (text: string, lang: string): Markup =>
  markup`<pre tabindex="0"><code>${raw(
    highlightLines(text, lang)
      .map((line) => line.text)
      .join('\n'),
  )}</code></pre>`

function classOf(light: string, dark: string): string {
  if (isPlain(light, dark)) return ''
  const colors = `light-dark(${light}, ${dark})`
  const known = classes.get(colors) ?? `h${classes.size}`
  classes.set(colors, known)
  return known
}

/** The colors of text that is no token. */
const plain = Object.values(THEMES).map((theme) => highlighter.getTheme(theme).fg.toLowerCase())
const isPlain = (light: string, dark: string): boolean =>
  light.toLowerCase() === plain[0] && dark.toLowerCase() === plain[1]

/** The style of every class used so far: to be called once all pages are rendered. */
export const highlightStyle = (): string =>
  [...classes].map(([colors, name]) => `i.${name}{color:${colors}}`).join('\n')
