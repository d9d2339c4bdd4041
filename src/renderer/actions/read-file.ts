import { LanyardError } from '../../shared/errors.ts'

/** The bytes of a file that the person chose. Throws `document-too-large` before reading, `storage-failed` when it cannot be read. */
export const readFile = async (
  file: File,
  maxBytes: number,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> => {
  if (file.size > maxBytes) throw new LanyardError('document-too-large', `${file.size} bytes`)
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch (cause) {
    throw new LanyardError('storage-failed', 'The file could not be read', { cause })
  }
}
