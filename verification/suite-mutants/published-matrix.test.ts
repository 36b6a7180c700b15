import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PUBLISHED as published, today } from './command.ts'
import { defects } from './index.ts'
import { wholeToMarkdown } from './whole-markdown.ts'
import { isTried, parseWhole } from './whole-matrix.ts'

test('the published matrix is of the defects and requirements that there are', () => {
  const committed = parseWhole(readFileSync(`${published}.json`, 'utf8'))
  const { defects: names, requirements: ids } = today()
  expect(Object.keys(committed.defects).filter((name) => !names.includes(name))).toEqual([])
  const seen = Object.values(committed.defects).flatMap(
    ({ claimedBy, inVain, noticedBy, unnoticedBy, unclear }) =>
      [claimedBy, inVain, noticedBy, unnoticedBy, unclear].flat(),
  )
  const told = new Set([...committed.requirements, ...Object.keys(committed.left), ...seen])
  expect([...told].filter((id) => !ids.includes(id))).toEqual([])
  // An entry whose claims have changed since is no entry of this defect any more.
  const changed = defects
    .filter(({ name }) => name in committed.defects)
    .filter((each) => !isTried(committed, each))
  expect(changed.map(({ name }) => name)).toEqual([])
  // What is newer by now `npm run verify -- mutants` says; `npm run verify -- mutants --full --out reports/published/defects` tries that, and no more.
  const lasting = (text: string): string => text.replace(/^\*\*(Newer|Of the level MUST).*$/gm, '')
  expect(lasting(readFileSync(`${published}.md`, 'utf8'))).toBe(lasting(wholeToMarkdown(committed, today())))
})
