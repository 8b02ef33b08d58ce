import { expect, it } from 'vitest';
import { SvgPen } from './pen.ts';

const make = () => new SvgPen(100, 50, '#fff', (text) => text.length * 6);

it('writes what is drawn as SVG', () => {
  const pen = make();
  pen.fillStyle = '#123456';
  pen.fillRect(1, 2, 3, 4);
  pen.fillRect(5, 5, 0, 4);
  pen.strokeStyle = 'red';
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(10, 20.456);
  pen.stroke();
  pen.textAlign = 'right';
  pen.fillText('a < b & "c"\u0001', 9, 9);
  const svg = pen.document('Lanes & more');
  expect(svg).toContain('<title>Lanes &amp; more</title>');
  expect(svg).toContain('<rect x="1" y="2" width="3" height="4" fill="#123456"/>');
  expect(svg).not.toContain('width="0"');
  expect(svg).toContain('<path d="M0,0L10,20.46" fill="none" stroke="red" stroke-width="1" stroke-dasharray="4 3"/>');
  expect(svg).toContain('text-anchor="end"');
  expect(svg).toContain('>a &lt; b &amp; &quot;c&quot;\ufffd</text>');
  expect(pen.measureText('four').width).toBe(24);
});

it('clips until what was saved is restored, and closes what was left open', () => {
  const pen = make();
  pen.save();
  pen.rect(0, 0, 10, 10);
  pen.clip();
  pen.globalAlpha = 0.5;
  pen.fillRect(0, 0, 5, 5);
  pen.restore();
  pen.fillRect(1, 1, 1, 1);
  const svg = pen.document('x');
  expect(svg).toMatch(/<g clip-path="url\(#clip0\)"><rect [^>]*opacity="0.5"\/><\/g><rect x="1"/);
  pen.beginPath();
  pen.arc(5, 5, 5, 0, 2 * Math.PI);
  pen.clip();
  expect(pen.document('x')).toMatch(/<\/g><\/svg>\n$/);
});
