import { type ComponentType, useEffect, useState } from 'react';
import type { Trace, TraceHeader } from '../../trace/trace.ts';
import { outageOf, placeTitle } from '../reading/places.ts';
import type { Selection } from '../view.ts';
import cards from './cards.module.css';
import { FleetHost, HostCard, NodeCard } from './host-cards.tsx';
import { balancerState, leftOf, type ServerState } from './host-state.ts';
import hosts from './hosts.module.css';
import type { Box, StageLayout } from './stage-layout.ts';
import type { StageTouch, Touched } from './touch.ts';

interface Props {
  trace: Trace;
  header: TraceHeader;
  layout: StageLayout;
  nowUs: number;
  selection: Selection | null;
  pointed: Selection | null;
  touch: StageTouch | null;
  onSelect(selection: Selection | null): void;
  onPoint(selection: Selection | null): void;
}

/** Servers, each by itself: a card, a line, or a cell. */
export function Servers({ layout, servers, ...props }: Props & { servers: readonly ServerState[] }) {
  const most = Math.max(1, ...servers.map(({ open }) => open));
  return layout.servers.map(({ server, box }) => {
    const state = servers[server] as ServerState;
    const common = { box, name: state.name, fact: state.fact, condition: state.condition };
    const rest = handlers(props, { kind: 'server', server }, { kind: 'server', server });
    if (layout.serverForm === 'card')
      return <HostCard key={server} {...common} {...rest} tall={layout.upright} />;
    return (
      <FleetHost
        key={server}
        {...common}
        {...rest}
        tall={false}
        form={layout.serverForm}
        figure={figureOf(state)}
        level={state.condition === 'up' ? Math.round((state.open / most) * 20) : 0}
      />
    );
  });
}

/** For a cell, and for a line that has no room for its fact. */
function figureOf({ condition, open }: ServerState): string {
  return condition === 'up' ? String(open) : condition === 'absent' ? '–' : '✕';
}

/** What is known of the inside of a node: its fact, and a picture for so much room. It comes after the stage. */
type NodeViews = typeof import('../hop/node-inside.tsx');
let views: NodeViews | null = null;

function useNodeViews(wanted: boolean): NodeViews | null {
  const [there, setThere] = useState(views);
  useEffect(() => {
    if (!wanted || there !== null) return;
    import('../hop/node-inside.tsx').then(
      (loaded) => {
        views = loaded;
        setThere(loaded);
      },
      () => {}, // the cards have their names without it
    );
  }, [wanted, there]);
  return there;
}

/** The backplane's nodes, and further sources. */
export function Nodes({ layout, ...props }: Props) {
  const { trace, header, nowUs } = props;
  const inside = useNodeViews(layout.nodes.length > 0);
  const Inside: ComponentType<{
    trace: Trace;
    place: number;
    nowUs: number;
    room: number;
    width: number;
  }> | null = inside?.NodeInside ?? null;
  return (
    <>
      {layout.nodes.map(({ place, box }) => {
        const outage = outageOf(trace, place, nowUs);
        const fact =
          outage === null
            ? (inside?.nodeFact(trace, place, nowUs) ?? '')
            : `${outage.condition === 'down' ? 'crashed' : 'paused'}${leftOf(outage.fault, header, nowUs)}`;
        const common = {
          box,
          name: placeTitle(header, place),
          fact,
          condition: outage?.condition ?? 'up',
          ...handlers(props, { kind: 'place', place }, { kind: 'place', place }),
          tall: false,
        };
        if (layout.nodeForm !== 'card')
          return <FleetHost key={place} {...common} form={layout.nodeForm} figure="" level={0} />;
        const room = box.height - 44;
        return (
          <NodeCard key={place} {...common}>
            {Inside !== null && room >= 12 && (
              <Inside trace={trace} place={place} nowUs={nowUs} room={room} width={box.width - 16} />
            )}
          </NodeCard>
        );
      })}
      {layout.sources.map(({ place, box }, index) => {
        const more = header.places.filter(({ kind }) => kind === 'source').length - 1 - layout.sources.length;
        const last = index === layout.sources.length - 1 && more > 0;
        return (
          <HostCard
            key={place}
            box={box}
            name={`${placeTitle(header, place)}${last ? ` + ${more}` : ''}`}
            fact={publishedBy(trace, header, place, nowUs)}
            condition={outageOf(trace, place, nowUs)?.condition ?? 'up'}
            tall={false}
            {...handlers(props, { kind: 'place', place }, { kind: 'place', place })}
          />
        );
      })}
    </>
  );
}

/** What stands between servers and clients. */
export function Between({ layout, ...props }: Props) {
  const { trace, header, nowUs } = props;
  const { loadBalancer, proxy } = header;
  const { balancer, upright } = layout;
  return (
    <>
      {balancer !== null && loadBalancer !== null && (
        <Wall
          {...balancerState(trace, header, nowUs)}
          box={balancer}
          upright={upright}
          name={upright ? 'Load balancer' : `Layer ${loadBalancer.layer}`}
          does={loadBalancer.removes === undefined ? '' : `removes ${loadBalancer.removes}`}
          onOpen={(anchor) => props.touch?.onOpen({ kind: 'balancer' }, anchor)}
        />
      )}
      {layout.proxy !== null && proxy !== null && (
        <Wall
          condition={proxy.reads ? 'up' : 'clear'}
          fact={proxy.reads ? 'reads' : 'passes on'}
          box={layout.proxy}
          upright={upright}
          name={`${upright ? 'Proxy ' : ''}:${proxy.reads ? 80 : 443}`}
          does={proxyDoes(proxy)}
          onOpen={(anchor) => props.touch?.onOpen({ kind: 'proxy' }, anchor)}
        />
      )}
    </>
  );
}

/** What a proxy does to what passes: `removes Upgrade`, `collects`. */
const proxyDoes = ({ upgrade, collects }: NonNullable<TraceHeader['proxy']>): string =>
  [
    upgrade === undefined ? '' : `${upgrade === 'removed' ? 'removes' : 'refuses'} Upgrade`,
    collects ? 'collects' : '',
  ]
    .filter((word) => word !== '')
    .join(', ');

interface WallProps {
  box: Box;
  upright: boolean;
  condition: string;
  name: string;
  fact: string;
  does: string;
  onOpen(anchor: DOMRect): void;
}

/** A tall card that all clients' links lead to, or through. */
function Wall({ box: { x, y, width, height }, upright, condition, name, fact, does, onOpen }: WallProps) {
  return (
    <button
      type="button"
      className={`${cards.card} ${cards.host} ${hosts.balancer} ${upright ? hosts.upright : ''}`}
      style={{ left: x, top: y, width, height }}
      data-condition={condition}
      onClick={(event) => onOpen(event.currentTarget.getBoundingClientRect())}
    >
      <span className={cards.name}>
        {name}
        {upright && does !== '' && ` · ${does}`}
      </span>
      {!upright && (
        <span className={cards.fact}>
          <span>{fact}</span>
        </span>
      )}
      {!upright && does !== '' && <span className={hosts.removes}>{does}</span>}
    </button>
  );
}

/** What a card does when it is pointed at or chosen. */
function handlers(
  { selection, pointed, touch, onSelect, onPoint }: Omit<Props, 'layout'>,
  own: Selection & ({ kind: 'server' } | { kind: 'place' }),
  what: Touched,
) {
  const is = (other: Selection | null) =>
    other !== null &&
    other.kind === own.kind &&
    (own.kind === 'server'
      ? other.kind === 'server' && other.server === own.server
      : other.kind === 'place' && other.place === own.place);
  return {
    selected: is(selection),
    pointed: is(pointed),
    onPoint: (on: boolean) => onPoint(on ? own : null),
    onClick(element: HTMLElement) {
      onSelect(own);
      touch?.onOpen(what, element.getBoundingClientRect());
    },
  };
}

/** The last thing that a publisher's process has published. */
function publishedBy(trace: Trace, header: TraceHeader, place: number, nowUs: number): string {
  const publisher = header.publishers.findIndex((one) => one.place === place);
  const table = trace.table('message.published');
  // The newest of a few: publishers take turns.
  for (let row = table.firstAfter(nowUs) - 1, seen = 0; row >= 0 && seen < 64; row--, seen++) {
    if (trace.record('message.published', row).publisher !== publisher) continue;
    return `sent ${trace.record('message.published', row).message}`;
  }
  return 'nothing yet';
}
