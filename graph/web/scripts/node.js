// What is known of a node itself: names, classes, why it was merged, where it is mentioned.
var types = hs.out(params.id, hs.TYPE);
g.emit({ id: params.id, name: hs.contentName(params.id), types: types, type_names: types.map(hs.name),
  names: hs.out(params.id, [hs.LABEL, "<http://www.w3.org/2004/02/skos/core#altLabel>"]),
  comment: hs.get(params.id, "<http://www.w3.org/2000/01/rdf-schema#comment>"),
  merged: hs.out(params.id, "<hs:mergedBecause>"), same: hs.all(g.V(params.id).both("<http://www.w3.org/2002/07/owl#sameAs>")),
  documents: hs.into(params.id, "<" + hs.SCHEMA + "mentions>") });
