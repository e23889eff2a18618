/**
 * Statements that some hold and others reject or leave open, the most disputed
 * first: how many speak on each side, and who.
 *
 * @query   disputes
 * @param   {entity} [about] - only statements about this
 * @param   {date} [since] - only what documents from this day on say
 * @param   {date} [until] - only what documents up to this day say
 * @param   {integer} [limit=50] - at most so many rows
 * @columns proposition_name supporters opposers uncommitted rivals documents latest
 * @example
 * @example about=hs:WannaCry
 */
var RIVALS = ["<hs:rivalOf>", "<hs:conflictsWith>", "<http://purl.org/spar/cito/disagreesWith>"];

function candidates() {
  if (params.about) return hs.all(g.V(params.about).in([hs.SUBJECT, hs.OBJECT]));
  var stances = hs.SIDES.oppose.concat(hs.SIDES.uncommitted).map(function (s) { return "<hs:" + s + ">"; });
  var linked = hs.all(g.V(RIVALS[0], RIVALS[1], RIVALS[2]).in(hs.PREDICATE).out([hs.SUBJECT, hs.OBJECT]));
  return hs.all(g.V.apply(g, stances).in("<hs:stance>").out("<hs:content>")).concat(linked);
}

var seen = {}, rows = [];
candidates().forEach(function (p) {
  if (seen[p] || !/^<hs:prop\//.test(p)) return;
  seen[p] = true;
  var sides = { support: {}, oppose: {}, uncommitted: {} }, documents = {}, latest = null;
  hs.rows(hs.all(g.V(p).in("<hs:content>")), function (row) { return row.stance; }).forEach(function (row) {
    var side = row.stance === "blames" || row.stance === "criticizes" ? "support" : hs.side(row.stance);
    documents[row.document] = true;
    if (row.date && (!latest || row.date > latest)) latest = row.date;
    if (sides[side]) sides[side][row.source_name] = true;
  });
  var rivals = hs.all(g.V(p).both(RIVALS)).filter(function (r) { return /^<hs:prop\//.test(r) && r !== p; });
  var names = {}, n = {};
  for (var s in sides) { names[s] = Object.keys(sides[s]).sort(); n[s] = names[s].length; }
  var speakers = n.support + n.oppose + n.uncommitted;
  if (!speakers || !(n.oppose + n.uncommitted > 0 && speakers > 1) && !rivals.length) return;
  rows.push({ proposition: p, proposition_name: hs.name(p), supporters: names.support, opposers: names.oppose, uncommitted: names.uncommitted,
    rivals: rivals.map(hs.name), documents: Object.keys(documents).length, latest: latest,
    score: Math.min(n.support, n.oppose) * 4 + Math.min(n.support, n.uncommitted) * 2 + rivals.length * 2 + n.oppose + n.uncommitted });
});
hs.emit(rows.sort(function (a, b) { return b.score - a.score || hs.compare(b.latest || "", a.latest || "") || hs.compare(a.proposition, b.proposition); }));
