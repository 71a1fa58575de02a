"""Names of persons and of their offices, as they stand beside one another in official documents."""

from __future__ import annotations

import re

# The surnames of more than 99 % of Chinese persons; a word of two to four characters is a name only with one.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟"
    "秦邱江尹薛闫阎段雷侯龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿"
    "桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢习朴盖厉"
    "習張劉陳楊黃趙吳孫馬鄭許謝羅蕭譚鄧韓馮葉蘇呂盧鍾"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木"
GAP = r"[\s\u3000]{0,3}"
HAN = "[\u4e00-\u9fff]"
NAME = rf"(?:(?:{COMPOUND}|[{SURNAMES}]){GAP}{HAN}(?:{GAP}{HAN})?|{HAN}{{1,6}}[·•]{HAN}{{1,8}})"
# After an office, any name of two to four characters will do: 自治区主席 嘎玛泽登.
ANY_NAME = rf"(?:{NAME}|{HAN}{{2,4}})"
# In one way only, 总书记 being 书记 too: a list of many could be read in as many ways as two to their number.
RANKS = "主席|总理|省长|市长|区长|县长|州长|盟长|镇长|乡长|旗长|(?<!总)书记|主任|部长|局长|厅长|院长|检察长|委员长|秘书长|校长|会长|司令员|总书记|理事长|总干事"
OFFICE = rf"(?:(?!.{{0,24}}[，。；])[\u4e00-\u9fff、（）]{{0,24}}?(?:{RANKS}|市{GAP}长|省{GAP}长|区{GAP}长|县{GAP}长)(?:、[\u4e00-\u9fff]{{2,16}}?(?:{RANKS}))*)"
PERSON = re.compile(
    rf"^※?(?:(?P<office>{OFFICE})[\s\u3000：:]{{1,6}}(?P<name>{ANY_NAME})|(?P<joined>{OFFICE})(?P<near>{NAME})|(?P<bare>{NAME}))$"
)
OFFICE_LINE = re.compile(rf"^{OFFICE}$")
LONGEST_PERSON = 60
# Words that begin with a surname and stand alone on a line.
NO_NAMES = frozenset(
    "关闭 全屏 贺信 贺电 方案 任务 安全 程序 关于 时间 成员 左右 单位 项目 余额 姓名 季度 金额 计划 水平 安排 章程 温馨 应急 高度 包括 向上 全部 易地 党组 党委 党员 习题 景区 国务".split()
)


def read_person(text: str) -> tuple[str, tuple[int, int] | None, tuple[int, int]] | None:
    """Of a line that holds only a person: the name, the office's span if any, the name's span.

    >>> read_person("云岭市市长  江　明")
    ('江明', (0, 5), (7, 10))
    >>> read_person("江明") and read_person("加强领导")
    """
    found = PERSON.match(text) if len(text) <= LONGEST_PERSON else None
    if not found or found.group("bare") in NO_NAMES:
        return None
    name = next(group for group in ("name", "near", "bare") if found.group(group))
    office = next((group for group in ("office", "joined") if found.group(group)), None)
    return "".join(found.group(name).split()), found.span(office) if office else None, found.span(name)
