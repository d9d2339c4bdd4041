/** What Windows, macOS or Linux does not take in a file's name. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]+/gu

/** Characters before the extension; organisations' names can be long. */
const MAX_STEM = 120

/** A name for a file that any of the systems takes, from words of people. */
export const fileName = (stem: string, extension: 'lanyard' | 'csv'): string => {
  const safe = stem.replace(UNSAFE, ' ').replace(/\s+/g, ' ').slice(0, MAX_STEM).trim()
  return `${safe || 'Lanyard'}.${extension}`
}
