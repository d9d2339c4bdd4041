import * as fc from 'fast-check'
import type { ListEdit } from '../../../src/org/administration/edit-list.ts'
import type { GroupId } from '../../../src/org/documents/leaf.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import { actor, adding } from './actors.ts'

/** What an administrator might do, told by numbers: which of those on the list it is about depends on the list. */
export type EditScript = readonly { readonly what: number; readonly whom: number; readonly text: string }[]

export const anyEdits: fc.Arbitrary<EditScript> = fc.array(
  fc.record({
    what: fc.nat(6),
    whom: fc.nat(20),
    text: fc.constantFrom('', 'Crane', 'Office', 'Harbour', 'Ship’s cook'),
  }),
  { maxLength: 4 },
)

const pick = <T>(from: Iterable<T>, which: number): T | undefined => {
  const all = [...from]
  return all[which % Math.max(1, all.length)]
}

/** The edits that a script means on this list; each concerns somebody else, so that none is in the way of another. */
export const byHand = (trusted: TrustedState, script: EditScript): readonly ListEdit[] => {
  const touched = new Set<string>()
  return script.flatMap(({ what, whom, text }): readonly ListEdit[] => {
    const person = pick(trusted.people.values(), whom)
    const group = pick(trusted.groups.values(), whom)
    const subject = what < 4 ? person?.personId : group?.groupId
    if (what !== 0 && what !== 4) {
      if (subject === undefined || touched.has(subject)) return []
      touched.add(subject)
    }
    switch (what) {
      case 0:
        return adding(actor(text === '' ? 'Dave' : text))
      case 1:
        if (person === undefined) return []
        return [{ kind: 'put-person', person: { ...withoutDevices(person), title: text, department: text } }]
      case 2:
        return person === undefined ? [] : [{ kind: 'remove-person', personId: person.personId, reason: 'left' }]
      case 3: {
        const device = person?.devices[0]
        return device === undefined ? [] : [{ kind: 'remove-device', deviceId: device.id, reason: 'stolen' }]
      }
      case 4:
        return [
          {
            kind: 'put-group',
            group: {
              groupId: whom.toString(16).padStart(32, '0') as GroupId,
              name: text === '' ? 'Everybody' : text,
              members: [],
              departments: text === '' ? [] : [text],
            },
          },
        ]
      case 5:
        return group === undefined ? [] : [{ kind: 'put-group', group: { ...group, name: `${text} again` } }]
      default:
        return group === undefined ? [] : [{ kind: 'remove-group', groupId: group.groupId }]
    }
  })
}

const withoutDevices = <T extends { readonly devices: unknown }>({ devices: _, ...details }: T) => details
