import { type Abuse, type Growth, http1Head, LITTLE, range } from './abuse.ts'

const PATH = '/v1/streams/parsed/records'

interface Text {
  readonly name: string
  readonly make: () => string
  readonly format?: string
  readonly growth?: Growth
  readonly outcome: string
}

/** One body at a time is parsed, and forgotten; the collector takes its time with what that leaves. */
const GARBAGE = { small: 1000, byDefault: 1000 }

const MEGABYTE = 1_000_000

const TEXTS: readonly Text[] = [
  { name: 'two million brackets', make: () => '['.repeat(2 * MEGABYTE), outcome: '400 bad_json' },
  {
    name: 'objects in objects',
    make: () => `${'{"records":'.repeat(180_000)}1`,
    outcome: '400 bad_json',
  },
  {
    name: 'a number of a million digits',
    make: () => `{"match_seq_num":${'9'.repeat(MEGABYTE)},"records":[{"body":""}]}`,
    outcome: '400 bad_json',
  },
  {
    name: 'an exponent of a million digits',
    make: () => `{"match_seq_num":1e${'9'.repeat(MEGABYTE)},"records":[{"body":""}]}`,
    outcome: '400 bad_json',
  },
  {
    name: 'a megabyte of padding in base64',
    format: 'base64',
    make: () => `{"records":[{"body":"${'='.repeat(MEGABYTE)}"}]}`,
    outcome: '422 invalid',
  },
  {
    name: '700,000 records',
    growth: GARBAGE,
    make: () => `{"records":[${'{},'.repeat(690_000)}{}]}`,
    outcome: '422 invalid',
  },
  {
    name: '150,000 keys that stand twice',
    make: () => `{"records":[{${'"body":"",'.repeat(200_000)}"body":""}]}`,
    outcome: '400 bad_json',
  },
  {
    name: '100,000 objects, each with a key of its own',
    make: () =>
      `{"x":[${range(100_000)
        .map((index) => `{"${index.toString(36)}":1}`)
        .join()}],"records":[{}]}`,
    outcome: '200',
  },
  {
    name: '200,000 headers',
    growth: GARBAGE,
    make: () => `{"records":[{"headers":[${'["a",""],'.repeat(200_000)}["a",""]]}]}`,
    outcome: '200',
  },
  {
    name: 'a string of two million escapes',
    make: () => `{"records":[{"body":"${'\\u0061'.repeat(340_000)}"}]}`,
    outcome: '200',
  },
]

export const json: readonly Abuse[] = TEXTS.map(
  ({ name, make, format = 'raw', growth = LITTLE, outcome }) => ({
    name: `JSON, ${name}`,
    limit: '2 MiB of text, 128 levels, 20 digits, 1000 records',
    growth,
    outcomes: [outcome],
    async run(target) {
      const body = make()
      const headers = {
        'content-type': 'application/json',
        's2-format': format,
        'content-length': body.length,
      }
      const clients = await Promise.all(
        range(target.times(3, 10)).map(async () => {
          const client = await target.http1()
          await client.send(http1Head('POST', PATH, headers))
          void client.send(body)
          return client
        }),
      )
      await target.until(() => clients.every((client) => client.outcome() !== 'waits'))
      return clients.map((client) => client.outcome())
    },
  }),
)
