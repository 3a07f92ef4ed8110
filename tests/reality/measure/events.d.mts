export function rigEvents(perSecond: number, seconds: number): number[];
