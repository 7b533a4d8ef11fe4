"""Words by the part that they may play in a title, in the languages that workshops are most often held in."""

# Words that open or close a wish rather than name its matter.
WISHES = frozenset("""
able add allow ask avoid away better big bring build create different certain does doing done easy encourage ensure
etc far general good great having help helps idea ideas improve include increase introduce just kind let lets like
little long lot lots make makes making mean need needs needed new nice offer please provide put put really reduce
require run say said says set shall simply start stop support sure take thing things think tell told try use used uses
using various want wants way ways without work works would come comes came back become becomes know known give given
gives giving get gets getting going gone got keep know best real right wrong
""".split())
# Words that say too little to be a title alone.
VAGUE = frozenset("""
people person persons man men woman women day days week weeks month months year years hour hours minute minutes time
times morning evening night today place places number numbers part parts side sides case cases point points one two
three four five six seven eight nine ten hundred half second third end beginning old young small large main common
free open own many first last next other same example reason purpose purposes people's thing something somebody
anybody everybody everyone someone anyone kilometre kilometres world good bad high low short read share live choose
pay ask answer call meet write send wait play change learn speak talk apply feel believe allow authorize happen lead
lose find see look show turn buy eat act hold carry walk believe bring needs matter words order issue issues problem
problems result results state states amend amended bill title related test information info level type list due
current number
gente persona personas lado lados año años vez veces día días cosa cosas parte partes forma manera mismo nadie
gens personne personnes côté côtés an ans année années fois jour jours chose choses monde façon
leute mensch menschen mal tag tage jahr jahre seite seiten sache sachen
""".split())
# A title may run over these, begin after one and end before one.
LINKS = frozenset("""
and or of to for in into on onto at by with without from about through before after between under over near against
y e o u de del al a en con para por sin sobre entre desde hasta et ou du des au aux à dans par pour avec sans sur chez
und oder für mit ohne von vom zu zum zur bei beim im am auf aus nach über da do das dos em no na nos nas com sem ao di
della dei nel nella con per senza su tra van voor met zonder op aan bij i w z za dla bez przy na do od
""".split())
INFINITIVE = "to"      # one word after it is a verb: no title ends so
ARTICLES = frozenset("""
a an the un una uno unos unas el la los las le les une l' der die das den dem des ein eine einen o os as um uma il lo
gli i de het een our their your its his her my
""".split())
# Here a sentence goes on that a title would not: who does it, whether it must be, and why.
BREAKS = frozenset("""
that which who whom whose what how why when where while if because so but than as until unless since though although
whether instead i you he she it we they me him us them this these those there here not yourself themselves ourselves
itself is are was were be been being am do does did don't doesn't didn't has have had having can could will would shall
should may might must cannot can't won't isn't aren't wasn't shouldn't wouldn't couldn't it's that's there's we're
they're then also just
que quien quién quienes cual cuando cuándo donde dónde como cómo porque si es son era fue ser sea sean está están hay
ha han se me te nos yo ella ellos ellas esto eso ya pero aunque puede pueden pueda tiene tienen
qui qu' quoi quand où comment pourquoi parce est sont était être soit ont avoir on ils elles je tu nous vous ne n'est pas
ce cela c'est mais peut faut
dass wer was wie wo wenn weil ob damit ist sind war sein wird werden hat haben kann können soll sollen sollte muss
müssen wir ihr sie er es ich du man nicht aber
quem é são está não mas eu ele nós che chi è sono non si ma come quando perché noi
dat wie wat als wordt worden kan moet niet maar wij ze
który która które że żeby jest są nie się ale jak gdy gdzie kiedy
""".split())
# After these stands what somebody does or how something is, not what it is called.
DOES = frozenset("""
to is are was were be been being not don't doesn't can could will would shall should may might must cannot can't won't
very too i you we they he she it who let lets let's es son ser está están puede pueden muy zu ist sind sehr est sont
être très ne pas é são não muito
""".split())
# What a wish begins with before it says anything.
ASKING = frozenset("""
let we should i think please our their they you it is are be to there this that these those would must need needs can
could will also have having lets let's
""".split())
