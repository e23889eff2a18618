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
var docs = params.about ? g.V.apply(g, hs.mentioned(params.about)).in("<" + hs.SCHEMA + "mentions>")
  : params.outlet ? g.V(params.outlet).in("<" + hs.SCHEMA + "publisher>")
  : g.V("<hs:Document>").in(hs.TYPE);

var list = hs.all(docs).map(function (d) {
  return { document: d, date: hs.get(d, hs.DATE) };
}).filter(function (r) {
  return hs.within(r) && (!params.about || hs.mentioned(params.about).some(function (n) { return hs.is(n, params.about, r.document); }));
}).sort(function (a, b) {
  return hs.compare(b.date || "", a.date || "") || hs.compare(a.document, b.document);
}).slice(0, params.limit).map(function (r) { return r.document; });

var counts = {}, seen = {};
if (list.length) {
  hs.tags(g.V.apply(g, list).tag("document").in(hs.IN).in(hs.FROM)).forEach(function (row) {
    if (!/^<hs:claim\//.test(row.id) || seen[row.id]) return;
    seen[row.id] = true;
    counts[row.document] = (counts[row.document] || 0) + 1;
  });
}
list.forEach(function (d) {
  var row = Object.assign({}, hs.doc(d));
  row.date = row.date && row.date.slice(0, 10);
  row.claims = counts[d] || 0;
  g.emit(row);
});
