// What is known of a node itself: names, classes, why it was merged, where it is mentioned.
var types = hs.all(g.V(params.id).out(hs.TYPE));
g.emit({ id: params.id, name: hs.contentName(params.id), types: types, type_names: types.map(hs.name),
  names: hs.all(g.V(params.id).out([hs.LABEL, "<http://www.w3.org/2004/02/skos/core#altLabel>"])),
  comment: hs.get(params.id, "<http://www.w3.org/2000/01/rdf-schema#comment>"),
  merged: hs.all(g.V(params.id).out("<hs:mergedBecause>")), same: hs.all(g.V(params.id).both("<http://www.w3.org/2002/07/owl#sameAs>")),
  documents: hs.all(g.V(params.id).in("<" + hs.SCHEMA + "mentions>")) });
