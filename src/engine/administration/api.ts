import type { AdministrationCall, EngineContract } from '../../shared/contract/engine.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { EngineCore } from '../engine-core.ts'
import { expectAdministrator, expectListed, expectMember, expectSession, expectSigner } from '../expect.ts'
import { fileName } from './file-name.ts'
import { draftOf } from './staged-draft.ts'
import { toldPolicyOf } from './staged-plan.ts'
import { tellForks } from './told-forks.ts'

/** What administrators do, and what every member may read of it. */
export const createAdministrationApi = (core: EngineCore): Pick<Handlers<EngineContract>, AdministrationCall> => ({
  'changes.stage': async ({ edits }) => ({
    people: await expectAdministrator(core).administration.staged.stage(edits),
  }),
  'changes.get': () => expectSigner(core).administration.changesPage(),
  'changes.draft': target => {
    const edit = expectSigner(core).administration.staged.find(target)
    return { draft: (edit && draftOf(edit)) ?? null }
  },
  'changes.discard': async ({ ids }) => {
    await expectAdministrator(core).administration.staged.discard(ids)
    return {}
  },
  'changes.sign': () => expectAdministrator(core).administration.changes.sign(),
  'proposal.sign': ({ id, words }) => expectListed(core).administration.changes.signProposal(id, words),
  'proposal.drop': async ({ id }) => {
    await expectListed(core).administration.changes.dropProposal(id)
    return {}
  },
  'policy.get': () => toldPolicyOf(expectMember(core).membership.trusted().policy.value),
  'people.preview': input => expectAdministrator(core).administration.people.preview(input),
  'people.import': input => expectAdministrator(core).administration.people.import(input),
  'people.export': () => {
    const { administration, membership } = expectListed(core)
    return { name: fileName(membership.trusted().root.name, 'csv'), bytes: administration.people.export() }
  },
  'photo.get': ({ hash }) => ({ bytes: expectMember(core).photos.find(hash) }),
  'invitation.createFor': async ({ people, lifetime }) => ({
    invitations: await expectAdministrator(core).invitations.createFor(people, lifetime),
  }),
  'invitation.link': ({ id }) => ({ link: expectAdministrator(core).invitations.link(id) }),
  'administrators.get': () => expectMember(core).administration.administrators.get(),
  'administrators.offer': ({ passphrase }) => expectListed(core).administration.administrators.offer(passphrase),
  'administrators.withdrawOffer': async () => {
    await expectListed(core).administration.administrators.withdrawOffer()
    return {}
  },
  'administrators.change': input => expectListed(core).administration.administrators.change(input),
  'history.page': place => expectMember(core).historyPages.page(place),
  'devices.page': page => expectMember(core).devicesPage(page),
  'forks.get': () => {
    const { membership, administration } = expectMember(core)
    const trusted = membership.trusted()
    return { forks: tellForks(trusted.forks, trusted, administration.nameOf) }
  },
  'file.export': input => expectSession(core).files.export(input),
  'file.import': ({ bytes }) => expectSession(core).files.import(bytes),
  'file.inspect': ({ bytes }) => expectSession(core).files.inspect(bytes),
})
