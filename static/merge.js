// Two people change one text: where they changed different places of it, both changes stand in one text.
const pieces = (text) => text.match(/\s+|\S+/g) ?? [];

/** Where *now* differs from *was*: from piece *start* to *end* of *was* stand the pieces *put* instead. */
function change(was, now) {
  let start = 0, back = 0;
  while (start < Math.min(was.length, now.length) && was[start] === now[start]) start += 1;
  while (back < Math.min(was.length, now.length) - start && was.at(-1 - back) === now.at(-1 - back)) back += 1;
  return { start, end: was.length - back, put: now.slice(start, now.length - back) };
}

const long = (parts) => parts.join("").length;

/**
 * Put *mine* and *theirs*, both made of *base*, into one text.  *at*: where the caret stands in *mine*.
 * Returns [text, caret], or null where both changed the same place, or places with no word between them.
 */
export function merged(base, mine, theirs, at) {
  const was = pieces(base), [my, their] = [change(was, pieces(mine)), change(was, pieces(theirs))];
  const [first, second] = my.start < their.start ? [my, their] : [their, my];
  if (!was.slice(first.end, second.start).some((piece) => piece.trim())) return null;
  const text = [...was.slice(0, first.start), ...first.put, ...was.slice(first.end, second.start), ...second.put, ...was.slice(second.end)].join("");
  const moved = their === first ? long(their.put) - long(was.slice(their.start, their.end)) : 0;
  const place = long(was.slice(0, their.start));
  return [text, at > place ? at + moved : at];
}
