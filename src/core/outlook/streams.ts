import { hashOf, type Random } from "../random.ts";

/** Numbers for many accounts, one after the other, each of which has its own whoever else is there. */
export interface Streams {
  /** Of the stream that was begun last. */
  readonly random: Random;
  begin(name: string): void;
}

/** Steps after which streams that began alike are no longer so. */
const stepsToMix = 12;
/** Numbers that are made ahead. */
const size = 512;

/**
 * The generator sfc32 (Doty-Humphrey, in PractRand): one number is a few additions, and a stream begins without anything
 * being made for it. Of its 32 bits nothing here needs more. Numbers are made ahead, so that giving one is little enough
 * to become part of whoever takes it.
 */
export function createStreams(seed: string): Streams {
  const hash = hashOf(seed);
  const state = new Int32Array(4);
  const ahead = new Float64Array(size);
  let next = size;

  function fill(count: number): void {
    let a = state[0] ?? 0;
    let b = state[1] ?? 0;
    let c = state[2] ?? 0;
    let counter = state[3] ?? 0;
    for (let at = 0; at < count; at += 1) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      ahead[at] = (sum >>> 0) / 2 ** 32;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
  }

  return {
    random() {
      if (next === size) {
        fill(size);
        next = 0;
      }
      next += 1;
      return ahead[next - 1] ?? 0;
    },
    begin(name) {
      state.set([hash, hashOf(name), hashOf(`${seed}/${name}`), 1]);
      fill(stepsToMix);
      next = size;
    },
  };
}
