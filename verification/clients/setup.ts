/** How our server is started for a client. */
export interface Setup {
  /** For the table. */
  readonly label: string
  /** Options of `s2-reference-server`, besides the port, the data directory and the certificate. */
  readonly options: readonly string[]
  /** TLS only, and both versions of HTTP in it; otherwise in clear. */
  readonly tls: boolean
}

/** Like s2-lite, and open to everybody. */
export const LITE: Setup = { label: 'lite', options: [], tls: false }

/** Like the hosted service, access tokens and the second that a basin takes to be set up included. */
export const HOSTED: Setup = { label: 'hosted', options: ['--auth', '--flavor', 'hosted'], tls: false }

/** The same for clients that do not wait for their basins. */
export const HOSTED_AT_ONCE: Setup = { ...HOSTED, options: [...HOSTED.options, '--limits', 'basin-setup=0'] }

export const overTls = (setup: Setup): Setup => ({ ...setup, label: `${setup.label}, TLS`, tls: true })
