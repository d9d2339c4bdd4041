import type { InspectedFile } from '../../engine/index.ts'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { readBytes } from '../files.ts'
import { loadEngine } from '../load-engine.ts'

/** Bytes: room for the container around the largest bundle. */
const MAX_FILE_BYTES = MAX_BUNDLE_BYTES + 1_024

export const readLanyardFile = (file: string): Uint8Array<ArrayBuffer> => readBytes(file, MAX_FILE_BYTES)

export const inspect = async (bytes: Uint8Array, id: OrganisationId | null, now: number): Promise<InspectedFile> =>
  (await loadEngine()).inspectFile(bytes, { organisationId: id, now })

export const exportBundle = async (engine: EngineClient) => (await engine.call('file.export', { what: 'bundle' })).bytes
