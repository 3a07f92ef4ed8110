import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, patternFor, subjectOf } from './subjects.ts';

const token = fc.constantFrom('a', 'b', 'doc', '123');
const subject = fc.array(token, { minLength: 1, maxLength: 5 });

/** The same by a regular expression. */
function byExpression(pattern: string, of: string): boolean {
  const words = pattern.split('.').map((word) => (word === '*' ? '[^.]+' : word === '>' ? '.+' : word));
  return new RegExp(`^${words.join('\\.')}$`).test(of);
}

describe('subjects', () => {
  it('are matched as the documentation shows', () => {
    expect(matches('time.*.east', 'time.us.east')).toBe(true);
    expect(matches('time.*.east', 'time.us.east.atlanta')).toBe(false);
    expect(matches('time.us.*', 'time.us')).toBe(false);
    expect(matches('time.us.>', 'time.us.east.atlanta')).toBe(true);
    expect(matches('time.us.>', 'time.us')).toBe(false);
    expect(matches('>', 'time')).toBe(true);
  });

  it('match what the same regular expression matches', () => {
    const pattern = fc
      .tuple(fc.array(fc.oneof(token, fc.constant('*')), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([words, open]) => [...words, ...(open ? ['>'] : [])].join('.'));
    fc.assert(
      fc.property(pattern, subject, (wanted, tokens) => {
        expect(matches(wanted, tokens.join('.'))).toBe(byExpression(wanted, tokens.join('.')));
      }),
    );
  });

  it('of a room are had by each way of subscribing, and by one pattern only', () => {
    const room = fc.constantFrom('doc', 'notes', 'doc-1', 'doc-123', 'doc-1-a', 'chat-9');
    fc.assert(
      fc.property(
        room,
        fc.uniqueArray(room),
        fc.constantFrom('rooms', 'siblings', 'everything'),
        (one, others, how) => {
          const patterns = new Set([one, ...others].map((each) => patternFor(each, how)));
          const fitting = [...patterns].filter((pattern) => matches(pattern, subjectOf(one)));
          expect(fitting).toHaveLength(1);
        },
      ),
    );
  });
});
