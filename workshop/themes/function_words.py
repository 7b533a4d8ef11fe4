"""Words that join others and name nothing themselves, in the languages that workshops are most often held in.

The other languages' are found by how often they are used: see ``frequent``.
"""
import re
from collections import Counter
from collections.abc import Sequence

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"[^\W\d_]+")
SHORT = 4              # letters, at most, of a word that is taken for a function word because it is frequent
OFTEN = .2             # of the texts have it
SENTENCE = 5           # words from which on a text of a known language has a function word
FEW = 5                # texts too few to count in

# scikit-learn's list takes these for function words; in a workshop they name things.
_TELLING = frozenset("bill computer cry detail fire fill interest mill move part serious system top".split())
_ENGLISH = (ENGLISH_STOP_WORDS - _TELLING) | frozenset("""
don doesn didn isn aren wasn won cannot can't couldn wouldn shouldn it's that's there's we're they're don't
""".split())
_SPANISH = """
a al algo algún ante antes así aún aunque cada como cómo con contra cual cuál cuando cuándo de del desde donde dónde
dos e el él ella ellas ellos en entre era es esa ese eso esta está están este esto estos fue fueron ha han hasta hay
haya la las le les lo los más me mi mis muy ni nos nosotros nuestra nuestras nuestro nuestros nunca o otra otras otro
otros para pero poco por porque pueda pueden puede qué que quien quién se sea sean ser si sí sido sin sobre solo sólo
su sus también tan tanto te tener tiene tienen toda todas todo todos tu un una unas uno unos vez y ya yo
"""
_FRENCH = """
à au aucun aussi autre autres aux avant avec avoir c'est car ce cela ces cet cette ceux chaque chez comme comment dans
de depuis des donc dont du elle elles en encore entre est et être eux fait fois hors ici il ils jamais je jusqu la là
le les leur leurs lors lorsque lui ma mais même mêmes mes moins mon ne ni nos notre nous on ont ou où par parce pas
pendant peu peut plus pour pourquoi puis qu quand que quel quelle quels qui quoi sa sans se ses si soit sont sous sur
ta te tous tout toute toutes très tu un une vers vos votre vous y
"""
_GERMAN = """
aber alle allem allen aller als am an andere anderen auch auf aus bei beim bis da damit dann das dass dem den denn der
des die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch
für gegen haben hier ich ihr ihre ihrem ihren im immer in ins ist jede jedem jeden jeder jedes jetzt kann kein keine
keinen können mehr mich mit muss müssen nach nicht nichts noch nur ob oder ohne schon sehr sein seine sich sie sind so
soll sollen sollte sollten über um und uns unser unsere unseren unter viel viele vom von vor weil wenn werden wie
wieder wir wird wo zu zum zur zwischen
"""
_OTHERS = """
ao aos às até com da das dos é ela ele eles essa esse está foi isso já mas mais meu muito na não nas nem no nos nossa
nosso num numa ou pela pelas pelo pelos pode quando que são se sem seu seus só sua suas também tem têm um uma umas uns
agli alla alle allo anche che chi ci coi col come con cui dagli dai dal dalla degli dei del della delle dello di e gli
hanno il io loro ma negli nei nel nella nelle noi non ogni per perché più quello questa questo sono sugli sui sul
sulla aan als bij dat de deze die dit door een en er het hoe hun ik in is je kan maar meer met moet naar niet nog of
om ons onze ook op te tot uit van voor waar wat we wel wij worden wordt zijn zoals zonder aby ale bez być co czy dla
do gdy gdzie go i ich ile im jak jako je jego jej jest już każdy kiedy który która które lub ma mają może na nad nam
nas nasz nie niż o od oraz po pod przez przy są się swój ta tak także tam te tego tej ten to tu tylko tym u w we
więcej wszystkich wszystkie z za ze że żeby
"""
FUNCTION_WORDS = _ENGLISH | frozenset(" ".join((_SPANISH, _FRENCH, _GERMAN, _OTHERS)).split())


def frequent(texts: Sequence[str]) -> frozenset[str]:
    """The function words of languages that are not listed: short, and in many of the texts in such a language.

    A text of five words or more without a single listed word is taken to be in one.
    """
    said = [{word.casefold() for word in WORD.findall(text)} for text in texts]
    foreign = [words for words in said if len(words) >= SENTENCE and not words & FUNCTION_WORDS]
    having = Counter(word for words in foreign for word in words if len(word) <= SHORT)
    least = max(2, OFTEN * len(foreign))
    return frozenset(word for word, n in having.items() if n >= least) if len(foreign) >= FEW else frozenset()
