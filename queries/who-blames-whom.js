/**
 * Who blames (or criticizes, or praises) whom, and for what.
 *
 * @query   who-blames-whom
 * @param   {entity} [by] - only this source
 * @param   {entity} [whom] - only this target
 * @param   {blames|criticizes|praises} [stance=blames] - what the source does
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance target_name content date outlet sentence review grade
 * @draw
 * @example
 * @example whom=hs:Russia
 */
var claims = params.whom ? hs.into(hs.mentioned(params.whom), "<hs:target>")
  : params.by ? hs.newestOf(params.by) : hs.newestWith("<hs:stance>", "<hs:" + params.stance + ">");

var rows = [];
hs.rows(claims, function (row) {
  return row.stance === params.stance && (!params.by || hs.is(row.source, params.by, row.document));
}, [params.stance]).forEach(function (row) {
  row.targets.forEach(function (target) {
    if (params.whom && !hs.is(target, params.whom, row.document)) return;
    var one = Object.assign({}, row);
    one.target = target;
    one.target_name = hs.name(target);
    rows.push(one);
  });
});
hs.emit(rows);
