import type { DraftTarget, StagedDraft } from '../../shared/contract/administration-entities.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { GroupId, PersonId } from '../../shared/ids.ts'

type DraftOf<K> = Extract<StagedDraft, { kind: K }>

/** What is staged of one thing: a change that gives some of it builds on that, and undoes nothing. Null for nothing. */
const ask = async <T extends DraftTarget>(engine: EngineClient, target: T): Promise<DraftOf<T['kind']> | null> => {
  const { draft } = await engine.call('changes.draft', target)
  return draft?.kind === target.kind ? (draft as DraftOf<T['kind']>) : null
}

export const stagedPerson = (engine: EngineClient, personId: PersonId) => ask(engine, { kind: 'person', personId })
export const stagedGroup = (engine: EngineClient, groupId: GroupId) => ask(engine, { kind: 'group', groupId })
export const stagedPolicy = (engine: EngineClient) => ask(engine, { kind: 'policy' })
