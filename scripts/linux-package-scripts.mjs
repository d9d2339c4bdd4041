import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

const require = createRequire(import.meta.url)

/** Where the path that `/usr/bin/lanyard` leads to names the program: it is to name resources/linux/lanyard instead. */
const BEFORE_PROGRAM = /(?<='\/opt\/[^/']+\/)(?=\$\{executable\}')/g

/** electron-builder.yml names them there. */
const folder = join(root, '.cache', 'packaging')

/** Writes what runs after a deb or rpm is installed and removed: electron-builder's own, with the link to the launcher. */
export const writeLinuxPackageScripts = async () => {
  const templates = join(dirname(require.resolve('app-builder-lib/package.json')), 'templates', 'linux')
  await mkdir(folder, { recursive: true })
  for (const name of ['after-install.tpl', 'after-remove.tpl']) {
    const template = await readFile(join(templates, name), 'utf8')
    const changed = template.replaceAll(BEFORE_PROGRAM, 'bin/')
    if (changed === template) throw new Error(`electron-builder's ${name} links the program in another way now`)
    await writeFile(join(folder, name), changed)
  }
}
