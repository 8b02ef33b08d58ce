import { expect, it } from 'vitest';
import { SHADES, shadeAt, shadesOf } from './colour-scale.ts';

it('runs from the first stop to the last', () => {
  const shades = shadesOf(['#000000', '#102030', '#ffffff']);
  expect([shades.length, shades[0], shades.at(-1)]).toEqual([SHADES, 'rgb(0 0 0)', 'rgb(255 255 255)']);
  expect([shadeAt(-1), shadeAt(0), shadeAt(1), shadeAt(9)]).toEqual([0, 0, SHADES - 1, SHADES - 1]);
});
