import { type Command, type Option, takes } from './command.ts'
import { CONFIG_OPTION } from './config-file.ts'

/** Returns the JSON Schema of the configuration file, from the options of the commands that read it. */
export function configSchema(commands: readonly Command[]): object {
  const configurable = commands.filter((command) => takes(command, CONFIG_OPTION))
  const sections = configurable.map(({ name, summary, options }) => [
    name,
    { description: summary, type: 'object', properties: propertiesOf(options), additionalProperties: false },
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Options of s2-conformance, read from s2-conformance.yaml',
    type: 'object',
    properties: {
      ...propertiesOf(configurable.flatMap(({ options }) => options)),
      ...Object.fromEntries(sections),
    },
    additionalProperties: false,
  }
}

const propertiesOf = (options: readonly Option[]): object =>
  Object.fromEntries(
    options
      .filter((option) => option !== CONFIG_OPTION)
      .map((option) => [option.name, { description: option.help, ...typeOf(option) }]),
  )

function typeOf({ value, multiple, isOutput }: Option): object {
  if (value === undefined) return { type: 'boolean' }
  const one = { type: ['string', 'number'] }
  return multiple || isOutput ? { anyOf: [one, { type: 'array', items: one }] } : one
}
