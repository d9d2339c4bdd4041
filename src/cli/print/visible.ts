/**
 * Everything that a terminal would obey instead of showing (escape sequences set titles and colours, move the cursor, and
 * some terminals answer them as if somebody typed), and what makes a text read as another one. Line ends and tabs stay.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** For standard output and standard error: written as JSON writes such characters, so that JSON stays what it is. Pure. */
export const visible = (text: string): string => text.replace(OBEYED, escaped)

/** The same for one cell or value: a line break in it would look like a line of ours. Pure. */
export const onOneLine = (text: string): string => text.replaceAll('\n', '\\n')
