import { expect, test } from 'vitest'
import { givenArguments } from '../../../src/main/given-arguments.ts'

test('an installed app is given all but its own path', () => {
  expect(givenArguments(['/opt/Lanyard/lanyard', 'org', 'show'], false)).toEqual(['org', 'show'])
  expect(givenArguments(['/opt/Lanyard/lanyard'], false)).toEqual([])
})

test('a bare Electron is given the path of the app as well', () => {
  expect(givenArguments(['electron', '.', 'org', 'show'], true)).toEqual(['org', 'show'])
  expect(givenArguments(['electron', '--no-sandbox', '.', 'org', '.'], true)).toEqual(['--no-sandbox', 'org', '.'])
  expect(givenArguments(['electron', '.'], true)).toEqual([])
})
