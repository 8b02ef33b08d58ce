/**
 * `node build/icons.ts` makes the icons of every system from `icons/icon.svg`, drawn by the browser
 * of the tests. They are small and kept in the repository, so that packaging needs no browser. Run
 * this after changing the drawing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser, noBrowserAdvice } from './find-browser.ts';
import { fromRoot } from './paths.ts';

/** Sizes of the PNGs for Linux, each in its own file. */
export const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** Types of Apple's container by the pixels of the PNG in them, those for double density second. */
const macTypes: [type: string, pixels: number][] = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** Draws an SVG at each size. */
async function draw(svg: string, sizes: number[]): Promise<Map<number, Buffer>> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(noBrowserAdvice);
  const browser = await chromium.launch({ executablePath, args: browserFlags() });
  const images = new Map<number, Buffer>();
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    for (const size of new Set(sizes)) {
      await page.setViewportSize({ width: size, height: size });
      images.set(size, await page.screenshot({ omitBackground: true }));
    }
  } finally {
    await browser.close();
  }
  return images;
}

/** Encodes PNGs in Windows' container: a directory of 16 bytes each, then the images. */
export function encodeIco(images: { size: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/**
 * Encodes PNGs in Apple's container: a type and a length before each image, and before all of them.
 */
export function encodeIcns(images: { type: string; png: Buffer }[]): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'ascii');
    head.writeUInt32BE(body.length + 8, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(images.map(({ type, png }) => chunk(type, png))));
}

if (import.meta.main) {
  const folder = fromRoot('build/icons');
  const svg = readFileSync(`${folder}/icon.svg`, 'utf8');
  const images = await draw(svg, [...linuxSizes, ...windowsSizes, ...macTypes.map(([, pixels]) => pixels)]);
  const of = (size: number) => images.get(size) ?? Buffer.alloc(0);
  mkdirSync(`${folder}/linux`, { recursive: true });
  for (const size of linuxSizes) writeFileSync(`${folder}/linux/${size}x${size}.png`, of(size));
  writeFileSync(`${folder}/icon.ico`, encodeIco(windowsSizes.map((size) => ({ size, png: of(size) }))));
  writeFileSync(`${folder}/icon.icns`, encodeIcns(macTypes.map(([type, pixels]) => ({ type, png: of(pixels) }))));
  console.log(`icons drawn: ${[...images.keys()].sort((a, b) => a - b).join(', ')} pixels`);
}
