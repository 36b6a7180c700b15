import type { JsonObject, JsonValue } from '../../proto/json.ts'
import { member, optional, readList, readObject, readText } from '../../proto/json-shape.ts'
import { WireError } from '../../proto/wire-error.ts'
import type { BasinResource, Resources, StreamResource } from '../backend/resources.ts'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../semantics/resources/config.ts'
import type { Named } from '../semantics/resources/names.ts'
import type { Rules } from '../semantics/rules.ts'
import { knownKeys } from './known-keys.ts'
import { type Form, readBasinConfig, readStreamConfig } from './resource-config.ts'

/**
 * `{"basins":[{"name", "config"?, "streams"?: [{"name", "config"?}]}]}` (CP-LITE-040). Throws `WireError` 'bad_json' that
 * names the place: a wrong shape, name or value, a key that is not known anywhere but at the top, a name twice
 * (CP-LITE-041).
 */
export function readResources(value: JsonValue, rules: Rules, form: Form = 'file'): Resources {
  const basins = member(readObject(value, 'the whole'), 'basins')
  return {
    basins: basins === undefined ? [] : distinct(readAll(basins, 'basins', readBasin(rules, form)), 'basins'),
  }
}

type Read<Value> = (value: JsonValue, what: string) => Value

function readAll<Value>(value: JsonValue, what: string, read: Read<Value>): readonly Value[] {
  return readList(value, what).map((item, index) => read(item, `${what}[${index}]`))
}

const readBasin =
  (rules: Rules, form: Form): Read<BasinResource> =>
  (value, what) => {
    const given = readObject(value, what)
    const key = nameKey(given, 'basin', form)
    const object = knownKeys(given, [key, 'config', 'streams'], what)
    const streams = member(object, 'streams', what)
    const config = optional(member(object, 'config', what), `${what}.config`, (found, path) =>
      readBasinConfig(found, path, rules, form),
    )
    return {
      name: readName(object, key, what, rules.parseBasinName),
      config: config ?? DEFAULT_BASIN_CONFIG,
      streams:
        streams === undefined
          ? []
          : distinct(readAll(streams, `${what}.streams`, readStream(rules, form)), `${what}.streams`),
    }
  }

const readStream =
  (rules: Rules, form: Form): Read<StreamResource> =>
  (value, what) => {
    const given = readObject(value, what)
    const key = nameKey(given, 'stream', form)
    const object = knownKeys(given, [key, 'config'], what)
    const config = optional(member(object, 'config', what), `${what}.config`, (found, path) =>
      readStreamConfig(found, path, rules, form),
    )
    return { name: readName(object, key, what, rules.parseStreamName), config: config ?? UNSET_STREAM_CONFIG }
  }

/** The bodies of the API name a basin `basin` and a stream `stream`, the init file calls both `name`. */
const nameKey = (object: JsonObject, inApi: 'basin' | 'stream', form: Form): 'basin' | 'stream' | 'name' =>
  form === 'any' && Object.hasOwn(object, inApi) ? inApi : 'name'

function readName<Name>(
  object: JsonObject,
  key: string,
  what: string,
  parse: (text: string) => Named<Name>,
): Name {
  const named = parse(readText(member(object, key, what), `${what}.${key}`))
  if ('misnamed' in named) throw new WireError('bad_json', `${what}.${key} is not valid: ${named.misnamed}`)
  return named.name
}

function distinct<Item extends { readonly name: string }>(
  items: readonly Item[],
  what: string,
): readonly Item[] {
  const first = new Map<string, number>()
  for (const [index, { name }] of items.entries()) {
    const before = first.get(name)
    if (before !== undefined) {
      throw new WireError('bad_json', `${what}[${index}].name is that of ${what}[${before}] already: ${name}`)
    }
    first.set(name, index)
  }
  return items
}
