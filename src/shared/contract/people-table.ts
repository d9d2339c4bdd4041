import * as z from 'zod/mini'

/** Fields of a person that a column of a table can hold. */
export const tableField = z.enum(['id', 'name', 'title', 'department', 'email', 'phone', 'roles'])
export type TableField = z.infer<typeof tableField>

/** Which column (from 0) holds which field; a field that is left out is not in the table. */
export const tableMapping = z.partialRecord(tableField, z.int().check(z.minimum(0), z.maximum(1_000)))
export type TableMapping = z.infer<typeof tableMapping>

/** One row of a table of people, as it would be taken over. */
export const tableRow = z.strictObject({
  /** Counted as spreadsheets do: the heading is row 1. */
  row: z.int().check(z.minimum(1)),
  /** `same`: the list has all of it already. */
  action: z.enum(['add', 'change', 'same', 'problem']),
  name: z.string().check(z.maxLength(400)),
  detail: z.string().check(z.maxLength(800)),
  problems: z.array(
    z.strictObject({
      field: z.nullable(tableField),
      problem: z.enum([
        'missing-name',
        'too-long',
        'not-one-line',
        'unknown-id',
        'same-person-twice',
        'several-people-match',
        'too-many-cells',
        'bad-quotes',
        'bad-email',
      ]),
      /** What stands in the cell, cut where it is long. */
      value: z.string().check(z.maxLength(200)),
    }),
  ),
})
export type TableRow = z.infer<typeof tableRow>
