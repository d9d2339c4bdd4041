/** Where the files of the product are. */
export interface Places {
  /** Built bundles: `out/`. */
  out: string
  resources: string
}
