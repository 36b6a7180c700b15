import { expect, test } from 'vitest'
import { patternTexts } from '../site/concept-texts.ts'
import { PATTERNS } from './patterns.ts'
import { capturePattern } from './run/capture-pattern.ts'
import { readCaptured } from './run/captured-files.ts'
import { PATTERN_SLUGS } from './slugs.ts'

test('every page has a pattern, and every step of its text is executed', async () => {
  expect(PATTERNS.map(({ slug }) => slug)).toEqual(PATTERN_SLUGS)
  const captured = await readCaptured()
  for (const [slug, { body }] of await patternTexts()) {
    const numbers = [...body.matchAll(/^## Step (\d+): /gm)].map(([, number]) => Number(number))
    expect(numbers, slug).toEqual(captured.get(slug)?.map(({ step }) => step))
  }
})

test.each(PATTERNS)(
  '$slug: a run produces the committed exchanges; `npm run spec -- --capture --out DIR` replaces them',
  async (pattern) => {
    const committed = (await readCaptured()).get(pattern.slug)
    expect(await capturePattern(pattern)).toEqual(committed)
  },
)
