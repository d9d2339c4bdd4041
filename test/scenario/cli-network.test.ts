import { expect, test } from 'vitest'
import { ownDiscoveryPort } from '../helpers/actors.ts'
import { createDesk, createOrganisation, MANY_COMMANDS } from '../helpers/lanyard-command.ts'

const stage = { timeout: MANY_COMMANDS }

test('Bob joins over the network while Alice is online for a while, and Ctrl+C ends that cleanly', stage, async () => {
  const alice = createDesk('alice')
  const bob = createDesk('bob')
  await createOrganisation(alice, 'Alice Ahrens')
  const network = ['--discovery', 'loopback', '--discovery-port', String(ownDiscoveryPort())]
  const invited = await alice.lanyard(['invite', '--name', 'Bob Brown', '--json'])
  const link = bob.put('link.txt', invited.json<{ link: string }>().link)

  const online = alice.start(['sync', '--until-news', '--for', '90s', '--json', ...network])
  const join = ['join', link, '--device-name', "Bob's server", '--for', '90s', '--yes', '--json', ...network]
  const joining = bob.start(join)
  expect((await online.done).json()).toMatchObject({ requests: 1 })

  const { requests } = (await alice.lanyard(['requests', 'list', '--json'])).json<{ requests: { words: string[] }[] }>()
  const words = requests[0]?.words.join(' ') ?? ''
  await alice.lanyard(['requests', 'approve', 'Bob Brown', '--words', words])
  const again = alice.start(['sync', '--for', '90s', ...network])
  expect((await joining.done).json()).toMatchObject({ joined: true, name: 'Hafen & Co', version: 2 })
  again.interrupt()
  expect(await again.done).toMatchObject({ exit: 0, out: expect.stringContaining('List 2') })
  const { people } = (await bob.lanyard(['people', 'list', '--json'])).json<{ people: object[] }>()
  expect(people).toMatchObject([{ name: 'Alice Ahrens' }, { name: 'Bob Brown', devices: 1 }])
})
