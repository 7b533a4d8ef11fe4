"""Large and small letters: each word as most people wrote it inside a sentence."""
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from workshop.themes.phrases import TOKEN, titled, tokens

MOSTLY = .8            # of the longer words of a text are written large: then it is a headline and tells nothing
LONGER = 4             # letters


def usual_spelling(texts: Iterable[str]) -> Callable[[str], str]:
    """What spells a name as the writers of *texts* would: NHS and Sunday large, what only began a sentence small.

    The name itself begins with a large letter.
    """
    found = defaultdict(list)
    for text in texts:
        words, starts = tokens(text)
        inside = [word for i, word in enumerate(words) if i not in starts]
        longer = [word[0].isupper() for word in inside if len(word) >= LONGER]
        if len(longer) < 2 or sum(longer) < MOSTLY * len(longer):
            for word in inside:
                found[word.casefold()].append(word)

    def usual(word: str) -> str:
        ways = Counter(found.get(word.casefold(), [word]))
        return min(ways, key=lambda way: (-ways[way], way != way.casefold(), way))

    return lambda name: titled(TOKEN.sub(lambda word: usual(word[0]), name))
