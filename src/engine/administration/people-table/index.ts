/**
 * Tables of people (CSV) in and out, pure. The calls of the contract are made of it like this:
 *
 *   people.preview  table = readTable(bytes); mapping = given ?? guessMapping(table)
 *                   preview = previewTable(table, mapping, people on the list and staged)
 *                   → { columns: table.columns, mapping, counts: countsOf(preview), rows: tellRows(preview), rowCount: preview.length }
 *   people.import   refuse with `table-has-problems` when countsOf(preview).problem > 0 and problems are not to be left
 *                   out; stage editsOf(preview), `skipped` is countsOf(preview).problem
 *   people.export   exportTable(people on the list)
 *
 * An empty cell empties the field; a field without a column stays as it is.
 */
export { exportTable } from './export-table.ts'
export { guessMapping } from './guess-mapping.ts'
export type { ListedPerson } from './match-people.ts'
export { countsOf, editsOf, type PreviewRow, previewTable, tellRows } from './preview-table.ts'
export { readTable, type Table } from './read-table.ts'
