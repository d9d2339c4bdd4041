/** Milliseconds: the shell reads the bytes when it has a place for them, and in Electron a dialog asks for that place. */
const KEPT_FOR = 60_000

/** Hands bytes out as a file: into the downloads in a browser, through a dialog in Electron. Nothing is uploaded. */
export const saveFile = (name: string, bytes: Uint8Array | string, type = 'application/octet-stream'): void => {
  // A copy of its own: the bytes may lie in a shared buffer, which a Blob refuses.
  const address = URL.createObjectURL(new Blob([typeof bytes === 'string' ? bytes : bytes.slice()], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_FOR)
}
