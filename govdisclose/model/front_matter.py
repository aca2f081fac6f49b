"""What stands above section 一: the title and the preamble."""

from __future__ import annotations

from govdisclose.model.report import Report
from govdisclose.model.text import ordinal, plain


def title(report: Report) -> tuple[str, str]:
    """The two lines of the title: the bureau, then year and kind of report."""
    year = "" if report.year is None else f"{report.year}年"
    return report.bureau.name, year + report.form.title


def title_lines(report: Report) -> tuple[str, ...]:
    """Where the draft breaks its title; none where it does not, or they make another title."""
    lines = report.title_lines
    return lines if plain("".join(lines)) == plain("".join(title(report))) else ()


def preamble(report: Report) -> str:
    """The paragraph above section 一: the draft's own, or made from its particulars.

    Basis, six parts, period, where to download, contact: the five usual parts.
    """
    if report.preamble.strip():
        return report.says(report.preamble)
    labels = "、".join(section.label.partition("、")[2] for section in report.form.sections)
    bureau, year = report.bureau, report.year or ""
    contact = "，".join(
        f"{label}：{value}"
        for label, value in (
            ("地址", bureau.address),
            ("电话", bureau.telephone),
            ("邮编", bureau.postcode),
            ("电子邮箱", bureau.email),
        )
        if value
    )
    return "".join(
        (
            f"本报告根据{report.form.basis}要求编制。",
            f"全文包括{labels}，共{ordinal(len(report.form.sections))}个部分。",
            f"所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
            f"本报告可在{bureau.website}查阅、下载。" if bureau.website else "",
            f"如对本报告有疑问，请与{bureau.name}联系（{contact}）。" if contact else "",
        )
    )
