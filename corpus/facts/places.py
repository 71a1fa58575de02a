"""Chinese administrative divisions: the provinces, the prefectures, and how the names of others end."""

from __future__ import annotations

import re
from dataclasses import dataclass

MUNICIPALITIES = "北京 天津 上海 重庆"
PROVINCES = "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾"
REGIONS = {
    "内蒙古": "内蒙古自治区", "广西": "广西壮族自治区", "西藏": "西藏自治区", "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区", "香港": "香港特别行政区", "澳门": "澳门特别行政区",
}  # fmt: skip
PREFECTURES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 "
    "鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 "
    "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 "
    "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 "
    "莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 "
    "临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 "
    "荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 "
    "惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 "
    "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 "
    "丽江 普洱 临沧 拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 "
    "定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密"
)
FULL = (
    {name: name + "市" for name in f"{MUNICIPALITIES} {PREFECTURES}".split()}
    | {name: name + "省" for name in PROVINCES.split()}
    | REGIONS
)
"""The full name of every province and prefecture-level city by its short one."""
LEVELS = (
    dict.fromkeys(FULL.values(), "市")
    | {FULL[name]: "省" for name in f"{MUNICIPALITIES} {PROVINCES}".split()}
    | dict.fromkeys(REGIONS.values(), "省")
)
IN_ORDER = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 "
    "陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门"
).split()
"""The provinces in the order in which they are always listed (GB/T 2260)."""
HAN = "[\u4e00-\u9fff]"
_NAMES = "|".join(sorted({*FULL.values()}, key=len, reverse=True))
# What is no part of a place's name: 全市, 各区, 我县, 本市, 该镇, 城市, 地区, 市区, 社区; this, is, by, about.
NO_NAME = (
    "全各我本某该城都地市省县区镇乡级与和及在对向将从由把被为是的一二三四五六七八九十两几多等这那次会议经关于委党中共"
)
LOWER = re.compile(
    rf"(?:(?P<district>(?![{NO_NAME}]){HAN}{{1,5}}?(?:自治县|自治旗|区(?!域)|县(?!级|域)|旗|市(?!场|民|政|委|直|容|级|区|长)))"
    rf"(?P<town>(?![{NO_NAME}]){HAN}{{1,5}}?(?:街道|镇(?!街)|乡(?!村)))?)"
)
PLACE = re.compile(_NAMES)
SHORT = re.compile("|".join(sorted(FULL, key=len, reverse=True)))
# A district's name standing alone counts only before an organ: 石桥区人民政府, 云岭市水务局.
ORGAN = r"(?:[\u4e00-\u9fff]{0,20}?(?:政府|委员会|委|局|办公室|办公厅|厅|人大|人民代表大会|政协|院|处|中心|指挥部)|第|20\d\d年)"
ALONE = re.compile(
    rf"(?P<before>[—―－–（(\s]{{0,3}}(?:中共|关于|对|在|代表|\d{{4}}年(?:度|\d{{1,2}}月\d{{1,2}}日在)?)?)"
    rf"(?P<name>[^{NO_NAME}\W\da-zA-Z]{{1,4}}(?:自治区|自治州|自治县|省|市|区|县|旗|州))(?P<town>[^{NO_NAME}\W\da-zA-Z]{{1,5}}(?:街道|镇|乡))?"
)
NO_DIVISION = re.compile(
    r"(?:小|社|园|校|地|城|辖|城|山|牧|林|景|矿|库|片|街|特|新|开发|保税|示范|试验|实验|贫困|灾|疫|老|战|军|雄安新|高新|管理|功能|旅游)区$|(?:城|都|超|股|楼|门|夜|菜|集|上|大|小|各|全)市$|[各全我本]"
)


@dataclass(frozen=True)
class Place:
    """A division, its level (省 市 县 乡), and where its name stands in the text."""

    name: str
    level: str
    start: int
    end: int


def find_place(text: str, *, short: bool = False) -> Place | None:
    """The first division that a text names, at its most specific: 云州市石桥区 gives the district.

    `short` allows 广东 for 广东省, but only at the text's beginning.

    >>> place = find_place("关于印发广州市天河区幼儿园招生方案的通知")
    >>> place.name, place.level
    ('天河区', '县')
    """
    found = PLACE.search(text)
    if found:
        return _below(text, found.group(), LEVELS[found.group()], found.start(), found.end())
    if short:
        named = SHORT.match(text)
        if named and named.group() + "路" not in text[:6]:
            full = FULL[named.group()]
            return Place(full, LEVELS[full], named.start(), named.end())
    return _alone(text)


def _below(text: str, name: str, level: str, start: int, end: int) -> Place:
    """Go down from a province to the prefecture, the district and the town that follow at once."""
    if level == "省":
        city = PLACE.match(text, end)
        if city and LEVELS[city.group()] == "市":
            return _below(text, city.group(), "市", city.start(), city.end())
    lower = LOWER.match(text, end)
    if lower and not NO_DIVISION.search(lower.group("district")):
        if lower.group("town"):
            return Place(lower.group("town"), "乡", lower.start("town"), lower.end("town"))
        return Place(lower.group("district"), "县", lower.start("district"), lower.end("district"))
    return Place(name, level, start, end)


def _alone(text: str) -> Place | None:
    found = ALONE.match(text)
    if not found or not re.match(ORGAN, text[found.end() :]) or NO_DIVISION.search(found.group("name")):
        return None
    if found.group("town"):
        return Place(found.group("town"), "乡", found.start("town"), found.end("town"))
    name = found.group("name")
    level = "省" if name.endswith(("省", "自治区")) else "市" if name.endswith(("市", "州")) else "县"
    return Place(name, level, found.start("name"), found.end("name"))


# What a national organ's document treats: 国务院办公厅关于湖北省巴东县地质灾害…的复函.
TREATED = re.compile(rf"关于(?:同意以?|支持)?(?=(?:{_NAMES})(?![、和与及]))")
DIVISION_END = re.compile(r"街道|[市县区镇乡旗](?![域级])")
LONGEST_DISTRICT, FEWEST_TIMES, MOST_OF = 6, 2, 0.7
LEVEL_OF_END = {"市": "市", "县": "县", "区": "县", "旗": "县", "镇": "乡", "乡": "乡", "道": "乡"}


def treated_place(title: str) -> Place | None:
    """The division that a title names right behind 关于.

    >>> place = treated_place("国务院办公厅关于湖北省巴东县地质灾害险情有关问题的复函")
    >>> place and place.name
    '巴东县'
    """
    found = TREATED.search(title)
    place = PLACE.match(title, found.end()) if found else None
    return _below(title, place.group(), LEVELS[place.group()], place.start(), place.end()) if place else None


def find_district(title: str, body: str) -> Place | None:
    """A division that no list has, known by its use in the body as well as in the title.

    >>> place = find_district("关于受理石桥区人才公寓申请的公告", "石桥区住建局受理石桥区企业申请，石桥区人才可住。")
    >>> place and place.name
    '石桥区'
    """
    known = [m.span() for m in PLACE.finditer(title)]
    for found in DIVISION_END.finditer(title):
        if any(a < found.end() <= b for a, b in known):
            continue
        best = None
        shortest = body.count(title[max(0, found.end() - 3) : found.end()])
        for length in range(3, LONGEST_DISTRICT + 1):
            start = found.end() - length
            name = title[start : found.end()] if start >= 0 else ""
            if (
                not re.fullmatch(f"{HAN}{{3,}}", name)
                or NO_DIVISION.search(name)
                or set(name[: -len(found.group())]) & set(NO_NAME)
            ):
                continue
            if body.count(name) >= max(FEWEST_TIMES, MOST_OF * shortest):
                best = Place(name, LEVEL_OF_END[name[-1]], start, found.end())
        if best:
            return best
    return None
