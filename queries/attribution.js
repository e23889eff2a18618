/**
 * Who attributes which attack to whom, and who denies it, doubts it or won't say.
 * A row is one claim about one suspect.
 *
 * @query   attribution
 * @param   {entity} [attack] - only this attack or event
 * @param   {entity} [suspect] - only this suspect
 * @param   {support|oppose|uncommitted|no-comment} [side] - only stances of this side
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance suspect_name attack_name certainty content date outlet sentence review grade
 * @draw
 * @example
 * @example attack=hs:WannaCry
 */
var ATTRIBUTED = "<hs:attributed-to>", about = params.attack || params.suspect;
var claims = about ? hs.having(hs.claimsAbout(about), ["<hs:content>", "<hs:target>", "<hs:topic>"], "<hs:attribution>")
  : hs.newestWith(["<hs:content>", "<hs:target>", "<hs:topic>"], "<hs:attribution>");

var ATTACKS = ["<hs:Event>", "<hs:Malware>"];
var attackLikes = {};
function attackLike(node) {
  if (!node) return false;
  if (!(node in attackLikes)) {
    attackLikes[node] = params.attack && hs.is(node, params.attack) || hs.out(node, hs.TYPE).some(function (t) { return ATTACKS.indexOf(t) >= 0; });
  }
  return attackLikes[node];
}

var ALT = "<http://www.w3.org/2004/02/skos/core#altLabel>", mentioned = {};
// attackNamed gives the event or malware whose name stands in the claim's own
// words ("blamed North Korea for WannaCry"), null for none or several.
function attackNamed(row) {
  if (!(row.document in mentioned)) {
    mentioned[row.document] = hs.out(row.document, "<" + hs.SCHEMA + "mentions>").filter(attackLike).map(function (node) {
      return { node: node, names: hs.out(node, [hs.LABEL, ALT]) };
    });
  }
  var words = " " + (row.content || "").replace(/[^A-Za-z0-9\u00c0-\uffff]+/g, " ") + " ";
  var found = mentioned[row.document].filter(function (m) {
    return m.names.some(function (name) { return words.indexOf(" " + name.replace(/[^A-Za-z0-9\u00c0-\uffff]+/g, " ").trim() + " ") >= 0; });
  });
  return found.length === 1 ? found[0].node : null;
}

// cases gives the suspects and attacks that a claim names: by its propositions on
// who is behind or involved, else by those that have whom it blames as subject,
// else by all. "The attack was attributed to X" has the suspect as object, all
// else as subject. Where some of them name an event or malware, only these count.
function cases(row) {
  var sure = [], accused = [], others = [];
  row.contents.forEach(function (p) {
    if (!/^<hs:prop\//.test(p)) return;
    var parts = hs.statement(p), subject = parts.subject, object = parts.object, predicate = parts.predicate;
    if (predicate === ATTRIBUTED) sure.push({ suspect: object, attack: subject });
    else if (predicate === "<hs:involvedIn>") sure.push({ suspect: subject, attack: object });
    else if (row.targets.indexOf(subject) >= 0) accused.push({ suspect: subject, attack: object });
    else if (subject !== row.source) others.push({ suspect: subject, attack: object });
  });
  var list = sure.length ? sure : accused.length ? accused : row.targets.length ? [] : others;
  var named = list.filter(function (c) { return attackLike(c.attack); });
  list = named.length ? named : list;
  row.targets.forEach(function (t) {
    if (!list.some(function (c) { return c.suspect === t; })) list.push({ suspect: t, attack: null });
  });
  if (!list.length) list.push({ suspect: null, attack: null });
  list.forEach(function (c) { if (!c.attack) c.attack = attackNamed(row); });
  return list;
}

var rows = [];
hs.rows(claims, function (head) {
  return head.source_kind !== "author" && (!params.side || hs.side(head.stance) === params.side);
}, hs.SIDES[params.side]).forEach(function (row) {
  cases(row).forEach(function (c) {
    if (params.suspect && !hs.is(c.suspect, params.suspect, row.document) || params.attack && c.attack && !hs.is(c.attack, params.attack, row.document)) return;
    rows.push(Object.assign({}, row, c, { suspect_name: hs.name(c.suspect), attack_name: hs.name(c.attack) }));
  });
});
hs.emit(rows);
