"""The words by which reports speak of the figures in the tables.

All are regular expressions; LAST, YEAR and NEXT stand for the years around the
report's. They are compiled when they are first used. Where a branch begins with
no letter, the letters it may begin with stand ahead of it, or all branches begin
with one: only then are other places passed over quickly.
"""

from typing import NamedTuple


class Label(NamedTuple):
    """Words that say what a number counts, and the sums of the table it may be.

    A reading is a sum of rows, each with its column where that is no total.
    """

    kind: str
    words: str
    readings: tuple[str, ...]


# Applications: what came in, what became of it, who applied.
CARRIED_IN = Label(
    "carried_in",
    r"(?:上一?年度?|去年|LAST年度?)(?:的|未办结)?"
    r"(?:结转|转来|转入|接转|遗留|未办结|未答复|顺延|留转|转接|延续|续办)"
    r"|(?:结转|承接|接续|接转)(?:自|了)?(?:上一?年|去年|LAST年)",
    ("carried_in",),
)
CARRIED_OUT = Label(
    "carried_out",
    r"(?=[结顺转延留下次\d正尚仍还未在])(?:"
    r"(?:结转|顺延|转接|延续|转入|转至|留转|延至|留待)(?:到|至|入)?(?:下一?年|次年|明年|来年|NEXT年)"
    r"|(?:下一?年|次年|NEXT年)度?(?:继续)?(?:办理|答复)"
    r"|(?:正在|尚在|仍在|还在)(?:办理|处理)|(?:尚未|未)(?:办结|答复|办理完毕)|在办(?![结理])"
    r"|未到(?:答复|办理)?(?:期限|时限|期))",
    ("carried_out",),
)
HANDLED = Label(
    "handled",
    r"办结|办复|(?:办理|处理)(?:完毕|完成|完结)",
    ("handled", "handled-carried_in"),
)
ANSWERED = Label(
    "handled",
    r"(?<!不予)(?<!未)(?<!未到)(?:答复|回复)(?!期限|时限|率|口径|质量|文书|意见|内容)",
    (
        "handled",
        "handled-carried_in",
        "handled-other_outcomes",
        "handled-other_outcomes-not_processed",
        "handled-not_processed",
        "handled-otherwise",
    ),
)
DEALT = Label(
    "handled",
    r"(?<!在)(?:办理|处理)(?!完|费|结果|答复)",
    ("handled", "received", "received+carried_in", "handled-carried_in"),
)
RECEIVED = Label(
    "received",
    r"收到|新收|接收|接到|(?<!不予)受理|收办|收取|新增",
    ("received", "received+carried_in"),
)
BARE = Label(
    "received",
    r"(?:(?:^|公开|信息|全年|年度|各类)申请|依申请公开)"
    r"(?:公开|数量|总量|总数|量|信息|事项|案件|件数)*(?:共计?|合计|总计|为|是|有|达到?)*$",
    ("received", "received+carried_in", "handled"),
)
CARRIED = (CARRIED_IN, CARRIED_OUT)
FLOWS = (HANDLED, ANSWERED, DEALT, RECEIVED)
OUTCOMES = (
    Label(
        "outcome",
        r"(?:予以|同意|全部|准予|决定)公开(?!信息|政府)|^公开(?=的|了|$)",
        ("granted",),
    ),
    Label("outcome", r"部分公开", ("partly_granted",)),
    Label("outcome", r"(?:不予|不|未予)公开", ("refused",)),
    Label("outcome", r"(?:无法|不能)提供", ("unavailable",)),
    Label("outcome", r"不予处理", ("not_processed",)),
    Label("outcome", r"其[他它](?:方式)?处理", ("other_outcomes",)),
)
ANYBODY = r"公民、?法人(?:和|或|及|以及|或者|、)*其[他它]组织"
APPLICANTS = (
    Label("applicant", r"自然人|公民|个人", ("natural_person",)),
    Label("applicant", r"法人|其[他它]组织|单位申请", ("legal_person",)),
    Label("applicant", r"企业|公司", ("enterprise", "legal_person")),
    Label("applicant", r"法律服务", ("legal_service", "legal_person")),
)
CHANNEL = (
    r"网络|互联网|系统|网上|在线|线上|网站|平台|信函|邮寄|信件|书面|当面|现场|窗口|邮件|邮箱|电邮|传真|电话"
    r"|微信|快递|公众号|邮政"
)
EVERY_CHANNEL = (
    r"等(?:多种|各种|各类|多个)?(?:渠道|方式|途径|形式)"
    r"|(?:各种|各类|多种|多个)(?:渠道|方式|途径)|线上线下"
)
QUALIFIED = (
    r"补正|撤[回销]|转办|移[送交转]|转[交送]|告知|其[他它](?:机关|单位)|延期|征求|第三方|重复|涉|关于|针对|类(?<!各类)|领域|方面|咨询|信访|投诉|举报"
    r"|留言|提案|建议|来信|处理费|知书|复书|协查|会商|上级|下级|交办|转来|部门|当场|口头|为由|属|因|未按"
    r"|超期|逾期|首次|提前|主动|限时|复杂|集体|群体|同一|反复|大量|批量|无效|实名|境外|不规范|收费|缴费"
    r"|滥用|培训|检查|信息公开目录|不服|异议"
)
FILLER = (
    r"全年|年内|今年|本年度?|当年|YEAR年度?|我[局委镇乡县市区]|我街道|本(?:机关|单位|局|镇|街道)|共计?|其中|已经?"
    r"|均|按[时期]|依法|新|的|了|和|并|及时?|实际|全部|累计|全[市县区镇局]|总共|各类|进行|予以|作出"
)
LOOSE_UNITS = ("个", "项", "次")
APPLICATION_UNITS = ("件", "份", "条", "起", "宗", "例", "个", "项", "件次")

# Reconsideration and litigation, and how they ended.
CASES = (
    Label(
        "dispute",
        r"(?<!未经)复议(?!后|机[关构]|渠道|决定)",
        ("reconsideration", "reconsideration-reconsideration.pending"),
    ),
    Label("dispute", r"直接(?:起诉|提起的?(?:行政)?诉讼)", ("litigation_direct",)),
    Label("dispute", r"复议后再?(?:起诉|(?:提起)?的?(?:行政)?诉讼)", ("litigation_after",)),
    Label(
        "dispute",
        r"诉讼|起诉|应诉案件",
        ("litigation", "litigation-litigation.pending", "litigation_direct", "litigation_after"),
    ),
)
RESULTS = (
    ("upheld", r"维持"),
    ("corrected", r"纠正|纠错"),
    ("other", r"其[他它](?:结果|$)"),
    ("pending", r"(?:尚未|未)审?结|(?:正在|尚在|仍在)审理|未办结"),
)
OF_CASES = (
    r"纠正|败诉|胜诉|撤[销诉回]|违法|责令|驳回|出庭|调解|负责人|化解|首例|处罚|征收|审结|开庭|答复|材料|作为"
    r"|涉(?!及?(?:政府)?信息公开|及?依申请)"
)
AS_REVIEWER = r"办理|办结"
AS_JUDGE = r"受理|审理|审结|法院|法庭"
CASE_UNITS = ("件", "起", "宗", "例", "个", "件次")

# Documents and decisions.
PAPERS = (("rules", r"规章(?!制度)"), ("normative", r"规范性"))
FATES = (
    ("issued", r"制发|制定|出台|印发|制作"),
    ("repealed", r"废止|失效|停止执行"),
    ("in_force", r"有效"),
)
OF_PAPERS = (
    r"名义|联合|牵头|起草|审核|审查|备案|解读|公开|发布|清理|修[订改]|拟|征求|评估|部门|上级|下级|转发|党内"
    r"|公示|收录|汇编|政策性|其[他它]|重大|配套"
)
PAPER_UNITS = ("件", "份", "个", "部", "项")
DECISIONS = (
    ("licensing", "licence.decided", r"行政许可"),
    ("penalties", "penalty.decided", r"行政处罚"),
    ("penalties", "coercion.decided", r"行政强制"),
)
OF_DECISIONS = (
    r"公开|公示|发布|上传|归集|报送|录入|推送|不予|简易|普通|一般程序|当场|快速|涉|领域|类|各|申请|事项|信息"
    r"|结果|文书|数据|目录|案卷|评查|案例|听证"
)
GAP = r"(?:决定|案件|处理|数量?|共计?|合计|为|了|总数|案)*$"
DECISION_UNITS = ("件", "起", "宗", "例")

# Which table a number belongs to: that of which was spoken last.
MATTERS = (
    (
        "other",
        r"提案|(?<!复)议案|建议|留言|来信|信访|投诉|举报|热线|工单|诉求|来电|意见|业务|审批|证照|仲裁|调解|公证"
        r"|援助|稿件|咨询|登记|(?<!行政)许可|(?:救助|补贴|保障|认定|评审|鉴定|赔偿|执行|奖补|资金|项目"
        r"|专利|商标|贷款|入学|备案|注册|(?:行政)?(?:许可|处罚|强制))申请",
    ),
    ("disputes", r"复议申请|申请(?:行政)?复议|复议|诉讼|起诉|应诉"),
    ("documents", r"规范性文件|规章(?!制度)"),
    ("decisions", r"行政(?:许可|处罚|强制)"),
    ("applications", r"(?<!复议)申请(?!人|行政|复议)"),
)
SUBJECT = r"申请|复议|诉讼|起诉|规范性|规章|行政|办结|答复|结转|公开|无法提供|处理"
ALL = r"均|都|全部"
ATTRIBUTES = r"公文|公开属性|发文|制文|拟文"
ON_REQUEST = r"信息公开|依申请|公开.{0,6}申请|申请公开|申请.{0,4}信息"

# Which year and which organ a number is of.
COMPARED = (
    r"比(?!例)|较(?![大多少好为高低强快])|增加|减少|增长|下降|上升|多了|少了|提高|降低"
    r"|净增|[增降]幅"
)
NEGATED = r"(?:未|没有|无)(?:曾|再)?(?:发生|出现|收到|接到|产生|有)?$"
NO_CLAIM = rf"{COMPARED}|{NEGATED}|分别"
WHOLE_YEAR = (
    r"(?=[全今本自从截至到年\d])(?:"
    r"(?:全年|今年|本年度?|YEAR年度?)(?:共|累计)+|(?:自|从)?(?:YEAR年)?1月1日起?(?:至|到|[-—~])(?:YEAR年)?12月31日止?"
    r"|(?:截至|截止|至)?(?:到)?(?:YEAR年|本年|今年)?(?:12月(?:31日|底|末)|年?底|年?末))"
)
AGAINST = r"(?:比|较|与|同)[^，；]{0,6}?(?:上一?年度?|去年|往年|同期|LAST年度?)[^，；]*"
THIS_YEAR = r"YEAR年|今年|本年|全年|年内|当年|报告期|统计期|年度内"
TIME = (
    r"(?=[\d今本全年当报统上去往历以近一二三四五六七八九十下季截目])(?:"
    rf"{THIS_YEAR}|(?:19|20)\d\d年|上一?年|去年|往年|历年|以往|近.{{1,2}}年|[一二三四五六七八九]年来"
    r"|[上下]半年|季度|\d{1,2}月|[一二三四五六七八九十]月份?|以来|截至|截止|目前|上期)"
)
WIDER = ("县", "区", "市", "省", "州", "旗")
ORGAN = (
    r"(?:局(?![面部势限])|委(?![托员])|厅|办公室|街道|镇(?!村)|乡(?![村土镇])|中心"
    r"|本级|部门|单位(?!申请)|(?:县(?!域)|(?<![地社小城辖片园])区(?![分别域间块])|市(?![场民容值])|省(?!略))"
    r"(?!(?:人民)?政府))"
)
