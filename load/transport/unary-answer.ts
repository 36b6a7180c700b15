/** A whole answer. */
export interface UnaryAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface UnaryRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  /** Told `true` where all connections, or all their streams, are taken, and then `false` once there is one for it. */
  readonly onWait?: (isWaiting: boolean) => void
}
