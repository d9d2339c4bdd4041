import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { toHex } from '../../../src/crypto/index.ts'
import { decodeFile } from '../../../src/org/documents/file.ts'
import { listStatus, trustFirstBundle } from '../../../src/org/index.ts'
import { EXAMPLE_NOW, makeExample } from '../../fixtures/make-example.ts'
import { provider } from './actors.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const script = fileURLToPath(new URL('../../../docs/verify-bundle.py', import.meta.url))
const { file, expected, trusted } = makeExample()

describe('the example organisation in test/fixtures', () => {
  test('is what Lanyard writes today', () => {
    // after a change of format: node test/fixtures/make-example.ts
    expect(toHex(readFileSync(fixture('example.lanyard')))).toBe(toHex(file))
    expect(JSON.parse(readFileSync(fixture('example.expected.json'), 'utf8'))).toEqual(expected)
  })

  test('has a rotated root, a list of two of three, a group, a tombstone and a statement', () => {
    const { kind, payload } = decodeFile(file)
    expect(kind).toBe('bundle')
    const read = trustFirstBundle(provider, trusted.organisationId, payload, EXAMPLE_NOW)
    expect([read.root.version, read.list.header.version]).toEqual([2, 3])
    expect([read.people.size, read.groups.size, read.tombstones.size]).toEqual([3, 1, 1])
    expect(read.list.signed.signatures).toHaveLength(2)
    expect(read.freshness?.value.listVersion).toBe(3)
    expect(listStatus(read, EXAMPLE_NOW).freshness).toBe('fresh')
  })
})

/** Runs the script's `main` for each of many files in one process: to start Python a hundred times takes a minute. */
const EACH = `
import contextlib, importlib.util, io, json, sys
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('verify_bundle', sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
verdicts = []
for path in sys.argv[4:]:
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        status = script.main([path, sys.argv[2], sys.argv[3]])
    verdicts.append([status, said.getvalue()])
print(json.dumps(verdicts))
`

/** The first of the two commands that is not here, or too old to verify Ed25519. */
const missing =
  spawnSync('python3', ['--version']).status !== 0
    ? 'python3'
    : !String(spawnSync('openssl', ['pkeyutl', '-help'], { encoding: 'utf8' }).stderr).includes('-rawin')
      ? 'openssl 3'
      : null

describe.skipIf(missing !== null)(
  `docs/verify-bundle.py${missing === null ? '' : ` (skipped: no ${missing} here)`}`,
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'lanyard-verify-'))
    afterAll(() => rmSync(folder, { recursive: true }))

    const verify = (bytes: Uint8Array, organisation: string, now = EXAMPLE_NOW) => {
      const path = join(folder, 'bundle.lanyard')
      writeFileSync(path, bytes)
      const { status, stdout, stderr } = spawnSync('python3', [script, path, organisation, String(now)], {
        encoding: 'utf8',
      })
      return { status, stdout, stderr }
    }
    const { organisationId } = trusted

    test('comes to the same result with the tools of another language', () => {
      const { status, stdout, stderr } = verify(file, organisationId)
      expect(stderr).toBe('')
      expect(status).toBe(0)
      expect(JSON.parse(stdout)).toEqual(expected)
    })

    test('tells a list that nobody vouches for, and one that has run out', () => {
      const at = (now: number) => (JSON.parse(verify(file, organisationId, now).stdout) as typeof expected).status
      expect(at(EXAMPLE_NOW + 8 * 86_400_000)).toBe('stale')
      expect(at(EXAMPLE_NOW + 366 * 86_400_000)).toBe('expired')
    })

    test('refuses another organisation, a root that has run out, and what is no bundle', () => {
      expect(verify(file, '00'.repeat(32))).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('wrong-organisation'),
      })
      expect(verify(file, organisationId, EXAMPLE_NOW + 4_000 * 86_400_000).stderr).toContain('root-expired')
      expect(verify(file, organisationId, EXAMPLE_NOW - 86_400_000).stderr).toContain('issued-in-future')
      expect(verify(new Uint8Array([0x80]), organisationId).stderr).toContain('malformed')
      expect(verify(new Uint8Array(), organisationId).stderr).toContain('malformed')
    })

    /** Where some bytes stand in the file. */
    const placeOf = (part: Uint8Array): number => Buffer.from(file).indexOf(part)
    const [firstRoot, secondRoot] = trusted.roots
    const signatureOf = (signed: typeof firstRoot, which = 0) =>
      signed?.signatures[which]?.signature ?? new Uint8Array()
    const parts: Readonly<Record<string, Uint8Array>> = {
      'the first root': firstRoot?.document ?? new Uint8Array(),
      'its signature': signatureOf(firstRoot),
      'the second root': secondRoot?.document ?? new Uint8Array(),
      'the signature of the second': signatureOf(secondRoot),
      'the header': trusted.list.signed.document,
      'one administrator’s signature': signatureOf(trusted.list.signed),
      'the other’s': signatureOf(trusted.list.signed, 1),
      'the first entry': trusted.leaves[0]?.bytes ?? new Uint8Array(),
      'the tombstone': trusted.leaves.at(-1)?.bytes ?? new Uint8Array(),
      'the policy': trusted.policy.bytes,
      'the statement': trusted.freshness?.signed.document ?? new Uint8Array(),
      'the statement’s signature': signatureOf(trusted.freshness?.signed),
    }

    test('refuses a changed bit wherever something is said or signed', () => {
      const changes = Object.entries(parts).flatMap(([name, part]) => {
        const at = placeOf(part)
        expect(at, name).toBeGreaterThan(0)
        // near the front, in the middle, and at the end
        return [at + 1, at + (part.length >> 1), at + part.length - 1].map(place => ({ name, place }))
      })
      const paths = changes.map(({ place }) => {
        const changed = file.slice()
        changed[place] = (changed[place] ?? 0) ^ 1
        const path = join(folder, `changed-${place}.lanyard`)
        writeFileSync(path, changed)
        return path
      })
      const args = ['-c', EACH, script, organisationId, String(EXAMPLE_NOW), ...paths]
      const { stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' })
      expect(stderr).toBe('')
      const verdicts = JSON.parse(stdout) as readonly (readonly [status: number, message: string])[]
      expect(verdicts).toHaveLength(changes.length)
      for (const [i, { name }] of changes.entries())
        expect(verdicts[i], name).toEqual([1, expect.stringMatching(/^refused: /)])
    })

    test('refuses a file that is cut off or longer', () => {
      expect(verify(file.slice(0, -1), organisationId).status).toBe(1)
      expect(verify(new Uint8Array([...file, 0]), organisationId).status).toBe(1)
    })
  },
)
