/**
 * The configuration of electron-builder. It is a function of the target, so that the tests can
 * check every target against the schema.
 */
import type { Configuration } from 'electron-builder';
import { fromRoot } from './paths.ts';

export type LinuxTarget = 'deb' | 'rpm' | 'AppImage';
const allLinuxTargets: LinuxTarget[] = ['deb', 'rpm', 'AppImage'];

/**
 * Archives that a file manager offers to open with Postrun, without making it their default
 * program.
 */
const archiveTypes = ['application/zip', 'application/x-compressed-tar'];

/**
 * Returns the Linux packages that this machine can make. rpm needs `rpmbuild`, which Debian systems
 * lack by default.
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
  /** Output folder of the packages. */
  output: string;
  electronVersion: string;
  /** A folder with an unpacked Electron, instead of a download. */
  electronDist?: string;
  env?: NodeJS.ProcessEnv;
  /** Default: all. */
  linuxTargets?: LinuxTarget[];
}

/** Switches burnt into the executable, so that it can only run this app, however it is called. */
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
 * Returns the configuration for one platform. Names and version come from the staged package.json,
 * signing from the environment.
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
    // The stage holds the one prebuilt module, so electron-builder must not compile it or look
    // elsewhere.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    files: ['**/*'],
    // Only the native module itself lies outside: the archive's content is checked before it runs.
    asar: { smartUnpack: false },
    asarUnpack: ['node_modules/better-sqlite3/prebuilds/*.node'],
    extraResources: [{ from: `${options.stage}/NOTICES.txt`, to: 'NOTICES.txt' }],
    // Flipping fuses breaks Electron's own signature, and Apple silicon starts nothing unsigned.
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
      // “Open with” for zips, without becoming their default program.
      mimeTypes: [...archiveTypes, 'inode/directory', portableCase.mimeType],
      // The window's class, its desktop file and `desktopName` of package.json must be one name;
      // otherwise docks show the app twice.
      syncDesktopName: true,
      fileAssociations: [portableCase],
    },
    // The current runtime is static and needs no libfuse2.
    toolsets: { appimage: '1.0.3' },
    deb: { priority: 'optional' },
    // By default, electron-builder starts an AppImage with --no-sandbox. Without that switch, the
    // AppImage prints an error and exits where its sandbox cannot start (Ubuntu 24.04 and later).
    // Use the deb there, which brings an AppArmor profile.
    appImage: { executableArgs: [] },

    mac: {
      target: ['dmg', 'zip'],
      icon: fromRoot('build/icons/icon.icns'),
      category: 'public.app-category.developer-tools',
      hardenedRuntime: isMacSigned,
      // Without a certificate, an ad-hoc signature: the app starts on the machine that made it, and
      // elsewhere if allowed.
      ...(isMacSigned ? {} : { identity: '-' }),
      gatekeeperAssess: false,
      notarize: isMacSigned && (env.APPLE_API_KEY !== undefined || env.APPLE_ID !== undefined),
      entitlements: fromRoot('build/entitlements.mac.plist'),
      entitlementsInherit: fromRoot('build/entitlements.mac.plist'),
      // Both halves hold one prebuilt module per processor, with the processor in its name.
      x64ArchFiles: '**/prebuilds/darwin-*.node',
      fileAssociations: [
        { ext: ['zip', 'tgz'], name: 'Logs archive', role: 'Viewer', rank: 'Alternate' },
        { ...portableCase, rank: 'Owner' },
      ],
      // “Open With” on a folder, and folders dropped on the Dock icon.
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
    // The script adds “Open with” for zips, because an association would take .zip away from
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
