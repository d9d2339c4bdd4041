export interface TextPart {
  /** Where it begins in the whole text, in UTF-16 units. */
  readonly at: number
  readonly text: string
  /** The address behind it, or null for plain text. */
  readonly url: string | null
}

/**
 * Addresses as people write them: what the shell opens outside is https and mailto only. They end before a sign that
 * turns the direction of the writing, which would show another address than it opens.
 */
const ADDRESS = /\bhttps:\/\/[^\s<>"'\p{Bidi_Control}]+|\bmailto:[^\s<>"'\p{Bidi_Control}]+/gu
/** Signs that end a sentence rather than an address. */
const TRAILING: ReadonlySet<string | undefined> = new Set('.,;:!?)]}')

/** Not with an expression: those look from each of thousands of signs anew, and freeze the window. */
const withoutTrailing = (found: string): string => {
  let end = found.length
  while (TRAILING.has(found[end - 1])) end -= 1
  return found.slice(0, end)
}

const safeUrl = (text: string): string | null => {
  if (!URL.canParse(text)) return null
  const { protocol, username, password } = new URL(text)
  // `https://bank.example@evil.example` shows one address and opens another.
  return (protocol === 'https:' || protocol === 'mailto:') && username === '' && password === '' ? text : null
}

/** Cuts a text into plain parts and addresses, in order, losing nothing. */
export const textParts = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(found)
    const url = safeUrl(address)
    if (url === null) continue
    if (index > from) parts.push({ at: from, text: text.slice(from, index), url: null })
    parts.push({ at: index, text: address, url })
    from = index + address.length
  }
  if (from < text.length) parts.push({ at: from, text: text.slice(from), url: null })
  return parts
}
