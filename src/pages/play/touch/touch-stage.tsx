import { useMemo, useRef, useState } from 'react';
import { Stage } from '../../../views/stage/stage.tsx';
import type { StageTouch, Touched } from '../../../views/stage/touch.ts';
import type { PlayProps } from '../model.ts';
import type { PageView } from '../view.ts';
import { effectOf, rttEffect } from './effects.ts';
import { LazyThingMenu } from './lazy.ts';
import { aimAt, clientTitle } from './offers.ts';

type Props = Pick<PlayProps, 'trace' | 'scenario' | 'player' | 'ghost' | 'actions'> & { view: PageView };

/** The stage, with everything on it to be touched. */
export function TouchStage(props: Props) {
  const { view, trace, scenario, player, actions } = props;
  const [menu, setMenu] = useState<{ what: Touched; anchor: DOMRect; number: number } | null>(null);
  const menus = useRef(0);
  const touch = useMemo((): StageTouch => {
    const { header } = trace;
    const nameOf = (client: number) => header?.clients[client]?.name ?? '';
    const pull = (client: number) =>
      ({ kind: 'client-disconnect', label: '', target: aimAt(trace, client) }) as const;
    return {
      linkAt: (client, atUs) => scenario.linkAt(nameOf(client), atUs),
      onOpen(what, anchor) {
        // What flies would be gone before one of the choices is read.
        if (what.kind === 'packet') actions.pause();
        setMenu({ what, anchor, number: ++menus.current });
      },
      onRtt: (client, rttMs, atUs) => actions.setLink(nameOf(client), 'rttMs', rttMs, atUs),
      rttEffect: (client) => rttEffect(clientTitle(trace, client)),
      onPull: (client) => actions.addFault(pull(client)),
      pullEffect: (client) => effectOf(pull(client), header),
      onType: (text) => actions.type(text),
      onUntype: () => actions.untype(),
      typeEffect: effectOf({ kind: 'publish', label: '', target: null }, header),
    };
  }, [trace, scenario, actions]);
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
