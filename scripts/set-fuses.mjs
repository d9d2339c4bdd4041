import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'

/** Where electron-builder has put the binary of each platform. */
const binaryOf = ({ appOutDir, electronPlatformName, packager }) => {
  const { productFilename } = packager.appInfo
  switch (electronPlatformName) {
    case 'darwin':
      return join(appOutDir, `${productFilename}.app`)
    case 'win32':
      return join(appOutDir, `${productFilename}.exe`)
    default:
      return join(appOutDir, packager.executableName)
  }
}

/**
 * What the binary can still do once it is installed: nothing but run our own, checked archive. A fuse that a new
 * Electron brings and that is not named here stops the packaging.
 */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Checked by Electron on Windows and macOS; on Linux it has no effect yet.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Bounds checks of WebAssembly through signal handlers, as Electron ships it; without it they are only slower.
  [FuseV1Options.WasmTrapHandlers]: true,
}

export default context =>
  flipFuses(binaryOf(context), { ...FUSES, resetAdHocDarwinSignature: context.electronPlatformName === 'darwin' })
