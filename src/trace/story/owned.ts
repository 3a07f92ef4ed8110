const PENDING = /^pending entry of (.*),$/;

/** The log whose entry is pending, of what is owned; null: something else is owned. An owner of it has to acknowledge it. */
export const pendingLog = (what: string): string | null => PENDING.exec(what)?.[1] ?? null;
