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
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance suspect_name attack_name certainty content date outlet headline sentence
 * @draw
 * @example
 * @example attack=hs:WannaCry
 */
var ATTRIBUTED = "<hs:attributed-to>", about = params.attack || params.suspect;
var claims = hs.all(g.V("<hs:attribution>").in("<hs:topic>"));
if (about) {
  var some = hs.claimsAbout(about);
  claims = claims.filter(function (c) { return some.indexOf(c) >= 0; });
}

// cases gives the suspects and attacks that a claim's propositions name. "The
// attack was attributed to X" has the suspect as object, all else as subject.
function cases(row) {
  var list = [];
  row.contents.forEach(function (p) {
    if (!/^<hs:prop\//.test(p)) return;
    var subject = hs.get(p, hs.SUBJECT), object = hs.get(p, hs.OBJECT);
    var turned = hs.get(p, hs.PREDICATE) === ATTRIBUTED;
    list.push({ suspect: turned ? object : subject, attack: turned ? subject : object });
  });
  row.targets.forEach(function (t) {
    if (!list.some(function (c) { return c.suspect === t; })) list.push({ suspect: t, attack: null });
  });
  return list.length ? list : [{ suspect: null, attack: null }];
}

var rows = [];
hs.rows(claims, function (row) {
  return row.source_kind !== "author" && (!params.side || hs.side(row.stance) === params.side);
}).forEach(function (row) {
  cases(row).forEach(function (c) {
    if (params.suspect && c.suspect !== params.suspect || params.attack && c.attack && c.attack !== params.attack) return;
    rows.push(Object.assign({}, row, c, { suspect_name: hs.name(c.suspect), attack_name: hs.name(c.attack) }));
  });
});
hs.emit(rows);
