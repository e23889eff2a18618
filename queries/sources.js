/**
 * Who speaks, the most quoted first: claims by side, documents, first and last day.
 *
 * @query   sources
 * @param   {entity} [about] - only claims about this
 * @param   {boolean} [unnamed=false] - also sources without a name
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {integer} [limit=50] - at most so many rows
 * @columns source_name claims support oppose uncommitted no_comment directive documents first last
 * @example
 * @example about=hs:NorthKorea
 */
var KINDS = params.unnamed ? ["named", "unnamed", "unresolved"] : ["named"];
var claims = params.about ? hs.claimsAbout(params.about) : hs.all(g.V.apply(g, KINDS).in("<hs:sourceKind>"));
var by = {};
hs.rows(claims, function (row) {
  return row.source_kind === "named" || params.unnamed && row.source_kind !== "author";
}).forEach(function (row) {
  var s = by[row.source] = by[row.source] || { source: row.source, source_name: row.source_name, claims: 0, support: 0, oppose: 0,
    uncommitted: 0, no_comment: 0, directive: 0, seen: {}, first: row.date, last: row.date };
  s.claims++;
  s[hs.side(row.stance).replace("-", "_")]++;
  s.seen[row.document] = true;
  if (row.date) s.last = row.date;
});
hs.emit(Object.keys(by).map(function (k) {
  var s = by[k];
  s.documents = Object.keys(s.seen).length;
  delete s.seen;
  return s;
}).sort(function (a, b) { return b.claims - a.claims || hs.compare(a.source, b.source); }));
