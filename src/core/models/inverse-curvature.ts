/** An entry that is there; for the type checker. */
export function entry(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** Makes the inverse of the curvature, a square matrix row by row, the same in every direction. */
export function resetTo(inverse: Float64Array, scale: number): void {
  const size = Math.sqrt(inverse.length);
  inverse.fill(0);
  for (let i = 0; i < size; i += 1) inverse[i * size + i] = scale;
}

/**
 * The update of Broyden, Fletcher, Goldfarb and Shanno after a move, by how much the slope turned down; none where the
 * value does not bend downwards.
 *
 * @param work room for one entry per parameter.
 */
export function update(
  inverse: Float64Array,
  moved: Float64Array,
  turned: Float64Array,
  work: Float64Array,
): void {
  const size = moved.length;
  const bend = dot(moved, turned);
  if (!(bend > 1e-12 * Math.sqrt(dot(moved, moved) * dot(turned, turned)))) return;
  let along = 0;
  for (let i = 0; i < size; i += 1) {
    let sum = 0;
    for (let j = 0; j < size; j += 1) sum += entry(inverse, i * size + j) * entry(turned, j);
    work[i] = sum;
    along += sum * entry(turned, i);
  }
  const own = (1 + along / bend) / bend;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const crossed = entry(work, i) * entry(moved, j) + entry(moved, i) * entry(work, j);
      const change = own * entry(moved, i) * entry(moved, j) - crossed / bend;
      inverse[i * size + j] = entry(inverse, i * size + j) + change;
    }
  }
}

/** How curved the value was along a first step, as the scale to begin with. */
export function curvatureOf(moved: Float64Array, turned: Float64Array): number {
  const bend = dot(moved, turned);
  return bend > 0
    ? bend / dot(turned, turned)
    : Math.sqrt(dot(moved, moved) / Math.max(dot(turned, turned), 1e-300));
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += entry(left, i) * entry(right, i);
  return sum;
}
