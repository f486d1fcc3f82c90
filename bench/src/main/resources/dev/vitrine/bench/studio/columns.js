// Values of a table's columns, as people write them.

import { percent } from './dom.js';

export const isChoice = (column) => column.categories.length > 0;

export function written(column, v) {
  return isChoice(column) ? column.categories[v] : String(+v.toFixed(column.decimals)).replaceAll('-', '−');
}

// A share of the way from what models see as 0 to v: a mean, but no category.
export function partly(column, v, share) {
  if (!isChoice(column)) return written(column, column.reference + share * (v - column.reference));
  return share === 1 ? written(column, v) : share === 0 ? 'none' : `${percent(share)} ${written(column, v)}`;
}

// What models see as 0 in all columns.
export const nothing = (about) => (about.images ? 'black' : zeros(about) ? 'a row of zeros' : 'the mean row');

// What becomes of a column that is erased.
export function erasing(about) {
  const category = about.columns.some(isChoice) ? ', an erased category none of them' : '';
  return `An erased number becomes ${zeros(about) ? '0' : 'its mean over the training rows'}${category}.`;
}

const zeros = (about) => about.columns.every((c) => c.reference === 0);
