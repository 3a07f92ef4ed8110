const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

export function Logo() {
  return (
    <svg aria-hidden="true" width="26" height="18" viewBox="0 0 26 18">
      <path {...line} strokeWidth={2.4} d="M2 15C4 6 7 3 9.500 8.500S13 14 14.500 9 19 2 22 11" />
      <circle cx="23" cy="14.500" r="2.200" fill="var(--loss)" />
    </svg>
  );
}

export const PlayIcon = () => (
  <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">
    <path
      fill="currentColor"
      d="M5 2.500v13a.8.8 0 0 0 1.200.7l10-6.500a.8.8 0 0 0 0-1.400l-10-6.500A.8.8 0 0 0 5 2.500Z"
    />
  </svg>
);

export const PauseIcon = () => (
  <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">
    <path fill="currentColor" d="M4 2.500h3.500v13H4zM10.500 2.500H14v13h-3.500z" />
  </svg>
);

export const AgainIcon = () => (
  <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">
    <path {...line} strokeWidth={2} d="M15 9a6 6 0 1 1-1.900-4.400M15 1.500v4h-4" />
  </svg>
);

export function ThemeIcon() {
  return (
    <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
      <circle {...line} cx="8" cy="8" r="6" />
      <path fill="currentColor" d="M8 2a6 6 0 0 0 0 12Z" />
    </svg>
  );
}

export const CloseIcon = () => (
  <svg aria-hidden="true" width="14" height="14" viewBox="0 0 14 14">
    <path {...line} d="m3 3 8 8m0-8-8 8" />
  </svg>
);

export const EditIcon = () => (
  <svg aria-hidden="true" width="14" height="14" viewBox="0 0 14 14">
    <path {...line} strokeWidth={1.4} d="M9.500 2.500 11.500 4.500 5 11l-2.500.5L3 9Z" />
  </svg>
);

export const DownIcon = () => (
  <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">
    <path {...line} d="m3 4.500 3 3 3-3" />
  </svg>
);

export const UndoIcon = () => (
  <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
    <path {...line} d="M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H6" />
  </svg>
);

export const RedoIcon = () => (
  <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
    <path {...line} d="m10 3 3 3-3 3m3-3H7a4 4 0 0 0 0 8h3" />
  </svg>
);

export const BackIcon = () => (
  <svg aria-hidden="true" width="14" height="14" viewBox="0 0 14 14">
    <path {...line} d="M8.500 3 4.500 7l4 4" />
  </svg>
);

export const CompareIcon = () => (
  <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
    <path {...line} d="M2 5.500h11M10.500 3 13 5.500 10.500 8M14 11H3m2.500-2.500L3 11l2.500 2.500" />
  </svg>
);
