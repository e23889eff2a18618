/**
 * The documents, the newest first, with how many claims each holds.
 *
 * @query   documents
 * @param   {entity} [about] - only those that mention this
 * @param   {string} [outlet] - only those of this outlet
 * @param   {date} [since] - only those from this day on
 * @param   {date} [until] - only those up to this day
 * @param   {integer} [limit=100] - at most so many rows
 * @columns date outlet headline claims document url
 * @example
 * @example about=hs:NorthKorea
 */
var docs = params.about ? hs.into(hs.mentioned(params.about), "<" + hs.SCHEMA + "mentions>")
  : params.outlet ? hs.into(params.outlet, "<" + hs.SCHEMA + "publisher>")
  : hs.latestDocuments() || hs.into("<hs:Document>", hs.TYPE);

var list = docs.map(function (d) {
  return { document: d, date: hs.get(d, hs.DATE) };
}).filter(function (r) {
  return hs.within(r) && (!params.about || hs.mentioned(params.about).some(function (n) { return hs.is(n, params.about, r.document); }));
}).sort(function (a, b) {
  return hs.compare(b.date || "", a.date || "") || hs.compare(a.document, b.document);
}).slice(0, params.limit).map(function (r) { return r.document; });

var counts = hs.claimsIn(list);
list.forEach(function (d) {
  var row = Object.assign({}, hs.doc(d));
  row.date = row.date && row.date.slice(0, 10);
  row.claims = counts[d] || 0;
  g.emit(row);
});
