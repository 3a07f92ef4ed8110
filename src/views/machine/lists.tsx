import type { ReactNode } from 'react';
import type { MachineChart } from '../../trace/header.ts';
import { eventWord, stateWord } from '../log/describe.ts';
import { asWords } from '../reading/words.ts';
import { clock, duration, plural, seconds } from '../readout/units.ts';
import { conditionWord, type Transition } from './graph.ts';
import styles from './machine.module.css';
import { effectsOf, type MachineState } from './state.ts';

export interface ListsProps {
  chart: MachineChart;
  role: string;
  state: MachineState;
  nowUs: number;
  onSeek(us: number): void;
  /** What stands below. */
  children?: ReactNode;
}

/** The chart in words: where it stands, what can happen next, what happened. */
export function Lists({ chart, role, state, nowUs, onSeek, children }: ListsProps) {
  return (
    <div className={styles.lists}>
      <p className={styles.now}>
        In <b>{stateWord(state.current)}</b> for {duration(nowUs - state.sinceUs)}
        {state.moveCount === 0 ? ', since it began' : ''}.
      </p>
      <Next chart={chart} state={state} nowUs={nowUs} />
      <h3 className={styles.heading}>What happened</h3>
      {state.moves.length === 0 ? (
        <p className={styles.note}>It has not moved yet.</p>
      ) : (
        <table className={styles.moves}>
          <caption className={styles.hidden}>The last moves, newest first</caption>
          <thead className={styles.hidden}>
            <tr>
              <th scope="col">time</th>
              <th scope="col">event and states</th>
            </tr>
          </thead>
          <tbody>
            {state.moves.map((move) => (
              <tr key={move.seq}>
                <td>
                  <button
                    type="button"
                    aria-label={`Go to ${seconds(move.atUs)}`}
                    onClick={() => onSeek(move.atUs)}
                  >
                    {clock(move.atUs)}
                  </button>
                </td>
                <td>
                  <b>{eventWord(move.event, role)}</b>
                  <span>
                    {stateWord(move.from)} → {stateWord(move.to)}
                  </span>
                  <Effects
                    names={
                      move.transition < 0
                        ? []
                        : effectsOf(chart, chart.transitions[move.transition] as Transition)
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {state.moveCount > state.moves.length && (
        <p className={styles.note}>and {plural(state.moveCount - state.moves.length, 'move')} before</p>
      )}
      {children}
      <p className={styles.note}>
        Only moves to another state are recorded: what a machine takes without leaving its state (↺) is in the
        chart, but not in this list.
      </p>
    </div>
  );
}

/** What the machine waits for: timers with the time left, then events. */
function Next({ chart, state, nowUs }: { chart: MachineChart; state: MachineState; nowUs: number }) {
  const { next, timers } = state;
  const left = (after: string) => timers.find(({ key }) => key === after);
  const known = next.map((index) => chart.transitions[index] as Transition);
  const other = timers.filter(({ key }) => !known.some(({ after }) => after === key));
  return (
    <>
      <h3 className={styles.heading}>What can happen next</h3>
      {next.length === 0 && <p className={styles.note}>Nothing: this state is the last.</p>}
      <ul className={styles.next}>
        {known.map((transition, index) => {
          const timer = transition.after === '' ? undefined : left(transition.after);
          return (
            <li key={next[index]}>
              <b>{conditionWord(transition)}</b>
              {timer && (
                <span className={styles.timer}>
                  <i
                    style={{
                      width: `${(100 * (timer.dueUs - nowUs)) / Math.max(1, timer.dueUs - timer.startedUs)}%`,
                    }}
                  />
                  in {duration(timer.dueUs - nowUs)}
                </span>
              )}
              <span>
                {transition.to === '' || transition.to === transition.from
                  ? 'stays'
                  : `→ ${stateWord(transition.to)}`}
              </span>
              <Effects names={effectsOf(chart, transition)} />
            </li>
          );
        })}
        {other.map(({ key, dueUs }) => (
          <li key={key}>
            <b>{key}</b>
            <span className={styles.timer}>in {duration(dueUs - nowUs)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Effects({ names }: { names: string[] }) {
  return names.length === 0 ? null : <em>does: {names.map(asWords).join(', ')}</em>;
}
