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
var docs = params.about ? g.V(params.about).in("<" + hs.SCHEMA + "mentions>")
  : params.outlet ? g.V(params.outlet).in("<" + hs.SCHEMA + "publisher>")
  : g.V("<hs:Document>").in(hs.TYPE);

var rows = hs.all(docs).map(function (d) {
  return Object.assign({}, hs.doc(d));
}).filter(function (row) {
  return hs.within(row) && (!params.outlet || row.outlet === params.outlet);
}).sort(function (a, b) {
  return hs.compare(b.date || "", a.date || "") || hs.compare(a.document, b.document);
}).slice(0, params.limit);

rows.forEach(function (row) {
  row.date = row.date && row.date.slice(0, 10);
  row.claims = hs.all(g.V(row.document).in(hs.IN).in(hs.FROM).has(hs.TYPE, "<hs:Claim>")).length;
});
hs.emit(rows);
