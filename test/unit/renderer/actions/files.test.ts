import { describe, expect, test } from 'vitest'
import { uniqueName } from '../../../../src/renderer/actions/invitation-files.ts'
import { readFile } from '../../../../src/renderer/actions/read-file.ts'

describe('names of files', () => {
  test('two people of one name get two files, whatever case the disk ignores', () => {
    const taken = new Set<string>()
    const names = ['Anna Laine', 'anna laine', 'Anna Laine'].map(name => {
      const unique = uniqueName(taken, name)
      taken.add(unique.toLowerCase())
      return unique
    })
    expect(names).toEqual(['Anna Laine.lanyard', 'anna laine (2).lanyard', 'Anna Laine (3).lanyard'])
  })
})

describe('reading a file', () => {
  test('gives its bytes', async () => {
    const file = new File([new Uint8Array([1, 2, 3])], 'list.lanyard')
    expect(await readFile(file, 3)).toEqual({ name: 'list.lanyard', bytes: new Uint8Array([1, 2, 3]) })
  })
  test('refuses one that is too large before it is read', async () => {
    await expect(readFile(new File([new Uint8Array(4)], 'x'), 3)).rejects.toMatchObject({ code: 'document-too-large' })
  })
})
