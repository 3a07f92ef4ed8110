import type { Place } from '../../../engine/contract/place.ts';
import type { Reply } from '../channel.ts';
import type { PartitionLog } from '../partition-log.ts';
import type { Entry, Note, Request } from '../protocol.ts';
import type { Cluster } from './cluster.ts';
import { Group, type WriteNotes } from './group.ts';

/**
 * The coordinator of the groups: it is where the leader of the topic of offsets is. What it has to remember is written
 * there, so that whoever leads next knows it too.
 */
export class Coordinator {
  readonly #cluster: Cluster;
  readonly #place: Place;
  readonly #write: WriteNotes;
  #groups: Map<string, Group> | null = null;

  constructor(cluster: Cluster, place: Place, write: WriteNotes) {
    this.#cluster = cluster;
    this.#place = place;
    this.#write = write;
  }

  /** Reads the notes of the coordinator before it. */
  load(log: PartitionLog): void {
    this.unload();
    this.#groups = new Map();
    const newest = new Map<string, Note & { about: 'group' }>();
    for (let at = log.start; at < log.end; at++) {
      const { note } = log.at(at) as Entry;
      if (note?.about === 'offset') this.#group(note.group).offsets.set(note.partition, note.offset);
      if (note?.about === 'group') newest.set(note.group, note);
    }
    for (const note of newest.values()) this.#group(note.group).restore(note);
  }

  /** Another broker coordinates from now on. */
  unload(): void {
    for (const group of this.#groups?.values() ?? []) group.stop();
    this.#groups = null;
  }

  handle(request: Request, reply: Reply): void {
    if (this.#groups === null || !('group' in request)) {
      reply({ failure: 'not coordinator' });
      return;
    }
    const group = this.#group(request.group);
    switch (request.api) {
      case 'offset-fetch':
        reply({
          failure: '',
          offsets: request.partitions.map((partition): [number, number] => [
            partition,
            group.offsets.get(partition) ?? -1,
          ]),
        });
        return;
      case 'offset-commit':
        this.#commit(group, request, reply);
        return;
      case 'join-group':
        group.join(request, reply);
        return;
      case 'sync-group':
        group.sync(request, reply);
        return;
      case 'heartbeat':
        reply({ failure: group.heartbeat(request.member, request.generation) });
        return;
      case 'leave-group':
        reply({ failure: group.leave(request.member) });
        return;
    }
  }

  #commit(group: Group, request: Request & { api: 'offset-commit' }, reply: Reply): void {
    const failure = group.mayCommit(request.member, request.generation);
    if (failure !== '') {
      reply({ failure });
      return;
    }
    const notes = request.offsets.map(
      ([partition, offset]): Note => ({
        about: 'offset',
        group: group.name,
        partition,
        offset,
      }),
    );
    this.#write(notes, (written) => {
      if (written) for (const [partition, offset] of request.offsets) group.offsets.set(partition, offset);
      reply({ failure: written ? '' : 'not coordinator' });
    });
  }

  #group(name: string): Group {
    const groups = this.#groups as Map<string, Group>;
    const known = groups.get(name);
    if (known !== undefined) return known;
    const group = new Group(this.#cluster, this.#place, name, this.#write);
    groups.set(name, group);
    return group;
  }
}
