/** How processes of a kind stand: as cards while they are few, then as lines, then as a grid of counts. */
export type FleetForm = 'card' | 'row' | 'cell';
