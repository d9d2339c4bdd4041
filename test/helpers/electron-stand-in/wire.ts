/** What crosses between the stand-in and its page: JSON, with bytes as `{ $bytes: base64 }`. */
export const encodeWire = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) =>
    field instanceof Uint8Array ? { $bytes: Buffer.from(field).toString('base64') } : field,
  )

export const decodeWire = (text: string): unknown =>
  JSON.parse(text, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && '$bytes' in field
      ? new Uint8Array(Buffer.from(String(field.$bytes), 'base64'))
      : field,
  )
