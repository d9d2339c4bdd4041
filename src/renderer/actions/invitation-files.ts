import { zipSync } from 'fflate'
import type { IssuedInvitation } from '../../shared/contract/administration-entities.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import { fileStem } from '../../shared/file-name.ts'
import type { InvitationId } from '../../shared/ids.ts'
import { t } from '../locales/i18n.ts'
import { csvOf } from '../text/csv.ts'
import { saveFile } from './save-file.ts'

type Call = EngineClient['call']

/** Hands one invitation out as a `.lanyard` file. */
export const saveInvitation = async (call: Call, id: InvitationId): Promise<void> => {
  const { name, bytes } = await call('file.export', { what: 'invitation', id })
  saveFile(name, bytes)
}

/** A name that no file before it has: two people may have the same. */
export const uniqueName = (taken: ReadonlySet<string>, wanted: string): string => {
  const base = fileStem(wanted)
  const isFree = (name: string) => !taken.has(`${name}.lanyard`.toLowerCase())
  let name = base
  for (let number = 2; !isFree(name); number++) name = `${base} (${number})`
  return `${name}.lanyard`
}

/** For a mail merge: who gets which link, and the file that holds the same. */
const TABLE = 'invitations.csv'
const tableHeading = () => [t('field.name'), t('field.email'), t('invite.link'), t('invite.fileColumn')]

/** One file for each person, and a table of all of them, in one zip file. `onDone` tells how many are ready. */
export const saveInvitations = async (
  call: Call,
  invitations: readonly Pick<IssuedInvitation, 'id' | 'name' | 'email' | 'link'>[],
  onDone: (count: number) => void,
): Promise<void> => {
  const files: Record<string, Uint8Array> = {}
  const rows = [tableHeading()]
  const taken = new Set<string>()
  let count = 0
  for (const { id, name, email, link } of invitations) {
    const { bytes } = await call('file.export', { what: 'invitation', id })
    const file = uniqueName(taken, name)
    taken.add(file.toLowerCase())
    files[file] = bytes
    rows.push([name, email, link, file])
    onDone(++count)
  }
  files[TABLE] = csvOf(rows)
  // Signed and random bytes do not get smaller.
  saveFile('lanyard-invitations.zip', zipSync(files, { level: 0 }), 'application/zip')
}
