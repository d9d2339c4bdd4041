import { describe, expect, test } from 'vitest'
import { OptionError, readOptions } from '../../../src/browser/options.ts'
import { sentenceFor } from '../../../src/browser/words.ts'
import { LanyardError } from '../../../src/shared/errors.ts'
import { profileFolder } from '../../../src/shared/profile-folder.ts'

describe('the command line of the browser shell', () => {
  test('without anything looks for colleagues on the network and protects the profile', () => {
    expect(readOptions([], 'linux', { LANYARD_PROFILE: '/home/alice/profile' })).toEqual({
      profile: '/home/alice/profile',
      port: undefined,
      open: true,
      unprotected: false,
      discovery: 'lan',
      discoveryPort: undefined,
    })
  })

  test.each([
    [['--port', 'eighty'], 'port number'],
    [['--port', '80'], 'port number'],
    [['--port', '70000'], 'port number'],
    [['--discovery-port', '0'], 'port number'],
    [['--discovery', 'internet'], 'lan, loopback or off'],
    [['--colour', 'red'], '--colour'],
    [['profile'], 'profile'],
  ])('refuses %j with a sentence', (args, part) => {
    const read = () => readOptions(args, 'linux', {})
    expect(read).toThrow(OptionError)
    expect(read).toThrow(part)
  })

  test('tells failures in three parts', () => {
    expect(sentenceFor(new LanyardError('port-taken', 'EADDRINUSE'))).toMatch(/Another program.*untouched.*--port 0/s)
    expect(sentenceFor(new LanyardError('profile-in-use', ''))).toMatch(
      /already running.*Nothing was changed.*--profile/s,
    )
  })
})

test('the profile is where each system keeps such things', () => {
  const home = '/home/alice'
  expect(profileFolder({ platform: 'linux', env: {}, home })).toBe('/home/alice/.local/share/lanyard')
  expect(profileFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/lanyard')
  expect(profileFolder({ platform: 'darwin', env: {}, home })).toBe('/home/alice/Library/Application Support/Lanyard')
  expect(profileFolder({ platform: 'win32', env: { APPDATA: 'C:\\Data' }, home })).toBe('C:\\Data\\Lanyard')
})
