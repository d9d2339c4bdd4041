import type { AdministrationCall, EngineContract } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { EngineCore } from '../engine-core.ts'
import { expectAdministrator, expectMember } from '../expect.ts'
import { toldPolicyOf } from './staged-plan.ts'

const missing = (): never => {
  throw new LanyardError('not-supported', 'This call is being built')
}

/** What administrators do, and what every member may read of it. */
export const createAdministrationApi = (core: EngineCore): Pick<Handlers<EngineContract>, AdministrationCall> => ({
  'changes.stage': async ({ edits }) => ({
    people: await expectAdministrator(core).administration.changes.stage(edits),
  }),
  'changes.get': () => expectAdministrator(core).administration.changes.get(),
  'changes.discard': async ({ ids }) => {
    await expectAdministrator(core).administration.changes.discard(ids)
    return {}
  },
  'changes.sign': () => expectAdministrator(core).administration.changes.sign(),
  'proposal.sign': missing,
  'proposal.drop': missing,
  'policy.get': () => toldPolicyOf(expectMember(core).membership.trusted().policy.value),
  'people.preview': missing,
  'people.import': missing,
  'people.export': missing,
  'photo.get': missing,
  'invitation.createFor': missing,
  'invitation.link': missing,
  'administrators.get': missing,
  'administrators.offer': missing,
  'administrators.withdrawOffer': missing,
  'administrators.change': missing,
  'history.page': missing,
  'devices.page': missing,
  'forks.get': missing,
  'file.export': missing,
  'file.import': missing,
  'file.inspect': missing,
})
