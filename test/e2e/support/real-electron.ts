import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, type ElectronApplication, _electron as electron, type Page } from 'playwright/test'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * An Electron without its default app opens nothing but an app of its own folder. Such a one gets a folder in which the
 * product is that app; everything but the executables is linked, not copied.
 */
const withOwnApp = async (binary: string, folder: string): Promise<string> => {
  const source = dirname(binary)
  await mkdir(join(folder, 'resources'), { recursive: true })
  for (const name of await readdir(source)) {
    if (name === 'resources') continue
    const isProgram = name === basename(binary) || name === 'chrome_crashpad_handler'
    await (isProgram ? copyFile : symlink)(join(source, name), join(folder, name))
  }
  await symlink(ROOT, join(folder, 'resources', 'app'))
  return join(folder, basename(binary))
}

export interface RealDesktop {
  app: ElectronApplication
  page: Page
  quit(): Promise<void>
}

/** How the product is started in the real Electron, on a profile of its own. */
export interface Program {
  executablePath: string
  args: string[]
  env: Record<string, string>
  folder: string
}

export const test = base.extend<{ program: Program; startDesktop: () => Promise<RealDesktop> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  program: async ({}, use) => {
    const named = process.env.ELECTRON_BIN ?? ''
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-electron-'))
    const hasDefaultApp =
      process.platform !== 'linux' || existsSync(join(dirname(named), 'resources', 'default_app.asar'))
    await use({
      executablePath: hasDefaultApp ? named : await withOwnApp(named, join(folder, 'electron')),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(hasDefaultApp ? [ROOT] : [])],
      env: {
        ...(process.env as Record<string, string>),
        LANYARD_PROFILE: join(folder, 'profile'),
        LANYARD_DISCOVERY: 'off',
      },
      folder,
    })
    await rm(folder, { recursive: true, force: true })
  },
  startDesktop: async ({ program: { executablePath, args, env } }, use) => {
    const running = new Set<ElectronApplication>()

    await use(async () => {
      const app = await electron.launch({ executablePath, args, env })
      running.add(app)
      const page = await app.firstWindow()
      return {
        app,
        page,
        async quit() {
          running.delete(app)
          const exited = new Promise(resolve => app.process().once('exit', resolve))
          // The answer to this call may be lost with the process that gives it.
          await app.evaluate(({ app: inside }) => inside.quit()).catch(() => undefined)
          await exited
        },
      }
    })
    for (const app of running) await app.close()
  },
})

export { expect } from 'playwright/test'
