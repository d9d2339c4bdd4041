/** Comma first: where nothing speaks for another one, RFC 4180 holds. */
const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** Excel's own way to say it, in a line of its own before the heading. */
const TOLD = /^"?sep=([,;\t])"?\n/i

/** Outside of quotes, in the first line that holds anything. */
const countInHeading = (text: string): Record<Delimiter, number> => {
  const counts = { ',': 0, ';': 0, '\t': 0 }
  let isQuoted = false
  let isEmpty = true
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '\n') {
      if (!isEmpty) break
    } else {
      isEmpty = false
      if (character === ',' || character === ';' || character === '\t') counts[character] += 1
    }
  }
  return counts
}

/** What separates the cells, as the heading shows it, and the text without a line that only says so. */
export const guessDelimiter = (text: string): { delimiter: Delimiter; text: string } => {
  const told = TOLD.exec(text)
  const named = DELIMITERS.find(each => each === told?.[1])
  if (told !== null && named !== undefined) return { delimiter: named, text: text.slice(told[0].length) }
  const counts = countInHeading(text)
  const delimiter = DELIMITERS.reduce((best, each) => (counts[each] > counts[best] ? each : best))
  return { delimiter, text }
}
