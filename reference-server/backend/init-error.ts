/** What shall be there at the start cannot be; the message names the place and is for the user. */
export class InitError extends Error {
  override readonly name: string = 'InitError'
}
