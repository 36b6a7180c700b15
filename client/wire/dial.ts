/** Where to connect to in place of an address: a proxy, say. What is said on the connection stays the same. */
export type Dial = (address: { readonly host: string; readonly port: number }) => Promise<{
  readonly host: string
  readonly port: number
}>
