import { memo } from 'react';
import type { TraceHeader } from '../../trace/trace.ts';
import { CATEGORIES, type Category } from './categories.ts';
import styles from './log.module.css';
import { EVERYTHING, type LogFilter } from './model.ts';
import { clientName } from './owners.ts';

export interface LogFiltersProps {
  header: TraceHeader;
  filter: LogFilter;
  onFilter(filter: LogFilter): void;
}

/** What of the log to show: kinds as chips (none pressed: all), one client, words. */
export const LogFilters = memo(function LogFilters({ header, filter, onFilter }: LogFiltersProps) {
  const change = (part: Partial<LogFilter>) => {
    const next = { ...filter, ...part };
    onFilter(
      next.categories.size === 0 && next.client === null && next.text.trim() === '' && next.text === ''
        ? EVERYTHING
        : next,
    );
  };
  const toggle = (category: Category) => {
    const categories = new Set(filter.categories);
    if (!categories.delete(category)) categories.add(category);
    change({ categories });
  };
  return (
    <search className={styles.filters} aria-label="Filter the log">
      {CATEGORIES.map((category) => (
        <button
          key={category}
          type="button"
          className={styles.chip}
          aria-pressed={filter.categories.has(category)}
          onClick={() => toggle(category)}
        >
          {category}
        </button>
      ))}
      <ClientChoice header={header} client={filter.client} onClient={(client) => change({ client })} />
      <input
        className={styles.field}
        type="search"
        placeholder="find words"
        aria-label="Find words in the log"
        value={filter.text}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={(event) => event.stopPropagation()}
      />
    </search>
  );
});

export interface ClientChoiceProps {
  header: TraceHeader;
  client: number | null;
  /** There is always one: "all clients" is not offered. */
  required?: boolean;
  onClient(client: number | null): void;
}

/** One client, or all of them. */
export function ClientChoice({ header, client, required = false, onClient }: ClientChoiceProps) {
  return (
    <select
      className={styles.field}
      aria-label="Client"
      value={client ?? ''}
      onChange={({ target }) => onClient(target.value === '' ? null : Number(target.value))}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {!required && <option value="">all clients</option>}
      {header.clients.map(({ name }, number) => (
        <option key={name} value={number}>
          {clientName(header, number)}
        </option>
      ))}
    </select>
  );
}
