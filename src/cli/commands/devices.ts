import { type Command, Option } from 'commander'
import type { DeviceState } from '../../shared/contract/administration-entities.ts'
import type { Edit, RemovalReason } from '../../shared/contract/edits.ts'
import type { EngineClient, EngineInput, EngineOutput } from '../../shared/contract/engine.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_DEVICE_PAGE } from '../../shared/limits.ts'
import type { Act } from '../context.ts'
import { findById } from '../find.ts'
import { counted, table } from '../print/table.ts'
import { momentOrNever } from '../print/time.ts'
import { reasonOption, withSigning } from './options.ts'
import { type SignOptions, stageEdits } from './signing.ts'

type Show = EngineInput<'devices.page'>['show']

const readDevices = async (engine: EngineClient, show: Show) => {
  const devices: DeviceState[] = []
  let after: DeviceId | null = null
  for (;;) {
    const page: EngineOutput<'devices.page'> = await engine.call('devices.page', {
      show,
      after,
      limit: MAX_DEVICE_PAGE,
    })
    devices.push(...page.devices)
    if (page.next === null) return { devices, counts: page.counts }
    after = page.next
  }
}

const devicesTable = (devices: readonly DeviceState[]) =>
  table(
    ['ID', 'PERSON', 'DEVICE', 'LIST', 'SEEN'],
    devices.map(({ id, name, deviceName, listVersion, seenAt, isOnline, isThisDevice }) => [
      id.slice(0, 16),
      name,
      deviceName,
      listVersion === null ? '?' : String(listVersion),
      isThisDevice ? 'this device' : isOnline ? 'online' : momentOrNever(seenAt),
    ]),
  )

export const addDeviceCommands = (program: Command, act: Act): void => {
  const devices = program.command('devices').description('the devices on the contact list')

  devices
    .command('list')
    .description('which device has which version of the list, and when it was seen, as far as this profile knows')
    .addOption(new Option('--show <which>').choices(['all', 'behind', 'unseen']).default('all'))
    .action(
      act(({ withEngine }, { show }: { show: Show }) =>
        withEngine(async engine => {
          const found = await readDevices(engine, show)
          const { all, upToDate, behind, unseen } = found.counts
          const summary = `${counted(all, 'device')}: ${upToDate} up to date, ${behind} behind, ${unseen} not seen for long`
          return { json: found, text: `${devicesTable(found.devices)}\n${summary}` }
        }),
      ),
    )

  withSigning(
    devices
      .command('remove <device...>')
      .description('take devices off the list; named by id or its first digits')
      .addOption(reasonOption().makeOptionMandatory()),
  ).action(
    act((context, ids: string[], options: SignOptions & { reason: RemovalReason }) =>
      context.withEngine(async engine => {
        const { devices: all } = await readDevices(engine, 'all')
        const found = ids.map(id => findById(all, id, 'bad-input'))
        const edits = found.map(({ id }): Edit => ({ kind: 'remove-device', deviceId: id, reason: options.reason }))
        return stageEdits(context, engine, edits, options)
      }),
    ),
  )
}
