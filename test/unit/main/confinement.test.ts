import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isOwnPage } from '../../../src/main/address.ts'
import { linkAmong } from '../../../src/main/invitation-links.ts'
import { readOptions } from '../../../src/main/options.ts'
import { fileOf } from '../../../src/main/page-files.ts'
import { contentSecurityPolicy } from '../../../src/shared/content-security-policy.ts'

const folder = join('/', 'opt', 'lanyard', 'out', 'renderer')

test('an address of the page means a file of the page', () => {
  expect(fileOf('app://bundle/index.html', folder)).toBe(join(folder, 'index.html'))
  expect(fileOf('app://bundle/assets/a%20b.js?x#y', folder)).toBe(join(folder, 'assets', 'a b.js'))
})

describe('no address reaches outside of the page', () => {
  test.each([
    'app://bundle/..%2f..%2fpackage.json',
    'app://bundle/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    'app://bundle/..%5c..%5cpackage.json%00',
    'app://bundle/a%00.js',
    'app://bundle/%ff',
    'app://other/index.html',
    'app://bundle.mallory.example/index.html',
    'file:///etc/passwd',
    'https://mallory.example/',
    'no address',
  ])('%s', address => {
    const file = fileOf(address, folder)
    expect(file === undefined || file.startsWith(join(folder, '/'))).toBe(true)
    expect(file ?? '').not.toContain('\0')
  })
})

test('senders are known by the prefix of their address', () => {
  expect(isOwnPage('app://bundle/index.html')).toBe(true)
  for (const other of [undefined, '', 'app://bundle.example/', 'app://bundle', 'https://x/app://bundle/', 'file:///']) {
    expect(isOwnPage(other)).toBe(false)
  }
})

test('the policy leaves no way for code from elsewhere', () => {
  const policy = contentSecurityPolicy([])
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toMatch(/unsafe|data:|https?:|\*/)
})

test('an installed Lanyard takes nothing from its surroundings that weakens it', () => {
  const env = {
    LANYARD_PROFILE: '/profile',
    LANYARD_UNPROTECTED: '1',
    LANYARD_ENGINE_NODE: '/somewhere/evil',
    LANYARD_DISCOVERY: 'off',
    LANYARD_DISCOVERY_PORT: '4000',
  }
  expect(readOptions('linux', env, true)).toMatchObject({
    profile: '/profile',
    unprotected: false,
    engineNode: undefined,
    discovery: 'lan',
    discoveryPort: null,
  })
  expect(readOptions('linux', env, false)).toMatchObject({ unprotected: true, engineNode: '/somewhere/evil' })
})

test('an invitation among the arguments is found, an endless one is not', () => {
  expect(linkAmong(['lanyard', '--x', 'lanyard:join/abc'])).toBe('lanyard:join/abc')
  expect(linkAmong(['lanyard', `lanyard:${'x'.repeat(3_000)}`])).toBeUndefined()
  expect(linkAmong(['/usr/bin/lanyard'])).toBeUndefined()
})
