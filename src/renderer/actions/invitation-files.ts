import { zipSync } from 'fflate'
import type { IssuedInvitation } from '../../shared/contract/administration-entities.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { InvitationId } from '../../shared/ids.ts'
import { plainFileName, saveFile } from './save-file.ts'

type Call = EngineClient['call']

/** Hands one invitation out as a `.lanyard` file. */
export const saveInvitation = async (call: Call, id: InvitationId): Promise<void> => {
  const { name, bytes } = await call('file.export', { what: 'invitation', id })
  saveFile(name, bytes)
}

/** A name that no file before it has: two people may have the same. */
export const uniqueName = (taken: ReadonlySet<string>, wanted: string): string => {
  const base = plainFileName(wanted)
  const isFree = (name: string) => !taken.has(`${name}.lanyard`.toLowerCase())
  let name = base
  for (let number = 2; !isFree(name); number++) name = `${base} (${number})`
  return `${name}.lanyard`
}

/** One file for each person, in one zip file. `onDone` tells how many are ready. */
export const saveInvitations = async (
  call: Call,
  invitations: readonly Pick<IssuedInvitation, 'id' | 'name'>[],
  onDone: (count: number) => void,
): Promise<void> => {
  const files: Record<string, Uint8Array> = {}
  const taken = new Set<string>()
  let count = 0
  for (const { id, name } of invitations) {
    const { bytes } = await call('file.export', { what: 'invitation', id })
    const file = uniqueName(taken, name)
    taken.add(file.toLowerCase())
    files[file] = bytes
    onDone(++count)
  }
  // Signed and random bytes do not get smaller.
  saveFile('lanyard-invitations.zip', zipSync(files, { level: 0 }), 'application/zip')
}
