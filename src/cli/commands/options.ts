import { type Command, Option } from 'commander'

/** For an option that may stand more than once. */
export const collect = (value: string, values: string[] = []): string[] => [...values, value]

export const reasonOption = (): Option =>
  new Option('--reason <reason>', 'why they go').choices(['left', 'lost', 'stolen', 'replaced'])

/** For every command that changes the list. */
export const withSigning = (command: Command): Command =>
  command
    .option('--sign', 'sign at once, instead of leaving it staged for "lanyard sign"')
    .option('--out <file>', 'with --sign: write the bundle, or the proposal that waits for signatures, to a file')
