"""Every rule with its code and severity, in order."""

from __future__ import annotations

from govdisclose.model.finding import Severity
from govdisclose.rules import (
    arithmetic,
    completeness,
    plausibility,
    proofreading,
    text_figures,
    text_growth,
    text_lists,
    text_statements,
    wording,
    year_on_year,
)
from govdisclose.rules.case import Rule

ERROR, WARNING, HINT = Severity

RULES = (
    Rule("R101", ERROR, completeness.figures_answered),
    Rule("R102", ERROR, completeness.bureau_and_year),
    Rule("R103", ERROR, completeness.prose_answered),
    Rule("R104", WARNING, completeness.parts_of_overview),
    Rule("R105", WARNING, completeness.government_topics),
    Rule("R106", WARNING, completeness.contact_given),
    Rule("R201", ERROR, arithmetic.row_totals),
    Rule("R202", ERROR, arithmetic.outcome_totals),
    Rule("R203", ERROR, arithmetic.balances),
    Rule("R204", ERROR, arithmetic.dispute_totals),
    Rule("R205", WARNING, plausibility.rules_of_law),
    Rule("R206", WARNING, plausibility.fees_in_wan),
    Rule("R207", ERROR, arithmetic.carried_out_within),
    Rule("R208", WARNING, plausibility.unpaid_fees_told),
    Rule("R301", WARNING, year_on_year.carried_over),
    Rule("R302", WARNING, year_on_year.in_force_balance),
    Rule("R303", WARNING, year_on_year.repealed_within_stock),
    Rule("R304", HINT, year_on_year.outliers),
    Rule("R305", WARNING, year_on_year.copied_prose),
    Rule("R306", WARNING, year_on_year.year_before),
    Rule("R401", WARNING, text_figures.received_said),
    Rule("R402", WARNING, text_figures.carried_in_said),
    Rule("R403", WARNING, text_figures.handled_said),
    Rule("R404", WARNING, text_figures.carried_out_said),
    Rule("R405", WARNING, text_figures.outcomes_said),
    Rule("R406", WARNING, text_figures.applicants_said),
    Rule("R407", WARNING, text_figures.disputes_said),
    Rule("R408", WARNING, text_figures.documents_said),
    Rule("R409", WARNING, text_statements.said_all_done),
    Rule("R410", WARNING, text_statements.said_none),
    Rule("R411", WARNING, text_growth.growth_said),
    Rule("R412", HINT, text_lists.parts_said),
    Rule("R413", WARNING, text_lists.flow_closes),
    Rule("R414", HINT, text_lists.shares_said),
    Rule("R415", HINT, text_lists.channels_said),
    Rule("R501", WARNING, wording.year_of_report),
    Rule("R502", WARNING, wording.document_numbers),
    Rule("R503", ERROR, wording.left_over),
    Rule("R504", WARNING, wording.old_form),
    Rule("R505", WARNING, wording.processing_fees),
    Rule("R506", WARNING, proofreading.personal_data),
    Rule("R507", WARNING, proofreading.numbering),
    Rule("R508", WARNING, wording.period),
    Rule("R509", HINT, proofreading.punctuation),
    Rule("R510", HINT, proofreading.doubled_words),
    Rule("R511", WARNING, wording.within_limits),
)
