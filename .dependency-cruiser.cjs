/** The import table of ARCHITECTURE.md, enforced. */
const ours = '^src/(crypto|org|p2p|engine|main|browser|cli|renderer)/'
/** What the desktop app has of the command: telling it from the window, and running it. */
const commandFace = '^src/cli/(invocation|run-here|engine-here)\\.ts$'
const nodeBuiltins = { dependencyTypes: ['core'] }

/** Subfolders that build on each other: none imports one that stands after it. */
const inOrder = (folder, subfolders) =>
  subfolders.slice(0, -1).map((subfolder, place) => ({
    name: `${folder.replace('/', '-')}-${subfolder}-imports-what-stands-before-it`,
    severity: 'error',
    from: { path: `^src/${folder}/${subfolder}/` },
    to: { path: `^src/${folder}/(${subfolders.slice(place + 1).join('|')})/` },
  }))

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'shared-imports-nothing-of-ours', severity: 'error', from: { path: '^src/shared/' }, to: { path: ours } },
    {
      name: 'crypto-imports-shared-only',
      severity: 'error',
      from: { path: '^src/crypto/' },
      to: { path: ours, pathNot: '^src/crypto/' },
    },
    {
      name: 'org-imports-crypto-and-shared',
      severity: 'error',
      from: { path: '^src/org/' },
      to: { path: ours, pathNot: '^src/(org|crypto)/' },
    },
    ...inOrder('org', ['documents', 'trust', 'history', 'administration', 'proposals', 'joining', 'notices']),
    ...inOrder('engine/organisation', ['list', 'keys', 'boards', 'joining', 'sync']),
    {
      name: 'p2p-imports-org-crypto-and-shared',
      severity: 'error',
      from: { path: '^src/p2p/' },
      to: { path: ours, pathNot: '^src/(p2p|org|crypto)/' },
    },
    {
      name: 'engine-imports-the-layers-below',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: ours, pathNot: '^src/(engine|p2p|org|crypto)/' },
    },
    {
      name: 'engine-only-through-its-entry',
      severity: 'error',
      from: { path: '^src/(main|browser|cli)/' },
      to: { path: '^src/(engine|p2p|org|crypto)/', pathNot: '^src/engine/index\\.ts$' },
    },
    {
      name: 'renderer-imports-shared-only',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: ours, pathNot: '^src/renderer/' },
    },
    {
      name: 'shells-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/(main|browser|cli)/' },
      to: { path: '^src/(main|browser|cli|renderer)/', pathNot: ['^src/$1/', commandFace] },
    },
    {
      name: 'command-is-built-into-the-desktop-app-alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|cli)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'preload-imports-shared-and-electron',
      severity: 'error',
      from: { path: '^src/main/preload\\.ts$' },
      to: { pathNot: '^(src/shared/|electron$|node_modules/electron/)' },
    },
    {
      name: 'no-node-builtins-in-pure-code',
      severity: 'error',
      from: { path: '^src/(shared|crypto|org|renderer)/' },
      to: nodeBuiltins,
    },
    {
      name: 'engine-is-plain-node',
      severity: 'error',
      from: { path: '^src/(shared|crypto|org|p2p|engine|browser|cli)/' },
      to: { path: '(^electron$|node_modules/electron/)' },
    },
    {
      name: 'src-does-not-import-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'],
    },
  },
}
