/** The engine is most of the program, and neither help nor a mistake in the command line needs it. */
export const loadEngine = () => import('../engine/index.ts')
