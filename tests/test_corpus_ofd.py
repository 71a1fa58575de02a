"""OFD: text objects by their places become paragraphs; hostile packages are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest

from corpus.errors import Refused
from corpus.extract import ocr
from corpus.extract.ofd import extract_ofd
from corpus.extract.ofd_page import MOST_REPEATS, distances

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, WIDE, LEFT = 5.64, 28, 26.0
PARAGRAPH = (
    "汛期将至，各街道要把防汛工作摆在突出位置，提前谋划、压实责任，对辖区内的河道、涵洞、"
    "泵站逐一排查，发现隐患立即整改，一时难以整改的要落实专人值守，确保不留死角、不出问题，"
    "让群众安心。"
)
SECOND = (
    "入汛以后，气象、水务、应急三个部门每天会商一次，雨情水情及时发到村组和社区；遇有大到暴雨，"
    "街道干部一律在岗在位，低洼院落、危旧房屋、在建工地里的人员要提前转移，转移一户登记一户，"
    "不漏一人。"
)


def shown(x: float, y: float, text: str, more: str = "", steps: str | None = None) -> str:
    """A text object, its characters one size apart."""
    steps = f"g {len(text) - 1} {SIZE}" if steps is None else steps
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 150 8" Font="3" Size="{SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="{SIZE}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def printed(text: str, top: float) -> str:
    parts = [text[: WIDE - 2], *(text[i : i + WIDE] for i in range(WIDE - 2, len(text), WIDE))]
    return "".join(shown(LEFT if n else LEFT + 2 * SIZE, top + 10 * n, part) for n, part in enumerate(parts))


def layer(content: str, kind: str = "Body") -> str:
    return f'<ofd:Layer ID="5" Type="{kind}">{content}</ofd:Layer>'


def package(documents: Sequence[Sequence[str]], extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OFD of these documents, each a list of pages, each page its layers."""
    files: dict[str, str] = {}
    bodies = ""
    for d, pages in enumerate(documents):
        bodies += f"<ofd:DocBody><ofd:DocRoot>Doc_{d}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        listed = "".join(f'<ofd:Page ID="{p}" BaseLoc="Pages/P{p}.xml"/>' for p in range(len(pages)))
        files[f"Doc_{d}/Document.xml"] = (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for p, content in enumerate(pages):
            files[f"Doc_{d}/Pages/P{p}.xml"] = f"<ofd:Page {NAMESPACE}><ofd:Content>{content}</ofd:Content></ofd:Page>"
    files["OFD.xml"] = f"<ofd:OFD {NAMESPACE}>{bodies}</ofd:OFD>"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in {**files, **(extra or {})}.items():
            out.writestr(name, text)
    return data.getvalue()


def paragraphs(*pages: str) -> list[str]:
    return extract_ofd(package([pages])).text.split("\n")


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract_ofd(data)
    return refused.value.code


def test_lines_are_joined_to_paragraphs() -> None:
    assert paragraphs(layer(printed(PARAGRAPH, 40) + printed(SECOND, 90))) == [PARAGRAPH, SECOND]


def test_backgrounds_and_templates_are_left_out() -> None:
    head = layer(shown(80, 15, "石桥区公文库"), "Background")
    assert paragraphs(head + layer(printed(PARAGRAPH, 40))) == [PARAGRAPH]


def test_a_document_all_in_the_background_is_read_all_the_same() -> None:
    assert paragraphs(layer(printed(PARAGRAPH, 40), "Background")) == [PARAGRAPH]


def test_pages_come_in_the_order_of_the_document_not_of_the_package() -> None:
    order = (
        f"<ofd:Document {NAMESPACE}><ofd:Pages>"
        '<ofd:Page ID="2" BaseLoc="/Doc_0/Pages/P1.xml"/><ofd:Page ID="1" BaseLoc="Pages/P0.xml"/>'
        "</ofd:Pages></ofd:Document>"
    )
    data = package([[layer(printed(PARAGRAPH, 40)), layer(printed(SECOND, 40))]], {"Doc_0/Document.xml": order})
    assert extract_ofd(data).text.split("\n") == [SECOND, PARAGRAPH]


def test_several_documents_are_read_one_after_the_other() -> None:
    data = package([[layer(printed(PARAGRAPH, 40))], [layer(printed(SECOND, 40))]])
    assert extract_ofd(data).text.split("\n") == [PARAGRAPH, SECOND]


def test_an_object_a_character_gives_the_same_lines() -> None:
    single = "".join(shown(LEFT + n * SIZE, 40, c, steps="") for n, c in enumerate("请各单位抓好落实。"))
    assert paragraphs(layer(single)) == ["请各单位抓好落实。"]


def test_a_scaled_object_stands_where_its_matrix_puts_it() -> None:
    scaled = shown(LEFT, 40, "请各单位抓好落实。", 'CTM="2 0 0 2 0 0"') + shown(LEFT, 80, "附件另发。")
    assert paragraphs(layer(scaled)) == ["请各单位抓好落实。", "附件另发。"]


def test_words_apart_on_a_line_stay_apart() -> None:
    assert paragraphs(layer(shown(LEFT, 40, "甲乙丙丁", steps=f"{SIZE} 40 {SIZE}"))) == ["甲乙 丙丁"]


def test_invisible_objects_are_left_out() -> None:
    assert paragraphs(layer(printed(PARAGRAPH, 40) + shown(LEFT, 200, "看不见", 'Visible="false"'))) == [PARAGRAPH]


def test_pages_without_text_are_refused_as_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extract.ocr.available", lambda: False)
    assert refusal(package([[layer('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="2"/>')]])) == (
        "no_text_layer"
    )


@pytest.mark.parametrize("data", [b"junk", b"PK\x03\x04junk", package([]), package([["<broken"]])])
def test_a_damaged_package_is_refused(data: bytes) -> None:
    assert refusal(data) in ("damaged", "no_text_layer")


def test_a_page_that_is_missing_is_damage() -> None:
    order = f'<ofd:Document {NAMESPACE}><ofd:Pages><ofd:Page BaseLoc="../../x.xml"/></ofd:Pages></ofd:Document>'
    assert refusal(package([[layer(printed(PARAGRAPH, 40))]], {"Doc_0/Document.xml": order})) == "damaged"


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE p [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
        f"<ofd:Page {NAMESPACE}><ofd:Content>{layer(shown(LEFT, 40, '&b;', steps=''))}</ofd:Content></ofd:Page>"
    )
    assert refusal(package([[""]], {"Doc_0/Pages/P0.xml": bomb})) == "damaged"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.extract.ofd.LIMIT_MEMBER", 100_000)
    assert refusal(package([[layer(printed(PARAGRAPH, 40)) + " " * 200_000]])) == "limits"
    monkeypatch.setattr("corpus.extract.ofd.LIMIT_MEMBER", 50_000_000)
    monkeypatch.setattr("corpus.extract.ofd.LIMIT_OPENED", 100_000)
    assert refusal(package([[layer(printed(PARAGRAPH, 40)) + " " * 60_000] * 2])) == "limits"


def test_a_repeat_without_end_is_cut() -> None:
    assert len(distances("g 999999999 5")) == MOST_REPEATS
    assert distances("g") == [0.0]
    assert distances("g x nan 2") == [2.0]


@pytest.mark.skipif(not ocr.available(), reason="text recognition, the extra ocr, is not installed")
def test_an_ofd_of_pictures_is_recognised() -> None:
    from test_corpus_ocr import LINES, bare, drawn, saved

    page = layer('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="2"/>')
    order = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P0.xml"/></ofd:Pages></ofd:Document>'
    )
    resources = (
        f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="2" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    extra = {"Doc_0/Document.xml": order, "Doc_0/Res.xml": resources, "Doc_0/Res/a.png": saved(drawn(), "PNG")}
    extracted = extract_ofd(package([[page]], extra))
    assert extracted.flags == ("ocr",)
    assert bare(LINES[0]) in bare(extracted.text)
