const CELL = 5;
/** Half a line of usual type. */
const HALF_LINE_PX = 6;

/** Which parts of a picture have a word on them, as cells of a grid: exact enough for words, at any angle. */
export class Taken {
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: Uint8Array;

  readonly #halfLine: number;

  /** @param scale how much larger than usual type is */
  constructor(width: number, height: number, scale = 1) {
    this.#halfLine = HALF_LINE_PX * scale;
    this.#columns = Math.ceil(width / CELL) + 1;
    this.#rows = Math.ceil(height / CELL) + 1;
    this.#cells = new Uint8Array(this.#columns * this.#rows);
  }

  /** Claims room for a line of text unless any of it is taken. `x`, `y`: its middle, or its left end at mid-height. */
  take(x: number, y: number, width: number, angle: number, align: 'left' | 'center'): boolean {
    const from = align === 'left' ? 0 : -width / 2;
    if (!this.#walk(x, y, from, width, angle, false)) return false;
    this.#walk(x, y, from, width, angle, true);
    return true;
  }

  /** Whether a level box is free. */
  room(x: number, y: number, width: number, height: number): boolean {
    return this.#box(x, y, width, height, false);
  }

  /** Claims a level box, taken or not. */
  block(x: number, y: number, width: number, height: number): void {
    this.#box(x, y, width, height, true);
  }

  /** Goes over the cells of a line of text: claims them, or looks whether all are free. */
  #walk(x: number, y: number, from: number, width: number, angle: number, claim: boolean): boolean {
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const half = this.#halfLine;
    for (let along = from; along <= from + width; along += CELL * 0.7) {
      for (let across = -half; across <= half; across += half / 2) {
        const cell = this.#cell(x + along * dx - across * dy, y + along * dy + across * dx);
        if (cell < 0) continue;
        if (claim) this.#cells[cell] = 1;
        else if (this.#cells[cell] === 1) return false;
      }
    }
    return true;
  }

  #box(x: number, y: number, width: number, height: number, claim: boolean): boolean {
    for (let py = y; py < y + height; py += CELL * 0.7) {
      for (let px = x; px < x + width; px += CELL * 0.7) {
        const cell = this.#cell(px, py);
        if (cell < 0) continue;
        if (claim) this.#cells[cell] = 1;
        else if (this.#cells[cell] === 1) return false;
      }
    }
    return true;
  }

  /** The cell at a point, or -1 outside of the picture. */
  #cell(x: number, y: number): number {
    const column = Math.floor(x / CELL);
    const row = Math.floor(y / CELL);
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return -1;
    return row * this.#columns + column;
  }
}
