/**
 * What is linked to a node, to draw: who takes which stance on it, what it takes
 * a stance on, the statements it is part of, and the facts that documents state
 * in their own voice.
 *
 * @query   neighbourhood
 * @param   {entity} of - an entity, a topic or a proposition
 * @param   {boolean} [statements=true] - also the propositions that it is part of
 * @param   {integer} [limit=80] - at most so many edges
 * @columns source_name edge target_name source target
 * @draw
 * @example of=hs:NorthKorea
 */
var STANCES = [];
for (var s in hs.SIDES) hs.SIDES[s].forEach(function (stance) { STANCES.push("<hs:" + stance + ">"); });

var edges = [], seen = {};
function edge(source, predicate, target) {
  var key = source + predicate + target;
  if (seen[key] || !hs.isNode(source) || !hs.isNode(target) || place(source) || place(target)) return;
  seen[key] = true;
  edges.push({ source: source, edge: hs.short(predicate), target: target });
}

// full: more edges would not be shown.
function full() { return params.limit && edges.length >= params.limit; }

// place: a bare place in a text says nothing in a drawing, somebody unnamed does.
function place(node) { return /#char=/.test(node) && !hs.get(node, hs.LABEL); }

// edgesOf gives [predicate, other node] for each edge in one direction that keep
// lets through.
function edgesOf(node, way, keep) {
  return hs.edges(node, way).filter(function (row) { return keep(row.predicate); }).map(function (row) { return [row.predicate, row.id]; })
    .sort(function (a, b) { return hs.compare(a[0] + a[1], b[0] + b[1]); });
}
function stance(predicate) { return STANCES.indexOf(predicate) >= 0; }

// Stances on it, and its own.
hs.nodes(params.of).forEach(function (node) {
  edgesOf(node, "in", stance).forEach(function (e) { edge(e[1], e[0], node); });
  edgesOf(node, "out", stance).forEach(function (e) { edge(node, e[0], e[1]); });
});

// Facts: edges between it and other entities that are no stance and no part of
// the bookkeeping.
function fact(predicate) {
  return (/^<hs:/.test(predicate) || /^<http:\/\/schema\.org\//.test(predicate)) && STANCES.indexOf(predicate) < 0 &&
    !/^<(hs:(source|stance|content|target|topic|mergedBecause|place|argument|instrument|manner|time)|http:\/\/schema\.org\/(mentions|publisher|url))>$/.test(predicate);
}
hs.nodes(params.of).forEach(function (node) {
  if (!full()) edgesOf(node, "out", fact).forEach(function (e) { edge(node, e[0], e[1]); });
  if (!full()) edgesOf(node, "in", fact).forEach(function (e) { edge(e[1], e[0], node); });
});

// Statements that it is part of, with those who speak of them.
if (params.statements !== false && !full()) {
  hs.all(g.V.apply(g, hs.nodes(params.of)).in([hs.SUBJECT, hs.OBJECT])).forEach(function (p) {
    if (!/^<hs:prop\//.test(p) || full()) return;
    edgesOf(p, "in", stance).forEach(function (e) {
      if (!/^<hs:doc\/[^#]*>$/.test(e[1])) edge(e[1], e[0], p);
    });
    hs.all(g.V(p).out(hs.SUBJECT)).forEach(function (n) { edge(p, "subject", n); });
    hs.all(g.V(p).out(hs.OBJECT)).forEach(function (n) { edge(p, "object", n); });
  });
}
if (/^<hs:prop\//.test(params.of)) {
  hs.all(g.V(params.of).out(hs.SUBJECT)).forEach(function (n) { edge(params.of, "subject", n); });
  hs.all(g.V(params.of).out(hs.OBJECT)).forEach(function (n) { edge(params.of, "object", n); });
}
hs.emit(edges.slice(0, params.limit || edges.length).map(function (e) {
  return { source: e.source, source_name: hs.contentName(e.source), edge: e.edge, target: e.target, target_name: hs.contentName(e.target) };
}));
