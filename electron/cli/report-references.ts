/**
 * Finds the references to lines in a report, in any of its forms, and resolves a hidden path to its
 * file.
 */
import { isIP } from 'node:net';
import type { FileRow } from '../contract/file-records.ts';
import { isObject } from '../contract/known-keys.ts';

export interface ReportReference {
  file: string;
  /** 1-based. */
  line: number;
  /** Position of the file among all files of the run by path. Null if the report does not say. */
  index: number | null;
}

/**
 * Reads the references of a report in JSON, HTML or Markdown, each once, in order of appearance.
 */
export function readReferences(text: string): ReportReference[] {
  const found = text.trimStart().startsWith('{')
    ? fromJson(text)
    : text.includes('data-ref="')
      ? fromHtml(text)
      : fromMarkdown(text);
  const seen = new Set<string>();
  return found.filter(({ file, line }) => {
    const key = `${file}:${line}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function fromJson(text: string): ReportReference[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return [];
  }
  const indexes = new Map<string, number>();
  const files: unknown[] = isObject(report) && Array.isArray(report.files) ? report.files : [];
  for (const one of files) {
    if (isObject(one) && typeof one.file === 'string' && typeof one.index === 'number')
      indexes.set(one.file, one.index);
  }
  const found: ReportReference[] = [];
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (isObject(value)) {
      const { file, line } = value;
      if (typeof file === 'string' && typeof line === 'number')
        found.push({ file, line, index: indexes.get(file) ?? null });
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(report);
  return found;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function fromHtml(text: string): ReportReference[] {
  return [...text.matchAll(/data-ref="([^"]*):(\d+)" data-file="(\d+)"/g)].map(([, file = '', line, index]) => ({
    file: file.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity),
    line: Number(line),
    index: Number(index),
  }));
}

function fromMarkdown(text: string): ReportReference[] {
  return [...text.matchAll(/(?:^|[\s|])(`+)([^`\n]+):([1-9]\d*)\1/gm)]
    .map(([, , file = '', line]) => ({ file: file.trim(), line: Number(line), index: null }))
    .filter(({ file }) => /[./]/.test(file) && !/^\w+:/.test(file));
}

const pseudonym = /(?:secret|ip|user|email|subscription|tenant|workspace|identity|group)-\d+/g;

/**
 * Finds the file that a reference means. Tries, in this order: the file with exactly this path; the
 * file at `index`, if its path fits; the path with numbered nodes put back; the only file that
 * fits. A hidden part of a path fits anything within its folder.
 */
export function findFile(
  reference: Pick<ReportReference, 'file' | 'index'>,
  files: readonly FileRow[],
): FileRow | null {
  const exact = files.find(({ path }) => path === reference.file);
  if (exact !== undefined) return exact;
  const parts = reference.file.split(pseudonym);
  if (parts.length === 1) return null;
  const pattern = new RegExp(
    `^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^/]+')}$`,
    's',
  );
  const byIndex = reference.index === null ? undefined : byPath(files)[reference.index];
  if (byIndex !== undefined && pattern.test(byIndex.path)) return byIndex;
  // Redaction numbers the addresses of nodes first, in their order.
  const nodes = [...new Set(files.flatMap(({ node }) => (node !== null && isIP(node) !== 0 ? [node] : [])))];
  nodes.sort(new Intl.Collator('en', { numeric: true }).compare);
  const guess = reference.file.replace(/ip-(\d+)/g, (all, number) => nodes[Number(number) - 1] ?? all);
  const guessed = files.find(({ path }) => path === guess);
  if (guessed !== undefined) return guessed;
  const fitting = files.filter(({ path }) => pattern.test(path));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Sorts paths by their bytes, as the engine does. */
function byPath(files: readonly FileRow[]): FileRow[] {
  return [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
