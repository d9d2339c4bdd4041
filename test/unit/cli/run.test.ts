import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { visible } from '../../../src/cli/print/visible.ts'
import { runCli } from '../../../src/cli/run.ts'

/** Sets the title of the window, asks the terminal for an answer that it types itself, and turns the text round. */
const hostile = 'Bob\u001b]0;root\u0007\u001b[6n\u009b2J\u202egnp.exe\r'

const run = async (...args: string[]) => {
  const written: string[] = []
  const code = await runCli({
    args,
    env: {},
    platform: 'linux',
    input: new PassThrough(),
    questions: new PassThrough(),
    write: (_, text) => void written.push(String(text)),
    signal: new AbortController().signal,
    now: Date.now,
  })
  return { code, text: written.join('') }
}

test.each([[], ['--json']])(
  'nothing that a file or a name says makes the terminal do something (%s)',
  async (...flags) => {
    const { code, text } = await run('org', 'show', `${hostile}.lanyard`, ...flags)
    expect(code).not.toBe(0)
    expect(text).toContain('\\u001b]0;root\\u0007')
    expect(text.replaceAll('\n', '')).toMatch(/^[\P{C}]+$/u)
    if (flags.length > 0) expect(JSON.parse(text).error.message).toContain('Bob')
  },
)

test('JSON means the same, and letters of all languages stay', () => {
  expect(JSON.parse(visible(JSON.stringify({ name: hostile, tab: 'a\tb' })))).toEqual({ name: hostile, tab: 'a\tb' })
  expect(visible('Zoë Müller, شیرین, 👩‍🔬\n')).toBe('Zoë Müller, شیرین, 👩‍🔬\n')
})
