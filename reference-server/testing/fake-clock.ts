/** Where tests look for it; it is published as well. */
export { FakeClock, settle } from '../fake-clock.ts'
