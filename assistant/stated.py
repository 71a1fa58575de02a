"""How a text looks that states a time, a person, a reason."""

from __future__ import annotations

import re

NUMERAL = "[\\d一二三四五六七八九十百两〇]"
TIME = re.compile(
    rf"{NUMERAL}{{1,4}}\s*(?:年|个?月|日|号|周|天|小时|分钟|时|点|个?工作日|季度|世纪|秒)|年[底末初内中]|月[底末初]|季度|今年|明年|去年|当[前年月日]|期间|之[前后]|以[前来]|日前|[前内]完成|世纪|[春夏秋冬]季|春节|国庆|上半年|下半年|即日|近日|每[年月周日天]|长期|随时|当场|期限|及时|立即|结束"
)
PERSON = re.compile(
    r"[主部局厅处科司校院所会行社馆站]长|省长|市长|县长|区长|书记|总理|总统|主席|主任|组长|队长|同志|委员|院士|教授|专家|负责人|发言人|先生|女士|"
    r"医生|领导|由[\u4e00-\u9fff]{2,12}(?:担任|负责|主持)|[\u4e00-\u9fff·]{2,12}(?:提出|指出|强调|表示|说|创|著|编|发明|执导|主演|担任)"
)
REASON = re.compile(
    r"因|由于|为了?|原因|导致|致使|使得|所以|出于|鉴于|旨在|目的|受[^,.]{1,12}影响|在于|归[结咎]|以[便利]|根源|以致|从而"
)
# 那为什么呢, after an answer: of what was answered, which a 为 or 因 somewhere in it does not explain.
EXPLAINED = re.compile(
    r"因为|由于|原因|鉴于|考虑到|为了|旨在|以便|目的[是在]|导致|致使|受[^,.]{1,12}影响|在于|根源|归结|归咎|所以|从而"
)
PATTERNS = {"time": TIME, "person": PERSON, "reason": REASON}


def states(wants: str, unit: str, text: str) -> bool:
    """Whether a folded text states a particular of this kind; nothing in particular always is.

    >>> states("time", "", "年底前完成"), states("person", "", "新增管网12公里"), states("", "", "")
    (True, False, True)
    """
    pattern = PATTERNS.get(wants)
    return pattern is None or bool(pattern.search(text))
