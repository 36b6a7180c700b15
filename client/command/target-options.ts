import { inGroup, type Option } from '../../kit/cli/command.ts'
import { S2_CONFIG_OPTION } from './s2-config.ts'
import { TRUST_OPTIONS } from './trust.ts'

/** Which server it is; every command that asks one takes them. */
export const TARGET_OPTIONS: readonly Option[] = inGroup('Server under test', [
  {
    name: 'endpoint',
    value: 'URL',
    help: 'one origin for everything; basins are named by the header s2-basin',
  },
  { name: 'account-endpoint', value: 'URL', help: 'where basins are managed', env: 'S2_ACCOUNT_ENDPOINT' },
  {
    name: 'basin-endpoint',
    value: 'URL',
    help: 'where streams are; {basin} in it is filled in',
    env: 'S2_BASIN_ENDPOINT',
  },
  S2_CONFIG_OPTION,
  {
    name: 'token-file',
    value: 'FILE',
    help: 'file with the access token; otherwise S2_ACCESS_TOKEN is sent',
  },
  {
    name: 'launch',
    value: 'CMD',
    help: 'start the server by this command; {port}, {data_dir} and {bucket} are filled in',
  },
  {
    name: 'container',
    value: 'IMAGE ARGS',
    help: 'start it in a container; {port} and {data_dir} are filled in. Needs testcontainers and a Docker engine',
  },
  ...TRUST_OPTIONS,
])
