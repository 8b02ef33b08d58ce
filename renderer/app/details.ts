/**
 * A detail is what the drawer shows about a selection. The table maps each kind to a component; a
 * feature adds its detail by a line here.
 */
import type { ComponentType } from 'react';
import { ErrorDetail } from '../features/errors/ErrorDetail.tsx';
import { NodeDetail } from '../features/lanes/NodeDetail.tsx';
import { ProcessDetail } from '../features/lanes/ProcessDetail.tsx';
import { LineDetail } from '../features/logs/detail/LineDetail.tsx';
import { MiniBatchDetail } from '../features/mini-batches/MiniBatchDetail.tsx';
import type { DetailKind } from '../state/location.ts';

export interface DetailEntry {
  title: string;
  component: ComponentType;
}

/** By the kind of the last selection (`selection.detail`). */
export const details: Partial<Record<DetailKind, DetailEntry>> = {
  node: { title: 'Node', component: NodeDetail },
  process: { title: 'Process', component: ProcessDetail },
  miniBatch: { title: 'Mini-batch', component: MiniBatchDetail },
  error: { title: 'Error', component: ErrorDetail },
  line: { title: 'Line', component: LineDetail },
};
