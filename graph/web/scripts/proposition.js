// The parts of a proposition, its rivals, and everything that is said of it.
var p = params.id, claims = hs.rows(hs.claimsAbout(p));
function named(node) { return node === null ? null : { id: node, name: hs.name(node) }; }

var links = [];
[["rival of", "<hs:rivalOf>"], ["conflicts with", "<hs:conflictsWith>"], ["differs from", "<hs:differsFrom>"],
  ["contradicts", "<http://purl.org/spar/cito/disagreesWith>"]].forEach(function (link) {
  hs.linked(p, [link[1]]).forEach(function (other) {
    links.push({ how: link[0], id: other, name: hs.name(other),
      sources: hs.rows(hs.claimsOn(other)).slice(0, 20).map(function (r) { return r.source_name + " (" + r.stance + ")"; }) });
  });
});

var parts = hs.statement(p);
g.emit({ id: p, known: hs.any(g.V(p).has(hs.TYPE, "<hs:Proposition>")), name: hs.name(p), subject: named(parts.subject),
  predicate: named(parts.predicate), object: named(parts.object), polarity: parts.polarity, value: parts.value, bound: parts.bound,
  unit: parts.unit, links: links });
claims.forEach(function (row) {
  row.cites = row.contents.filter(function (c) { return /^<hs:claim\//.test(c); }).map(function (c) { return hs.claim(c).source_name; });
  g.emit(row);
});
