import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nobleProvider } from '../../../../src/crypto/index.ts'
import { createProfile, type ProfileInit } from '../../../../src/engine/profile/profile.ts'
import { openStore } from '../../../../src/engine/storage/store.ts'
import { createMemoryKeychain } from '../../../helpers/memory-keychain.ts'
import { testFolder } from '../../../helpers/test-store.ts'

const passphrase = 'four lanyards on a peg'
const profileIn = (folder: string, init: Partial<ProfileInit> = {}) =>
  createProfile({ folder, keychain: null, unprotected: false, provider: nobleProvider, ...init })

test('a passphrase protects the key, and only that passphrase gives it back', async () => {
  const folder = testFolder()
  const key = await profileIn(folder).create(passphrase)
  const profile = profileIn(folder)
  expect(profile.protection()).toBe('passphrase')
  expect(profile.opensByItself()).toBe(false)
  expect(await profile.unlock(passphrase)).toEqual(key)
  await expect(profile.unlock(`${passphrase}!`)).rejects.toMatchObject({ code: 'passphrase-wrong' })
  expect(readFileSync(join(folder, 'profile.json'), 'utf8')).not.toContain(Buffer.from(key).toString('hex'))
  expect(readdirSync(folder)).toEqual(['profile.json'])
})

test('the same letters composed in another way are the same passphrase', async () => {
  const folder = testFolder()
  const key = await profileIn(folder).create('caf\u00e9 au bureau')
  expect(await profileIn(folder).unlock('cafe\u0301 au bureau')).toEqual(key)
})

test('a short passphrase and a second profile in one folder are refused', async () => {
  const folder = testFolder()
  await expect(profileIn(folder).create('short')).rejects.toMatchObject({ code: 'passphrase-weak' })
  expect(profileIn(folder).exists()).toBe(false)
  await profileIn(folder, { unprotected: true }).create(null)
  await expect(profileIn(folder).create(passphrase)).rejects.toMatchObject({ code: 'profile-exists' })
})

test('the keychain keeps the key where there is one; without it nothing is stored unprotected', async () => {
  const keychain = createMemoryKeychain()
  const folder = testFolder()
  const key = await profileIn(folder, { keychain: keychain.client }).create(null)
  const profile = profileIn(folder, { keychain: keychain.client })
  expect(profile.opensByItself()).toBe(true)
  expect(await profile.unlock('')).toEqual(key)

  await expect(profileIn(testFolder()).create(null)).rejects.toMatchObject({ code: 'keychain-unavailable' })
  const basicText = createMemoryKeychain({ available: false })
  await expect(profileIn(testFolder(), { keychain: basicText.client }).create(null)).rejects.toMatchObject({
    code: 'keychain-unavailable',
  })
})

test('a keychain that lost the key or holds another one is told apart from a damaged profile', async () => {
  const keychain = createMemoryKeychain()
  const profile = profileIn(testFolder(), { keychain: keychain.client })
  const key = await profile.create(null)
  keychain.held.key = null
  await expect(profile.unlock('')).rejects.toMatchObject({ code: 'keychain-unavailable' })
  keychain.held.key = new Uint8Array(32)
  await expect(profile.unlock('')).rejects.toMatchObject({ code: 'keychain-unavailable' })
  keychain.held.key = key
  expect(await profile.unlock('')).toEqual(key)
})

test('without protection the profile says so', async () => {
  const folder = testFolder()
  const key = await profileIn(folder, { unprotected: true }).create(null)
  expect(profileIn(folder).protection()).toBe('none')
  expect(await profileIn(folder).unlock('')).toEqual(key)
})

/** profile.json of a passphrase, made once: deriving a key is meant to take its time. */
const protectedFile = (async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-'))
  await profileIn(folder).create(passphrase)
  const text = readFileSync(join(folder, 'profile.json'), 'utf8')
  rmSync(folder, { recursive: true })
  return text
})()

test.each([
  ['no JSON', () => 'Mallory'],
  ['another format', (text: string) => text.replace('"format": 1', '"format": 2')],
  ['a cost that would freeze the PC', (text: string) => text.replace('131072', '1073741824')],
  ['a cost that protects nothing', (text: string) => text.replace('131072', '2')],
  ['a field too many', (text: string) => text.replace('{', '{ "more": 1,')],
  ['far too long', (text: string) => text + ' '.repeat(20_000)],
])('profile.json with %s is told and left as it is', async (_, damage) => {
  const folder = testFolder()
  const path = join(folder, 'profile.json')
  const damaged = damage(await protectedFile)
  writeFileSync(path, damaged)
  await expect(profileIn(folder).unlock(passphrase)).rejects.toMatchObject({ code: 'profile-corrupt' })
  await expect(profileIn(folder).create(passphrase)).rejects.toMatchObject({ code: 'profile-exists' })
  expect(readFileSync(path, 'utf8')).toBe(damaged)
})

test('erasing takes the key and everything that it opened', async () => {
  const keychain = createMemoryKeychain()
  const folder = testFolder()
  const profile = profileIn(folder, { keychain: keychain.client })
  openStore({ path: profile.databasePath, key: await profile.create(null) }).close()
  await profile.erase()
  expect(keychain.held.key).toBeNull()
  expect(existsSync(profile.databasePath)).toBe(false)
  expect(profile.exists()).toBe(false)
  await expect(profile.unlock('')).rejects.toMatchObject({ code: 'profile-missing' })
})

test('a profile that is set aside opens where it lies with its passphrase, and leaves room for another one', async () => {
  const folder = testFolder()
  const profile = profileIn(folder)
  const key = await profile.create(passphrase)
  openStore({ path: profile.databasePath, key: new Uint8Array(key) }).close()
  const aside = await profile.setAside('removed-2026-01-05', null)
  expect(profile.exists()).toBe(false)
  const old = profileIn(aside)
  expect(await old.unlock(passphrase)).toEqual(key)
  openStore({ path: old.databasePath, key: new Uint8Array(key) }).close()

  expect(await profile.create('another four lanyards')).not.toEqual(key)
  expect(await profile.setAside('removed-2026-01-05', null), 'twice on one day').not.toBe(aside)
  await expect(profile.setAside('removed-2026-01-05', null)).rejects.toMatchObject({ code: 'profile-missing' })
})

test('what the keychain opened goes under a passphrase when it is set aside: the keychain keeps one key', async () => {
  const keychain = createMemoryKeychain()
  const profile = profileIn(testFolder(), { keychain: keychain.client })
  const key = new Uint8Array(await profile.create(null))
  await expect(profile.setAside('removed', null)).rejects.toMatchObject({ code: 'passphrase-weak' })
  expect(await profile.unlock('')).toEqual(key)
  const aside = await profile.setAside('removed', passphrase)
  expect(keychain.held.key).toBeNull()
  expect(await profileIn(aside).unlock(passphrase)).toEqual(key)
  await profile.create(null)
  expect(keychain.held.key).not.toEqual(key)
})
