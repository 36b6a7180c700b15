/** A server to be measured, as a command with `{port}` and `{data_dir}`. */
export interface Target {
  readonly name: string
  /** Only servers with the same durability are compared. */
  readonly durability: 'on disk' | 'in memory'
  readonly command: string
  readonly isOurs: boolean
}

/** SlateDB's own setting: how long s2-lite gathers writes before it makes them durable, the floor of every ack. */
const FASTEST = 'SL8_FLUSH_INTERVAL=1ms'

export function targets(lite: string | undefined): readonly Target[] {
  const ours = 'exec node bin/s2-reference-server.js --port {port}'
  const durabilities = [
    { durability: 'on disk', ours: `${ours} --data-dir {data_dir}`, place: '--local-root {data_dir}' },
    { durability: 'in memory', ours, place: '' },
  ] as const
  return durabilities.flatMap(({ durability, ours, place }): Target[] => {
    const own = { name: 'reference server', durability, command: ours, isOurs: true }
    if (lite === undefined) return [own]
    const command = `${lite} lite --port {port} ${place}`
    return [
      own,
      { name: 's2-lite', durability, command: `exec ${command}`, isOurs: false },
      { name: 's2-lite, 1 ms flush', durability, command: `${FASTEST} exec ${command}`, isOurs: false },
    ]
  })
}
