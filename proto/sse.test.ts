import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_EVENT_LINES, type SseEvent, SseParser, sseEvent } from './sse.ts'
import { chunked, cuts, spoilt, valueOrWireError } from './testing.ts'

const utf8 = new TextEncoder()

function parse(text: string): SseEvent[] {
  return new SseParser().push(utf8.encode(text))
}

describe('writing', () => {
  test('event, id, data, and a blank line (SSE-003)', () => {
    expect(sseEvent({ event: 'batch', id: '1,1,8', data: '{}' })).toBe(
      'event: batch\nid: 1,1,8\ndata: {}\n\n',
    )
  })

  test('data alone, and empty data', () => {
    expect(sseEvent({ data: '[DONE]' })).toBe('data: [DONE]\n\n')
    expect(sseEvent({ data: '' })).toBe('data: \n\n')
  })

  test('each line of the data is a field', () => {
    expect(sseEvent({ data: 'a\nb\r\nc\rd\n' })).toBe('data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n')
  })

  test.each([{ event: 'a\nb' }, { event: 'a\rb' }, { id: 'a\nb' }, { id: 'a\0b' }])(
    '%j is refused',
    (fields) => {
      expect(valueOrWireError(() => sseEvent({ ...fields, data: '' }))).toMatchObject({ code: 'bad_event' })
    },
  )
})

describe('reading by the rules of the WHATWG', () => {
  test.each<[string, string, SseEvent[]]>([
    ['LF', 'event: a\nid: 1\ndata: x\n\n', [{ event: 'a', id: '1', data: 'x' }]],
    ['CR', 'event: a\rdata: x\r\r', [{ event: 'a', data: 'x' }]],
    ['CRLF', 'event: a\r\ndata: x\r\n\r\n', [{ event: 'a', data: 'x' }]],
    ['mixed line ends', 'data: x\rdata: y\r\ndata: z\n\r\n', [{ data: 'x\ny\nz' }]],
    ['a byte order mark', '\ufeffdata: x\n\n', [{ data: 'x' }]],
    ['a second byte order mark', '\ufeff\ufeffdata: x\n\n', []],
    ['no space after the colon', 'data:x\n\n', [{ data: 'x' }]],
    ['two spaces after the colon', 'data:  x\n\n', [{ data: ' x' }]],
    ['a field without a colon', 'data\n\n', [{ data: '' }]],
    ['two empty data lines', 'data\ndata\n\n', [{ data: '\n' }]],
    ['comments', ': hello\n\n:\n\ndata: x\n: in between\n\n', [{ data: 'x' }]],
    ['unknown fields, also in capitals', 'foo: 1\nretry: 5\nDATA: 1\ndata: x\n\n', [{ data: 'x' }]],
    ['no data: no event, and its name is forgotten', 'event: a\nid: 7\n\ndata: x\n\n', [{ data: 'x' }]],
    ['an empty event name is none', 'event: a\nevent\ndata: x\n\n', [{ data: 'x' }]],
    ['an empty id', 'id\ndata: x\n\n', [{ id: '', data: 'x' }]],
    ['an id with NUL', 'id: a\0b\ndata: x\n\n', [{ data: 'x' }]],
    [
      'the last event and id count',
      'event: a\nevent: b\nid: 1\nid: 2\ndata: x\n\n',
      [{ event: 'b', id: '2', data: 'x' }],
    ],
    ['an id is its own event only', 'id: 1\ndata: x\n\ndata: y\n\n', [{ id: '1', data: 'x' }, { data: 'y' }]],
    ['a colon inside the value', 'data: a: b\n\n', [{ data: 'a: b' }]],
    [
      'other line separators are data (SSE-021)',
      'data: a\u2028b\u0085c\u000bd\n\n',
      [{ data: 'a\u2028b\u0085c\u000bd' }],
    ],
    ['no blank line at the end: not delivered', 'data: x\n', []],
    ['blank lines', '\n\n\n', []],
  ])('%s', (_name, text, events) => {
    expect(parse(text)).toStrictEqual(events)
    const parser = new SseParser()
    const byteWise = [...utf8.encode(text)].flatMap((byte) => parser.push(new Uint8Array([byte])))
    expect(byteWise).toStrictEqual(events)
  })

  test('a CR inside one chunk does not swallow an LF at the start of the next', () => {
    const parser = new SseParser()
    expect(parser.push(utf8.encode('data: x\rdata: y'))).toEqual([])
    expect(parser.push(utf8.encode('\n\n'))).toEqual([{ data: 'x\ny' }])
  })

  test('a CRLF cut in two ends one line, also over empty chunks', () => {
    const parser = new SseParser()
    expect(parser.push(utf8.encode('data: x\r'))).toEqual([])
    expect(parser.push(new Uint8Array(0))).toEqual([])
    expect(parser.push(utf8.encode('\ndata: y\n\n'))).toEqual([{ data: 'x\ny' }])
  })

  test('buffered tells a cut from an end between events', () => {
    const parser = new SseParser()
    expect(parser.buffered).toBe(0)
    parser.push(utf8.encode('data: x'))
    expect(parser.buffered).toBe(7)
    parser.push(utf8.encode('\n\n'))
    expect(parser.buffered).toBe(0)
  })
})

describe('the limit', () => {
  test('is exact, for a line and for a sum of lines', () => {
    const parser = new SseParser(20)
    expect(parser.push(utf8.encode(`data: ${'x'.repeat(14)}\n\n`))).toHaveLength(1)
    expect(parser.push(utf8.encode('data: 1234\ndata: 5678\n\n'))).toHaveLength(1)
    expect(valueOrWireError(() => parser.push(utf8.encode(`data: ${'x'.repeat(15)}`)))).toMatchObject({
      code: 'bad_event',
    })
    const lines = new SseParser(20)
    expect(valueOrWireError(() => lines.push(utf8.encode('data: 1\n'.repeat(4))))).toMatchObject({
      code: 'bad_event',
    })
  })

  test('holds for lines that hold nothing', () => {
    const parser = new SseParser()
    expect(parser.push(utf8.encode(`${'data\n'.repeat(MAX_EVENT_LINES)}\n`))).toHaveLength(1)
    expect(
      valueOrWireError(() => parser.push(utf8.encode('data\n'.repeat(MAX_EVENT_LINES + 1)))),
    ).toMatchObject({ code: 'bad_event' })
  })

  test('holds for an endless line', () => {
    const parser = new SseParser()
    const chunk = new Uint8Array(1 << 20).fill(0x61)
    const outcome = valueOrWireError(() => {
      for (let pushed = 0; pushed < 64; pushed++) parser.push(chunk)
      return 'swallowed 64 MiB'
    })
    expect(outcome).toMatchObject({ code: 'bad_event' })
  })
})

const line = fc.string({ unit: 'binary', maxLength: 12 })
const name = line.map((text) => text.replaceAll(/[\r\n\0]/g, '').trimStart())
const event: fc.Arbitrary<SseEvent> = fc.record(
  {
    event: name.filter((text) => text !== ''),
    id: name,
    data: line.map((text) => text.replaceAll(/\r\n?/g, '\n')),
  },
  { requiredKeys: ['data'], noNullPrototype: true },
)

test('any chunking gives the events that were written', () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 5 }),
      cuts,
      fc.constantFrom('\n', '\r', '\r\n'),
      (events, at, lineEnd) => {
        const text = events.map(sseEvent).join('').replaceAll('\n', lineEnd)
        const parser = new SseParser()
        expect(chunked(utf8.encode(text), at).flatMap((chunk) => parser.push(chunk))).toStrictEqual(events)
      },
    ),
  )
})

test('hostile bytes give the same events in any chunking', () => {
  const valid = fc.array(event, { maxLength: 3 }).map((events) => utf8.encode(events.map(sseEvent).join('')))
  fc.assert(
    fc.property(fc.oneof(spoilt(valid), fc.uint8Array({ maxLength: 60 })), cuts, (bytes, at) => {
      const parser = new SseParser()
      const inMany = chunked(bytes, at).flatMap((chunk) => parser.push(chunk))
      expect(inMany).toStrictEqual(new SseParser().push(bytes))
    }),
    { numRuns: 1000 },
  )
})
