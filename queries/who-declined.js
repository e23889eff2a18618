/**
 * Who declined to comment, or could not be reached, and on what.
 *
 * @query   who-declined
 * @param   {entity} [who] - only this source
 * @param   {entity} [about] - only where the matter is about this
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance content date outlet sentence
 * @draw
 * @example
 */
var claims = params.about ? hs.newestAbout(params.about)
  : params.who ? hs.newestOf(params.who)
  : hs.newestWith("<hs:stance>", ["<hs:declines-comment>", "<hs:unreachable>"]);

hs.emit(hs.rows(claims, function (row) {
  return hs.side(row.stance) === "no-comment" && (!params.who || hs.is(row.source, params.who, row.document));
}, hs.SIDES["no-comment"]));
