import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  duplicateKeys,
  type JsonObject,
  type JsonValue,
  parseJson,
  parseJsonBytes,
  stringifyJson,
} from './json.ts'
import { MAX_U64 } from './limits.ts'
import { costRatio, fromHex, spoilt, valueOrWireError } from './testing.ts'
import { WireError } from './wire-error.ts'

describe('numbers (REC-024)', () => {
  test.each<[string, bigint | number]>([
    ['0', 0n],
    ['7', 7n],
    ['-7', -7n],
    ['9007199254740991', 2n ** 53n - 1n],
    ['9007199254740993', 2n ** 53n + 1n],
    ['18446744073709551615', MAX_U64],
    ['18446744073709551616', MAX_U64 + 1n],
    ['99999999999999999999', 99_999_999_999_999_999_999n],
    ['123456789012345678901', 123456789012345680000],
    ['-0', -0],
    ['1.0', 1],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['1E+3', 1000],
    ['25e-1', 2.5],
    ['1e999', Number.POSITIVE_INFINITY],
  ])('%s', (source, value) => {
    expect(parseJson(source)).toBe(value)
    expect(parseJson(`[${source} ]`)).toStrictEqual([value])
  })

  test('a bigint is written as a bare number, at any depth', () => {
    expect(stringifyJson({ a: MAX_U64, b: [{ c: 0n }], d: undefined })).toBe(
      '{"a":18446744073709551615,"b":[{"c":0}]}',
    )
  })
})

describe('what is no JSON is bad_json (REC-013)', () => {
  test.each([
    ['nothing', '', 0],
    ['white space', ' \n', 2],
    ['a second value', '{} {}', 3],
    ['a trailing comma in an object', '{"a":1,}', 7],
    ['a trailing comma in an array', '[1,]', 3],
    ['a missing colon', '{"a" 1}', 5],
    ['a missing comma', '[1 2]', 3],
    ['a key without quotes', '{a:1}', 1],
    ['single quotes', "['a']", 1],
    ['an open object', '{"a":1', 6],
    ['an open array', '[1', 2],
    ['a key alone', '{"a"', 4],
    ['a half word', 'nul', 0],
    ['a longer word', 'nullx', 4],
    ['a word in capitals', 'NULL', 0],
    ['a leading zero', '01', 1],
    ['a plus sign', '+1', 0],
    ['a minus sign alone', '-', 0],
    ['a point without digits', '1.', 1],
    ['a point in front', '.5', 0],
    ['NaN', 'NaN', 0],
    ['hexadecimal', '0x10', 1],
    ['a comment', '[/* */]', 1],
    ['a byte order mark', '\ufeff{}', 0],
    ['a no-break space', '\u00a0{}', 0],
    ['the wrong bracket', '[1}', 2],
  ])('%s', (_name, text, offset) => {
    expect(valueOrWireError(() => parseJson(text))).toMatchObject({ code: 'bad_json', offset })
  })

  test.each([
    ['an open string', '"abc'],
    ['a string that ends in a backslash', '"abc\\'],
    ['a string whose end is escaped', '"abc\\"'],
    ['a line end inside a string', '"a\nb"'],
    ['a NUL inside a string', '"a\0b"'],
    ['an unknown escape', '"\\x41"'],
    ['a half escape', '"\\u00"'],
    ['an escaped lone surrogate', '"\\ud800"'],
    ['an escaped low surrogate first', '"\\udc00\\ud800"'],
    ['a lone surrogate in a key', '{"\\ud800":1}'],
    ['a lone surrogate as it is', '"\ud800"'],
  ])('%s', (_name, text) => {
    expect(valueOrWireError(() => parseJson(text))).toMatchObject({ code: 'bad_json' })
  })

  test.each([
    ['an invalid byte', '22 ff 22'],
    ['a truncated character', '22 c3 22'],
    ['an encoded surrogate', '22 ed a0 80 22'],
    ['a byte order mark', 'ef bb bf 7b 7d'],
  ])('bytes with %s', (_name, hex) => {
    expect(valueOrWireError(() => parseJsonBytes(fromHex(hex)))).toMatchObject({ code: 'bad_json' })
  })

  test('nesting beyond 128', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(Array.isArray(parseJson(nested(128)))).toBe(true)
    expect(valueOrWireError(() => parseJson(nested(129)))).toMatchObject({ code: 'bad_json' })
    expect(valueOrWireError(() => parseJson('['.repeat(1_000_000)))).toMatchObject({ code: 'bad_json' })
    // Depth is given back: many neighbours are not deep.
    expect(parseJson(`[${Array(500).fill('[]').join(',')}]`)).toHaveLength(500)
  })
})

describe('objects', () => {
  test('a key that stood twice has its last value and is noted, however it was escaped', () => {
    const object = parseJson('{"a":1,"b":2,"\\u0061":3}') as JsonObject
    expect(object).toStrictEqual({ a: 3n, b: 2n })
    expect(duplicateKeys(object)).toEqual(new Set(['a']))
  })

  test('of what nobody wants only the syntax is looked at; of a list the same is wanted of each item', () => {
    const leaf = { members: new Map() }
    const wanted = { members: new Map([['a', { members: new Map([['b', leaf]]) }]]) }
    const value = parseJson('{"x":{"b":1},"x":2,"a":[{"b":{"b":1,"c":2}},{"c":1,"b":7}]}', wanted)
    expect(value).toStrictEqual({ a: [{ b: {} }, { b: 7n }] })
    expect(duplicateKeys(value as JsonObject).size).toBe(0)
    expect(() => parseJson('{"x":{"b":1,}}', wanted)).toThrow(WireError)
    expect(() => parseJson('{"x":["\\ud800"]}', wanted)).toThrow(WireError)
  })

  test('the same key in neighbours and in nested objects is no duplicate', () => {
    const object = parseJson('{"a":{"a":1},"b":{"a":1}}') as JsonObject
    expect(duplicateKeys(object).size).toBe(0)
    expect(duplicateKeys(object.a as JsonObject).size).toBe(0)
  })

  test('__proto__ is a key like any other', () => {
    const object = parseJson('{"__proto__":{"a":1},"__proto__":2,"toString":3}') as JsonObject
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
    expect(Object.entries(object)).toStrictEqual([
      ['__proto__', 2n],
      ['toString', 3n],
    ])
    expect(duplicateKeys(object)).toEqual(new Set(['__proto__']))
  })
})

describe('against JSON.parse', () => {
  const space = fc.constantFrom('', ' ', '\n\t')

  test('the same values for whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat({ max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(floats(parseJson(text))).toStrictEqual(JSON.parse(text))
      }),
    )
  })

  test('the same verdict on texts that are almost JSON', () => {
    const token = fc.oneof(
      space,
      fc.constantFrom(
        ...'{}[],:"\\-+.eE019ntfu/',
        'null',
        'true',
        'false',
        '"a"',
        '"\\u00e9"',
        '1.5e-3',
        '{"a":',
      ),
    )
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
        const text = tokens.join('')
        const ours = valueOrWireError(() => parseJson(text))
        expect(ours instanceof WireError).toBe(!isJson(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('spoilt bytes give a value or a WireError', () => {
    const valid = fc.json().map((text) => new TextEncoder().encode(text))
    fc.assert(
      fc.property(fc.oneof(spoilt(valid), fc.uint8Array({ maxLength: 60 })), (bytes) => {
        valueOrWireError<JsonValue | WireError>(() => parseJsonBytes(bytes))
      }),
      { numRuns: 1000 },
    )
  })
})

test('round trip, bigints exact', () => {
  const integer = fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n })
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      integer,
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  })).value
  fc.assert(
    fc.property(value, (value) => {
      expect(parseJson(stringifyJson(value))).toStrictEqual(value)
    }),
  )
})

describe('a text of sixteen times the length costs nowhere near 256 times as much', () => {
  const [SMALL, TIMES] = [131_072, 16]
  test.each<[string, (size: number) => string]>([
    ['a long string', (size) => `"${'a'.repeat(size)}"`],
    ['escapes', (size) => `"${'\\u0000'.repeat(size / 6)}"`],
    ['a long number', (size) => '9'.repeat(size)],
    ['a long array', (size) => `[${'0,'.repeat(size / 2)}0]`],
    [
      'an object of many keys',
      (size) => `{${Array.from({ length: size / 21 }, (_, index) => `"k${index}":1`).join(',')}}`,
    ],
    ['blanks', (size) => ' '.repeat(size)],
    ['depth, then an array', (size) => `${'['.repeat(128)}${'1,'.repeat(size / 2)}`],
  ])('%s', (_what, make) => {
    const read = (text: string) => () => void valueOrWireError(() => parseJson(text))
    // A ratio of 16 is linear, of 256 quadratic.
    expect(costRatio(read(make(SMALL)), read(make(SMALL * TIMES)))).toBeLessThan(6 * TIMES)
  })
})

/** As `JSON.parse` sees the numbers. */
function floats(value: JsonValue): unknown {
  return JSON.parse(stringifyJson(value))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
