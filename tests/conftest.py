"""What tests share: a cache of their own for the model, small libraries, the folder of real documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import address as address
from browsing import browser as browser
from browsing import page as page

from index import Encoder, Library

SPEECH = """在全市河湖管护工作推进会上的讲话
（2023年6月8日）
同志们：
今天我们召开会议，主要任务是总结上半年河湖管护工作，部署下半年任务。
一、看清成绩，也看清差距
上半年，全市清理河道垃圾3.2万吨，整治排污口146个，国控断面水质优良率达到91.7%。
但是，有的河长巡河走过场，拍张照片就算完成任务，群众称之为“打卡式巡河”。
二、突出重点，抓好四件事
（一）管住排污口。年底前完成剩余58个排污口整治，逐一销号。
（二）护好饮用水源。对7个集中式饮用水水源地实行每月一检。
同志们，河湖面貌就是作风面貌，让我们把每一条河当作自家门前的河来管护。
"""
NOTICE = """关于做好冬季供暖保障工作的通知
石桥政办发〔2022〕31号
各街道办事处，区直各部门：
为确保居民温暖过冬，现就做好冬季供暖保障工作通知如下。
一、供暖时间
今年供暖期为11月10日至次年3月20日，遇到强降温天气提前供暖。
二、保障措施
供热企业储煤不得少于15天用量，报修后2小时内上门，室温不达标的按日退费。
三、联系方式
区供热办设立24小时值班电话，受理群众投诉。
石桥区人民政府办公室
2022年10月18日
"""


@pytest.fixture(scope="session", autouse=True)
def access(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test finds the accounts of whoever runs it, nor writes into their log."""
    folder = tmp_path_factory.mktemp("access")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YOUJU_ACCESS", str(folder))
        yield folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real default model."""
    return Encoder.load()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "documents"
    (folder / "讲话").mkdir(parents=True)
    (folder / "讲话" / "河湖管护讲话.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "供暖通知.txt").write_text(NOTICE, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, documents: Path, encoder: Encoder) -> Iterator[Library]:
    """A library of the two documents."""
    library = fresh(tmp_path / "library", encoder)
    with library.writing() as writer:
        list(writer.add([documents]))
    yield library
    library.close()


def fresh(root: Path, encoder: Encoder) -> Library:
    """A library in a folder, with the encoder that is already loaded."""
    library = Library.open(root, create=True)
    library._load_encoder = lambda: encoder
    return library


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """The sample library, built once."""
    from assistant.compose import sample_folder

    library = fresh(tmp_path_factory.mktemp("sample") / "library", encoder)
    with library.writing() as writer:
        outcomes = list(writer.add([sample_folder()]))
    assert {o.what for o in outcomes} == {"added"}
    yield library
    library.close()
