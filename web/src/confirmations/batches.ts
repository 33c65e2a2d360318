/** As many papers as are read and printed in one go. */
export const printedAtOnce = 50;

export function batches<Item>(list: readonly Item[], size = printedAtOnce): Item[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
