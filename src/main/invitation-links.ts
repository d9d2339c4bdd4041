import { MAX_INVITATION_CHARACTERS } from '../shared/limits.ts'

const PREFIX = 'lanyard:'

/** The `lanyard:` link among a program's arguments. What stands in it is for the engine to judge. */
export const linkAmong = (args: readonly string[]): string | undefined =>
  args.find(argument => argument.startsWith(PREFIX) && argument.length <= MAX_INVITATION_CHARACTERS)
