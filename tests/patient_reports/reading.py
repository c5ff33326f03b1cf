"""Read a report again as somebody else would: the words of a page, and those of a PDF."""

import re
from html.parser import HTMLParser

import pypdfium2

_FOOT_PT = 50  # where the foot of a page begins, from below


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said, self.tags, self._silent = [], [], 0
        self._lists = []  # how many items each list that is open has; None without numbers

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in {"style", "title", "footer"}
        self.said.append(" ")
        if tag in {"ol", "ul"}:
            self._lists.append(0 if tag == "ol" else None)
        if tag == "li" and self._lists[-1] is not None:
            self._lists[-1] += 1
            self.said.append(f"{self._lists[-1]}. ")

    def handle_endtag(self, tag):
        self._silent -= tag in {"style", "title", "footer"}
        self.said.append(" ")
        if tag in {"ol", "ul"}:
            self._lists.pop()

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)


def words_of_page(html):
    """Return what is read on a page, its foot left out, one space for each gap."""
    return plain("".join(parsed(html).said))


def tags_of_page(html):
    """Return every tag of a page with its attributes."""
    return parsed(html).tags


def parsed(html):
    """Return the parser after it has read a page."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser


def words_of_pdf(contents):
    """Return what is read in a PDF, the feet of its pages left out."""
    return plain("\n".join(page_texts(contents)))


def page_texts(contents):
    """Return what is read on each page of a PDF above its foot."""
    document = pypdfium2.PdfDocument(contents)
    try:
        found = []
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append(text.get_text_bounded(0, _FOOT_PT, width, height))
            text.close()
            page.close()
        return found
    finally:
        document.close()


def plain(text):
    """Return text with one space for each gap, and nothing that only helps breaking lines."""
    text = re.sub("[\u200b\u00ad]", "", text)
    text = re.sub("[\ufffe\x02]", "-", text)  # a hyphen at the end of a line, to pdfium
    return re.sub(r"\s+", " ", text).strip()


def missing(told, read):
    """Return the sentences that are not in what was read; lines may break anywhere."""
    read = _unbroken(read)
    return [one for one in told if _unbroken(plain(one)) not in read]


def _unbroken(text):
    return re.sub(r"\s", "", text)


def numbers(text):
    """Return every number in a text, as it is written."""
    return re.findall(r"\d+(?:[.,:]\d+)*", text)
