const CELL = 6;
const HALF_LINE = 6;

/** Which parts of a picture have a word on them, as cells of a grid: exact enough for words, at any angle. */
export class Taken {
  readonly #cells = new Set<number>();

  /** Claims room for a line of text unless any of it is taken. `x`, `y`: its middle, or its end at mid-height. */
  take(x: number, y: number, width: number, angle: number, align: 'left' | 'center'): boolean {
    const cells = this.#along(x, y, width, angle, align);
    if (cells.some((cell) => this.#cells.has(cell))) return false;
    for (const cell of cells) this.#cells.add(cell);
    return true;
  }

  /** Whether a level box is free. */
  room(x: number, y: number, width: number, height: number): boolean {
    return !this.#box(x, y, width, height).some((cell) => this.#cells.has(cell));
  }

  /** Claims a level box, taken or not. */
  block(x: number, y: number, width: number, height: number): void {
    for (const cell of this.#box(x, y, width, height)) this.#cells.add(cell);
  }

  #along(x: number, y: number, width: number, angle: number, align: 'left' | 'center'): number[] {
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const from = align === 'left' ? 0 : -width / 2;
    const cells = new Set<number>();
    for (let along = from; along <= from + width; along += CELL / 2) {
      for (const across of [-HALF_LINE, 0, HALF_LINE]) {
        cells.add(key(x + along * dx - across * dy, y + along * dy + across * dx));
      }
    }
    return [...cells];
  }

  #box(x: number, y: number, width: number, height: number): number[] {
    const cells: number[] = [];
    for (let row = Math.floor(y / CELL); row * CELL < y + height; row++) {
      for (let column = Math.floor(x / CELL); column * CELL < x + width; column++)
        cells.push(cellKey(column, row));
    }
    return cells;
  }
}

const cellKey = (column: number, row: number): number => (row + 4096) * 8192 + column + 2048;
const key = (x: number, y: number): number => cellKey(Math.floor(x / CELL), Math.floor(y / CELL));
