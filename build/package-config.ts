/**
 * What electron-builder is told. A function of the target, so that the tests can hold every target
 * against its schema.
 */
import type { Configuration } from 'electron-builder';
import { fromRoot } from './paths.ts';

export type LinuxTarget = 'deb' | 'rpm' | 'AppImage';
const allLinuxTargets: LinuxTarget[] = ['deb', 'rpm', 'AppImage'];

/**
 * Archives that a file manager offers to open with Postrun, without making it their usual program.
 */
const archiveTypes = ['application/zip', 'application/x-compressed-tar'];

/**
 * The packages for Linux that can be made here: rpm needs `rpmbuild`, which Debian's systems do not
 * bring along.
 */
export function linuxTargets(hasProgram: (name: string) => boolean): {
  targets: LinuxTarget[];
  without: LinuxTarget[];
} {
  if (hasProgram('rpmbuild')) return { targets: allLinuxTargets, without: [] };
  return { targets: allLinuxTargets.filter((target) => target !== 'rpm'), without: ['rpm'] };
}

export interface PackageOptions {
  /** The staged app folder. */
  stage: string;
  /** Where the packages go. */
  output: string;
  electronVersion: string;
  /** A folder with an unpacked Electron, instead of a download. */
  electronDist?: string;
  env?: NodeJS.ProcessEnv;
  /** Default: all. */
  linuxTargets?: LinuxTarget[];
}

/**
 * Switches that are burnt into the executable: it is this app and nothing else, however it is
 * called.
 */
export const fuses = {
  runAsNode: false,
  // There are no cookies, and encryption would ask for the person's keychain.
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} satisfies Configuration['electronFuses'];

const portableCase = {
  ext: 'postrun',
  name: 'Postrun case',
  description: 'Logs of a run with their index',
  mimeType: 'application/x-postrun-case',
  role: 'Viewer' as const,
};

/**
 * The configuration for one platform. Names and version come from the staged package.json, signing
 * from the environment.
 */
export function packageConfig(options: PackageOptions): Configuration {
  const { env = process.env, linuxTargets: targets = allLinuxTargets } = options;
  const isMacSigned = env.CSC_LINK !== undefined || env.CSC_NAME !== undefined;
  return {
    appId: 'io.github.postrun',
    productName: 'Postrun',
    copyright: 'MIT licence',
    directories: { app: options.stage, output: options.output, buildResources: fromRoot('build') },
    electronVersion: options.electronVersion,
    ...(options.electronDist === undefined ? {} : { electronDist: options.electronDist }),
    // The stage holds the one prebuilt module; nothing is compiled and nothing is looked for
    // elsewhere.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    files: ['**/*'],
    // Only the native module itself lies outside: what is in the archive is what is checked before
    // it is run.
    asar: { smartUnpack: false },
    asarUnpack: ['node_modules/better-sqlite3/prebuilds/*.node'],
    extraResources: [{ from: `${options.stage}/NOTICES.txt`, to: 'NOTICES.txt' }],
    // Flipping fuses breaks the signature that Electron comes with, and Apple silicon starts
    // nothing unsigned.
    electronFuses: { ...fuses, resetAdHocDarwinSignature: !isMacSigned },
    electronLanguages: ['en-US'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    compression: 'normal',
    removePackageScripts: true,
    publish: null,

    linux: {
      target: targets,
      icon: fromRoot('build/icons/linux'),
      category: 'Development',
      synopsis: 'Log viewer for Azure ML parallel runs',
      executableName: 'postrun',
      maintainer: 'Postrun <postrun@users.noreply.github.com>',
      // “Open with” for zips, without becoming their usual program.
      mimeTypes: [...archiveTypes, 'inode/directory', portableCase.mimeType],
      // The window's class, its desktop file and `desktopName` of package.json are one name, or
      // docks show it twice.
      syncDesktopName: true,
      fileAssociations: [portableCase],
    },
    // The current runtime is static and needs no libfuse2.
    toolsets: { appimage: '1.0.3' },
    deb: { priority: 'optional' },
    // Without a word here electron-builder starts an AppImage with --no-sandbox. Where its sandbox
    // cannot start (Ubuntu 24.04 and later) it says so and ends; the deb, which brings an AppArmor
    // profile, is the package for those.
    appImage: { executableArgs: [] },

    mac: {
      target: ['dmg', 'zip'],
      icon: fromRoot('build/icons/icon.icns'),
      category: 'public.app-category.developer-tools',
      hardenedRuntime: isMacSigned,
      // Without a certificate an ad-hoc signature: the app starts on the machine that made it, and
      // elsewhere when allowed.
      ...(isMacSigned ? {} : { identity: '-' }),
      gatekeeperAssess: false,
      notarize: isMacSigned && (env.APPLE_API_KEY !== undefined || env.APPLE_ID !== undefined),
      entitlements: fromRoot('build/entitlements.mac.plist'),
      entitlementsInherit: fromRoot('build/entitlements.mac.plist'),
      // One prebuilt module for each processor lies in both halves, with the processor in its name.
      x64ArchFiles: '**/prebuilds/darwin-*.node',
      fileAssociations: [
        { ext: ['zip', 'tgz'], name: 'Logs archive', role: 'Viewer', rank: 'Alternate' },
        { ...portableCase, rank: 'Owner' },
      ],
      // “Open With” on a folder, and folders dropped on the Dock's icon.
      extendInfo: {
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: 'Folder of logs',
            CFBundleTypeRole: 'Viewer',
            LSHandlerRank: 'Alternate',
            LSItemContentTypes: ['public.folder'],
          },
        ],
      },
    },

    win: {
      target: ['nsis', 'portable'],
      icon: fromRoot('build/icons/icon.ico'),
      fileAssociations: [portableCase],
    },
    // “Open with” for zips is written by the script: an association would take .zip away from
    // Windows.
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      include: fromRoot('build/installer.nsh'),
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    portable: { artifactName: '${name}-${version}-portable-${arch}.${ext}' },
  };
}
