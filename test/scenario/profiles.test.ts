import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { adminPassphrase, foundOrganisation, ownDiscoveryPort, startActor } from '../helpers/actors.ts'
import { createMemoryKeychain } from '../helpers/memory-keychain.ts'
import { silentLog } from '../helpers/silent-log.ts'

const passphrase = 'four lanyards on a peg'
const founder = { organisation: 'Hafen & Co', name: 'Alice', title: '', passphrase: adminPassphrase }

test('an empty folder: nothing works before there is a profile, and nothing is ever stored unprotected unasked', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort(), unprotected: false })
  expect(alice.status()).toMatchObject({
    profile: { state: 'empty', protection: null, keychainAvailable: false },
    organisation: null,
    network: { state: 'stopped' },
    problem: null,
  })
  await expect(alice.client().call('feed.pull', { after: null })).rejects.toMatchObject({ code: 'profile-locked' })
  await expect(alice.client().call('profile.unlock', { passphrase })).rejects.toMatchObject({ code: 'profile-missing' })
  await expect(alice.client().call('profile.create', { passphrase: null })).rejects.toMatchObject({
    code: 'keychain-unavailable',
  })
  await expect(alice.client().call('profile.create', { passphrase: 'short' })).rejects.toMatchObject({
    code: 'passphrase-weak',
  })
  expect(alice.status().profile.state).toBe('empty')
})

test('a passphrase opens the profile again, a wrong one does not, and locking closes everything', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort(), unprotected: false })
  await alice.client().call('profile.create', { passphrase })
  await alice.client().call('organisation.found', founder)
  const { key } = await alice.client().call('profile.cacheKey', {})
  expect(key).toHaveLength(32)
  await alice.until('a network', ({ network }) => network.state === 'searching')

  await alice.client().call('profile.lock', {})
  const locked = await alice.until('a locked profile', ({ profile }) => profile.state === 'locked')
  expect(locked).toMatchObject({ organisation: null, network: { state: 'stopped' } })
  await expect(alice.client().call('profile.cacheKey', {})).rejects.toMatchObject({ code: 'profile-locked' })

  await expect(alice.client().call('profile.unlock', { passphrase: 'not this one' })).rejects.toMatchObject({
    code: 'passphrase-wrong',
  })
  expect(alice.status().problem).toBeNull()
  await alice.client().call('profile.unlock', { passphrase })
  const open = await alice.until('an open profile', ({ profile }) => profile.state === 'open')
  expect(open).toMatchObject({
    profile: { protection: 'passphrase' },
    organisation: { name: 'Hafen & Co', adminUnlocked: false },
  })
  expect((await alice.client().call('profile.cacheKey', {})).key).toEqual(key)

  await alice.restart()
  expect(alice.status().profile.state).toBe('locked')
})

test('the recovery words survive a lock and a restart until the sheet is confirmed, and not a moment longer', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await alice.client().call('profile.create', { passphrase: null })
  await expect(alice.client().call('recovery.words', {})).rejects.toMatchObject({ code: 'not-joined' })
  await alice.client().call('organisation.found', founder)
  await alice.until('a sheet to confirm', ({ organisation }) => organisation?.recoveryPending === true)
  const { words } = await alice.client().call('recovery.words', {})

  await alice.restart()
  await alice.until('a sheet to confirm', ({ organisation }) => organisation?.recoveryPending === true)
  expect(await alice.client().call('recovery.words', {})).toEqual({ words })

  await alice.client().call('recovery.confirm', {})
  await alice.until('a confirmed sheet', ({ organisation }) => organisation?.recoveryPending === false)
  await expect(alice.client().call('recovery.words', {})).rejects.toMatchObject({ code: 'recovery-not-held' })
  await alice.restart()
  await alice.until('a confirmed sheet', ({ organisation }) => organisation?.recoveryPending === false)
})

test('with a keychain the profile opens by itself; when the keychain has lost the key, that is said', async () => {
  const keychain = createMemoryKeychain()
  const options = { discoveryPort: ownDiscoveryPort(), unprotected: false, keychain: keychain.client }
  const alice = await startActor('Alice', options)
  expect(alice.status().profile).toMatchObject({ state: 'empty', keychainAvailable: true })
  await foundOrganisation(alice)
  await alice.restart()
  expect(alice.status()).toMatchObject({
    profile: { state: 'open', protection: 'keychain' },
    organisation: { name: 'Hafen & Co' },
  })

  const { key } = keychain.held
  keychain.held.key = null
  await alice.restart()
  expect(alice.status()).toMatchObject({ profile: { state: 'locked' }, problem: 'keychain-unavailable' })
  keychain.held.key = key
  await alice.client().call('profile.unlock', { passphrase: '' })
  await alice.until('an open profile', ({ profile, problem }) => profile.state === 'open' && problem === null)
})

test('a second engine on the same folder is turned away and disturbs nothing', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await foundOrganisation(alice)
  const second = createEngine({
    folder: alice.folder,
    keychain: null,
    unprotected: true,
    network: { discovery: 'off' },
    log: silentLog,
  })
  await expect(second).rejects.toMatchObject({ code: 'profile-in-use' })
  expect(await alice.client().call('status.get', {})).toMatchObject({
    organisation: { name: 'Hafen & Co' },
    problem: null,
  })
})

test('a database that was damaged is told, stays as it is, and the engine still answers', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await foundOrganisation(alice)
  await alice.stop()
  const path = join(alice.folder, 'profile.db')
  const damaged = readFileSync(path).fill(0xaa, 0, 2_000)
  writeFileSync(path, damaged)

  await alice.restart()
  expect(alice.status()).toMatchObject({ profile: { state: 'locked' }, organisation: null, problem: 'profile-corrupt' })
  await expect(alice.client().call('profile.unlock', { passphrase: '' })).rejects.toMatchObject({
    code: 'profile-corrupt',
  })
  await expect(alice.client().call('profile.create', { passphrase: null })).rejects.toMatchObject({
    code: 'profile-exists',
  })
  await alice.stop()
  expect(readFileSync(path).equals(damaged)).toBe(true)
})

test('without its profile.json a database has no key: told from the start, and nothing is overwritten', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await foundOrganisation(alice)
  await alice.stop()
  const file = join(alice.folder, 'profile.json')
  const kept = readFileSync(file)
  rmSync(file)
  await alice.restart()
  expect(alice.status()).toMatchObject({ profile: { state: 'locked', protection: null }, problem: 'profile-corrupt' })
  await expect(alice.client().call('profile.create', { passphrase })).rejects.toMatchObject({ code: 'profile-exists' })
  await alice.stop()
  writeFileSync(file, kept)
  await alice.restart()
  expect(alice.status()).toMatchObject({ organisation: { name: 'Hafen & Co' }, problem: null })
})

test('one organisation a profile', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await foundOrganisation(alice)
  await expect(alice.client().call('organisation.found', founder)).rejects.toMatchObject({ code: 'already-joined' })
  await expect(alice.client().call('organisation.found', { ...founder, passphrase: 'short' })).rejects.toMatchObject({
    code: 'already-joined',
  })
  const bob = await startActor('Bob', { discoveryPort: ownDiscoveryPort() })
  await bob.client().call('profile.create', { passphrase: null })
  const both = await Promise.allSettled([1, 2].map(() => bob.client().call('organisation.found', founder)))
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(alice.client().call('conversation.open', { personId: 'ab'.repeat(16) as never })).rejects.toMatchObject({
    code: 'person-unknown',
  })
})
