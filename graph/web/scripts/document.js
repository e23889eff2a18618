// A document with its text, then every claim that stands in it, in order.
var row = Object.assign({}, hs.doc(params.id));
row.known = hs.any(g.V(params.id).has(hs.TYPE, "<hs:Document>"));
row.text = hs.get(params.id, hs.STRING);
row.author = hs.get(params.id, "<" + hs.SCHEMA + "author>");
row.reader = hs.get(params.id, "<hs:readBy>");
row.boilerplate = hs.all(g.V(params.id).out("<hs:boilerplate>"));
g.emit(row);

hs.rows(hs.all(g.V(params.id).in(hs.IN).in(hs.FROM).has(hs.TYPE, "<hs:Claim>"))).forEach(function (claim) {
  claim.source_at = hs.get(claim.claim, "<hs:sourceMention>");
  claim.cue_at = hs.get(claim.claim, "<hs:cueMention>");
  claim.content_at = hs.all(g.V(claim.claim).out("<hs:contentMention>"));
  claim.rule = hs.get(claim.claim, "<hs:rule>");
  claim.content_names = claim.contents.map(hs.contentName);
  g.emit(claim);
});
