/**
 * `npm run package`: builds, then makes this platform's installers in dist/ with electron-builder. Further arguments go
 * to electron-builder, e.g. `npm run package -- --linux AppImage` or `-- --dir`.
 *
 *   node scripts/package.mjs --validate     checks the configuration and what it refers to, without building
 */
import './node-version.mjs'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { build } from './build.mjs'
import { writeLinuxPackageScripts } from './linux-package-scripts.mjs'
import { root, run } from './run.mjs'
import { FUSES } from './set-fuses.mjs'

const require = createRequire(import.meta.url)

const ARCHITECTURES = ['x64', 'arm64']

/** The files of one place that a platform adds. Throws for a list of patterns: see electron-builder.yml. */
const filesOfSet = set => {
  if (set.from === undefined) throw new Error('electron-builder.yml: the files of a platform are a set with "from"')
  return set.filter.flatMap(name => ARCHITECTURES.map(arch => join(set.from, name.replace(/\$\{arch\}/, arch))))
}

/** Throws on anything that would only show up while packaging. */
const validate = async () => {
  const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config')
  const { DebugLogger } = require('builder-util')
  const config = await getConfig(root, 'electron-builder.yml', null)
  await validateConfiguration(config, new DebugLogger(false))

  const files = [
    config.afterPack,
    config.win.icon,
    config.mac.icon,
    config.linux.icon,
    config.mac.entitlements,
    config.nsis.include,
    ...[config.deb, config.rpm].flatMap(({ afterInstall, afterRemove }) => [afterInstall, afterRemove]),
    ...[...config.win.extraFiles, ...config.linux.extraFiles].map(({ from }) => from),
    ...config.files.flatMap(({ filter }) => filter).filter(pattern => !/[*!]|^out/.test(pattern)),
    ...[config.win, config.mac, config.linux].flatMap(({ files }) => files.flatMap(filesOfSet)),
  ]
  const missing = files.filter(file => !existsSync(join(root, file)))
  if (missing.length > 0) throw new Error(`electron-builder.yml names files that do not exist: ${missing.join(', ')}`)

  const unset = Object.keys(FuseV1Options).filter(key => /^\d+$/.test(key) && FUSES[key] === undefined)
  if (unset.length > 0) throw new Error(`No word on the fuses ${unset.map(key => FuseV1Options[key]).join(', ')}`)
}

const args = process.argv.slice(2)
await writeLinuxPackageScripts()
await validate()
if (!args.includes('--validate')) {
  await build()
  const { code } = await run('electron-builder', ['--publish', 'never', ...args], { show: true })
  process.exitCode = code
}
