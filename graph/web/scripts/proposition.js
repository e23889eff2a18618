// The parts of a proposition, its rivals, and everything that is said of it.
var p = params.id, claims = hs.rows(hs.claimsAbout(p));
function named(node) { return node === null ? null : { id: node, name: hs.name(node) }; }

var links = [];
[["rival of", "<hs:rivalOf>"], ["conflicts with", "<hs:conflictsWith>"], ["differs from", "<hs:differsFrom>"],
  ["contradicts", "<http://purl.org/spar/cito/disagreesWith>"]].forEach(function (link) {
  hs.all(g.V(p).both(link[1])).forEach(function (other) {
    if (/^<hs:prop\//.test(other) && other !== p) links.push({ how: link[0], id: other, name: hs.name(other),
      sources: hs.rows(hs.all(g.V(other).in("<hs:content>").has(hs.TYPE, "<hs:Claim>"))).map(function (r) { return r.source_name + " (" + r.stance + ")"; }) });
  });
});

g.emit({ id: p, known: hs.any(g.V(p).has(hs.TYPE, "<hs:Proposition>")), name: hs.name(p), subject: named(hs.get(p, hs.SUBJECT)),
  predicate: named(hs.get(p, hs.PREDICATE)), object: named(hs.get(p, hs.OBJECT)), polarity: hs.get(p, "<hs:polarity>"),
  value: hs.get(p, "<hs:value>"), bound: hs.get(p, "<hs:bound>"), unit: hs.get(p, "<hs:unit>"), links: links });
claims.forEach(function (row) {
  row.cites = row.contents.filter(function (c) { return /^<hs:claim\//.test(c); }).map(function (c) { return hs.claim(c).source_name; });
  g.emit(row);
});
