"""Says what is wrong with a page of report(), a line each: python3 check_page.py FILE [TEXT...].

The page must be XML and HTML, ask for nothing from elsewhere, and be fit for readers who do not see it. Each TEXT must
be on the page as it is, and not as tags.
"""
import html.parser
import re
import sys
import xml.etree.ElementTree as ElementTree

ALLOWED = set('''html head meta title style body main header footer section h1 h2 h3 p ul li dl div dt dd b i span figure
    figcaption table caption thead tbody tr th td svg desc g path rect circle text'''.split())
ATTRIBUTES = set('''lang xmlns charset name content http-equiv class id role tabindex scope title viewBox preserveAspectRatio
    width height x y d cx cy r text-anchor aria-label aria-labelledby aria-hidden'''.split())
VOID = {'meta'}

problems = []


def problem(text):
    problems.append(text)


class Reader(html.parser.HTMLParser):
    """Reads as a browser does, and finds tags that are not balanced."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in {name.lower() for name in ALLOWED}:
            problem(f'element {tag}')
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            problem(f'unbalanced end of {tag}')

    def handle_data(self, data):
        self.texts.append(data)


def luminance(colour):
    if len(colour) == 4:
        colour = '#' + ''.join(2 * digit for digit in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def check_structure(page):
    try:
        root = ElementTree.fromstring(re.sub('^<!DOCTYPE html>', '', page))
    except ElementTree.ParseError as error:
        return problem(f'no XML: {error}')
    elements = [(element.tag.split('}')[-1], element) for element in root.iter()]
    ids = [element.get('id') for _, element in elements if element.get('id')]
    for repeated in {i for i in ids if ids.count(i) > 1}:
        problem(f'id {repeated} is not unique')
    for tag, element in elements:
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                problem(f'attribute {name} of {tag}')
        for reference in (element.get('aria-labelledby') or '').split():
            if reference not in ids:
                problem(f'nothing has the id {reference}')
        if tag == 'path' and not re.match(r'M\s*-?[\d.]', element.get('d') or ''):
            problem(f'a path without a start: {element.get("d")}')
        children = [child.tag.split('}')[-1] for child in element]
        if tag == 'svg' and element.get('aria-hidden') != 'true':
            if element.get('role') != 'img' or not (element.get('aria-label') or {'title', 'desc'} <= set(children)):
                problem('a drawing without role and words')
        if tag == 'table' and children[0] != 'caption':
            problem('a table without a caption')
        if tag == 'th' and element.get('scope') not in ('col', 'row'):
            problem('a heading of a table without a scope')
    if root.get('lang') != 'en':
        problem('no language')
    if not [element for tag, element in elements if tag == 'title']:
        problem('no title')
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch('h[1-6]', tag)]
    if levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
        problem(f'headings out of order: {levels}')


def check_style(page):
    style = ''.join(re.findall('<style>(.*?)</style>', page, re.S))
    if re.search(r'url\(|@import|@font-face|expression', style):
        problem('the style sheet asks for something')
    shades = dict(re.findall(r'\.(s\d)\{fill:(#\w+);', style))
    texts = dict(re.findall(r'\.(s\d)\{[^}]*[;{]color:(#\w+)', style))
    if sorted(shades) != ['s0', 's1', 's2', 's3', 's4'] or sorted(texts) != sorted(shades):
        return problem('not five shades')
    for shade, colour in shades.items():
        if contrast(colour, texts[shade]) < 4.5:
            problem(f'text on {shade} has a contrast of {contrast(colour, texts[shade]):.2f}')
    light = [luminance(shades[shade]) for shade in sorted(shades)]
    if light != sorted(light, reverse=True) or min(a / b for a, b in zip(light, light[1:])) < 1.2:
        problem('shades do not go from light to dark')
    for colour in set(re.findall(r'[;{]color:(#\w+)', style)) - {'#fff'}:
        if contrast(colour, '#ffffff') < 4.5:
            problem(f'text in {colour} on white has a contrast of {contrast(colour, "#ffffff"):.2f}')


page = open(sys.argv[1], encoding='utf-8').read()
reader = Reader()
reader.feed(page)
reader.close()
if reader.open:
    problem(f'never ended: {reader.open}')
words = re.sub(r'\s+', ' ', ' '.join(reader.texts))
for text in sys.argv[2:]:
    if text not in words:
        problem(f'not on the page: {text}')
for text in set(re.findall(r'\b(?:NaN|NULL|Infinity|-0\.0+\b|###+)', words)):
    problem(f'on the page: {text}')
if re.search(r'(?i)(?:https?:)?//(?!www\.w3\.org/1999/xhtml)\w', page):
    problem('an address')
check_structure(page)
check_style(page)
print('\n'.join(problems), end='\n' if problems else '')
sys.exit(bool(problems))
