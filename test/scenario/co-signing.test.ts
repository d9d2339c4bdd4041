import { expect, test } from 'vitest'
import {
  type Actor,
  adminPassphrase,
  approve,
  askToJoin,
  foundOrganisation,
  idOf,
  invite,
  joinOrganisation,
  ownDiscoveryPort,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'

const nobody = { title: '', department: '', email: '', phone: '', roles: [] }
const changesOf = (actor: Actor) => actor.client().call('changes.get', {})
const addPerson = (actor: Actor, name: string) =>
  actor.client().call('changes.stage', { edits: [{ kind: 'add-person', name, ...nobody }] })

/** Offers keys, and stores the recovery sheet; returns its words. */
const offerKeys = async (actor: Actor) => {
  await actor.client().call('administrators.offer', { passphrase: adminPassphrase })
  const { words } = await actor.client().call('recovery.words', {})
  await actor.client().call('recovery.confirm', {})
  return words
}

const offersAt = async (actor: Actor, count: number) => {
  await actor.until(`${count} offers`, ({ organisation }) => organisation?.administration.offers === count)
  return (await actor.client().call('administrators.get', {})).offers
}

/** Alice has founded; Emma and Pekka have joined and offered keys. */
const threeColleagues = async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  const alicesWords = [...(await foundOrganisation(alice))]
  const emma = await startActor('Emma', { discoveryPort })
  await joinOrganisation(alice, emma)
  const pekka = await startActor('Pekka', { discoveryPort })
  await joinOrganisation(alice, pekka)
  const emmasWords = await offerKeys(emma)
  const pekkasWords = await offerKeys(pekka)
  return { alice, emma, pekka, alicesWords, emmasWords, pekkasWords, discoveryPort }
}

/** All three may sign, and two have to. */
const twoOfThree = async () => {
  const all = await threeColleagues()
  const { alice, emma, pekka, alicesWords } = all
  const offers = await offersAt(alice, 2)
  const outcome = await alice.client().call('administrators.change', {
    words: alicesWords,
    add: offers.map(({ id }) => id),
    remove: [],
    thresholds: { root: 1, contacts: 2, orders: 2 },
  })
  expect(outcome).toEqual({ outcome: 'in-force', version: 2, signatures: 1, threshold: 1 })
  for (const actor of [emma, pekka]) await actor.until('a key', ({ organisation }) => organisation?.isAdmin === true)
  return all
}

test('Emma offers keys, and signs for nobody before a root names them', async () => {
  const { alice, emma, alicesWords } = await threeColleagues()
  expect(emma.status().organisation?.isAdmin).toBe(false)
  await expect(addPerson(emma, 'Mallory')).rejects.toMatchObject({ code: 'not-admin' })
  const own = (await emma.client().call('administrators.get', {})).ownOffer
  const offers = await offersAt(alice, 2)
  const emmas = offers.find(({ personId }) => personId === idOf(emma))
  expect(emmas).toMatchObject({ name: 'Emma', hasRootKey: true, words: own?.words })
  if (emmas === undefined) throw new Error('no offer of Emma')

  const change = { add: [emmas.id], remove: [], thresholds: { root: 1, contacts: 1, orders: 1 } }
  const wrong = [...alicesWords].reverse()
  await expect(alice.client().call('administrators.change', { ...change, words: wrong })).rejects.toMatchObject({
    code: 'recovery-words-wrong',
  })
  await alice.client().call('administrators.change', { ...change, words: alicesWords })
  await emma.until('her key', ({ organisation }) => organisation?.isAdmin === true)
  expect(emma.status().organisation?.adminUnlocked).toBe(false)
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  await addPerson(emma, 'Bob')
  expect(await emma.client().call('changes.sign', {})).toMatchObject({ outcome: 'in-force' })
  await alice.until('the list that Emma signed', ({ organisation }) => organisation?.list.signedBy.join() === 'Emma')
  await alice.untilRows('Emma an administrator', ({ people }) => people.get(idOf(emma))?.isAdmin)
  const { keys, offers: left, ownOffer } = await emma.client().call('administrators.get', {})
  expect(keys.filter(({ isHere }) => isHere).map(({ personId }) => personId)).toEqual([idOf(emma), idOf(emma)])
  expect(left.map(({ name }) => name)).toEqual(['Pekka'])
  expect(ownOffer).toBeNull()
})

test('Emma takes her offer back: it leaves every console, does not come back, and nobody can take it up', async () => {
  const { alice, emma, pekka, alicesWords } = await threeColleagues()
  const offers = await offersAt(alice, 2)
  const emmas = offers.find(({ personId }) => personId === idOf(emma))
  if (emmas === undefined) throw new Error('no offer of Emma')
  const { bytes } = await emma.client().call('file.export', { what: 'key-offer' })
  await emma.client().call('administrators.withdrawOffer', {})
  for (const actor of [alice, emma]) expect((await offersAt(actor, 1)).map(({ name }) => name)).toEqual(['Pekka'])
  await pekka.until('no offer but his own', ({ organisation }) => organisation?.administration.offers === 0)
  expect((await emma.client().call('administrators.get', {})).ownOffer).toBeNull()
  expect(await alice.client().call('file.import', { bytes })).toMatchObject({ kind: 'notices', offers: 0 })
  const change = { remove: [], thresholds: { root: 1, contacts: 1, orders: 1 } }
  await expect(
    alice.client().call('administrators.change', { ...change, words: alicesWords, add: [emmas.id] }),
  ).rejects.toMatchObject({ code: 'change-impossible' })

  // she thinks better of it
  await offerKeys(emma)
  const [again] = (await offersAt(alice, 2)).filter(({ personId }) => personId === idOf(emma))
  if (again === undefined) throw new Error('no second offer of Emma')
  await alice.client().call('administrators.change', { ...change, words: alicesWords, add: [again.id] })
  await emma.until('her key', ({ organisation }) => organisation?.isAdmin === true)
})

test('Alice prepares a change, Emma signs it too, and it is in force at all three', async () => {
  const { alice, emma, pekka } = await twoOfThree()
  await addPerson(alice, 'Bob')
  const asked = new Promise(resolve => emma.client().on('administrator.asked', resolve))
  const waiting = await alice.client().call('changes.sign', {})
  expect(waiting).toMatchObject({ outcome: 'waiting', signatures: 1, threshold: 2 })
  expect(await changesOf(alice)).toMatchObject({
    stagedCount: 0,
    proposals: [{ isOwn: true, wantsOwn: false, proposedBy: { name: 'Alice' }, changes: [{ name: 'Bob' }] }],
  })

  await emma.until('the proposal', ({ organisation }) => organisation?.administration.proposals === 1)
  expect(await asked).toEqual({ for: 'signature', name: 'Alice', news: 1, waiting: 1 })
  const [seen] = (await changesOf(emma)).proposals
  expect(seen).toMatchObject({
    kind: 'list',
    changes: [{ kind: 'person-added', name: 'Bob' }],
    changeCount: 1,
    signedBy: [{ name: 'Alice' }],
    needs: [{ of: 'contacts', signed: 1, threshold: 2 }],
    wantsOwn: true,
    isOwn: false,
  })
  if (seen === undefined) throw new Error('no proposal')
  const sign = () => emma.client().call('proposal.sign', { id: seen.id, words: null })
  await expect(sign()).rejects.toMatchObject({ code: 'admin-locked' })
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  expect(await sign()).toMatchObject({ outcome: 'in-force', version: waiting.version, signatures: 2 })
  for (const actor of [alice, emma, pekka]) {
    await actor.until('the new list', ({ organisation }) => organisation?.list.version === waiting.version)
    expect(actor.status().organisation?.list.signedBy.toSorted()).toEqual(['Alice', 'Emma'])
    await actor.until('no proposal', ({ organisation }) => organisation?.administration.proposals === 0)
  }
  expect((await changesOf(alice)).stagedCount).toBe(0)
})

test('two changes for one list: the second comes back to its author, and is signed on the new list', async () => {
  const { alice, emma, pekka } = await twoOfThree()
  for (const actor of [emma, pekka]) await actor.client().call('admin.unlock', { passphrase: adminPassphrase })
  await addPerson(alice, 'Bob')
  await addPerson(emma, 'Carol')
  await alice.client().call('changes.sign', {})
  await emma.client().call('changes.sign', {})
  await pekka.until('both', ({ organisation }) => organisation?.administration.proposals === 2)
  const alices = (await changesOf(pekka)).proposals.find(({ proposedBy }) => proposedBy.name === 'Alice')
  if (alices === undefined) throw new Error('no proposal of Alice')
  await pekka.client().call('proposal.sign', { id: alices.id, words: null })
  await emma.until('her edit again', ({ organisation }) => organisation?.administration.staged === 1)
  expect(await changesOf(emma)).toMatchObject({ proposals: [], staged: [{ change: { name: 'Carol' }, problem: null }] })
  await emma.client().call('changes.sign', {})
  await alice.until('the second', ({ organisation }) => organisation?.administration.proposals === 1)
  const [emmas] = (await changesOf(alice)).proposals
  if (emmas === undefined) throw new Error('no proposal of Emma')
  await alice.client().call('proposal.sign', { id: emmas.id, words: null })
  await pekka.untilRows('both people', ({ people }) =>
    ['Bob', 'Carol'].every(name => [...people.values()].some(each => each.name === name)),
  )
})

test('Alice drops her proposal and has her edits back; more edits go out with those that wait', async () => {
  const { alice, emma } = await twoOfThree()
  await addPerson(alice, 'Bob')
  await alice.client().call('changes.sign', {})
  const [first] = (await changesOf(alice)).proposals
  if (first === undefined) throw new Error('no proposal')
  await alice.client().call('proposal.drop', { id: first.id })
  await alice.until('her edit again', ({ organisation }) => organisation?.administration.staged === 1)
  await alice.client().call('changes.sign', {})
  await addPerson(alice, 'Carol')
  await alice.client().call('changes.sign', {})
  const { proposals, stagedCount } = await changesOf(alice)
  expect([proposals.length, proposals[0]?.changeCount, stagedCount]).toEqual([1, 2, 0])
  await expect(alice.client().call('changes.sign', {})).rejects.toMatchObject({ code: 'nothing-to-sign' })
  await expect(alice.client().call('proposal.sign', { id: first.id, words: null })).rejects.toMatchObject({
    code: 'proposal-unknown',
  })
  await emma.until('it', ({ organisation }) => (organisation?.administration.proposals ?? 0) >= 1)
})

test("Pekka's key is stolen: Emma takes it out with her recovery sheet, and it signs nothing any more", async () => {
  const { alice, emma, pekka, emmasWords } = await twoOfThree()
  await pekka.client().call('admin.unlock', { passphrase: adminPassphrase })
  const { keys } = await emma.client().call('administrators.get', {})
  const stolen = keys.filter(({ personId }) => personId === idOf(pekka)).map(({ id }) => id)
  expect(stolen).toHaveLength(3)
  await expect(
    emma.client().call('administrators.change', {
      words: emmasWords,
      add: [],
      remove: stolen,
      thresholds: { root: 1, contacts: 3, orders: 2 },
    }),
  ).rejects.toMatchObject({ code: 'change-impossible' })
  await emma.client().call('administrators.change', {
    words: emmasWords,
    add: [],
    remove: stolen,
    thresholds: { root: 1, contacts: 1, orders: 1 },
  })
  await pekka.until('no key', ({ organisation }) => organisation?.isAdmin === false && !organisation.adminUnlocked)
  await expect(addPerson(pekka, 'Mallory')).rejects.toMatchObject({ code: 'not-admin' })
  await alice.until('the new root', ({ organisation }) => organisation?.list.threshold === 1)
  await addPerson(alice, 'Bob')
  const inForce = await alice.client().call('changes.sign', {})
  expect(inForce).toMatchObject({ outcome: 'in-force' })

  // and Alice's, which has signed the list in force: Emma signs it anew
  const alices = keys.filter(({ personId }) => personId === idOf(alice)).map(({ id }) => id)
  await emma.until("Alice's list", ({ organisation }) => organisation?.list.version === inForce.version)
  await emma.client().call('administrators.change', {
    words: emmasWords,
    add: [],
    remove: alices,
    thresholds: { root: 1, contacts: 1, orders: 1 },
  })
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  expect(await changesOf(emma)).toMatchObject({ needsRenewal: true, stagedCount: 0 })
  expect(await emma.client().call('changes.sign', {})).toMatchObject({ outcome: 'in-force' })
  expect(await changesOf(emma)).toMatchObject({ needsRenewal: false })
  await alice.until('the list that Emma signed', ({ organisation }) => organisation?.list.signedBy.join() === 'Emma')
})

test('where the root asks for two recovery sheets, the second person adds theirs', async () => {
  const { alice, emma, pekka, alicesWords, emmasWords } = await threeColleagues()
  const offers = await offersAt(alice, 2)
  const first = await alice.client().call('administrators.change', {
    words: alicesWords,
    add: offers.map(({ id }) => id),
    remove: [],
    thresholds: { root: 2, contacts: 2, orders: 2 },
  })
  expect(first).toMatchObject({ outcome: 'waiting', signatures: 1, threshold: 2 })
  const [seen] = (await changesOf(alice)).proposals
  if (seen === undefined) throw new Error('no proposal')
  expect(seen).toMatchObject({
    kind: 'root',
    wantsOwn: false,
    needs: [
      { of: 'root', signed: 1, threshold: 1 },
      { of: 'next-root', signed: 1, threshold: 2 },
    ],
  })
  // Emma is no administrator yet: the proposal comes to her as a file
  const { bytes } = await alice.client().call('file.export', { what: 'proposal', id: seen.id })
  expect(await emma.client().call('file.import', { bytes })).toEqual({ kind: 'proposal', id: seen.id })
  expect(await emma.client().call('proposal.sign', { id: seen.id, words: emmasWords })).toMatchObject({
    outcome: 'in-force',
    version: 2,
  })
  for (const actor of [alice, emma, pekka])
    await actor.until('a key', ({ organisation }) => organisation?.isAdmin === true)
  await untilOnline(alice, emma)
})

test('a colleague is let in by two: the request waits for signatures, and the last one opens the door', async () => {
  const { alice, emma, discoveryPort } = await twoOfThree()
  const bob = await startActor('Bob', { discoveryPort })
  await askToJoin(bob, await invite(alice, 'Bob'))
  await approve(alice, 'Bob')
  await alice.untilRows('the approval', ({ joinRequests }) =>
    [...joinRequests.values()].some(({ name, state }) => name === 'Bob' && state === 'approved'),
  )
  expect(await changesOf(alice)).toMatchObject({ staged: [{ change: { kind: 'device-added', name: 'Bob' } }] })
  await alice.client().call('changes.sign', {})
  await emma.until('the proposal', ({ organisation }) => organisation?.administration.proposals === 1)
  const [seen] = (await changesOf(emma)).proposals
  expect(seen?.changes.map(({ kind }) => kind)).toEqual(['person-added', 'device-added'])
  if (seen === undefined) throw new Error('no proposal')
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  await emma.client().call('proposal.sign', { id: seen.id, words: null })
  await bob.until('membership', ({ organisation }) => organisation !== null)
  await alice.untilRows('no request', ({ joinRequests }) => joinRequests.size === 0)
  await alice.untilRows('a used invitation', ({ invitations }) =>
    [...invitations.values()].every(({ state }) => state === 'used'),
  )
})

test('without a network: the change goes to Emma as a file, she looks, signs, and the signed list comes back', async () => {
  const { alice, emma, pekka } = await twoOfThree()
  await emma.until('the key of Pekka', ({ organisation }) => organisation?.list.threshold === 2)
  await Promise.all([alice.restartAlone(), emma.restartAlone(), pekka.stop()])
  for (const actor of [alice, emma]) await actor.client().call('admin.unlock', { passphrase: adminPassphrase })
  await addPerson(alice, 'Bob')
  await alice.client().call('changes.sign', {})
  const [waiting] = (await changesOf(alice)).proposals
  if (waiting === undefined) throw new Error('no proposal')
  const { bytes } = await alice.client().call('file.export', { what: 'proposal', id: waiting.id })

  expect(await emma.client().call('file.inspect', { bytes })).toMatchObject({
    kind: 'proposal',
    changes: [{ kind: 'person-added', name: 'Bob' }],
  })
  await emma.client().call('file.import', { bytes })
  await emma.client().call('proposal.sign', { id: waiting.id, words: null })
  const answer = await emma.client().call('file.export', { what: 'bundle' })
  expect(await alice.client().call('file.inspect', { bytes: answer.bytes })).toMatchObject({
    kind: 'bundle',
    version: waiting.version,
    changes: [{ kind: 'person-added', name: 'Bob' }],
  })
  expect(await alice.client().call('file.import', { bytes: answer.bytes })).toMatchObject({
    isNews: true,
    version: waiting.version,
  })
  await alice.until('nothing that waits', ({ organisation }) => organisation?.administration.proposals === 0)
  expect((await changesOf(alice)).stagedCount).toBe(0)
  expect(await alice.client().call('file.import', { bytes: answer.bytes })).toMatchObject({ isNews: false })
  await expect(alice.client().call('file.import', { bytes })).rejects.toMatchObject({ code: 'proposal-outdated' })
  await expect(alice.client().call('file.import', { bytes: bytes.slice(1) })).rejects.toMatchObject({
    code: 'document-malformed',
  })
})

test('an edit of somebody whom another administrator has removed is told, and the rest is signed without it', async () => {
  const { alice, emma, alicesWords } = await threeColleagues()
  const offers = await offersAt(alice, 2)
  await alice.client().call('administrators.change', {
    words: alicesWords,
    add: offers.map(({ id }) => id),
    remove: [],
    thresholds: { root: 1, contacts: 1, orders: 1 },
  })
  await emma.until('a key', ({ organisation }) => organisation?.isAdmin === true)
  const { people } = await addPerson(alice, 'Bob')
  const [bob] = people
  if (bob === undefined) throw new Error('no Bob')
  await alice.client().call('changes.sign', {})
  await emma.untilRows('Bob', rows => rows.people.has(bob))
  await alice.client().call('changes.stage', {
    edits: [{ kind: 'change-person', personId: bob, name: 'Bob', ...nobody, title: 'Captain' }],
  })
  await addPerson(alice, 'Carol')
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  await emma.client().call('changes.stage', { edits: [{ kind: 'remove-person', personId: bob, reason: 'left' }] })
  await emma.client().call('changes.sign', {})
  await alice.untilRows('Bob gone', rows => rows.people.get(bob)?.listed === false)
  expect((await changesOf(alice)).staged.map(({ problem }) => problem)).toEqual(['person-gone', null])
  await alice.client().call('changes.sign', {})
  expect(await changesOf(alice)).toMatchObject({ staged: [{ problem: 'person-gone' }] })
  await expect(alice.client().call('changes.sign', {})).rejects.toMatchObject({ code: 'nothing-to-sign' })
})

test('whoever took a list of the stolen key over comes back to the list that is signed after it is taken out', async () => {
  const { alice, emma, alicesWords } = await threeColleagues()
  const offers = await offersAt(alice, 2)
  const thresholds = { root: 1, contacts: 1, orders: 1 }
  const add = offers.map(({ id }) => id)
  await alice.client().call('administrators.change', { words: alicesWords, add, remove: [], thresholds })
  await emma.until('a key', ({ organisation }) => organisation?.isAdmin === true)
  // Mallory signs with Alice's key on Alice's device, and Emma is not reached by it
  await emma.restartAlone()
  for (const name of ['Mallory', 'Malvin']) {
    await addPerson(alice, name)
    await alice.client().call('changes.sign', {})
  }
  const { keys } = await emma.client().call('administrators.get', {})
  const remove = keys.filter(({ personId, label }) => personId === idOf(alice) && label !== 'Recovery sheet')
  await emma.client().call('administrators.change', {
    words: alicesWords,
    add: [],
    remove: remove.map(({ id }) => id),
    thresholds,
  })
  await emma.client().call('admin.unlock', { passphrase: adminPassphrase })
  const signed = await emma.client().call('changes.sign', {})
  expect(signed.version).toBeLessThan(alice.status().organisation?.list.version ?? 0)
  await emma.restart()
  await alice.until("Emma's list", ({ organisation }) => organisation?.list.version === signed.version)
  await alice.untilRows('no Mallory', ({ people }) =>
    [...people.values()].every(each => each.name !== 'Mallory' || !each.listed),
  )
  expect(alice.status().organisation).toMatchObject({ isAdmin: false, list: { signedBy: ['Emma'] } })
})
