import { type Markup, markup } from '../../../reports/markup.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import { textOf } from './concept-page.ts'
import type { ConceptText } from './concept-texts.ts'
import { CONCEPTS, rowsOn } from './concepts.ts'
import type { Facts } from './facts.ts'
import { contentsOf, inlineMarkdown, markdown } from './markdown.ts'
import type { Page } from './page.ts'

type Texts = ReadonlyMap<string, ConceptText>

/** The page that leads to all others: counts, questions, pages, and S2 in short. */
export function startPage(texts: Texts, facts: Facts): Page {
  const { title, body, summary } = textOf('index', texts)
  const rest = body.trimStart().replace(/^[\s\S]+?\n\n/, '')
  const questions = contentsOf(body).filter(({ anchor }) => anchor.startsWith('question-'))
  const main = markup`<h1>${title}</h1>
<p>${inlineMarkdown(summary)}</p>
${counts(facts)}
<h2 id="look-up"><a class="anchor" href="#look-up">Jump to an answer</a></h2>
<ol class="ask">${questions.map(({ anchor, title: question }) => markup`<li><a href="#${anchor}">${question.replace(/^\d+\. /, '')}</a></li>`)}</ol>
<h2 id="pages"><a class="anchor" href="#pages">Pages, in the order to read them</a></h2>
<ol class="cards">${CONCEPTS.map(({ slug }) => card(slug, texts, rowsOn(slug).length))}</ol>
<h2 id="patterns"><a class="anchor" href="#patterns">Patterns: how applications use it</a></h2>
<ol class="cards">${PATTERN_SLUGS.map((slug) => card(slug, texts))}</ol>
${markdown(rest)}`
  const contents = [
    { anchor: 'look-up', title: 'Jump to an answer' },
    { anchor: 'pages', title: 'Pages' },
    { anchor: 'patterns', title: 'Patterns' },
    ...contentsOf(rest),
  ]
  return { slug: 'index', title, main, contents }
}

function counts({ stateOf, examplesOf }: Facts): Markup {
  const tested = [...stateOf.values()].filter((state) => state === 'tested').length
  const exchanges = [...examplesOf.values()].flat().flatMap((example) => example.exchanges).length
  const numbers: readonly (readonly [number, string])[] = [
    [catalogue.length, 'requirements'],
    [tested, 'tested against running servers'],
    [exchanges, 'captured exchanges'],
  ]
  return markup`<ul class="numbers-line">${numbers.map(([count, what]) => markup`<li><b>${count.toLocaleString('en')}</b>${what}</li>`)}</ul>`
}

function card(slug: string, texts: Texts, count?: number): Markup {
  const { title, summary } = textOf(slug, texts)
  const [first = ''] = /^.+?\.(?= |$)/.exec(summary) ?? [summary]
  return markup`<li><a href="${slug}.html"><b>${title}${count === undefined ? undefined : markup` <span class="n">${count}</span>`}</b><p>${first.replaceAll('`', '')}</p></a></li>`
}
