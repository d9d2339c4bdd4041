/**
 * What was given to the program: all but its own path and, where a bare Electron was given an app to open (`electron .`,
 * `isDefaultApp`), the path of that.
 */
export const givenArguments = (argv: readonly string[], isDefaultApp: boolean): readonly string[] => {
  const given = argv.slice(1)
  const app = isDefaultApp ? given.findIndex(argument => !argument.startsWith('-')) : -1
  return given.filter((_, at) => at !== app)
}
