"""场合: the meeting or event where something was delivered."""

from __future__ import annotations

import re

EVENT_END = "大会|会议|会|论坛|仪式|峰会|活动|班|晚宴|招待会|典礼|式|全会|讲坛|对话|会晤|研讨|辩论|会議|大會"
DELIVERED = re.compile(
    rf"在(?P<event>[^。；]{{3,70}}?(?:{EVENT_END}))(?:[（(][^（）()]{{0,20}}[）)])?(?:(?:期间|上)(?:的|$|[\s，。）)]|讲话|发言|致辞)|的(?:致辞|致词|讲话|发言|演讲|报告))"
)
NUMERAL = "[一二三四五六七八九十0-9]{1,4}"
CONGRESS = rf"第{NUMERAL}[届屆]?[\u4e00-\u9fff]{{0,12}}?(?:人民代表大[会會]|全[国國]代表大[会會])(?:第{NUMERAL}次[会會][议議])?"
# 我代表国务院，向第十届全国人民代表大会第一次会议报告 / 我们第一届…
REPORTED = re.compile(rf"(?:向|我[们們])(?P<event>(?:中国共产党|党的|[\u4e00-\u9fff]{{0,4}}[省市区县])?{CONGRESS})")
OPENED = re.compile(rf"^(?P<event>中国共产党{CONGRESS})[，,]?(?:是|将是|现在|肩负|在[^。]{{2,60}}召开)")
PASSED = re.compile(rf"日(?P<event>[\u4e00-\u9fff]{{0,12}}{CONGRESS})通过")
RESOLVED = re.compile(rf"^(?P<event>{CONGRESS})(?:关于|[听听]取)")
CONVENED = re.compile(
    r"^[^。]{0,30}?(?:今天|今日|今晚|我们|今天上午|今天下午)[^。；！]{0,14}?(?:召开|举行|举办)(?:了|一[个次]|的|这[个次])?"
    r"(?P<event>[^，。；,;“”]{2,50}?(?:大会|会议|座谈会|推进会|动员会|部署会|工作会|总结会|表彰会|交流会|现场会|论坛|会))(?=[，。,、；！]|的目的|是|$)"
)
# 今天，我们在这里隆重集会，庆祝…建立40周年
GATHERED = re.compile(r"集会[，,](?P<event>(?:庆祝|纪念|表彰|悼念)[^，。；,;]{4,40})(?=[，。；,;])")
MEETING = "大会|会议|年会|峰会|论坛|座谈会|博览会|对话会"
ATTENDED = re.compile(
    rf"(?:出席|参加)(?:今天的?|今晚的?|本次|这次)(?P<event>[^，。；,;“”]{{2,30}}?(?:{MEETING}))(?=[，。！；,;])"
)
INAUGURATED = re.compile(
    rf"(?:^|[，。：:])\s*(?:值此)?(?P<event>[^，。；：,;:“”]{{0,14}}第{NUMERAL}[届次][^，。；,;]{{2,30}}?(?:{MEETING}))(?:今天|今日)?(?:隆重|正式)?(?:开幕|召开|举行)(?:了|之际|[，。！])"
)
OPENING_REACH = 220


def event_in_head(text: str) -> tuple[str, int, int] | None:
    """The event in a title, a subtitle or a date line.

    >>> event_in_head("——2026年2月3日在云岭市第十六届人民代表大会第四次会议上")
    ('云岭市第十六届人民代表大会第四次会议', 12, 30)
    """
    for pattern in (DELIVERED, PASSED, RESOLVED):
        found = pattern.search(text)
        if found:
            return found.group("event"), *found.span("event")
    return None


def event_in_opening(text: str) -> tuple[str, int, int] | None:
    """The event that the first sentences say is held.

    >>> event_in_opening("今天，我们召开全区防汛工作会议，主要任务是安排工作。")
    ('全区防汛工作会议', 7, 15)
    """
    reach = text[:OPENING_REACH]
    for pattern in (REPORTED, OPENED, CONVENED, GATHERED, ATTENDED, INAUGURATED):
        found = pattern.search(reach)
        if found and len(found.group("event")) > 3:
            return found.group("event"), *found.span("event")
    return None
