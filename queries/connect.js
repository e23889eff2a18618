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
var FAN = 500; // edges that are followed from one node

// hub: everybody speaks of a topic, which connects nobody.
function hub(node) {
  return node !== params.to && (/^<hs:(doc|claim|link)\//.test(node) || hs.get(node, hs.TYPE) === "<hs:Topic>");
}

function near(node) {
  var found = [];
  function take(path, back) {
    hs.tags(path.limit(FAN)).forEach(function (row) {
      var other = row.id;
      if (!hs.isNode(other) || BOOKKEEPING.test(row.edge) || hub(other)) return;
      found.push({ source: back ? other : node, edge: row.edge, target: back ? node : other, next: other });
    });
  }
  take(g.V(node).out(null, "edge"), false);
  take(g.V(node).in(null, "edge"), true);
  return found.sort(function (a, b) { return hs.compare(a.edge + a.next, b.edge + b.next); });
}

// search goes out from the start, level by level, and keeps for each node on a
// shortest way the nodes before it, with the edges from each.
function search() {
  var level = {}, ways = {}, now = [params.from];
  level[params.from] = 0;
  for (var depth = 1; depth <= params.steps && now.length && !(params.to in level); depth++) {
    var next = [];
    now.forEach(function (node) {
      near(node).forEach(function (e) {
        if (!(e.next in level)) { level[e.next] = depth; ways[e.next] = {}; next.push(e.next); }
        if (level[e.next] === depth) (ways[e.next][node] = ways[e.next][node] || []).push(e);
      });
    });
    now = next;
  }
  return ways;
}

// chains walks back from the end: each chain is a list of steps, each step the
// edges between two nodes.
function chains(ways) {
  var out = [], open = ways[params.to] ? [{ at: params.to, steps: [] }] : [];
  while (open.length && out.length < params.limit) {
    var c = open.shift();
    if (c.at === params.from) { out.push(c.steps); continue; }
    for (var before in ways[c.at]) open.push({ at: before, steps: [ways[c.at][before]].concat(c.steps) });
  }
  return out;
}

// origin is a document that states the edge.
function origin(e) {
  var labels = hs.tags(g.V(e.source).labelContext(g.V(), "label").out(e.edge).is(e.target));
  labels = labels.map(function (row) { return row.label; }).filter(function (l) { return /^<hs:doc\//.test(l); }).sort();
  return labels.length ? hs.doc(labels[0]) : {};
}

chains(search()).forEach(function (steps, i) {
  steps.forEach(function (edges, step) {
    edges.forEach(function (e) {
      var d = origin(e);
      g.emit({ chain: i + 1, step: step + 1, source: e.source, source_name: hs.contentName(e.source), edge: hs.short(e.edge),
        target: e.target, target_name: hs.contentName(e.target), document: d.document, headline: d.headline, outlet: d.outlet,
        date: d.date && d.date.slice(0, 10) });
    });
  });
});
