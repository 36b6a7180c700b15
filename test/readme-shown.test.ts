import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { row } from '../conformance/catalogue/catalogue.ts'
import { requirements } from '../conformance/requirements/index.ts'
import { play } from '../conformance/testing/play.ts'
import { parseLoadResult } from '../reports/load/parse.ts'
import { loadToText } from '../reports/load/text.ts'
import type { TimelineOperation } from '../reports/timeline.ts'
import { renderTimeline } from '../reports/timeline-text.ts'
import { writtenPages } from '../scripts/pages.ts'
import { canary } from '../verification/suite-mutants/canary.ts'
import { defects } from '../verification/suite-mutants/index.ts'
import { renderKinds, unclaimedIds } from '../verification/suite-mutants/render.ts'
import { sightsOf } from '../verification/suite-mutants/whole-markdown.ts'
import { parseWhole } from '../verification/suite-mutants/whole-matrix.ts'
import { blocksIn, root, textOf } from './markdown.ts'

const readme = textOf('README.md')

const blocks = writtenPages.flatMap((page) => blocksIn(textOf(page), 'text'))

/** The only block of output that begins so, on whichever page. */
function block(begin: string): string {
  const found = blocks.filter((text) => text.startsWith(begin))
  expect(found).toHaveLength(1)
  return found[0] ?? ''
}

const anyNumber = (text: string): string => text.replace(/\d+(\.\d+)*/g, 'N')

/** `N passed, N failed` as what is counted. */
const counted = (line: string): readonly string[] =>
  line.split(', ').map((part) => anyNumber(part).replace('N ', ''))

const lines = (text: string): readonly string[] => text.trim().split('\n')

/** All text of the sources in these folders, what is filled in left out. */
const wordsOf = (...folders: readonly string[]): string =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => textOf(`${folder}/${file}`)),
    )
    .join('\n')

test('every block of output is held by a test', () => {
  const begins = blocks.map((text) => text.split(/[\s:]/)[0])
  expect(begins).toEqual([
    's2-conformance',
    'FAIL',
    's2-load',
    'Listening',
    'killed',
    'DUR-001',
    'http',
    'stale-tail',
    'client',
  ])
})

test('the end of a run is as a run ends', async () => {
  const { out } = await play(['run', 'TAIL-001'])
  const [head = '', sums = '', verdict] = lines(block('s2-conformance'))
  const [realHead = '', realSums = '', realVerdict] = lines(out).slice(-3)
  expect(anyNumber(head)).toBe(anyNumber(realHead))
  expect(counted(sums)).toEqual(expect.arrayContaining([...counted(realSums)]))
  expect(verdict).toBe(realVerdict)
})

test('the row that is not met is as the catalogue has it, and comes as is expected of s2-lite', () => {
  const text = block('FAIL ')
  const field = (label: string): string | undefined => new RegExp(`^  ${label} +(.*)$`, 'm').exec(text)?.[1]
  const { title, statement, source, level, tier } = row('APP-063')
  expect(lines(text)[0]).toBe(`FAIL      APP-063 ${title} (${level}, ${tier})`)
  expect([field('rule'), field('source')]).toEqual([statement, source])
  const { entries } = JSON.parse(textOf('conformance/expectations/s2-lite-0.43.4.json')) as {
    entries: { id: string; matches: string }[]
  }
  const expected = entries.find(({ id }) => id === 'APP-063')?.matches ?? 'no such entry'
  expect(`actual ${field('actual')}`).toMatch(new RegExp(expected))
  expect(field('reproduce')).toMatch(/^s2-conformance run APP-063 --launch '.*' --seed \d+$/)
})

test('a history is told as it is told', async () => {
  const { out } = await play(['history', '--seed', '7'])
  const [head = '', evidence = '', time = '', verdict] = lines(block('http'))
  const [realHead = '', realEvidence = '', realTime = ''] = lines(out).slice(-4)
  expect(anyNumber(head)).toBe(anyNumber(realHead))
  expect(counted(evidence)).toEqual(expect.arrayContaining([...counted(realEvidence)]))
  expect(anyNumber(time)).toBe(anyNumber(realTime))
  expect(verdict).toBe('linearizable')
})

test('a violation is drawn as it is drawn', () => {
  const text = block('stale-tail')
  const [title = ''] = lines(text)
  const drawn = [...text.matchAll(/client (\d+) .*? ([a-z].*) -> (.*?) {2}\[([\d.]+) to ([\d.]+) ms\]/g)]
  const shown = drawn.map(
    ([, client = '', label = '', outcome = '', begin, end], index): TimelineOperation => {
      const moments = { begin: Number(begin), end: Number(end) }
      return { id: index, client, label, outcome, ...moments, isEvidence: true }
    },
  )
  const before = { id: 9, client: '0', label: '', outcome: '', begin: 0, end: 1, isEvidence: false }
  expect(shown).toHaveLength(2)
  expect(renderTimeline({ title, operations: [before, ...shown] }, 200).trimEnd()).toBe(text)
})

/** The words of each line, by its label: a line that is missing, or one that is not there any more, has no partner. */
const labelled = (text: string): readonly (readonly [label: string, words: string])[] =>
  lines(text).map((line) => {
    const [all, label = ''] = /^(\D+?)(?: {2,}| (?=\d))/.exec(line) ?? ['']
    return [label, line.slice(all.length).replaceAll(/\s+/g, ' ').trim()]
  })

test('a load is told as it is told, line by line: it is one of those that are published', () => {
  const real = loadToText(parseLoadResult(textOf('reports/published/load/reference-server-default.json')))
  expect(labelled(block('s2-load'))).toEqual(labelled(real))
})

describe('what takes long to come by is in words that are still said', () => {
  test.each([
    ['DUR-001', ['conformance/requirements/DUR', 'conformance/durability', 'conformance/commands']],
    ['client', ['verification/clients']],
    ['killed', ['verification/suite-mutants']],
  ])('%s', (begin, folders) => {
    const said = wordsOf(...folders)
    const names = new Set(said.match(/[\w-]{4,}/g))
    const words = block(begin).match(/\b[a-z][\w-]{3,}/g) ?? []
    expect(words.length).toBeGreaterThan(5)
    expect(words.filter((word) => !names.has(word))).toEqual([])
  })

  test('the clients are those of the versions that are run', () => {
    const versions = `${textOf('scripts/versions.env')} ${textOf('package.json')}`
    const shown = [...block('client').matchAll(/SDK v?(\d+\.\d+\.\d+)/g)].map(([, version = '']) => version)
    expect(shown).toHaveLength(3)
    expect(shown.filter((version) => !versions.includes(version))).toEqual([])
  })

  test('the defects are there, and noticed by the rows that claim them', () => {
    const text = block('killed')
    const shown = [...text.matchAll(/^killed +(\S+) +fired +\d+ {2}by (.*?);/gm)]
    expect(shown.length).toBeGreaterThan(1)
    for (const [, name, rows = ''] of shown) {
      const { kills = [] } = defects.find((defect) => defect.name === name) ?? {}
      expect(kills, name).toEqual(expect.arrayContaining(rows.split(' ')))
    }
    const [, most] = /more than (\d+) mutants of the reference server/.exec(readme) ?? []
    expect(defects.length).toBeGreaterThan(Number(most))
  })

  test('the numbers of the defects are those of the catalogue', () => {
    const musts = requirements.filter(({ level }) => level === 'MUST').length
    const unclaimed = unclaimedIds(requirements, [canary, ...defects]).length
    const { length } = defects
    const text = readme.replaceAll(/\s+/g, ' ')
    expect(text).toContain(`Of ${musts} tested MUST requirements, ${unclaimed} have no mutant of their own.`)
    // The healthy server and the canary are tried too.
    expect(text).toContain(
      `${length + 2} counts ${length} mutants, a canary that must be killed, and the unchanged server`,
    )
    expect(lines(block('killed')).slice(-3)).toEqual([
      renderKinds(defects),
      `${unclaimed} requirements of the level MUST are claimed by none of ${length}`,
      `${length + 2} passed, 0 failed`,
    ])
  })

  test('what notices no defect is counted in the matrix that is published', () => {
    const sights = sightsOf(parseWhole(textOf('reports/published/defects.json')))
    const blind = sights.filter(({ notices, meets }) => notices === 0 && meets > 0).length
    const untried = sights.filter(({ meets }) => meets === 0).length
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(
      `of the ${sights.length} that were tried with all, ${blind} kill none of those that they meet, and ${untried} meet none.`,
    )
  })
})
