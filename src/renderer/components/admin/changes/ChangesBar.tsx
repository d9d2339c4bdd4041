/** What nobody has signed yet, under every page of the console. */
export const ChangesBar = () => null
