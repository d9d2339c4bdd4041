import { type SafetyNumberPerson, safetyNumber } from '../crypto/index.ts'
import type { EngineContract } from '../shared/contract/engine.ts'
import { LanyardError } from '../shared/errors.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Handlers } from '../shared/rpc/server.ts'
import { createAdministrationApi } from './administration/api.ts'
import { ensureConversation, findConversationRow } from './conversations/conversation-rows.ts'
import { directConversationId } from './conversations/direct-id.ts'
import { readPage } from './conversations/pages.ts'
import { readPerson } from './conversations/person-rows.ts'
import type { EngineCore } from './engine-core.ts'
import { expectAdministrator, expectListed, expectMember, expectSession } from './expect.ts'
import type { Member } from './member.ts'

const safetyPersonOf = ({ membership }: Member, id: PersonId): SafetyNumberPerson => {
  const person = membership.trusted().people.get(id)
  if (person === undefined) throw new LanyardError('person-unknown', 'Nobody on the list has this id')
  return { personId: id, devices: person.devices }
}

/** The calls of the engine contract, each as thin as can be: what they mean is said there, who does it is found here. */
export const createApi = (core: EngineCore): Handlers<EngineContract> => ({
  'status.get': () => core.status(),

  'profile.create': async ({ passphrase }) => {
    await core.createProfile(passphrase)
    return {}
  },
  'profile.unlock': async ({ passphrase }) => {
    await core.unlock(passphrase)
    return {}
  },
  'profile.lock': async () => {
    await core.lock()
    return {}
  },
  'profile.setAside': ({ passphrase }) => core.setAside(passphrase),
  'profile.cacheKey': () => ({ key: core.cacheKey() }),

  'organisation.found': async input => {
    await expectSession(core).found({ ...input, deviceName: core.deviceName })
    return {}
  },
  'recovery.words': () => ({ words: [...expectMember(core).recovery.words()] }),
  'recovery.confirm': async () => {
    await expectMember(core).recovery.confirm()
    return {}
  },
  'admin.unlock': async ({ passphrase }) => {
    await expectListed(core).adminKey.unlock(passphrase)
    return {}
  },
  'admin.lock': () => {
    expectMember(core).adminKey.lock()
    return {}
  },
  'invitation.create': input => expectAdministrator(core).invitations.create(input),
  'invitation.withdraw': async ({ id }) => {
    await expectAdministrator(core).invitations.withdraw(id)
    return {}
  },
  'request.approve': async seen => {
    await expectAdministrator(core).requests.approve(seen)
    return {}
  },
  'request.decline': async ({ id }) => {
    await expectAdministrator(core).requests.decline(id)
    return {}
  },

  ...createAdministrationApi(core),

  'join.preview': ({ link }) => core.previewInvitation(link),
  'join.start': async ({ link, deviceName }) => {
    await expectSession(core).join(link, deviceName)
    return {}
  },
  'join.cancel': async () => {
    await expectSession(core).cancelJoin()
    return {}
  },

  'conversation.open': async ({ personId }) => {
    const { store } = expectSession(core)
    const { membership } = expectMember(core)
    if (readPerson(store, personId) === null || personId === membership.self.personId)
      throw new LanyardError('person-unknown', 'There is no such colleague')
    const id = directConversationId(core.provider, membership.self.personId, personId)
    // one that is there opens on a full disk too, and while others' writes fail
    if (findConversationRow(store, id) === undefined)
      await store.write(tx => ensureConversation(tx, { id, personId, now: core.now() }))
    return { id }
  },
  'conversation.markRead': async ({ id, upTo }) => {
    await expectMember(core).delivery.markRead(id, upTo)
    return {}
  },
  'message.send': async input => {
    const { delivery, lease } = expectListed(core)
    lease.assertLasts()
    return { message: await delivery.send(input) }
  },
  'message.cancel': async ({ id }) => {
    await expectMember(core).delivery.cancel(id)
    return {}
  },
  'message.page': input => {
    const { store, member } = expectSession(core)
    member()?.lease.assertLasts()
    return readPage(store, input)
  },

  'person.safetyNumber': ({ personId }) => {
    const member = expectMember(core)
    const own = safetyPersonOf(member, member.membership.self.personId)
    return { digits: safetyNumber(core.provider, own, safetyPersonOf(member, personId)).split(' ') }
  },

  'feed.pull': ({ after }) => expectSession(core).feed.pull(after),
  'network.refresh': async () => {
    await expectSession(core).refreshNetwork()
    return {}
  },
})
