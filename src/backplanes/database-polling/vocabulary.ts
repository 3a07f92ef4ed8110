import type { Vocabulary } from '../../engine/contract/transport.ts';

/** The words of the conversation with the database. */
export const VOCABULARY: Vocabulary = {
  'database.connect': {
    label: 'database connection',
    role: 'control',
    explanation: 'A connection of a process’ pool: one statement is under way on it at a time.',
  },
  'database.start-up': {
    label: 'start-up',
    role: 'control',
    explanation: 'The client says who it is, and proves it.',
  },
  'database.started-up': {
    label: 'start-up’s answer',
    role: 'control',
    explanation: 'A step of the authentication; after the last one the database is ready for statements.',
  },
  'database.refused': {
    label: 'too many clients',
    role: 'control',
    explanation: 'The database has as many connections as it takes.',
  },
  'database.insert': {
    label: 'INSERT',
    role: 'request',
    explanation: 'A row for an update. Others see it when its transaction is committed.',
  },
  'database.inserted': {
    label: 'COMMIT done',
    role: 'response',
    explanation: 'The row is on the disk, and everybody can see it.',
  },
  'database.last': {
    label: 'SELECT max',
    role: 'request',
    explanation: 'Where does the table end? A server begins to read behind it.',
  },
  'database.select': {
    label: 'SELECT',
    role: 'request',
    explanation: 'Is there anything behind my cursors?',
  },
  'database.replay': {
    label: 'SELECT for a client',
    role: 'request',
    explanation: 'What is there behind this row? For a client that has missed something.',
  },
  'database.rows': { label: 'rows', role: 'data', explanation: 'Rows behind the cursors, oldest first.' },
  'database.nothing': {
    label: 'no rows',
    role: 'control',
    explanation: 'There is nothing new; the question has cost the same.',
  },
};
