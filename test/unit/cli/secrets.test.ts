import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { createSecrets, type SecretSources } from '../../../src/cli/secrets.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'

/** A terminal at which somebody types each answer once its question is there. */
const terminal = (dialogue: readonly (readonly [question: string, answer: string])[]) => {
  const input = new PassThrough()
  const output = new PassThrough()
  output.end = () => output // like a terminal, which no prompt closes
  const waiting = [...dialogue]
  let shown = ''
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    const [next] = waiting
    if (next === undefined || !shown.includes(next[0])) return
    waiting.shift()
    setImmediate(() => input.write(`${next[1]}\r`))
  })
  return { secrets: createSecrets({ sources: {}, isInteractive: true, input, output }), shown: () => shown }
}

const fileWith = (content: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'secret'), content)
  return join(folder, 'secret')
}

const nobody = (sources: SecretSources) =>
  createSecrets({ sources, isInteractive: false, input: new PassThrough(), output: new PassThrough() })

test('a passphrase from a file is its one line, spaces and all', async () => {
  const secrets = nobody({ passphraseFile: fileWith(' two  words \r\n') })
  expect(await secrets.profilePassphrase()).toBe(' two  words ')
})

test('what is typed does not show', async () => {
  const { secrets, shown } = terminal([['signing key', 'the old harbour']])
  expect(await secrets.adminPassphrase()).toBe('the old harbour')
  expect(shown()).not.toContain('harbour')
})

test('a new passphrase is typed twice, and the same', async () => {
  const same = terminal([
    ['New passphrase', 'the old harbour'],
    ['Once more', 'the old harbour'],
  ])
  expect(await same.secrets.profilePassphrase({ isNew: true })).toBe('the old harbour')
  const other = terminal([
    ['New passphrase', 'the old harbour'],
    ['Once more', 'the new harbour'],
  ])
  await expect(other.secrets.profilePassphrase({ isNew: true })).rejects.toThrow(UsageError)
})

test('only a yes is a yes', async () => {
  expect(await terminal([['[y/N]', 'yes']]).secrets.confirm('Sign this?')).toBe(true)
  expect(await terminal([['[y/N]', '']]).secrets.confirm('Sign this?')).toBe(false)
  expect(await terminal([['[y/N]', 'certainly']]).secrets.confirm('Sign this?')).toBe(false)
  expect(await nobody({ yes: true }).confirm('Sign this?')).toBe(true)
})

test('where nobody can be asked, the option that helps is named', async () => {
  await expect(nobody({}).profilePassphrase()).rejects.toThrow(/--passphrase-file/)
  await expect(nobody({}).recoveryWords()).rejects.toThrow(/--words-file/)
  await expect(nobody({}).confirm('Sign this?')).rejects.toThrow(/--yes/)
})

test('standard input holds one secret', () => {
  expect(() => nobody({ passphraseFile: '-', wordsFile: '-' })).toThrow(UsageError)
})
