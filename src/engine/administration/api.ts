import type { AdministrationCall, EngineContract } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { EngineCore } from '../engine-core.ts'

const missing = (): never => {
  throw new LanyardError('not-supported', 'This call is being built')
}

/** What administrators do, and what every member may read of it. */
export const createAdministrationApi = (_core: EngineCore): Pick<Handlers<EngineContract>, AdministrationCall> => ({
  'changes.stage': missing,
  'changes.get': missing,
  'changes.discard': missing,
  'changes.sign': missing,
  'proposal.sign': missing,
  'proposal.drop': missing,
  'policy.get': missing,
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
