"""How themes are drawn: ten shapes, ten colours, a letter."""
from workshop.charter.drawings import Mark
from workshop.state import Theme

INK, PAPER = "#0f1b33", "#ffffff"
# Disc, square, triangle, diamond, hexagon, cross, shield, tag, pentagon, arch; and how far down the letter sits.
SHAPES = (
    ("M12 1.2a10.8 10.8 0 1 1 0 21.6a10.8 10.8 0 1 1 0-21.6z", 0.0),
    ("M2.2 2.2h19.6v19.6h-19.6z", 0.0),
    ("M12 1.4L23.2 21.6H.8z", 3.4),
    ("M12 .9L23.1 12L12 23.1L.9 12z", 0.0),
    ("M6.4 2h11.2L23.2 12l-5.6 10H6.4L.8 12z", 0.0),
    ("M7.6 1.2h8.8v6.4h6.4v8.8h-6.4v6.4H7.6v-6.4H1.2V7.6h6.4z", 0.0),
    ("M2.2 2.2h19.6v8.6c0 6-4 9.9-9.8 12c-5.8-2.1-9.8-6-9.8-12z", -0.8),
    ("M1.2 3.6h13.6l8.2 8.4l-8.2 8.4H1.2z", 0.0),
    ("M12 1.2l11.2 8.4l-4.3 12.9H5.1L.8 9.6z", 1.2),
    ("M2.2 22.2V11.4a9.8 9.8 0 0 1 19.6 0v10.8z", 0.8),
)
COLOURS = (("#435295", PAPER), ("#ed7470", INK), ("#177820", PAPER), ("#fbb17d", INK), ("#3c0591", PAPER),
           ("#65b4e9", INK), ("#772933", PAPER), ("#94eebf", INK), ("#b66eb4", INK), ("#e02464", PAPER))


def mark(theme: Theme) -> Mark:
    """The mark of *theme*; past ten the colours come again, each with the shape five further on."""
    path, down = SHAPES[(theme.id + 5 * (theme.id // 10)) % 10]
    fill, ink = COLOURS[theme.id % 10]
    return Mark(theme.mark, path, fill, ink, down)
