import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Markup, raw } from '../../../reports/markup.ts'
import { inlineMarkdown } from './markdown.ts'

const S2 = 'https://github.com/s2-streamstore/s2/blob/s2-lite-v0.42.7'
const SPECS = 'https://github.com/s2-streamstore/s2-specs/blob/main/s2/v1'

/** Lines of the declarations that sources name, by file and name: `scripts/source-lines.ts` writes them. */
const LINES = JSON.parse(readFileSync(join(import.meta.dirname, '../source/lines.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, number>>>
>

const FILE = /<code>((?:api|cli|common|docs|lite|resource-spec|sdk)\/[\w/.-]+\.(?:rs|md|json))<\/code>/g
const PAGE = /\bs2\.dev\/docs[\w/-]*/g
const SPEC = /(?<![\w/.])(openapi|s2\.proto|s2s\.md)(?![\w/])/g
const SPEC_FILES: Readonly<Record<string, string>> = {
  openapi: 'openapi.json',
  's2.proto': 's2.proto',
  's2s.md': 's2s.md',
}

/** Where a row is written, with links to documents, files and lines. */
export function sourceMarkup(source: string): Markup {
  const html = inlineMarkdown(source)
    .text.replaceAll(/<a [^>]*href="http[^>]*>([^<]*)<\/a>/g, '$1')
    .replaceAll(PAGE, (page) => `<a href="https://${page}">${page}</a>`)
    .replaceAll(SPEC, (name) => `<a href="${SPECS}/${SPEC_FILES[name]}">${name}</a>`)
    .replaceAll(
      FILE,
      (_, file: string) => `<a href="${S2}/${file}${lineOf(file, source)}"><code>${file}</code></a>`,
    )
  return raw(html)
}

/** `#L12` where the source names a declaration of the file, right behind it. */
function lineOf(file: string, source: string): string {
  const [, name = ''] = new RegExp(`\`${file.replaceAll('.', '\\.')}\` \`(\\w+)`).exec(source) ?? []
  const line = LINES[file]?.[name]
  return line === undefined ? '' : `#L${line}`
}
