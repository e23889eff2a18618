/**
 * Why a claim or a proposition is in the graph: the sentences, with source, cue
 * and content, the document, and the claims that the claim is about.
 *
 * @query   evidence
 * @param   {node} claim - the IRI of a claim or a proposition
 * @columns depth source_name stance cue content sentence date outlet headline url claim
 * @draw
 * @example claim=hs:claim/00000000000000000000
 */
function trace(id, depth) {
  var row = hs.claim(id);
  row.depth = depth;
  g.emit(row);
  row.contents.forEach(function (c) { if (/^<hs:claim\//.test(c) && depth < 10) trace(c, depth + 1); });
}

if (hs.get(params.claim, "<hs:stance>")) trace(params.claim, 0);
else hs.rows(hs.claimsAbout(params.claim)).forEach(function (row) { row.depth = 0; g.emit(row); });
