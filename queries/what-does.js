/**
 * What a source says: every claim that it makes, with stance and place.
 *
 * @query   what-does
 * @param   {entity} source - who speaks
 * @param   {entity} [about] - only what is about this
 * @param   {support|oppose|uncommitted|no-comment|directive} [side] - only stances of this side
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance content certainty date outlet sentence review grade
 * @draw
 * @example source=hs:Kaspersky
 * @example source=Symantec side=uncommitted
 */
var claims = hs.newestOf(params.source);
if (params.about) {
  var about = {};
  claims = hs.claimsOf(params.source);
  hs.claimsAbout(params.about).forEach(function (c) { about[c] = true; });
  claims = claims.filter(function (c) { return about[c]; });
}
hs.emit(hs.rows(claims, function (row) {
  return !params.side || hs.side(row.stance) === params.side;
}, hs.SIDES[params.side]));
