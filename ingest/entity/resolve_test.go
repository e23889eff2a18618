package entity_test

import (
	"testing"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/seeds"
)

// read runs text through the embedded models.
func read(t *testing.T, text string) *news.Document {
	t.Helper()
	model, err := syntax.Default()
	if err != nil {
		t.Fatal(err)
	}
	table, err := seeds.Entities()
	if err != nil {
		t.Fatal(err)
	}
	entities, err := entity.ReadTable(table)
	if err != nil {
		t.Fatal(err)
	}
	d := &news.Document{ID: "t", IRI: "hs:doc/t-00000000", Text: text}
	model.Annotate(d)
	entity.Resolve(d, entity.NewKnown(entities))
	return d
}

// The mention, the first of its words in the text, stands for the entity; "" is
// for one that must stay unresolved.
func TestResolve(t *testing.T) {
	for _, c := range []struct{ rule, text, mention, want string }{
		{"pronoun", "Captain Ada Stone told the press that the search was over. She said the sea was calm.", "She", "hs:AdaStone"},
		{"speaks again", `Brian Hook said, "It is over." He added, "It was hard."`, "He", "hs:BrianHook"},
		{"speaks again, in apposition", `"They loaded it alone," a spokesman, Teodric Vance, said on Friday. He added that the ship was old.`, "He", "hs:TeodricVance"},
		{"speaks again after the verb", `"The count was never checked," said the spokesman for the line, Teodric Vance. He added: "We were late."`, "He", "hs:TeodricVance"},
		{"speaks again in the next paragraph", "\"The count was never checked,\" said Ada Stone, who runs the port.\n\n\"We were late,\" she added.", "she", "hs:AdaStone"},
		{"speaks again after a quotation of its own", `Anna Berg said: "The lock failed." "It was old." She said nobody had looked.`, "She", "hs:AnnaBerg"},
		{"another speaker between", "\"It failed,\" said Anna Berg. Ada Stone said it held. She said nobody had looked.", "She", "hs:AdaStone"},
		{"speaker of another gender", "\"It failed,\" said Mr. Brian Hook.\n\nShe added that nobody had looked.", "She", ""},
		{"two persons", "Anna Berg and Brian Hook met on Monday. They said the lock had failed.", "They", "hs:doc/t-00000000#char=0,24"},
		{"two companies", "Symantec and Kaspersky Lab looked at it. The two companies said the code was old.", "The two", "hs:doc/t-00000000#char=0,26"},
		{"both companies", "Symantec and Kaspersky Lab looked at it. Both companies said the code was old.", "Both", "hs:doc/t-00000000#char=0,26"},
		{"not as many", "Symantec and Kaspersky Lab looked at it. The three companies said the code was old.", "The three", "hs:doc/t-00000000#char=41,60"},
		{"not of the kind", "Anna Berg and Brian Hook met. The two companies said the code was old.", "The two", "hs:doc/t-00000000#char=30,47"},
		{"one of two", "Anna Berg and Brian Hook met on Monday. Berg said the lock had failed.", "Berg said", "hs:AnnaBerg"},
		{"given name that is a word", "The minister Sung Baik-you spoke on Friday.", "Sung", "hs:SungBaikYou"},
		{"given name in two parts", "Cheong Seong-chang, a researcher, objected.", "Cheong", "hs:CheongSeongChang"},
		{"no part of a name", "The Donald Trump-led effort failed.", "Donald", "hs:DonaldTrump"},
		{"no part of a name either", "The Angela Merkel-era deals failed.", "Angela", "hs:AngelaMerkel"},
		{"no person to be he", "The storm hit the coast. The rain went on. He estimated that many roads were closed.", "He", ""},
		{"family name", "Simon Choi spoke on Monday. Choi was clear.", "Choi was", "hs:SimonChoi"},
		{"acronym", "The Joint Rescue Council (JRC) met in Oslo. The JRC was blunt.", "The JRC", "hs:JointRescueCouncil"},
		{"title", "US Secretary of State Mike Pompeo spoke.", "US Secretary", "hs:MikePompeo"},
		{"apposition", "The Senate Minority Leader, Chuck Schumer, objected.", "The Senate Minority", "hs:ChuckSchumer"},
		{"alias", "The group HIDDEN COBRA struck.", "HIDDEN COBRA", "hs:LazarusGroup"},
		{"government", "The German government objected.", "The German government", "hs:Germany"},
		{"institution", "Chinese state media objected.", "Chinese state media", "hs:ChineseStateMedia"},
		{"mission", "The North Korean mission to the United Nations was silent.", "The North", "hs:NorthKoreanMissionToTheUnitedNations"},
		{"short country", "North Korea denied it. The attack came from the North, he said.", "the North,", "hs:NorthKorea"},
		{"capital acts", "China and Russia met. Beijing denied the claim.", "Beijing", "hs:China"},
		{"capital is a place", "They met in Beijing on Monday.", "Beijing", "hs:Beijing"},
		{"demonym", "A Chinese firm failed.", "Chinese", "hs:China"},
		{"claim from a capital", "Russia met Germany. The Russians dismissed the claim from Berlin as groundless.", "Berlin", "hs:Germany"},
		{"train from a capital", "Russia met Germany. They took the train from Berlin on Monday.", "Berlin", "hs:Berlin"},
		{"capital in a headline", "Moscow calls verdict scandalous\n\nThe court met on Monday.", "Moscow", "hs:Russia"},
		{"side", "The pro-Beijing camp won.", "Beijing", "hs:China"},
		{"whole people", "The Russians said that they knew.", "Russians", "hs:Russia"},
		{"state", "Senators David Perdue of Georgia and Mike Lee of Utah objected.", "Georgia", "hs:StateOfGeorgia"},
		{"country of the same name", "Georgia and Armenia signed.", "Georgia", "hs:Georgia"},
		{"city of the same name", "They flew to Washington, D.C. on Monday. The Washington rally was small.", "Washington rally", "hs:WashingtonDC"},
		{"unknown nationality", "The minister blamed the state of Drovia. The Drovian embassy was silent.", "Drovian", "hs:Drovia"},
		{"dateline", "PORT ELLING (Marovian Press Agency) - The ferry sank within sight of Port Elling on Monday.", "PORT ELLING", "hs:PortElling"},
		{"capitals", "The group said that Lanternfish Security had found it on Monday.", "Lanternfish", "hs:LanternfishSecurity"},
		{"echo", "Prime Minister Theresa May spoke on Friday. It was May's third defeat.", "May's", "hs:TheresaMay"},
		{"month", "Theresa May resigned on Friday. It was cold in May.", "May.", ""},
		{"two of one family name", "Usman Khan fell. The mayor of London, Sadiq Khan, was in awe.", "Sadiq", "hs:SadiqKhan"},
		{"body with an apposition", "Symantec was first. Researchers at the security firm Cybereason doubted it.", "Cybereason", "hs:Cybereason"},
		{"nationality left out", "The Libyan Red Crescent spoke. The Red Crescent denied it.", "Red Crescent denied", "hs:LibyanRedCrescent"},
		{"no malware", "Microsoft disrupted other North Korean operations.", "North Korean", "hs:NorthKorea"},
		{"kind in small letters", "The Houthi movement denied it.", "Houthi", "hs:HouthiMovement"},
		{"unknown malware", "The group used the MirrorBlast malware. Later MirrorBlast spread to banks.", "MirrorBlast spread", "hs:MirrorBlast"},
		{"incident", "Experts doubted a role in the WannaCry outbreak. The attacks hit hospitals.", "WannaCry outbreak", "hs:WannaCry"},
		{"incident later", "Experts doubted a role in the WannaCry attack. The attacks hit hospitals.", "The attacks", "hs:WannaCry"},
		{"one incident of several", "Police are looking into a WannaCry attack. The attack hit hospitals.", "The attack", "hs:doc/t-00000000#char=24,41"},
		{"incident with a victim", "The WannaCry attack on the port was small. The attack was over.", "The attack", "hs:doc/t-00000000#char=0,31"},
		{"present incident", "The WannaCry attack spread. The WannaCry attack was new. He recalled an attack on Sony. The latest attack was worse.", "The latest", "hs:WannaCry"},
		{"kind before", "WannaCry spread. He has studied Russian malware for years. It stopped. They left. It was late. The malware was old.", "The malware", "hs:WannaCry"},
		{"half a nationality", "North Korea denied it. The North was silent. He studied North Korean malware.", "North Korean malware", "hs:NorthKorea"},
		{"no role", "Lazarus was behind the cyberattack. The cyberattack hit banks.", "The cyberattack", "hs:doc/t-00000000#char=19,34"},
		{"spokesman of a person", "Dmitry Peskov, a spokesman for President Vladimir Putin, spoke. The spokesman was blunt.", "The spokesman", "hs:DmitryPeskov"},
		{"office for a country", "The Special Representative for Iran Brian Hook spoke.", "The Special", "hs:BrianHook"},
		{"name before a body", "Ukraine's SBU state security service spoke.", "Ukraine's SBU", "hs:SecurityServiceOfUkraine"},
		{"subject after a body", "The code is old, the security company iSight Partners said.", "the security company", "hs:ISightPartners"},
		{"phrase that runs on", "According to the messages seen by Krebs, a member who went by the nickname White tried to get in. Krebs wept.", "Krebs wept", "hs:Krebs"},
		{"no apposition after a colon", "Sudan: Army and rebels trade blame over Omdurman market strike. The strike hit Sudan.", "The strike", "hs:doc/t-00000000#char=40,62"},
		{"ship", "The Dali, a Singapore-flagged vessel, sank. Olen Krebs wept. He left.", "He left", "hs:OlenKrebs"},
		{"ferry", "The ferry Corlind sank on Monday.\n\nBracknoy Lines denied it. The Corlind had carried 188 passengers and was licensed for 200, a spokesman, Teodric Vance, said. \"The ship was in order,\" he added.", "he added", "hs:TeodricVance"},
		{"body that said so", "The ferry was managed by Synergy Group, which said that all were safe. It did not say what had failed.", "It did", "hs:SynergyGroup"},
		{"says of itself", "Okta, which played down an intrusion in January, admitted that it had made a mistake.", "it had", "hs:Okta"},
		{"speaker of the same paragraph", "\"They will be back,\" Brett Callow told the press. \"I would be surprised if not.\"\n\nOkta said it was over.", "I would", "hs:BrettCallow"},
		{"short name of a company", "The vessel is owned by Grace Ocean Private Ltd and was managed by Synergy Group. Neither Grace Ocean nor the union could be reached.", "Grace Ocean nor", "hs:GraceOceanPrivate"},
		{"acronym spelled out elsewhere", "Fighting between Sudan's army and the paramilitary Rapid Support Forces went on. The army accused the RSF of shelling the market. The RSF denied responsibility.", "Rapid", "hs:RapidSupportForces"},
		{"plural possessor in a name", "The toll was put at 56 by the Sudanese Doctors' Union.", "Sudanese", "hs:SudaneseDoctorsUnion"},
		{"embassy in a place", "The Chinese embassy in Washington was silent.", "The Chinese", "hs:ChineseEmbassyInWashington"},
		{"epithet of a person", "Senator Maria Cantwell introduced the bill. The Washington Democrat said it was good.", "The Washington Democrat", "hs:MariaCantwell"},
		{"epithet of a company", "Samsung denied it. The South Korean giant said it had tested them.", "The South Korean giant", "hs:Samsung"},
		{"epithet with two candidates", "Samsung and Apple denied it. The US company said it had tested them.", "The US company", "hs:doc/t-00000000#char=29,43"},
		{"epithet that sets itself apart", "Samsung denied it. Another company agreed. The rival company said it had tested them.", "The rival", "hs:doc/t-00000000#char=43,60"},
		{"maker of something", "Boeing lost money. The planemaker said it would cut jobs.", "The planemaker", "hs:Boeing"},
		{"agency of the UN", "The World Health Organization declared it over. The UN agency said so.", "The UN agency", "hs:WorldHealthOrganization"},
		{"another word for an office", "Boeing's chief executive, Kelly Ortberg, apologised. The CEO said it was over.", "The CEO", "hs:KellyOrtberg"},
		{"leader of a country", "Turkish President Recep Tayyip Erdogan objected. The Turkish leader was loud.", "The Turkish leader", "hs:RecepTayyipErdogan"},
		{"common noun before a name", "The drugmaker Pfizer objected.", "Pfizer", "hs:Pfizer"},
		{"only person", "Foreign Minister Ine Soereide said it was over. She did not give details.", "She", "hs:IneSoereide"},
		{"titles in a row", "Candidate Brock Pierce, Green Party nominee Howie Hawkins, Constitution Party nominee Don Blankenship and nominee Gloria Riva spoke. Pierce left.", "Pierce left", "hs:BrockPierce"},
		{"father and daughter", "Kamala Harris spoke. Her father, Donald J. Harris, left. Kamala Harris stayed.", "Kamala Harris stayed", "hs:KamalaHarris"},
		{"speaks of somebody by name", "Joe Biden met Mr. Donald Trump. He said that Trump would win.", "He said", "hs:JoeBiden"},
		{"first name of a relative", "Dmitry Peskov denied it. His father, Dmitry, told the press that he was hurt.", "Dmitry, told", "hs:Dmitry"},
		{"malware of a platform", "The group used Windows malware. Later Windows was patched.", "Windows was", "hs:Windows"},
		{"place before a person", "The mayor of Koszalin Piotr Jedlinski wept on Monday.", "Piotr", "hs:PiotrJedlinski"},
		{"matter before a person", "Minister of Information Moammar al-Eryani spoke.", "Moammar", "hs:MoammarAlEryani"},
		{"possessive in a name", "The Alachua Sheriff's Office tweeted that it was over.", "Alachua", "hs:AlachuaSheriffsOffice"},
		{"and in a name", "The Search and Rescue Agency told them.", "Search", "hs:SearchAndRescueAgency"},
		{"government by its name", "The Russian government dismissed it.", "The Russian", "hs:Russia"},
		{"strokes", "Jarosław Kaczyński spoke. Then Jaroslaw Kaczynski left.", "Jaroslaw", "hs:JarosławKaczyński"},
		{"headed", "The Office of the Director of National Intelligence spoke.", "Office", "hs:OfficeOfTheDirectorOfNationalIntelligence"},
		{"indicator", "It called evil[.]example[.]com twice.", "evil[.]example", "hs:domain/evil.example.com"},
	} {
		d := read(t, c.text)
		if got := iriAt(d, c.mention); got != c.want {
			t.Errorf("%s: %q in %q is %q, want %q", c.rule, c.mention, c.text, got, c.want)
		}
	}
}

// iriAt is the entity of the mention that begins where the words do.
func iriAt(d *news.Document, words string) string {
	at := -1
	for i := 0; i+len(words) <= len(d.Text); i++ {
		if d.Text[i:i+len(words)] == words {
			at = i
		}
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Start == at {
			if m.Entity < 0 {
				return ""
			}
			return d.Entities[m.Entity].IRI
		}
		// "the North" may be a mention without its article.
		if m.Start == at+len("the ") && words[:4] == "the " && m.Entity >= 0 {
			return d.Entities[m.Entity].IRI
		}
	}
	return "no mention"
}
