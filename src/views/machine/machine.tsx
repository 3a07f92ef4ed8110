import { useState } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { ClientChoice } from '../log/filters.tsx';
import { type Actor, actorName, clientName } from '../log/owners.ts';
import { actorsOfClient } from '../reading/actors.ts';
import { clientOfSelection } from '../reading/client-of.ts';
import { ModelNotes } from '../readout/model-notes.tsx';
import { seconds } from '../readout/units.ts';
import { useFrame } from '../use-frame.ts';
import { useSize } from '../use-size.ts';
import type { ViewProps } from '../view.ts';
import { Chart } from './chart.tsx';
import { Lists } from './lists.tsx';
import styles from './machine.module.css';
import { machineState, type Side, shownActor } from './state.ts';

export interface MachineProps extends ViewProps {
  /** A move was chosen: go to its moment, µs. */
  onSeek(us: number): void;
}

const LISTS = 288;
const TOOLS = 43;
/** From here on the lists stand beside the chart. */
const BESIDE = 700;
const MOVES = 24;

/** The machine of the selected client, or of what serves it, as a statechart with its state. Fills its box. */
export function Machine(props: MachineProps) {
  const [ref, size] = useSize<HTMLElement>();
  const { header } = props.trace;
  return (
    <figure ref={ref} className={styles.machine} aria-label="Machine">
      {header && size && <MachineAt {...props} header={header} {...size} />}
    </figure>
  );
}

function MachineAt(props: MachineProps & { header: TraceHeader; width: number; height: number }) {
  const { trace, playhead, header, width, height, selection, onSelect, onSeek, reducedMotion } = props;
  useFrame(playhead);
  const { nowUs } = playhead;
  const [chosen, setChosen] = useState(0);
  const [side, setSide] = useState<Side>('client');
  const actor = shownActor(trace, selection, chosen, side, nowUs);
  const about = clientOfSelection(trace, selection);
  const client = about >= 0 ? about : chosen;
  const transport = header.transports[header.clients[client]?.transport ?? ''];
  const chart = actor ? header.machines[actor.role] : undefined;
  const beside = width >= BESIDE;
  const state = actor && chart ? machineState(trace, chart, actor, nowUs, MOVES) : null;
  const shownSide: Side = actor && actor.server >= 0 ? 'server' : side;
  return (
    <>
      <figcaption className={styles.hidden}>
        {state && actor
          ? `At ${seconds(nowUs)} ${actorName(header, actor)} is in ${state.current.replaceAll('.', ', ')}`
          : 'No machine to show'}
      </figcaption>
      <div className={styles.tools} role="toolbar" aria-label="Whose machine">
        <ClientChoice
          header={header}
          client={client}
          required
          onClient={(next) => {
            setChosen(next ?? 0);
            onSelect({ kind: 'client', client: next ?? 0 });
          }}
        />
        {(['client', 'server'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={styles.chip}
            aria-pressed={one === shownSide}
            onClick={() => {
              setSide(one);
              if (selection?.kind === 'actor') onSelect({ kind: 'client', client });
            }}
          >
            its {one} side
          </button>
        ))}
        {shownSide === 'client' && actor && (
          <ActorChoice
            {...{ header, client, actor }}
            onActor={(number) => onSelect({ kind: 'actor', actor: number })}
          />
        )}
        {actor && beside && <span className={styles.role}>{aboutActor(actor)}</span>}
      </div>
      {state && actor && chart ? (
        <div className={styles.panes} data-beside={beside}>
          <Chart
            chart={chart}
            current={state.current}
            last={state.moves[0]?.transition ?? -1}
            next={state.next}
            width={width - (beside ? LISTS : 0)}
            height={beside ? height - TOOLS : Number.POSITIVE_INFINITY}
            reducedMotion={reducedMotion}
          />
          <Lists chart={chart} role={actor.role} state={state} nowUs={nowUs} onSeek={onSeek}>
            {transport && <ModelNotes title={transport.title} notes={transport} />}
          </Lists>
        </div>
      ) : (
        <p className={styles.empty}>
          {side === 'server'
            ? `No server has a machine for ${clientName(header, client)} yet: one starts with its first request.`
            : 'The trace has no chart of this machine.'}
        </p>
      )}
    </>
  );
}

function aboutActor({ role, connection, server }: Actor): string {
  return server >= 0 && connection > 0 ? `${role}, connection ${connection}` : role;
}

/** Which machine of a client that runs several, one for each room. */
function ActorChoice(props: {
  header: TraceHeader;
  client: number;
  actor: Actor;
  onActor(actor: number): void;
}) {
  const { header, client, actor, onActor } = props;
  const own = actorsOfClient(header, client);
  if (own.length < 2) return null;
  return (
    <select
      className={styles.field}
      aria-label="Machine"
      value={actor.actor}
      onChange={({ target }) => onActor(Number(target.value))}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {own.map((number) => (
        <option key={number} value={number}>
          {header.actors[number]?.name}
        </option>
      ))}
    </select>
  );
}
