// A document with its text, then every claim that stands in it, in order.
var row = Object.assign({}, hs.doc(params.id));
row.known = hs.any(g.V(params.id).has(hs.TYPE, "<hs:Document>"));
row.text = hs.get(params.id, hs.STRING);
row.author = hs.get(params.id, "<" + hs.SCHEMA + "author>");
row.reader = hs.get(params.id, "<hs:readBy>");
row.copy_of = hs.out(params.id, "<hs:copyOf>").map(hs.doc);
row.copies = hs.into(params.id, "<hs:copyOf>").map(hs.doc);
row.boilerplate = hs.out(params.id, "<hs:boilerplate>");
g.emit(row);

hs.rows(hs.having(hs.into(hs.into(params.id, hs.IN), hs.FROM), hs.TYPE, "<hs:Claim>")).forEach(function (claim) {
  var p = hs.properties(claim.claim);
  claim.source_at = hs.first(p["<hs:sourceMention>"]);
  claim.cue_at = hs.first(p["<hs:cueMention>"]);
  claim.content_at = p["<hs:contentMention>"] || [];
  claim.rule = hs.first(p["<hs:rule>"]);
  claim.content_names = claim.contents.map(hs.contentName);
  g.emit(claim);
});
