// The quads around any other node, both ways.
function side(path, way) {
  hs.tags(path.limit(200)).forEach(function (row) {
    g.emit({ way: way, predicate: row.predicate, predicate_name: hs.name(row.predicate), node: row.id,
      node_name: hs.isNode(row.id) ? hs.contentName(row.id) : String(row.id) });
  });
}
side(g.V(params.id).out(null, "predicate"), "out");
side(g.V(params.id).in(null, "predicate"), "in");
