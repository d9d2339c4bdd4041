import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_TYPES, securityHeaders } from '../shared/content-security-policy.ts'
import { SCHEME } from './address.ts'
import { fileOf } from './page-files.ts'

/** Must run before the app is ready. */
export const declareScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page from `folder`, with the content security policy as a header on every answer. */
export const servePage = (folder: string): void => {
  const headers = securityHeaders([])
  const refuse = (status: number) => new Response(null, { status, headers })

  protocol.handle(SCHEME, async ({ url, method }) => {
    const file = fileOf(url, folder)
    const type = file === undefined ? undefined : CONTENT_TYPES[extname(file)]
    if (method !== 'GET') return refuse(405)
    if (file === undefined || type === undefined) return refuse(404)
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: { ...headers, 'Content-Type': type } })
    } catch {
      return refuse(404) // the page names a file that was not built: it shows as missing
    }
  })
}
