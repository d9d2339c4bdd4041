import { describe, expect, test } from 'vitest'
import { globalOptions, invocationAmong } from '../../../src/cli/invocation.ts'
import { createProgram } from '../../../src/cli/program.ts'

describe('the command', () => {
  test.each([
    { given: ['org', 'show', '--json'], args: ['org', 'show', '--json'] },
    { given: ['--help'], args: ['--help'] },
    { given: ['-V'], args: ['-V'] },
    { given: ['--json', 'people', 'list'], args: ['--json', 'people', 'list'] },
    { given: ['frobnicate'], args: ['frobnicate'] },
    { given: ['join', 'lanyard:join/abc'], args: ['join', 'lanyard:join/abc'] },
    { given: ['sign', 'proposal.lanyard'], args: ['sign', 'proposal.lanyard'] },
    { given: ['--no-sandbox', '--ozone-platform=headless', 'sync', '--for', '2m'], args: ['sync', '--for', '2m'] },
    { given: ['--passphrase-file', 'lanyard:x', 'sync'], args: ['--passphrase-file', 'lanyard:x', 'sync'] },
    { given: ['--passphrase-file'], args: ['--passphrase-file'] },
  ])('is meant by $given', ({ given, args }) => {
    expect(invocationAmong(given)).toEqual({ args, profile: undefined })
  })

  test.each([
    { given: ['--profile', '/srv/lanyard', 'org', 'show'] },
    { given: ['--profile=/srv/lanyard', 'org', 'show'] },
    { given: ['org', 'show', '--profile', '/srv/lanyard'] },
    { given: ['org', 'show', '--profile=/srv/lanyard', '--json'] },
  ])('takes its profile from $given', ({ given }) => {
    expect(invocationAmong(given)).toEqual({ args: given, profile: '/srv/lanyard' })
  })
})

describe('the window', () => {
  test.each([
    { given: [] },
    { given: ['lanyard:join/abc'] },
    // What stands in a link must never become a command, however it came to stand there.
    { given: ['lanyard:join/abc', 'org', 'show'] },
    { given: ['--json', 'lanyard:join/abc'] },
    { given: ['C:\\Users\\Carol\\carol.lanyard'] },
    { given: ['--no-sandbox', '--enable-features=WaylandWindowDecorations'] },
    { given: ['-psn_0_12345'] },
    { given: ['--remote-debugging-port=0', 'lanyard:join/abc'] },
  ])('is meant by $given', ({ given }) => {
    expect(invocationAmong(given)).toBeUndefined()
  })
})

test('the options of every command are those of the program', () => {
  const program = createProgram(() => async () => undefined)
  const own = program.options.flatMap(({ long, short, required }) =>
    [long, short].filter(name => typeof name === 'string').map(name => [name, required] as const),
  )
  expect([...globalOptions].sort()).toEqual([...own, ['--help', false] as const, ['-h', false] as const].sort())
})
