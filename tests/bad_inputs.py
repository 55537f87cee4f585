"""Files that come broken or with intent, made anew for each run, and what must become of each.

`taken` is how many articles of a file are read, `rejected` how many of its units are refused; `warned` is a kind of
warning that must be there; `reason` stands in the message of what was refused, or says why a text has no figures.
"""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile
from dataclasses import dataclass

LINE = "The ferry to the northern islands stayed in port on Wednesday. “We will sail,” its captain said."
TEXT = "\n\n".join([LINE] * 20) + "\n"
PAGE = "<html><head><title>Ferry waits</title></head><body><article>%s</article></body></html>"
RUSSIAN = "Паром на северные острова в среду остался в порту. «Мы выйдем в море», — сказал его капитан. "
KOREAN = "북쪽 섬으로 가는 배는 수요일에 항구에 머물렀다. 선장은 곧 떠날 것이라고 말했다. "
CHINESE = "开往北方岛屿的渡轮周三停在港口。船长说我们很快就会出发。"


@dataclass(frozen=True)
class Bad:
    """A bad file and what must become of it."""

    data: bytes
    taken: int = 1
    rejected: int = 0
    warned: str = ""
    reason: str = ""


def paragraphs(text: str) -> bytes:
    return (PAGE % "".join(f"<p>{line}</p>" for line in text.split("\n") if line)).encode()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return buffer.getvalue()


def lied(data: bytes, size: int) -> bytes:
    """A ZIP archive whose directory says that its one member holds `size` bytes."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + size.to_bytes(4, "little") + data[at + 28 :]


def json_lines(*rows: object) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def bad_inputs() -> dict[str, Bad]:
    """File name -> what is in it and what must become of it."""
    cell = LINE * 8
    return {
        # nothing, or too little
        "empty.txt": Bad(b"", reason="no words"),
        "spaces.txt": Bad(b"        ", reason="no words"),
        "no_sentence_end.txt": Bad(b"Ferry stays in port as captain waits for the wind", reason="too little text"),
        "punctuation.txt": Bad(b"... !!! ???", reason="no words"),
        "emoji.txt": Bad("😀🚢".encode() * 60, reason="no words"),
        # characters and encodings
        "nul.txt": Bad(TEXT.replace("ferry", "fer\0ry").encode(), warned="nul"),
        "bidi.txt": Bad(TEXT.replace("captain", "\u202ecaptain\u202c").encode(), warned="invisible"),
        "zero_width.txt": Bad(TEXT.replace("port", "po\u200brt").encode(), warned="invisible"),
        "homoglyph.txt": Bad(TEXT.replace("captain", "сaptain").encode(), warned="mixed_script"),
        "escape.txt": Bad(TEXT.replace("captain", "\x1b[31mcaptain\x1b[0m").encode(), warned="control"),
        "cp1252.txt": Bad(TEXT.encode("cp1252"), warned="encoding"),
        "utf16.txt": Bad(TEXT.encode("utf-16")),
        "utf8_bom.txt": Bad(TEXT.encode("utf-8-sig")),
        "mojibake.txt": Bad(TEXT.encode().decode("cp1252", "replace").encode(), warned="mojibake"),
        "cut_off.txt": Bad((TEXT + "“").encode()[:-1], warned="undecodable"),
        "binary.txt": Bad(bytes(range(32)) * 64, 0, 1, reason="control characters"),
        # languages
        "russian.txt": Bad((RUSSIAN * 10).encode(), warned="language", reason="language is ru"),
        "korean.txt": Bad((KOREAN * 10).encode(), warned="language", reason="language is ko"),
        "chinese.txt": Bad((CHINESE * 40).encode(), reason="NA"),
        # endless
        "one_token.txt": Bad(b"a" * 200_000, 0, 1, reason="1,000"),
        "same_words.txt": Bad(b"U.S. " * 40_000),
        "open_quotes.txt": Bad("“a ".encode() * 20_000, warned="quotes"),
        "too_long.txt": Bad((LINE + "\n").encode() * 11_000, 0, 1, reason="1,000,000"),
        "too_large.txt": Bad(b"word " * 4_000_001, 0, 1, reason="20,000,000"),
        # what would be code or markup
        "script.txt": Bad((TEXT + "<script>alert(1)</script><img src=x onerror=alert(1)>").encode()),
        "markdown.txt": Bad((TEXT + "[a](javascript:alert(1)) ![x](http://x/y)").encode()),
        "mathjax.txt": Bad(("It cost $5 and $\\href{javascript:alert(1)}{x}$ then $6.\n" * 20).encode()),
        "parameter.txt": Bad(('\\"; import os; os.system("id") #\n' + TEXT).encode()),
        # tables
        "traversal.csv": Bad(f'outlet,date,text\n../../etc/x,2023-09-13,"{cell}"\nE/../y,2023-09-13,"{cell}"\n'.encode(), 2),
        "na_outlet.csv": Bad(f'outlet,date,text\nNA,2023-09-13,"{cell}"\nNone,2023-09-13,null\nx,2023-09-13,\n'.encode(), 1, 2),
        "semicolon.csv": Bad(f"outlet;date;text\nEcho;2023-09-13;{LINE}\n".encode(), 1, warned="delimiter"),
        "unclosed.csv": Bad(b'outlet,date,text\nEcho,2023-09-13,ok so far\nEcho,2023-09-13,"unclosed\nPost,2023-09-13,ok\n', 2, 1, reason="quotation mark"),
        "duplicate.csv": Bad(f'id,outlet,text\n1,Echo,"{cell}"\n1,Post,"{LINE} {cell}"\n'.encode(), 1, 1, reason="1"),
        "header_alone.csv": Bad(b"outlet,date,text", 0, 1, reason="no article"),
        "metadata.csv": Bad(b"title,url,publish_date\nFerry waits,https://example.org/a,2023-09-13\n", 0, 1, reason="no text"),
        "formula.csv": Bad(f'outlet,title,text\nEcho,"=cmd|\'/c calc\'!A1","{cell}"\n'.encode()),
        "bad_line.jsonl": Bad(json_lines({"outlet": "Echo", "text": cell}, '{"outlet": ', {"outlet": "Post", "text": cell + LINE}), 2, 1),
        "types.jsonl": Bad(json_lines({"text": 2023}, {"text": {"a": 1}}, {"text": None}, '{"text": NaN}'), 0, 4),
        "deep.jsonl": Bad(b'{"text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", 0, 1),
        "pickle.parquet": Bad(pickle.dumps({"a": 1}), 0, 1, reason="pickle"),
        "cut.parquet": Bad(b"PAR1" + bytes(200), 0, 1, reason="Parquet"),
        # archives
        "bomb.html.gz": Bad(gzip.compress(b"<p>" + b"a " * 30_000_000, 1), 0, 1, reason="20,000,000"),
        "bomb.zip": Bad(zipped(a_dot_txt=b"a " * 30_000_000), 0, 1, reason="20,000,000"),
        "liar.zip": Bad(lied(zipped(a_dot_txt=b"a " * 30_000_000), 100), 0, 1),
        "climbing.zip": Bad(zipped(**{"..__..__up_dot_txt": TEXT.encode()}), 1),
        "broken.zip": Bad(zipped(a_dot_txt=TEXT.encode())[:-30], 0, 1),
        "half.gz": Bad(gzip.compress(TEXT.encode())[:40], 0, 1),
        # other files
        "pdf.txt": Bad(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n", 0, 1, reason="PDF"),
        "picture.txt": Bad(b"\x89PNG\r\n\x1a\n" + bytes(99), 0, 1, reason="PNG"),
        "tag.yml": Bad(b'outlets: !!python/object/apply:os.system ["id"]\n', 0, 1, reason="YAML"),
        "norway.yml": Bad(b"outlet: NO\ndate: 2023-09-13\ncode: 0123\n", 0, 1, reason="YAML"),
        "entities.xml": Bad(b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>', 0, 1, reason="entities"),
        # pages
        "wrong_charset.html": Bad((PAGE % "".join(f"<p>{LINE}</p>" for _ in range(9))).replace("<head>", "<head><meta charset=utf-8>").encode("cp1252"), warned="encoding"),
        "consent.html": Bad((PAGE % "<h1>We value your privacy</h1><p>We and our 842 partners store and access information on a device.</p><button>Accept all</button>").encode(), warned="consent_wall"),
        "nested.html": Bad(b"<html><body>" + b"<div>" * 2_500 + LINE.encode() + b"</div>" * 2_500 + b"</body></html>"),
        "surrogate.html": Bad((PAGE % f"<p>{LINE} &#xD800; {LINE}</p><p>{LINE}</p>").encode()),
        "live.txt": Bad("\n\n".join(f"0{hour}:20 GMT\n{LINE}" for hour in range(9)).encode(), warned="liveblog"),
    }  # fmt: skip
