import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const fields = z.record(z.string(), z.unknown())

const file = z.object({
  numberOfTests: z.number(),
  testGroups: z.array(z.looseObject({ tests: z.array(fields) })),
})

/** One case of a Wycheproof file together with the fields of its group. */
export interface VectorCase {
  readonly id: string
  /** `valid`, `invalid` or `acceptable`. */
  readonly result: string
  bytes(field: string): Uint8Array
  number(field: string): number
}

/** All cases of `test/vectors/wycheproof-<name>_test.json`. */
export const wycheproof = (name: string): readonly VectorCase[] => {
  const path = new URL(`../vectors/wycheproof-${name}_test.json`, import.meta.url)
  const { numberOfTests, testGroups } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  const cases = testGroups.flatMap(({ tests, ...group }) => tests.map(one => toCase({ ...group, ...one })))
  if (cases.length !== numberOfTests) throw new Error(`${name}: ${cases.length} cases where ${numberOfTests} are told`)
  return cases
}

const toCase = (values: Record<string, unknown>): VectorCase => ({
  id: `tcId ${String(values.tcId)}: ${String(values.comment ?? values.flags)}`,
  result: String(values.result),
  bytes: field => Uint8Array.from(Buffer.from(z.string().parse(at(values, field)), 'hex')),
  number: field => z.number().parse(values[field]),
})

/** `publicKey.pk` reaches into a nested object. */
const at = (values: Record<string, unknown>, field: string): unknown =>
  field.split('.').reduce<unknown>((value, name) => fields.parse(value)[name], values)
