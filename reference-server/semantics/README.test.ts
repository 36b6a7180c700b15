import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'

const text = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /^[^.]+\.ts$/.test(name),
)

test('the reading order has every file of the folder, once', () => {
  expect(files.length).toBeGreaterThan(30)
  for (const file of files) expect(text.split(`[\`${file}\`](${file})`).length - 1, file).toBe(1)
})

test('what the page points to is there', () => {
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
  expect(links.length).toBeGreaterThan(30)
  expect(links.filter((link) => !existsSync(new URL(link, import.meta.url)))).toEqual([])
})

test('no file needs one that comes later', () => {
  const order = [...text.matchAll(/\[`([^`]+\.ts)`\]\(/g)].map((match) => match[1] ?? '')
  const early = files.flatMap((file) =>
    importsOf(file)
      .filter((needed) => order.indexOf(needed) === -1 || order.indexOf(needed) > order.indexOf(file))
      .map((needed) => `${file} ${needed}`),
  )
  expect(early).toEqual([])
})

/** As the page writes them: those of this folder by their names. */
function importsOf(file: string): readonly string[] {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8')
  return [...source.matchAll(/ from '([^']+)'/g)].map((match) => {
    const path = posix.join(posix.dirname(file), match[1] ?? '')
    return path.startsWith('../proto/') ? `../${path}` : path
  })
}

test('every area that a docstring names is on the page', () => {
  const areas = files.flatMap((file) =>
    [
      ...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/\b((?:CP-)?[A-Z][A-Z0-9]+)-\d{3}\b/g),
    ].map((match) => match[1] ?? ''),
  )
  expect(areas.length).toBeGreaterThan(100)
  expect([...new Set(areas)].filter((area) => !text.includes(`\`${area}\``))).toEqual([])
})
