/**
 * How two entities are connected: the shortest chains of stances, statements and
 * facts between them, the steps of each in order. "document" is where the step is from.
 *
 * @query   connect
 * @param   {entity} from - one end
 * @param   {entity} to - the other end
 * @param   {integer} [steps=6] - at most so many steps; through a statement are two
 * @param   {integer} [limit=5] - at most so many chains
 * @columns chain step source_name edge target_name date outlet document
 * @draw
 * @example from=hs:Kaspersky to=hs:NorthKorea
 */
var BOOKKEEPING = /^<(hs:(source|stance|content|topic|mergedBecause|sourceMention|cueMention|contentMention|place|argument|instrument|manner|time)|http:\/\/schema\.org\/(mentions|publisher|url)|.*#(type|subClassOf|subPropertyOf|wasDerivedFrom|predicate|referenceContext)|http:\/\/purl\.org\/.*)>$/;
var FAN = 500; // edges that are followed from one node, in each direction

function ends(node) { return node === params.from || node === params.to; }

// passable: documents, claims and links are between everything.
var BETWEEN = /^<hs:(doc|claim|link)\//;
function passable(node) { return ends(node) || !BETWEEN.test(node); }

// hub: everybody speaks of a topic, which connects nobody.
function hub(node) { return !ends(node) && hs.get(node, hs.TYPE) === "<hs:Topic>"; }

// leads: edges of a predicate say more than the bookkeeping.
var lead = {};
function leads(predicate) {
  if (!(predicate in lead)) lead[predicate] = !BOOKKEEPING.test(predicate);
  return lead[predicate];
}

// near gives the edges from a node, in order: {source, edge, target, next}.
function near(node) {
  var found = [];
  ["out", "in"].forEach(function (way) {
    hs.edges(node, way, leads, function (predicate, other) {
      if (!passable(other)) return;
      found.push({ source: way === "in" ? other : node, edge: predicate, target: way === "in" ? node : other, next: other });
    }, FAN);
  });
  return found.sort(function (a, b) { return hs.compare(a.edge, b.edge) || hs.compare(a.next, b.next); });
}

// side is how far the search has come from one end: for each node on a shortest
// way the nodes before it, with the edges from each.
function side(start) {
  var s = { level: {}, ways: {}, now: [start], depth: 0 };
  s.level[start] = 0;
  return s;
}

function expand(s) {
  var next = [];
  s.depth++;
  s.now.forEach(function (node) {
    if (hub(node)) return;
    near(node).forEach(function (e) {
      if (!(e.next in s.level)) { s.level[e.next] = s.depth; s.ways[e.next] = {}; next.push(e.next); }
      if (s.level[e.next] === s.depth) (s.ways[e.next][node] = s.ways[e.next][node] || []).push(e);
    });
  });
  s.now = next;
}

// half gives the chains between a node and the end that a side began at, the node's
// step first.
function half(s, node) {
  if (!s.level[node]) return [[]];
  var out = [];
  for (var before in s.ways[node]) {
    half(s, before).forEach(function (steps) { if (out.length < params.limit) out.push([s.ways[node][before]].concat(steps)); });
  }
  return out;
}

// chains searches from both ends, always from the one with fewer nodes before it,
// until they meet: each chain is a list of steps, each step the edges between two
// nodes.
function chains() {
  var a = side(params.from), b = side(params.to), met = [], out = [];
  if (params.from === params.to) return out;
  while (!met.length && a.depth + b.depth < params.steps && a.now.length && b.now.length) {
    var s = a.now.length <= b.now.length ? a : b, other = s === a ? b : a;
    expand(s);
    met = s.now.filter(function (node) { return node in other.level && !hub(node); }).sort(hs.compare);
  }
  met.forEach(function (node) {
    half(a, node).forEach(function (first) {
      half(b, node).forEach(function (last) { if (out.length < params.limit) out.push(first.slice().reverse().concat(last)); });
    });
  });
  return out;
}

// origin is a document that states the edge.
function origin(e) {
  var labels = hs.tags(g.V(e.source).labelContext(g.V(), "label").out(e.edge).is(e.target));
  labels = labels.map(function (row) { return row.label; }).filter(function (l) { return /^<hs:doc\//.test(l); }).sort();
  return labels.length ? hs.doc(labels[0]) : {};
}

chains().forEach(function (steps, i) {
  steps.forEach(function (edges, step) {
    edges.forEach(function (e) {
      var d = origin(e);
      g.emit({ chain: i + 1, step: step + 1, source: e.source, source_name: hs.contentName(e.source), edge: hs.short(e.edge),
        target: e.target, target_name: hs.contentName(e.target), document: d.document, headline: d.headline, outlet: d.outlet,
        date: d.date && d.date.slice(0, 10) });
    });
  });
});
