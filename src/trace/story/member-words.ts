const REPLICAS = /^replicas of (partition \d+)$/;

/** Says that something has joined a group, left it, or counts in another way there, and what that means. */
export function memberWords(who: string, group: string, state: string): { headline: string; why: string } {
  const [, partition] = REPLICAS.exec(group) ?? [];
  if (partition !== undefined)
    return {
      headline: `${who} is ${state} with ${partition}.`,
      // Kafka: in-sync replicas (ISR).
      why:
        state === 'in sync'
          ? 'It has all that the leader has, so it counts where all have to confirm, and may become the leader.'
          : 'It does not have all that the leader has: nobody waits for it to confirm, and it cannot become the leader.',
    };
  if (group === 'cluster')
    return state === 'fenced'
      ? {
          headline: `${who} is fenced: the cluster goes on without it.`,
          why: 'It has been silent for the whole of its session, so others take over the partitions that it led.',
        }
      : { headline: `${who} is ${state}.`, why: 'It may follow again, and lead once it is in sync.' };
  if (group === 'the view of the fleet')
    return {
      headline: `${who} is ${state} of ${group}.`,
      why: 'Where it sends what goes to an owner depends on whom it believes to be there.',
    };
  return {
    headline: `${who} is ${state} in ${group}.`,
    why: `What the members of ${group} share is dealt out by who is in.`,
  };
}
