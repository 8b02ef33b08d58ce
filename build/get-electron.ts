/** `npm run electron:get` fetches Electron's executable, which `npm ci` leaves out. */
import { downloadElectron, findElectron } from './electron-binary.ts';

const why = findElectron() === null ? downloadElectron() : null;
if (why === null) console.log(`Electron is here: ${findElectron()}`);
else {
  console.error(`postrun: Electron's executable is not here: ${why}`);
  process.exitCode = 1;
}
