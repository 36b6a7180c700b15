import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const files = readdirSync(import.meta.dirname).filter((name) => /^[^.]+\.ts$/.test(name))

test('the reading order has every file of the folder, once', () => {
  expect(files.length).toBeGreaterThan(30)
  for (const file of files) expect(text.split(`[\`${file}\`](${file})`).length - 1, file).toBe(1)
})

test('what the page points to is there', () => {
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
  for (const link of links)
    expect(() => readdirSync(new URL('.', new URL(link, import.meta.url))), link).not.toThrow()
  const named = links.filter((link) => !link.includes('/'))
  expect(named.filter((link) => !files.includes(link))).toEqual([])
})
