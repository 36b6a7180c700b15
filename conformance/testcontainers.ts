import { AbstractStartedContainer, GenericContainer, Wait } from 'testcontainers'

/** S2's own image, in the version that the published runs judge. */
export const S2_LITE_IMAGE = 'ghcr.io/s2-streamstore/s2:0.43.4'

/** Inside the container. */
const PORT = 80

/** Options for the S2 SDK, as its constructor takes them. */
export interface SdkOptions {
  readonly accessToken: string
  readonly endpoints: { readonly account: string; readonly basin: string }
}

/**
 * A container of an S2 server: s2-lite, or another image that takes `lite --port PORT`, such as that of this package.
 * `start` resolves when the server is healthy.
 */
export class S2Container extends GenericContainer {
  constructor(image: string = S2_LITE_IMAGE) {
    super(image)
    this.withCommand(['lite', '--port', String(PORT)])
      .withExposedPorts(PORT)
      .withWaitStrategy(Wait.forHttp('/health', PORT))
  }

  override async start(): Promise<StartedS2Container> {
    return new StartedS2Container(await super.start())
  }
}

export class StartedS2Container extends AbstractStartedContainer {
  /** The URL of the server on this machine, for accounts and for basins. */
  get endpoint(): string {
    return `http://${this.getHost()}:${this.getMappedPort(PORT)}`
  }

  get sdkOptions(): SdkOptions {
    return { accessToken: 'ignored', endpoints: { account: this.endpoint, basin: this.endpoint } }
  }
}
