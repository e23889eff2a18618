/**
 * Sources that took one position earlier and another later on the same thing.
 *
 * @query   changed-positions
 * @param   {entity} [source] - only this source
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=100] - at most so many rows
 * @columns source_name earlier_stance earlier_date stance date content outlet sentence earlier_sentence
 * @draw
 * @example
 */
var CHANGED = "<hs:changedFrom>";
var later = params.source ? hs.having(hs.claimsOf(params.source), CHANGED)
  : hs.out(hs.into(CHANGED, hs.PREDICATE), hs.SUBJECT);

var rows = [];
hs.rows(later).forEach(function (row) {
  hs.out(row.claim, CHANGED).forEach(function (c) {
    var before = hs.claim(c);
    rows.push(Object.assign({}, row, { earlier: c, earlier_stance: before.stance, earlier_date: before.date,
      earlier_sentence: before.sentence, earlier_content: before.content }));
  });
});
hs.emit(rows);
