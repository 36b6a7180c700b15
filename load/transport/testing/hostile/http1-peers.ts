import { endless, type HostilePeer } from './peer.ts'

const TOO_LONG = 'the target sent an answer of more than 1048576 bytes'

/** This text, and then another one without end. */
function* then(first: string, repeated: string): Generator<Buffer> {
  yield Buffer.from(first)
  yield* endless(Buffer.from(repeated))
}

const peer = (name: string, expected: string, first: string, repeated: string): HostilePeer => ({
  name,
  operations: ['h1-json append'],
  attack: () => then(first, repeated),
  expected,
})

const chunked = (status: string): string => `HTTP/1.1 ${status}\r\ntransfer-encoding: chunked\r\n\r\n`

/** Servers that break or abuse HTTP/1.1. */
export const HTTP1_PEERS: readonly HostilePeer[] = [
  peer(
    'an endless body without a length',
    TOO_LONG,
    'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n',
    'x'.repeat(1000),
  ),
  peer(
    'an endless body of a refusal',
    TOO_LONG,
    'HTTP/1.1 500 No\r\nconnection: close\r\n\r\n',
    'x'.repeat(1000),
  ),
  peer('an endless body in chunks', TOO_LONG, chunked('200 OK'), `3e8\r\n${'x'.repeat(1000)}\r\n`),
  peer(
    'an endless body in chunks of one byte',
    'the target sent an answer in more than 16384 pieces',
    chunked('200 OK'),
    '1\r\nx\r\n',
  ),
  peer('an endless chunk extension', TOO_LONG, `${chunked('200 OK')}1;`, 'x'.repeat(1000)),
  peer('a chunk size that is no number', 'malformed HTTP/1.1', `${chunked('200 OK')}zz\r\n`, 'x'),
  peer('a chunk size of 17 digits', 'malformed HTTP/1.1', `${chunked('200 OK')}fffffffffffffffff\r\n`, 'x'),
  peer('endless trailers', 'malformed HTTP/1.1', `${chunked('200 OK')}0\r\n`, 'x: y\r\n'),
  peer('endless headers', 'malformed HTTP/1.1', 'HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(1000)}\r\n`),
  peer('an endless header', 'malformed HTTP/1.1', 'HTTP/1.1 200 OK\r\nx: ', 'y'.repeat(1000)),
  peer('an endless status line', TOO_LONG, 'HTTP/1.1 200 ', 'y'.repeat(1000)),
  peer('endless informational answers', TOO_LONG, '', 'HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n'),
  peer('endless status 100', 'malformed HTTP/1.1', '', 'HTTP/1.1 100 Continue\r\n\r\n'),
  peer('bytes that are not HTTP', 'malformed HTTP/1.1', '', '\0\x01\x02'),
  peer(
    'both a length and chunks',
    'malformed HTTP/1.1',
    `HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n`,
    '5\r\nxxxxx\r\n',
  ),
]
