import { useEffect, useMemo, useRef, useState } from 'react';
import type { Trace } from '../../../trace/trace.ts';
import { type Closed, eitherClosed, isDirect, legCut } from '../../../views/reading/places.ts';
import { serverOfClient } from '../../../views/stage/server-of.ts';
import { Stage } from '../../../views/stage/stage.tsx';
import type { StageLink, StageTouch, Touched } from '../../../views/stage/touch.ts';
import type { PlayProps } from '../model.ts';
import { lazyViewsOpen } from '../parts/lazy-view.tsx';
import type { PageView } from '../view.ts';
import { LazyThingMenu } from './lazy.ts';
import { aimAt, clientTitle } from './names.ts';

type Props = Pick<PlayProps, 'trace' | 'scenario' | 'player' | 'ghost' | 'actions'> & { view: PageView };

/** The stage, with everything on it to be touched. */
export function TouchStage(props: Props) {
  const { view, trace, scenario, player, actions } = props;
  const [menu, setMenu] = useState<{ what: Touched; anchor: DOMRect; number: number } | null>(null);
  const menus = useRef(0);
  /** The words of what would come of it are needed when somebody points: they come after the first picture. */
  const [words, setWords] = useState<typeof import('./effects.ts') | null>(null);
  useEffect(() => {
    lazyViewsOpen.then(() => import('./effects.ts')).then(setWords, () => {});
  }, []);
  const touch = useMemo((): StageTouch => {
    const { header } = trace;
    const nameOf = (client: number) => header?.clients[client]?.name ?? '';
    const pull = (client: number) =>
      ({ kind: 'client-disconnect', label: '', target: aimAt(trace, client) }) as const;
    return {
      linkAt: (client, atUs) => withServers(trace, client, atUs, scenario.linkAt(nameOf(client), atUs)),
      onOpen(what, anchor) {
        // What flies would be gone before one of the choices is read.
        if (what.kind === 'packet') actions.pause();
        setMenu({ what, anchor, number: ++menus.current });
      },
      onRtt: (client, rttMs, atUs) => actions.setLink(nameOf(client), 'rttMs', rttMs, atUs),
      rttEffect: (client) => words?.rttEffect(clientTitle(trace, client)) ?? '',
      onPull: (client) => actions.addFault(pull(client)),
      pullEffect: (client) => words?.effectOf(pull(client), header) ?? '',
      onType: (text) => actions.type(text),
      onUntype: () => actions.untype(),
      typeEffect: words?.effectOf({ kind: 'publish', label: '', target: null }, header) ?? '',
    };
  }, [trace, scenario, actions, words]);
  return (
    <>
      <Stage {...view} touch={touch} ghost={props.ghost} />
      {menu !== null && (
        <LazyThingMenu.View
          key={menu.number}
          {...{ trace, scenario, player, actions }}
          what={menu.what}
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}

const cutToo = new WeakMap<StageLink, Partial<Record<Closed, StageLink>>>();

/** A client's link, cut where its server's is and nothing stands between: the same object as long as nothing changes. */
function withServers(trace: Trace, client: number, atUs: number, link: StageLink): StageLink {
  const servers = trace.header?.servers.length ?? 0;
  if (!isDirect(trace.header) || servers < 2) return link;
  const cut = eitherClosed(link.cut, legCut(trace, serverOfClient(trace, client, atUs), atUs));
  if (cut === link.cut) return link;
  const known = cutToo.get(link) ?? {};
  cutToo.set(link, known);
  known[cut] ??= { ...link, cut };
  return known[cut];
}
