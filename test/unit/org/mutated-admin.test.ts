import { expect, test } from 'vitest'
import { concatBytes, createSigner, equalBytes, utf8 } from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import {
  checkProposal,
  completeProposal,
  createInvitation,
  createJoinRequest,
  decodeFile,
  decodeJoinAnswer,
  decodeNotices,
  encodeBundle,
  encodeFile,
  encodeInvitation,
  encodeJoinAnswer,
  encodeNotices,
  encodeProposal,
  makeDecline,
  makeKeyOffer,
  makeOfferWithdrawal,
  makeWithdrawal,
  mergeSignatures,
  noticeOfRequest,
  parseInvitation,
  proposeList,
  proposeRoot,
  readJoinRequest,
  readNotice,
  readProposal,
  signProposal,
  verifyJoinRequest,
  verifyNotice,
} from '../../../src/org/index.ts'
import { fromBase64url, toBase64url } from '../../../src/org/joining/base64url.ts'
import { isLanyardError } from '../../../src/shared/errors.ts'
import { actor, adding, DAY, found, HOUR, MONDAY, newPersonId, newSeed, publish } from './actors.ts'
import { mutate, seededRandom } from './mutate.ts'

/** Tens of thousands of signatures are looked at. */
const provider = createNativeProvider()
const NOW = MONDAY + HOUR
const until = MONDAY + 7 * DAY
const alice = actor('Alice')
const bob = actor('Bob')
const emma = actor('Emma')
const { trusted: first, adminSeed, rootSeed } = found(alice)
const trusted = publish(first, adding(emma), [adminSeed])
const organisation = trusted.organisationId

const invitation = createInvitation(
  provider,
  {
    organisation,
    organisationName: trusted.root.name,
    personId: newPersonId(),
    name: 'Bob',
    title: 'Accountant',
    department: 'Finance',
    email: 'bob@harbour.example',
    phone: '',
    via: [{ device: alice.device.id, name: 'Alice', addresses: ['/ip4/192.0.2.7/tcp/40123'] }],
    issued: MONDAY,
    expires: until,
  },
  createSigner(provider, alice.keys.sig),
)
const request = createJoinRequest(provider, invitation, { keys: bob.keys, deviceName: "Bob's PC", now: NOW })
const { invitationId } = readJoinRequest(provider, request)
const seeds = { contacts: newSeed(), freshness: newSeed(), root: newSeed() }
const offer = makeKeyOffer(provider, { organisation, personId: emma.personId, offeredAt: NOW, until, seeds }, emma.keys)
if (offer.kind !== 'key-offer') throw new Error('Emma offers keys')
const statement = { organisation, invitation: invitationId, issued: NOW, until }
const notices = [
  noticeOfRequest(provider, request),
  makeWithdrawal(provider, statement, alice.keys),
  makeDecline(provider, { ...statement, device: bob.device.id }, alice.keys),
  offer,
  makeOfferWithdrawal(provider, { organisation, personId: emma.personId, issued: NOW, until }, emma.keys),
].map(({ bytes }) => bytes)
const proposals = [
  signProposal(
    provider,
    trusted,
    proposeList(provider, trusted, { edits: adding(bob) }, alice.personId, NOW),
    adminSeed,
  ),
  signProposal(
    provider,
    trusted,
    proposeRoot(provider, trusted, { add: [offer.offer] }, alice.personId, NOW),
    rootSeed,
  ),
]

/** What reading answers; undefined where it refuses by name. Anything else that it throws fails the test. */
const orRefused = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    if (isLanyardError(error)) return undefined
    throw error
  }
}

/** Each document in turn, mixed with the others. */
const mutations = function* (documents: readonly Uint8Array[], count: number, seed: number) {
  const random = seededRandom(seed)
  for (let run = 0; run < count; run++) {
    const bytes = documents[run % documents.length] as Uint8Array
    const changed = mutate(bytes, random, documents)
    if (!documents.some(document => equalBytes(document, changed))) yield { run, bytes, changed }
  }
}

const verify = (notice: Uint8Array) => verifyNotice(provider, trusted, readNotice(provider, notice), NOW)
const verifyRequest = (bytes: Uint8Array) => verifyJoinRequest(provider, trusted, readJoinRequest(provider, bytes), NOW)

test('the documents that are mutated here are good as they are', () => {
  for (const notice of notices) verify(notice)
  verifyRequest(request)
  expect(proposals.map(proposal => checkProposal(provider, trusted, proposal).isComplete)).toEqual([true, true])
})

test('3,000 mutated notices: none passes, none crashes', () => {
  for (const { run, changed } of mutations(notices, 3_000, 1)) {
    const passed = orRefused(() => {
      verify(changed)
      return true
    })
    expect(passed, `mutation ${run}`).toBeUndefined()
  }
})

test('2,000 mutated requests: none passes, none crashes', () => {
  const others = createJoinRequest(provider, invitation, { keys: emma.keys, deviceName: 'PC', now: NOW })
  for (const { run, changed } of mutations([request, others], 2_000, 2)) {
    const passed = orRefused(() => {
      verifyRequest(changed)
      return true
    })
    expect(passed, `mutation ${run}`).toBeUndefined()
  }
})

test('3,000 mutated proposals: none changes anything else, or counts a signature that nobody made', () => {
  const originals = proposals.map(proposal => checkProposal(provider, trusted, proposal))
  for (const { run, changed } of mutations(proposals.map(encodeProposal), 3_000, 3)) {
    const read = orRefused(() => readProposal(changed))
    if (read === undefined) continue
    const checked = orRefused(() => checkProposal(provider, trusted, mergeSignatures(provider, trusted, read, read)))
    // another document is another proposal, under which no signature stands; in the same one only what nobody vouches for
    // can differ: who is said to have proposed it, and when
    const original = originals.find(({ id }) => id === checked?.id)
    if (checked !== undefined && original === undefined) expect(checked.signed, `mutation ${run}`).toEqual([])
    if (checked !== undefined && original !== undefined) {
      expect(checked.changes, `mutation ${run}`).toEqual(original.changes)
      expect(original.signed, `mutation ${run}`).toEqual(expect.arrayContaining([...checked.signed]))
    }
    const result = orRefused(() => completeProposal(provider, trusted, read, NOW))
    if (result?.kind === 'updated') expect(original, `mutation ${run}`).toBeDefined()
  }
})

test('3,000 mutated files, answers and bundles of notices are read or refused, and never crash', () => {
  const files = [
    encodeFile('bundle', encodeBundle(trusted)),
    encodeFile('notices', encodeNotices(notices.map(bytes => ({ bytes })))),
    encodeFile('invitation', new TextEncoder().encode(encodeInvitation(provider, invitation))),
    encodeJoinAnswer({ kind: 'approved', bundle: encodeBundle(trusted) }),
    encodeJoinAnswer({ kind: 'refused', code: 'invitation-used' }),
  ]
  let refused = 0
  for (const { changed } of mutations(files, 3_000, 4)) {
    const file = orRefused(() => decodeFile(changed))
    if (file === undefined) refused += 1
    if (file?.kind === 'notices') orRefused(() => decodeNotices(file.payload))
    orRefused(() => decodeJoinAnswer(changed))
  }
  expect(refused).toBeGreaterThan(1_500)
})

test('2,000 mutated invitations, each with a checksum that fits: read as what they say, or refused', () => {
  const link = encodeInvitation(provider, invitation)
  const prefix = 'lanyard:join/'
  const payload = fromBase64url(link.slice(prefix.length))?.slice(0, -4)
  if (payload === undefined) throw new Error('the link is base64url')
  let refused = 0
  for (const { run, changed } of mutations([payload], 2_000, 5)) {
    const checksum = provider.sha256(concatBytes(utf8('lanyard/invitation/1\0'), changed)).subarray(0, 4)
    const read = orRefused(() => parseInvitation(provider, prefix + toBase64url(concatBytes(changed, checksum))))
    if (read === undefined) refused += 1
    else expect(provider.ed25519PublicKey(read.secret), `mutation ${run}`).toEqual(read.key)
  }
  expect(refused).toBeGreaterThan(1_000)
})
