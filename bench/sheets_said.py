"""What the people of the made-up workshops of ``bench.sheets`` say, in English and in Arabic."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """*ideas* and *places* are put together: every idea can be had in every place.  *mixed* are ideas in other languages."""

    title: str
    question: str
    community: str
    domain: str
    table: str
    sides: tuple[str, ...]
    stages: tuple[str, ...]
    steps: tuple[str, ...]
    themes: tuple[str, ...]
    wording: str
    ideas: tuple[str, ...]
    places: tuple[str, ...]
    mixed: tuple[str, ...]
    names: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str, str, str, str, str], ...]
    sections: dict[str, str]
    amended: dict[str, str]
    objections: tuple[str, ...]
    parked: tuple[str, ...]
    words: tuple[str, ...]
    note: str
    next: str


EN = Said(
    "Inception workshop", "How do we bring public services to people who cannot reach an office, and how do we work together on it?",
    "Services within reach", "How public services reach people in remote districts, and how civil service and civil society work together on it.", "table",
    ("Civil service", "Civil society", "Local councils"),
    ("Ideas", "Themes", "Vote", "What is possible", "Charter", "Close"), ("In silence", "At the tables"),
    ("Go to where people are", "One door, one form", "Say it so it is understood", "Share what we know", "People decide with us",
     "Trust between officials and associations", "Money and petrol that arrive in time", "Fair to those who are seldom asked"),
    "Offices travel to the villages on days that everybody knows, and bring what is needed to finish a case on the spot.",
    ("Open the registry office on Saturdays", "Send a mobile clinic once a month", "One form instead of seven", "Train the people at the counter", "Pay for the bus on market days",
     "Answer every letter within ten working days, even if the answer is no", "Read the form aloud for whoever cannot read", "Put the opening hours on the radio",
     "A shared list of who helps with what, kept by both sides and printed anew each quarter so that nobody sends people to an office that has closed", "Ask women's groups when they can come"),
    ("in the north", "in the south", "in the hills", "in town", "by the river", "at the border", "on the islands", "in the camps", "at the harbour", "in the old quarter", "along the railway",
     "near the mine", "in the new settlements", "around the lake", "in the forest villages"),
    ("Un guichet unique, ouvert le samedi", "مكتب واحد لكل الأوراق (1)"), ("Rana Popescu", "A. Cal", "Mary-Jane Okonkwo-Fitzgerald", "Li Wei", "Youssef Haddad"),
    (("power", "One mobile team a month, with a car that is there already"), ("power", "Opening hours on the radio"), ("others", "A law that lets a village leader's letter count"),
     ("others", "Money for petrol after the tenth of the month"), ("later", "A second team"), ("obstacle", "Stamps need an office"), ("how", "Begin with two districts and tell the others how it went")),
    (("One benefits day in each district", "R. Popescu", "The council", "Call the mayor on Monday", "12 December", "Two hundred people come in a day"),
     ("A list of who helps", "A. Cal", "", "", "15 January", ""), ("Ask the ministry for one stamp", "Mary-Jane Okonkwo-Fitzgerald", "The legal department and two associations", "Write the letter", "", "There is an answer")),
    {"purpose": "Nobody is out of reach of the services that are theirs.", "scope-in": "- Registration and papers\n- Health on the road", "scope-out": "- Roads\n- Not now: a second team",
     "community": "Whoever works for people in the districts may join.\n\nWe keep the sides equal and spend two hours a month.", "roles": "- Two hosts, one of each side, for a year\n- A keeper of the list",
     "practice": "We meet on the first Monday of the month.\n- With one case that is hard\n- With coffee", "decisions": "By asking who objects, and why.", "ways": "We say what we heard before we answer.",
     "success": "Half as many people are sent away a year from now.", "amendment": "Anybody may propose a change; it counts when nobody objects."},
    {"purpose": "Nobody is out of reach of the services that are theirs, young or old.", "roles": "- Three hosts, one of each side, for a year\n- A keeper of the list"},
    ("Harvest time: nobody can come before October.", "Two hours a month are too many for small associations."), ("Who pays for interpreters?", "A film about the first benefits day"),
    ("hopeful", "tired", "ready", "curious", "heard"), "Cold room.\n\nThe second table started late.", "3 December, 9:00, council hall")
AR = Said(
    "ورشة التأسيس", "كيف نوصل الخدمات العامة إلى من لا يستطيعون الوصول إلى المكاتب، وكيف نعمل معاً على ذلك؟",
    "خدمات في متناول الجميع", "كيف تصل الخدمات العامة إلى الناس في المناطق النائية، وكيف يعمل الموظفون والجمعيات معاً.", "طاولة",
    ("الخدمة المدنية", "المجتمع المدني", "المجالس المحلية"),
    ("الأفكار", "المحاور", "التصويت", "ما هو ممكن", "الميثاق", "الختام"), ("في صمت", "حول الطاولات"),
    ("نذهب إلى حيث الناس", "باب واحد ونموذج واحد", "نقولها بلغة مفهومة", "نتشارك ما نعرف", "الناس يقررون معنا",
     "الثقة بين الموظفين والجمعيات", "مال ووقود يصلان في الموعد", "إنصاف من لا يُسألون"),
    "تسافر المكاتب إلى القرى في أيام يعرفها الجميع، وتحمل معها ما يلزم لإنهاء المعاملة في مكانها.",
    ("افتحوا مكتب التسجيل يوم السبت", "عيادة متنقلة تزور القرى مرة في الشهر", "نموذج واحد بدلاً من 7 نماذج", "تدريب العاملين على الشباك", "ادفعوا أجرة الحافلة في أيام السوق",
     "الرد على كل رسالة خلال عشرة أيام عمل، حتى لو كان الجواب لا", "اقرؤوا النموذج بصوت عالٍ لمن لا يقرأ", "أعلنوا ساعات العمل في الإذاعة",
     "قائمة مشتركة بمن يساعد في ماذا، يحتفظ بها الطرفان وتُطبع من جديد كل ثلاثة أشهر حتى لا يُرسل أحد إلى مكتب مغلق", "اسألوا الجمعيات النسائية متى تستطيع الحضور"),
    ("في الشمال", "في الجنوب", "في التلال", "في المدينة", "عند النهر", "على الحدود", "في الجزر", "في المخيمات", "في الميناء", "في الحي القديم", "على طول السكة",
     "قرب المنجم", "في المستوطنات الجديدة", "حول البحيرة", "في قرى الغابة"),
    ("A single counter, open on Saturdays (1)", "Un guichet unique, ouvert le samedi"), ("رنا بوبسكو", "أحمد الخطيب", "ماري جين أوكونكو", "Li Wei", "يوسف حداد"),
    (("power", "فريق متنقل واحد كل شهر، بسيارة موجودة أصلاً"), ("power", "ساعات العمل في الإذاعة"), ("others", "قانون يعتمد رسالة المختار"),
     ("others", "مال للوقود بعد العاشر من الشهر"), ("later", "فريق ثانٍ"), ("obstacle", "الأختام تحتاج إلى مكتب"), ("how", "نبدأ بمنطقتين ونخبر الآخرين كيف سارت الأمور")),
    (("يوم للخدمات في كل منطقة", "رنا بوبسكو", "المجلس", "الاتصال برئيس البلدية يوم الاثنين", "12 ديسمبر", "يحضر مئتا شخص في اليوم"),
     ("قائمة بمن يساعد", "أحمد الخطيب", "", "", "15 يناير", ""), ("نطلب من الوزارة ختماً واحداً", "ماري جين أوكونكو", "الدائرة القانونية وجمعيتان", "كتابة الرسالة", "", "وصول جواب")),
    {"purpose": "لا أحد بعيد عن الخدمات التي هي حقه.", "scope-in": "- التسجيل والأوراق\n- الصحة على الطريق", "scope-out": "- الطرق\n- ليس الآن: فريق ثانٍ",
     "community": "ينضم كل من يعمل من أجل الناس في المناطق.\n\nنحافظ على التوازن بين الأطراف ونخصص ساعتين في الشهر.", "roles": "- مضيفان، واحد من كل طرف، لمدة سنة\n- من يحفظ القائمة",
     "practice": "نلتقي في أول يوم اثنين من الشهر.\n- مع حالة صعبة واحدة\n- مع القهوة", "decisions": "بسؤال من يعترض ولماذا.", "ways": "نعيد ما سمعناه قبل أن نجيب.",
     "success": "بعد سنة يقل عدد من يُرَدّون إلى النصف.", "amendment": "يقترح التغيير من يشاء؛ ويُعتمد حين لا يعترض أحد."},
    {"purpose": "لا أحد بعيد عن الخدمات التي هي حقه، صغيراً كان أو كبيراً.", "roles": "- ثلاثة مضيفين، واحد من كل طرف، لمدة سنة\n- من يحفظ القائمة"},
    ("موسم الحصاد: لا أحد يستطيع الحضور قبل أكتوبر.", "ساعتان في الشهر كثير على الجمعيات الصغيرة."), ("من يدفع للمترجمين؟", "فيلم عن أول يوم للخدمات"),
    ("متفائل", "متعب", "جاهزة", "فضول", "مسموع"), "القاعة باردة.\n\nبدأت الطاولة الثانية متأخرة.", "3 ديسمبر، 9:00، قاعة المجلس")
SAID = {"en": EN, "ar": AR}
