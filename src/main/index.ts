import { join } from 'node:path'
import { app } from 'electron'
import { invocationAmong } from '../cli/invocation.ts'
import { runCommand } from './command.ts'
import { openDesktop } from './desktop.ts'
import { givenArguments } from './given-arguments.ts'
import { readOptions } from './options.ts'

const options = readOptions(process.platform, process.env, app.isPackaged)
const root = app.getAppPath()
const places = { out: join(root, 'out'), resources: join(root, 'resources') }

const invocation = invocationAmong(givenArguments(process.argv, process.defaultApp === true))
if (invocation === undefined) openDesktop(options, places)
else runCommand(invocation, options, places)
