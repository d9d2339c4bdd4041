import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes, fromHex, toHex } from '../../../src/crypto/index.ts'
import { hashLeaves, merkleRoot } from '../../../src/org/documents/merkle.ts'
import { provider } from './actors.ts'

const rootOf = (leaves: readonly Uint8Array[]) => merkleRoot(provider, hashLeaves(provider, leaves))
const prefixed = (prefix: number, ...parts: readonly Uint8Array[]) =>
  provider.sha256(concatBytes(new Uint8Array([prefix]), ...parts))

/** RFC 9162 section 2.1.1, word for word. */
const asTheRfcSays = (leaves: readonly Uint8Array[]): Uint8Array => {
  const [first, ...others] = leaves
  if (first === undefined) return provider.sha256(new Uint8Array())
  if (others.length === 0) return prefixed(0, first)
  let split = 1
  while (2 * split < leaves.length) split *= 2
  return prefixed(1, asTheRfcSays(leaves.slice(0, split)), asTheRfcSays(leaves.slice(split)))
}

/** Inputs and roots of the reference tests of google/certificate-transparency (Apache-2.0), merkletree/merkle_tree_test.cc. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test.each(roots.map((root, count) => [count, root] as const))('%i entries: the reference root', (count, root) => {
  expect(toHex(rootOf(inputs.slice(0, count).map(fromHex)))).toBe(root)
})

test('any number of entries: as the RFC says', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 40 }), leaves => {
      expect(toHex(rootOf(leaves))).toBe(toHex(asTheRfcSays(leaves)))
    }),
  )
})

test('two entries do not pass for the node above them', () => {
  const [a, b] = [new Uint8Array([1]), new Uint8Array([2])]
  const node = concatBytes(prefixed(0, a), prefixed(0, b))
  expect(toHex(rootOf([node]))).not.toBe(toHex(rootOf([a, b])))
})

test('an entry changed, moved, added or left out gives another root', () => {
  const bytes = fc.uint8Array({ maxLength: 20 })
  const leaves = fc.uniqueArray(bytes, { minLength: 2, maxLength: 20, selector: toHex })
  fc.assert(
    fc.property(leaves, fc.nat(), bytes, (leaves, place, other) => {
      const root = toHex(rootOf(leaves))
      const at = place % leaves.length
      const next = (at + 1) % leaves.length
      const moved = leaves.map((leaf, i) => leaves[i === at ? next : i === next ? at : i] ?? leaf)
      for (const changed of [leaves.toSpliced(at, 1), leaves.toSpliced(at, 0, other), moved])
        expect(toHex(rootOf(changed))).not.toBe(root)
    }),
  )
})
