/**
 * What documents state in their own voice about an entity, as affirmed and
 * certain. What is only reported is not among it: see who-says.
 *
 * @query   facts
 * @param   {entity} of - the entity
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name edge target_name date outlet sentence
 * @draw
 * @example of=hs:NeelMehta
 */
var rows = [];
hs.rows(hs.newestAbout(params.of), function (head) {
  return head.source_kind === "author" && head.stance === "asserts";
}, ["asserts"]).forEach(function (row) {
  if (row.certainty !== "certain" || row.polarity !== "positive") return;
  row.contents.forEach(function (p) {
    if (!/^<hs:prop\//.test(p)) return;
    var parts = hs.statement(p), subject = parts.subject, object = parts.object;
    if (parts.polarity !== "positive") return;
    if (subject === null || object === null || !hs.is(subject, params.of, row.document) && !hs.is(object, params.of, row.document)) return;
    rows.push(Object.assign({}, row, { source: subject, source_name: hs.name(subject), edge: hs.short(parts.predicate),
      target: object, target_name: hs.name(object) }));
  });
});
hs.emit(rows);
