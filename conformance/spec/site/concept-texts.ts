import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const CONCEPT_FOLDER = join(import.meta.dirname, '../concepts')
const PATTERN_FOLDER = join(import.meta.dirname, '../patterns/texts')

/** The explanation of a concept or of a pattern. */
export interface ConceptText {
  readonly title: string
  /** The first paragraph. */
  readonly summary: string
  /** Markdown, without the title. */
  readonly body: string
}

/** The texts in `concepts/`, by slug: `03-append.md` is `append`. Throws an Error for one without title or summary. */
export const conceptTexts = (): Promise<ReadonlyMap<string, ConceptText>> => textsIn(CONCEPT_FOLDER)

/** The texts in `patterns/texts/`, by slug. Throws an Error for one without title or summary. */
export const patternTexts = (): Promise<ReadonlyMap<string, ConceptText>> => textsIn(PATTERN_FOLDER)

async function textsIn(folder: string): Promise<ReadonlyMap<string, ConceptText>> {
  const texts = new Map<string, ConceptText>()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.md'))) {
    const slug = file.replace(/^\d+-/, '').replace(/\.md$/, '')
    texts.set(slug, parse(file, await readFile(join(folder, file), 'utf8')))
  }
  return texts
}

function parse(file: string, text: string): ConceptText {
  const match = /^# (.+)\n\n([\s\S]+?)(?:\n\n|$)/.exec(text)
  const [, title, summary] = match ?? []
  if (title === undefined || summary === undefined) {
    throw new Error(`${file} must begin with "# Title", an empty line and a paragraph`)
  }
  return { title, summary: summary.replaceAll('\n', ' '), body: text.slice(text.indexOf('\n') + 1) }
}
