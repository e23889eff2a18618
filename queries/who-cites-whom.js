/**
 * Who passes on whose words: a source's claim about another source's claim.
 *
 * @query   who-cites-whom
 * @param   {entity} [by] - only who passes it on
 * @param   {entity} [whom] - only whose words are passed on
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name target_name inner_stance content date outlet sentence
 * @draw
 * @example
 */
var outer = params.by ? hs.newestOf(params.by)
  : params.whom ? citing(hs.claimsOf(params.whom))
  : hs.newestWith("<hs:content>", null);
function citing(claims) { return hs.into(claims, "<hs:content>"); }

var rows = [];
hs.rows(outer).forEach(function (row) {
  row.contents.forEach(function (c) {
    if (!/^<hs:claim\//.test(c)) return;
    var inner = hs.claim(c);
    if (params.whom && !hs.is(inner.source, params.whom, inner.document)) return;
    rows.push(Object.assign({}, row, { edge: "cites", target: inner.source, target_name: inner.source_name, inner: c,
      inner_stance: inner.stance, content: inner.content }));
  });
});
hs.emit(rows);
