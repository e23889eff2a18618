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

// One go for all candidates: who speaks of which, and how.
var props = [], seen = {};
candidates().forEach(function (p) {
  if (!seen[p] && /^<hs:prop\//.test(p)) { seen[p] = { claims: [] }; props.push(p); }
});
var of = {};
if (props.length) {
  hs.tags(g.V.apply(g, props).tag("proposition").in("<hs:content>")).forEach(function (row) {
    (of[row.id] = of[row.id] || {})[row.proposition] = true;
  });
}
hs.heads(Object.keys(of)).forEach(function (head) {
  if (hs.within(head) && head.stance) for (var p in of[head.claim]) seen[p].claims.push(head);
});

var rows = [];
props.forEach(function (p) {
  var sides = { support: {}, oppose: {}, uncommitted: {} }, documents = {}, latest = null;
  seen[p].claims.forEach(function (head) {
    var side = head.stance === "blames" || head.stance === "criticizes" ? "support" : hs.side(head.stance);
    documents[head.document] = true;
    if (head.date && (!latest || head.date > latest)) latest = head.date;
    if (sides[side]) sides[side][head.source] = true;
  });
  var n = {}, speakers = 0;
  for (var s in sides) { n[s] = Object.keys(sides[s]).length; speakers += n[s]; }
  if (!speakers) return;
  var split = n.oppose + n.uncommitted > 0 && speakers > 1;
  if (!split && !linked(p)) return;
  rows.push({ proposition: p, sides: sides, documents: Object.keys(documents).length, latest: latest,
    score: Math.min(n.support, n.oppose) * 4 + Math.min(n.support, n.uncommitted) * 2 + (split ? 0 : 2) + n.oppose + n.uncommitted });
});

function linked(p) { return rivalsOf(p).length > 0; }
function rivalsOf(p) { return hs.all(g.V(p).both(RIVALS)).filter(function (r) { return /^<hs:prop\//.test(r) && r !== p; }); }
function names(set) { return Object.keys(set).map(hs.name).sort(); }

rows.sort(function (a, b) {
  return b.score - a.score || hs.compare(b.latest || "", a.latest || "") || hs.compare(a.proposition, b.proposition);
}).slice(0, params.limit).forEach(function (r) {
  g.emit({ proposition: r.proposition, proposition_name: hs.name(r.proposition), supporters: names(r.sides.support),
    opposers: names(r.sides.oppose), uncommitted: names(r.sides.uncommitted), number: hs.get(r.proposition, "<hs:value>"),
    rivals: rivalsOf(r.proposition).map(hs.name), documents: r.documents, latest: r.latest, score: r.score });
});
