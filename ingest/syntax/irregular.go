package syntax

import "strings"

// irregular maps the irregular past forms and plurals of English to their base
// forms, by the first letter of their tags: V or N. It stands between the words
// that the treebanks taught and the rules on endings.
var irregular = func() map[string]string {
	m := map[string]string{}
	add := func(tag, table string) {
		for entry := range strings.FieldsSeq(table) {
			base, forms, _ := strings.Cut(entry, ":")
			for form := range strings.SplitSeq(forms, ",") {
				m[tag+form] = base
			}
		}
	}
	add("V", irregularVerbs)
	add("N", irregularNouns)
	return m
}()

const irregularVerbs = `arise:arose,arisen awake:awoke,awoken bear:bore,borne,born beat:beat,beaten become:became,become
begin:began,begun bend:bent bet:bet bid:bid,bade,bidden bind:bound bite:bit,bitten bleed:bled blow:blew,blown break:broke,broken
breed:bred bring:brought broadcast:broadcast build:built burn:burnt burst:burst buy:bought cast:cast catch:caught choose:chose,chosen
cling:clung come:came,come cost:cost creep:crept cut:cut deal:dealt dig:dug do:did,done draw:drew,drawn dream:dreamt drink:drank,drunk
drive:drove,driven dwell:dwelt eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought find:found flee:fled fling:flung fly:flew,flown
forbid:forbade,forbidden forecast:forecast foresee:foresaw,foreseen forget:forgot,forgotten forgive:forgave,forgiven forgo:forwent,forgone
freeze:froze,frozen get:got,gotten give:gave,given go:went,gone grind:ground grow:grew,grown hang:hung have:had hear:heard hide:hid,hidden
hit:hit hold:held hurt:hurt keep:kept kneel:knelt know:knew,known lay:laid lead:led lean:leant leap:leapt learn:learnt leave:left lend:lent
let:let lie:lain light:lit lose:lost make:made mean:meant meet:met mislead:misled mistake:mistook,mistaken misunderstand:misunderstood
mow:mown offset:offset outdo:outdid,outdone outgrow:outgrew,outgrown overcome:overcame,overcome overdo:overdid,overdone
overhear:overheard override:overrode,overridden oversee:oversaw,overseen overtake:overtook,overtaken overthrow:overthrew,overthrown
overwrite:overwrote,overwritten pay:paid plead:pled prove:proven put:put quit:quit read:read rebuild:rebuilt redo:redid,redone
remake:remade repay:repaid reset:reset rewrite:rewrote,rewritten rid:rid ride:rode,ridden ring:rang,rung rise:rose,risen run:ran,run
say:said see:saw,seen seek:sought sell:sold send:sent set:set sew:sewn shake:shook,shaken shed:shed shine:shone shoot:shot show:shown
shrink:shrank,shrunk shut:shut sing:sang,sung sink:sank,sunk sit:sat slay:slew,slain sleep:slept slide:slid sling:slung slit:slit
smell:smelt sneak:snuck sow:sown speak:spoke,spoken speed:sped spell:spelt spend:spent spill:spilt spin:spun spit:spat split:split
spread:spread spring:sprang,sprung stand:stood steal:stole,stolen stick:stuck sting:stung stink:stank,stunk strike:struck,stricken
string:strung strive:strove,striven swear:swore,sworn sweep:swept swell:swollen swim:swam,swum swing:swung take:took,taken teach:taught
tear:tore,torn tell:told think:thought throw:threw,thrown thrust:thrust tread:trod,trodden undergo:underwent,undergone
understand:understood undertake:undertook,undertaken undo:undid,undone uphold:upheld upset:upset wake:woke,woken wear:wore,worn
weave:wove,woven weep:wept win:won wind:wound withdraw:withdrew,withdrawn withhold:withheld withstand:withstood wring:wrung
write:wrote,written`

const irregularNouns = `man:men woman:women child:children foot:feet tooth:teeth goose:geese mouse:mice louse:lice ox:oxen
life:lives wife:wives knife:knives leaf:leaves wolf:wolves half:halves shelf:shelves thief:thieves loaf:loaves calf:calves scarf:scarves
self:selves hoof:hooves elf:elves criterion:criteria phenomenon:phenomena analysis:analyses crisis:crises basis:bases thesis:theses
hypothesis:hypotheses diagnosis:diagnoses parenthesis:parentheses synthesis:syntheses emphasis:emphases oasis:oases axis:axes
nucleus:nuclei stimulus:stimuli alumnus:alumni fungus:fungi cactus:cacti bacterium:bacteria curriculum:curricula memorandum:memoranda
appendix:appendices index:indices matrix:matrices vertex:vertices series:series species:species headquarters:headquarters means:means
aircraft:aircraft spacecraft:spacecraft policeman:policemen policewoman:policewomen spokesman:spokesmen spokeswoman:spokeswomen
chairman:chairmen businessman:businessmen gunman:gunmen congressman:congressmen salesman:salesmen fisherman:fishermen
militiaman:militiamen serviceman:servicemen craftsman:craftsmen grandchild:grandchildren schoolchild:schoolchildren`
