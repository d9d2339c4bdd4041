/**
 * Builds everything that runs into `out/`:
 *
 *   out/renderer            the page, from src/renderer/index.html
 *   out/engine/process.mjs  the engine's own process
 *   out/browser/index.mjs   the browser shell with the engine inside
 *   out/cli/index.mjs       the lanyard command with the engine inside
 *   out/main/index.cjs      Electron's main process (the engine as a chunk that only macOS loads)
 *   out/main/preload.cjs    the preload; sandboxed preloads cannot be ES modules
 *
 * `node scripts/build.mjs --if-stale` does nothing when no source has changed since the last build.
 */
import './node-version.mjs'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'out')
/** Where a build grows; it takes the place of the last one only when it is whole. */
const unfinished = join(root, '.cache', `build-${process.pid}`)
const stampFile = join(out, 'stamp')

/** Native code cannot be bundled: it stays in node_modules, and electron-builder.yml packs it from there. */
const NATIVE = ['better-sqlite3-multiple-ciphers']
/** `ws` tries these two for speed and lives without them. */
const OPTIONAL = ['bufferutil', 'utf-8-validate']
const EXTERNAL = ['electron', ...NATIVE, ...OPTIONAL, ...builtinModules, /^node:/]

const filesUnder = async folder => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

/** A hash over the names, sizes and times of whatever the result depends on. */
export const sourceStamp = async () => {
  const files = [
    ...(await filesUnder(join(root, 'src'))),
    ...['package.json', 'package-lock.json', 'scripts/build.mjs'].map(name => join(root, name)),
  ].sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = await stat(file)
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const isFresh = async () => existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === (await sourceStamp())

/** One entry for Node or Electron, with all of its JavaScript dependencies inside. */
const nodeBundle = ({ entry, folder, file, format }) => ({
  configFile: false,
  root,
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, entry),
    outDir: join(unfinished, folder),
    emptyOutDir: false,
    // Node 18 is inside the oldest Electron in which the shell is looked at; the engine has Node 24.
    target: format === 'cjs' ? 'node18' : 'node22',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external: EXTERNAL,
      output: { format, entryFileNames: file, chunkFileNames: `[name]-[hash]${format === 'cjs' ? '.cjs' : '.mjs'}` },
    },
  },
})

const rendererBundle = react => ({
  configFile: false,
  root: join(root, 'src/renderer'),
  // Relative, so that the same page works under app:// and under http://127.0.0.1.
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: join(unfinished, 'renderer'),
    emptyOutDir: false,
    target: 'chrome114',
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
})

const ENTRIES = [
  { entry: 'src/engine/process.ts', folder: 'engine', file: 'process.mjs', format: 'es' },
  { entry: 'src/browser/index.ts', folder: 'browser', file: 'index.mjs', format: 'es' },
  { entry: 'src/cli/index.ts', folder: 'cli', file: 'index.mjs', format: 'es' },
  { entry: 'src/main/index.ts', folder: 'main', file: 'index.cjs', format: 'cjs' },
  { entry: 'src/main/preload.ts', folder: 'main', file: 'preload.cjs', format: 'cjs' },
]

/** @param {{ifStale?: boolean}} options @returns {Promise<boolean>} whether anything had to be built */
export const build = async ({ ifStale = false } = {}) => {
  if (ifStale && (await isFresh())) return false
  const [vite, { default: react }, stamp] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-react'),
    sourceStamp(),
  ])
  await mkdir(unfinished, { recursive: true })
  try {
    await Promise.all([rendererBundle(react), ...ENTRIES.map(nodeBundle)].map(config => vite.build(config)))
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
  await writeFile(join(unfinished, 'stamp'), stamp)
  const last = `${unfinished}-last`
  if (existsSync(out)) await rename(out, last)
  await rename(unfinished, out)
  await rm(last, { recursive: true, force: true })
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now()
  const built = await build({ ifStale: process.argv.includes('--if-stale') })
  console.log(built ? `Built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'Nothing has changed')
}
