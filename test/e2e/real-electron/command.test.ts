import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import packageFile from '../../../package.json' with { type: 'json' }
import { expect, type Program, test } from '../support/real-electron.ts'

interface Ended {
  code: number | string | null | undefined
  out: string
}

const run = ({ executablePath, args: own, env }: Program, args: readonly string[], input: string) =>
  new Promise<Ended>(resolve => {
    const child = execFile(executablePath, [...own, ...args], { env }, (failure, out) =>
      resolve({ code: failure === null ? 0 : failure.code, out }),
    )
    child.stdin?.end(input)
  })

test('a real Electron runs the command, and a profile that it made opens in the window', async ({
  program,
  startDesktop,
}) => {
  const lanyard = (args: readonly string[], input = '') => run(program, args, input)
  expect(await lanyard(['--version'])).toEqual({ code: 0, out: `${packageFile.version}\n` })
  expect(await lanyard(['frobnicate'])).toEqual({ code: 2, out: '' })

  const passphrase = 'a drawer in Oulu\n'
  const signing = join(program.folder, 'signing')
  await writeFile(signing, 'a pen in Oulu\n')
  const names = ['--organisation', 'Koskela Oy', '--name', 'Pekka Koskela']
  const secrets = ['--passphrase-file', '-', '--admin-passphrase-file', signing]
  const create = ['org', 'create', ...names, '--recovery-file', join(program.folder, 'words'), ...secrets]
  expect(await lanyard(create, passphrase)).toMatchObject({ code: 0 })
  const { code, out } = await lanyard(['org', 'show', '--json', '--passphrase-file', '-'], passphrase)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ organisation: { name: 'Koskela Oy' } })

  const { page, quit } = await startDesktop()
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible()
  expect(await lanyard(['org', 'show'])).toEqual({ code: 4, out: '' })
  await quit()
})
