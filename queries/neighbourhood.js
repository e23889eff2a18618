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

// edgesOf calls fn with predicate and other node of each edge in one direction that
// keep lets through, until there are enough.
function edgesOf(node, way, keep, fn) {
  hs.edges(node, way, function (predicate) { return !full() && keep(predicate); }, fn);
}
function stance(predicate) { return STANCES.indexOf(predicate) >= 0; }

// Stances on it, and its own.
hs.nodes(params.of).forEach(function (node) {
  edgesOf(node, "in", stance, function (predicate, other) { edge(other, predicate, node); });
  edgesOf(node, "out", stance, function (predicate, other) { edge(node, predicate, other); });
});

// Facts: edges between it and other entities that are no stance and no part of
// the bookkeeping.
function fact(predicate) {
  return (/^<hs:/.test(predicate) || /^<http:\/\/schema\.org\//.test(predicate)) && STANCES.indexOf(predicate) < 0 &&
    !/^<(hs:(source|stance|content|target|topic|mergedBecause|place|argument|instrument|manner|time)|http:\/\/schema\.org\/(mentions|publisher|url))>$/.test(predicate);
}
hs.nodes(params.of).forEach(function (node) {
  edgesOf(node, "out", fact, function (predicate, other) { edge(node, predicate, other); });
  edgesOf(node, "in", fact, function (predicate, other) { edge(other, predicate, node); });
});

// parts are a statement's subject and object.
function parts(p) {
  hs.out(p, hs.SUBJECT).forEach(function (n) { edge(p, "subject", n); });
  hs.out(p, hs.OBJECT).forEach(function (n) { edge(p, "object", n); });
}

// Statements that it is part of, with those who speak of them.
if (params.statements !== false && !full()) {
  hs.into(hs.nodes(params.of), [hs.SUBJECT, hs.OBJECT]).forEach(function (p) {
    if (!/^<hs:prop\//.test(p) || full()) return;
    edgesOf(p, "in", stance, function (predicate, other) {
      if (!/^<hs:doc\/[^#]*>$/.test(other)) edge(other, predicate, p);
    });
    parts(p);
  });
}
if (/^<hs:prop\//.test(params.of)) parts(params.of);
hs.emit(edges.slice(0, params.limit || edges.length).map(function (e) {
  return { source: e.source, source_name: hs.contentName(e.source), edge: e.edge, target: e.target, target_name: hs.contentName(e.target) };
}));
