/**
 * `npm` runs the scripts with the Node of `node_modules/.bin`, the devDependency `node`. Somebody who calls a script
 * with an older Node of their own, or has skipped `npm install`, learns what to do instead of meeting a syntax error.
 * This file itself must run on any Node since 16.
 */
const NEEDED = [22, 12]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Lanyard needs Node ${NEEDED.join('.')} or newer, and this is ${process.versions.node}. ` +
      'Run "npm install" first, then use the npm commands (npm start, npm test): they bring their own Node.',
  )
  process.exit(1)
}
