import { inGroup, type Syntax } from '../../kit/cli/command.ts'
import { CORS } from '../http/hooks/cors.ts'
import { LOG_LEVELS } from '../log.ts'
import { FLAVORS, LIMITS_IN_WORDS } from './flavor-option.ts'

/** The command line of `s2-reference-server`. */
export const SERVE: Syntax = {
  name: 's2-reference-server',
  summary: 'serves the S2 API on one port, over HTTP/1.1 and HTTP/2, until it is told to stop',
  options: [
    ...inGroup('Address', [
      { name: 'host', value: 'HOST', default: '127.0.0.1', help: 'name or address to listen on' },
      { name: 'port', value: 'PORT', default: '8080', help: 'port to listen on, 0 for a free one' },
      { name: 'basin-domain', value: 'DOMAIN', help: 'let names such as my-basin.DOMAIN choose the basin' },
      { name: 'tls-self', help: 'speak TLS, with a new certificate that clients must be told to trust' },
      { name: 'tls-cert', value: 'FILE', help: 'speak TLS with this certificate in PEM; needs --tls-key' },
      { name: 'tls-key', value: 'FILE', help: 'the private key of the certificate, in PEM' },
    ]),
    ...inGroup('Data', [
      { name: 'data-dir', value: 'DIR', help: 'keep the data in this directory (default: in memory)' },
      {
        name: 'local-root',
        value: 'DIR',
        help: 'the same as --data-dir, under the name that s2-lite has for it',
      },
      {
        name: 'check',
        value: 'DIR',
        help: 'read all the data in this directory, print what is damaged, change nothing, and exit',
      },
      {
        name: 'init-file',
        value: 'FILE',
        help: 'JSON with basins and streams to create or update before listening',
        env: 'S2LITE_INIT_FILE',
      },
    ]),
    ...inGroup('Access', [
      {
        name: 'auth',
        help: 'ask for access tokens; S2_ROOT_TOKEN is the first, or one is made up and shown',
      },
      {
        name: 'root-token-file',
        value: 'FILE',
        help: 'with --auth: read the first access token from this file',
      },
      {
        name: 'insecure',
        help: 'allow a host that is not loopback without --auth: whoever reaches it may read and write',
      },
      { name: 'cors', value: CORS.join('|'), help: 'web pages to let in (default loopback)' },
      { name: 'no-cors', help: 'the same as --cors none' },
    ]),
    ...inGroup('Behaviour', [
      {
        name: 'flavor',
        value: FLAVORS.join('|'),
        default: 'lite',
        help: 'which service to behave like where they differ',
      },
      { name: 'limits', value: 'LIST', help: `other limits than the flavor has: ${LIMITS_IN_WORDS}` },
      {
        name: 'locations',
        value: 'LIST',
        help: 'where basins can be, the default first: NAME or NAME=private (default: the public ones of S2)',
      },
      {
        name: 'append-inflight-bytes',
        value: 'SIZE',
        help: 'appends not yet durable, in memory; more of them wait (default 128MiB, at least 1MiB)',
      },
      {
        name: 'sweep-interval',
        value: 'SECONDS',
        help: 'how often records past their retention, and empty streams, are looked for (default 10)',
      },
      {
        name: 'delete-on-empty-grace',
        value: 'SECONDS',
        help: 'how much longer than its minimum age a stream stays empty before it is deleted (default 600)',
      },
    ]),
    ...inGroup('Information', [
      {
        name: 'log-level',
        value: LOG_LEVELS.join('|'),
        default: 'warn',
        help: 'least that is logged to stderr',
      },
      {
        name: 'docs',
        help: 'serve the specification by example at /docs, with requests that can be sent from the pages',
      },
      { name: 'version', help: 'print the version' },
      { name: 'help', help: 'show this text' },
    ]),
  ],
  examples: [
    's2-reference-server --data-dir data',
    's2-reference-server --check data',
    's2-reference-server --port 0 --flavor hosted --auth --limits basin-setup=0,append-batches=none',
    's2-reference-server complete bash',
  ],
  exitCodes:
    '0 stopped as it was told to, 2 wrong usage, 3 could not start, or was cut short; with --check 0 sound, 1 damaged, 2 cannot be opened',
}
