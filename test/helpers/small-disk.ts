import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Why a disk of its own cannot be made here, or null. */
export const smallDiskImpossible: string | null =
  process.platform !== 'linux' ? 'needs Linux' : process.getuid?.() !== 0 ? 'needs root to mount a tmpfs' : null

export interface SmallDisk {
  folder: string
  /** Takes every byte that is free. */
  fill(): void
  makeRoom(): void
}

/** A real file system of a few MiB, gone after the test. */
export const mountSmallDisk = (mebibytes: number): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'lanyard-test', folder])
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a')
      const block = Buffer.alloc(4_096, 1)
      try {
        for (;;) writeSync(file, block)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        closeSync(file)
      }
    },
    makeRoom: () => unlinkSync(ballast),
  }
}
