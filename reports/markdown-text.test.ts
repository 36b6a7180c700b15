import { describe, expect, test } from 'vitest'
import { text } from './markdown-text.ts'

describe('text from a target in Markdown', () => {
  test.each([
    ['at http://evil.example/a_b now', 'at `http://evil.example/a_b` now'],
    ['HTTPS://evil.example', '`HTTPS://evil.example`'],
    ['see(ftp://evil.example)', '`see(ftp://evil.example)`'],
    ['go to www.evil.example', 'go to `www.evil.example`'],
    ['mail a@evil.example', 'mail `a@evil.example`'],
    ['mailto:a, ask @team', '`mailto:a,` ask `@team`'],
    ['a|http://x|b', 'a\\|`http://x`\\|b'],
    ['`http://x`', '\\``http://x`\\`'],
  ])('%j has no link and no mention', (given, shown) => {
    expect(text(given)).toBe(shown)
  })

  test('is otherwise escaped', () => {
    expect(text('a *b* <c>\n# d')).toBe('a \\*b\\* &lt;c&gt; \\# d')
  })
})
