"""The form of 国办公开办函〔2021〕30号, in force since the reports for 2021."""

from govdisclose.model.form import Balance, Form, Item, Kind, Section, StockColumns, Table, Topic

DOCUMENTS = Table(
    key="documents",
    band="第二十条第（一）项",
    corner="信息内容",
    columns=(
        Item("issued", "本年制发件数", short="制发"),
        Item("repealed", "本年废止件数", short="废止"),
        Item("in_force", "现行有效件数", short="现行有效"),
    ),
    stock=StockColumns("issued", "repealed", "in_force"),
    rows=(
        Item(
            "rules",
            "规章",
            note="国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府才制定规章（立法法），"
            "其他机关填 0。制发、废止是当年数，现行有效是 12 月 31 日的数。",
        ),
        Item(
            "normative",
            "行政规范性文件",
            note="本机关当年制发、当年废止（含失效）的件数，和 12 月 31 日仍然有效的件数。"
            "通常 现行有效 = 上年现行有效 + 制发 − 废止。",
        ),
    ),
)

DECISIONS = (Item("decided", "本年处理决定数量", short="决定数量"),)

LICENSING = Table(
    key="licensing",
    band="第二十条第（五）项",
    corner="信息内容",
    columns=DECISIONS,
    rows=(
        Item(
            "licence",
            "行政许可",
            note="当年作出的行政许可决定数，依法不公开的也计入；是决定数，不是申请数。",
        ),
    ),
)

PENALTIES = Table(
    key="penalties",
    band="第二十条第（六）项",
    corner="信息内容",
    columns=DECISIONS,
    rows=(
        Item("penalty", "行政处罚", note="当年作出的行政处罚决定数，依法不公开的也计入。"),
        Item("coercion", "行政强制", note="当年作出的行政强制决定数，依法不公开的也计入。"),
    ),
)

FEES = Table(
    key="fees",
    band="第二十条第（八）项",
    corner="信息内容",
    kind=Kind.AMOUNT,
    columns=(Item("collected", "本年收费金额（单位：万元）", short="收费金额（万元）"),),
    rows=(
        Item(
            "charge",
            "行政事业性收费",
            note="当年收取的行政事业性收费总额，单位是万元，可以有小数。"
            "信息处理费不在这里，在第六部分报告。",
        ),
    ),
)

REFUSED = (
    Item("state_secret", "属于国家秘密", number="1.", note="条例第十四条：依法确定为国家秘密的。"),
    Item(
        "prohibited_by_law",
        "其他法律行政法规禁止公开",
        number="2.",
        note="条例第十四条：法律、行政法规禁止公开的。",
    ),
    Item(
        "security_and_stability",
        "危及“三安全一稳定”",
        number="3.",
        note="条例第十四条：公开后可能危及国家安全、公共安全、经济安全、社会稳定的。",
    ),
    Item(
        "third_party_rights",
        "保护第三方合法权益",
        number="4.",
        note="条例第十五条：涉及商业秘密、个人隐私等，公开会损害第三方合法权益的。",
    ),
    Item(
        "internal_affairs",
        "属于三类内部事务信息",
        number="5.",
        note="条例第十六条第一款：人事管理、后勤管理、内部工作流程三类。",
    ),
    Item(
        "deliberative_process",
        "属于四类过程性信息",
        number="6.",
        note="条例第十六条第二款：讨论记录、过程稿、磋商信函、请示报告四类。",
    ),
    Item(
        "enforcement_files",
        "属于行政执法案卷",
        number="7.",
        note="条例第十六条第二款：行政执法案卷信息。",
    ),
    Item(
        "administrative_inquiry",
        "属于行政查询事项",
        number="8.",
        note="条例第三十六条第七项：工商、不动产登记等有专门查询规定的。",
    ),
)

UNAVAILABLE = (
    Item(
        "not_held",
        "本机关不掌握相关政府信息",
        number="1.",
        note="条例第三十六条第四、五项：经检索没有，或者不属于本机关负责公开。",
    ),
    Item(
        "must_be_created",
        "没有现成信息需要另行制作",
        number="2.",
        note="条例第三十八条：需要对现有信息加工、分析的。",
    ),
    Item(
        "still_unclear",
        "补正后申请内容仍不明确",
        number="3.",
        note="条例第三十条：补正后仍不能确定要什么信息的。",
    ),
)

NOT_PROCESSED = (
    Item(
        "petition",
        "信访举报投诉类申请",
        number="1.",
        note="条例第三十九条：以申请公开的形式信访、投诉、举报的。",
    ),
    Item(
        "repeated",
        "重复申请",
        number="2.",
        note="条例第三十六条第六项：已答复过，又申请同一信息的。",
    ),
    Item(
        "publication",
        "要求提供公开出版物",
        number="3.",
        note="条例第三十九条：要求提供政府公报、报刊、书籍等公开出版物的。",
    ),
    Item(
        "excessive",
        "无正当理由大量反复申请",
        number="4.",
        note="条例第三十五条：数量、频次明显超过合理范围且理由不合理的。",
    ),
    Item(
        "reconfirmation",
        "要求行政机关确认或重新出具已获取信息",
        number="5.",
        note="要求对已获取的信息作确认或者重新出具的。",
    ),
)

OTHER_OUTCOMES = (
    Item(
        "not_corrected",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        number="1.",
        short="申请人逾期不补正",
        note="条例第三十条：通知补正后无正当理由逾期不补正的。",
    ),
    Item(
        "fee_unpaid",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        number="2.",
        short="申请人逾期未缴费",
        note="条例第四十二条、国办函〔2020〕109号：收到信息处理费缴费通知后逾期未缴的。",
    ),
    Item("otherwise", "其他", number="3.", note="以上都不是的办理结果，主要是申请人主动撤回。"),
)

APPLICATIONS = Table(
    key="applications",
    usual="natural_person",
    none="全年没有新收、也没有上年结转的申请",
    corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    columns=(
        Item(
            "applicants",
            "申请人情况",
            (
                Item("natural_person", "自然人"),
                Item(
                    "legal_person",
                    "法人或其他组织",
                    (
                        Item("enterprise", "商业企业"),
                        Item("research", "科研机构"),
                        Item("public_interest", "社会公益组织", short="公益组织"),
                        Item("legal_service", "法律服务机构", short="法律服务"),
                        Item("other", "其他"),
                    ),
                ),
                Item("total", "总计", total=True),
            ),
        ),
    ),
    rows=(
        Item(
            "received",
            "本年新收政府信息公开申请数量",
            number="一、",
            short="本年新收",
            note="1 月 1 日至 12 月 31 日新收到的申请；补正后的申请不另计一件。",
        ),
        Item(
            "carried_in",
            "上年结转政府信息公开申请数量",
            number="二、",
            short="上年结转",
            note="1 月 1 日时还没有办结的申请，等于上年报告的第四项。",
        ),
        Item(
            "outcomes",
            "本年度办理结果",
            (
                Item("granted", "予以公开", number="（一）", note="申请的内容全部公开的。"),
                Item(
                    "partly_granted",
                    "部分公开（区分处理的，只计这一情形，不计其他情形）",
                    number="（二）",
                    short="部分公开",
                    note="一部分公开、一部分不公开的申请，只在这里计一件，不再计入（三）（四）等项。",
                ),
                Item("refused", "不予公开", REFUSED, number="（三）"),
                Item("unavailable", "无法提供", UNAVAILABLE, number="（四）"),
                Item("not_processed", "不予处理", NOT_PROCESSED, number="（五）"),
                Item("other_outcomes", "其他处理", OTHER_OUTCOMES, number="（六）"),
                Item("handled", "总计", number="（七）", total=True),
            ),
            number="三、",
        ),
        Item(
            "carried_out",
            "结转下年度继续办理",
            number="四、",
            short="结转下年度",
            note="12 月 31 日时还没有办结的申请。请按台账填写，不要用差额凑数。",
        ),
    ),
    balances=(
        Balance(
            ("received", "carried_in"),
            ("handled", "carried_out"),
            carried_in="carried_in",
            carried_out="carried_out",
        ),
    ),
)

DISPUTES = Table(
    key="disputes",
    across=True,
    none="没有因政府信息公开引起的行政复议和行政诉讼",
    columns=(
        Item("upheld", "结果维持", short="维持"),
        Item("corrected", "结果纠正", short="纠正"),
        Item("other", "其他结果", short="其他"),
        Item("pending", "尚未审结", short="未结"),
        Item("total", "总计", total=True),
    ),
    rows=(
        Item(
            "reconsideration",
            "行政复议",
            note="因政府信息公开工作引起的行政复议，当年审结的和年末尚未审结的。",
        ),
        Item(
            "litigation",
            "行政诉讼",
            (
                Item(
                    "litigation_direct",
                    "未经复议直接起诉",
                    note="没有经过复议直接起诉的案件，当年审结的和年末尚未审结的。",
                ),
                Item(
                    "litigation_after",
                    "复议后起诉",
                    note="复议后起诉的案件；复议机关作共同被告的不计（国办公开办函〔2016〕201号）。",
                ),
            ),
        ),
    ),
)

OVERVIEW = (
    Topic(
        "主动公开",
        "公开了哪些信息、通过什么渠道、有多少件，政策解读和回应关切的情况。",
        "本年度制发行政规范性文件{documents.normative.issued}件，废止"
        "{documents.normative.repealed}件，现行有效{documents.normative.in_force}件；作出行政许可决定"
        "{licensing.licence.decided}件、行政处罚决定{penalties.penalty.decided}件、行政强制决定"
        "{penalties.coercion.decided}件。主动公开的重点是（待补：内容、渠道和件数）。",
    ),
    Topic(
        "依申请公开",
        "收到、办理、结转申请的情况，申请集中在哪些方面，因公开引起的复议和诉讼。",
        "本年度新收政府信息公开申请{applications.received.total}件，上年结转"
        "{applications.carried_in.total}件，办结{applications.handled.total}件，结转下年度"
        "{applications.carried_out.total}件。因政府信息公开引起的行政复议"
        "{disputes.reconsideration.total}件，未经复议直接提起的行政诉讼"
        "{disputes.litigation_direct.total}件，复议后提起的行政诉讼{disputes.litigation_after.total}件。",
    ),
    Topic(
        "政府信息管理",
        "公开前的审查、公开属性的确定、规范性文件的清理、信息的更新和归档。",
        "信息发布前由（待补：谁）审查，（待补：怎样确定公开属性、怎样清理和更新）。",
    ),
    Topic(
        "政府信息公开平台建设",
        "网站专栏、政务新媒体、公报、查阅点等平台今年有什么变化。",
        "本年度对（待补：网站专栏、新媒体或查阅点）作了（待补：哪些改动）。",
    ),
    Topic(
        "监督保障",
        "机构和人员、培训、考核、社会评议、责任追究；政府的报告后三项都要写。",
        "政务公开由（待补：谁）负责，本年度培训（待补：次数）次。"
        "工作考核（待补：结果），社会评议（待补：情况），没有责任追究的情况。",
    ),
)

FORM = Form(
    key="2021-30",
    notice="国办公开办函〔2021〕30号",
    basis="《中华人民共和国政府信息公开条例》（国务院令第711号）和《国务院办公厅政府信息与政务公开办公室"
    "关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
    title="政府信息公开工作年度报告",
    years=range(2021, 2100),
    sections=(
        Section(
            "overview",
            "一、总体情况",
            short="一、总体情况",
            topics=OVERVIEW,
            note="写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面；"
            "政府的报告还要写工作考核、社会评议和责任追究结果（条例第五十条第四项）。",
        ),
        Section(
            "disclosure",
            "二、主动公开政府信息情况",
            short="二、主动公开…",
            tables=(DOCUMENTS, LICENSING, PENALTIES, FEES),
            widths=(2211,) * 4,
            style="表二",
        ),
        Section(
            "applications",
            "三、收到和处理政府信息公开申请情况",
            short="三、收到和处理…",
            tables=(APPLICATIONS,),
            widths=(560, 980, 2838) + (638,) * 7,
            style="表三",
        ),
        Section(
            "disputes",
            "四、政府信息公开行政复议、行政诉讼情况",
            short="四、复议、诉讼…",
            tables=(DISPUTES,),
            widths=(590,) * 9 + (589,) * 6,
            style="表四",
        ),
        Section(
            "problems",
            "五、存在的主要问题及改进情况",
            short="五、存在的问题…",
            topics=(
                Topic(
                    "存在的主要问题",
                    "写今年工作中看得见的问题，一个问题一句，不写放在哪年都对的话。",
                    "一是（待补：第一个问题）；二是（待补：第二个问题）。",
                ),
                Topic(
                    "改进措施",
                    "对应上面每个问题，写已经做的和准备做的。",
                    "一是针对（待补：第一个问题），（待补：怎么改、改到什么程度）；"
                    "二是针对（待补：第二个问题），（待补：怎么改、改到什么程度）。",
                ),
            ),
            note="写本年工作中存在的主要问题，和每个问题的改进情况。",
        ),
        Section(
            "other",
            "六、其他需要报告的事项",
            short="六、其他事项…",
            topics=(Topic("", start="本年度没有收取信息处理费，没有其他需要报告的事项。"),),
            note="收取信息处理费的情况在这里报告（没有收取也写明）；没有其他事项也写明。",
        ),
    ),
)
