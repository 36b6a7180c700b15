import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { missingForRelease } from '../scripts/release-check.ts'
import { root, textOf, withoutFences } from './markdown.ts'

/** The files of the tarball, as npm chooses them. What the build adds below `dist/` is left out. */
const files = packedFiles()

function packedFiles(): readonly string[] {
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const [packed] = Object.values(JSON.parse(out)) as {
    readonly files: readonly { readonly path: string }[]
  }[]
  return (packed?.files ?? []).map(({ path }) => path).filter((path) => !path.startsWith('dist/'))
}

describe('the tarball', () => {
  const pages = files.filter((path) => path.endsWith('.md'))

  test('has the pages and the text of the specification', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md', 'docs/load.md']),
    )
    expect(files).toEqual(
      expect.arrayContaining(['reference-server/semantics/append/append.ts', 'proto/s2.proto']),
    )
  })

  test.each(pages)('has what %s links to', (page) => {
    const isThere = (link: string): boolean => {
      const path = join(dirname(page), link.replace(/#.*/, ''))
      return link.startsWith('#') || files.some((file) => file === path || file.startsWith(`${path}/`))
    }
    const links = [...withoutFences(textOf(page)).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(
      ([, link = '']) => link,
    )
    expect(links.filter((link) => !isThere(link))).toEqual([])
  })

  test('has no test but the examples, and fewer than two hundred files next to the build', () => {
    expect(files.filter((path) => /^(?!examples\/).*\.(?:test|snap)\b/.test(path))).toEqual([])
    expect(files.length).toBeLessThan(200)
  })

  test('has every example', () => {
    const committed = execFileSync('git', ['ls-files', 'examples'], { cwd: root, encoding: 'utf8' })
    const examples = committed.split('\n').filter((path) => path !== '' && !path.endsWith('.gitignore'))
    expect(files.filter((path) => path.startsWith('examples/')).toSorted()).toEqual(examples.toSorted())
  })

  test('has every file that an entry names', () => {
    const { exports } = JSON.parse(textOf('package.json')) as { exports: Readonly<Record<string, unknown>> }
    const named = Object.values(exports).flatMap((target) =>
      typeof target === 'string' && !/\*|^\.\/dist\//.test(target) ? [target.slice(2)] : [],
    )
    expect(named).toContain('reports/report.schema.json')
    expect(named.filter((path) => !files.includes(path))).toEqual([])
  })
})

describe('the check before a release', () => {
  const complete = {
    manifest: JSON.stringify({ version: '0.2.0', repository: 'r', homepage: 'h', bugs: 'b', author: 'a' }),
    changelog: '## [0.2.0] - 2026-12-24\n',
    security: 'Write to security@example.com.',
  }

  test('finds nothing missing where everything is filled in', () => {
    expect(missingForRelease(complete)).toEqual([])
  })

  test.each([
    ['a field', { manifest: complete.manifest.replace('"bugs":"b",', '') }, 'package.json has no "bugs"'],
    ['a date', { changelog: '## [0.2.0]\n' }, 'the first section of CHANGELOG.md is not 0.2.0 with a date'],
    [
      'a version for unreleased changes',
      { changelog: `## [Unreleased]\n\n- A fix.\n\n${complete.changelog}` },
      'the first section of CHANGELOG.md is not 0.2.0 with a date',
    ],
    ['an address', { security: 'Write.' }, 'SECURITY.md has no address for reports'],
  ])('names %s that is missing', (_, files, sentence) => {
    expect(missingForRelease({ ...complete, ...files })).toEqual([sentence])
  })
})

describe('the issue forms', () => {
  const folder = '.github/ISSUE_TEMPLATE'
  const forms = readdirSync(join(root, folder)).filter((name) => name !== 'config.yml')
  const TYPES = ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']

  interface Field {
    readonly type: string
    readonly id?: string
    readonly attributes: Readonly<Record<string, unknown>>
  }

  interface Form {
    readonly name: string
    readonly description: string
    readonly body: readonly Field[]
  }

  test('are those for a requirement, a verdict and a bug', () => {
    expect(forms.toSorted()).toEqual(['bug.yml', 'disputed-requirement.yml', 'false-verdict.yml'])
  })

  test.each(forms)('%s is an issue form of GitHub', (name) => {
    const form: Form = parse(textOf(join(folder, name)))
    expect(form.name).toEqual(expect.any(String))
    expect(form.description.length).toBeLessThanOrEqual(200)
    const fields = form.body.filter(({ type }) => type !== 'markdown')
    expect(fields.length).toBeGreaterThan(0)
    for (const { type, id, attributes } of fields) {
      expect(TYPES).toContain(type)
      expect(id).toMatch(/^[\w-]+$/)
      expect(attributes.label).toEqual(expect.any(String))
      if (type === 'dropdown')
        expect(attributes.options).toEqual(expect.arrayContaining([expect.any(String)]))
    }
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  })
})
