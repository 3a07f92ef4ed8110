import { useMemo } from 'react';
import { LatencyStrips } from '../../../views/latency/latency-strips.tsx';
import type { ViewProps } from '../../../views/view.ts';
import type { PlayProps } from '../model.ts';
import { Section } from '../parts/section.tsx';
import { LuckPanel } from './luck-panel.tsx';

type Props = Pick<PlayProps, 'ghost' | 'luck' | 'targetMs' | 'actions'> & { view: ViewProps };

/** How long deliveries took: now, in the earlier run beside it, and with other luck. */
export function LatencyPanel({ view, ghost, luck, targetMs, actions }: Props) {
  const { groups } = luck;
  const bands = useMemo(() => {
    if (groups.length === 0) return null;
    const us = (low: number, high: number) => [low * 1000, high * 1000] as const;
    return {
      seeds: Math.max(...groups.map(({ seeds }) => seeds)),
      bands: groups.map(({ group, p50, p99 }) => ({
        group,
        p50Us: us(p50.p10, p50.p90),
        p99Us: us(p99.p10, p99.p90),
      })),
    };
  }, [groups]);
  return (
    <Section title="Delivery latency">
      <LatencyStrips {...view} targetMs={targetMs} ghost={ghost} luck={bands} />
      <LuckPanel luck={luck} actions={actions} />
    </Section>
  );
}
