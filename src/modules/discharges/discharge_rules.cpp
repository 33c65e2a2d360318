// SPDX-License-Identifier: Apache-2.0
#include "modules/discharges/discharge_rules.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include "core/utf8.hpp"
#include "modules/packs/yaml_values.hpp"
#include "record/json_writer.hpp"

namespace tsunagi::discharges {
namespace {

constexpr std::size_t most_parts = 30;

struct PaperFile {
    std::vector<PaperRule> papers;
};
BOOST_DESCRIBE_STRUCT(PaperFile, (), (papers))

std::optional<core::Date> day_named(const DayQuery& days, const std::string& name) {
    if (name == "admitted_on")
        return days.admitted_on;
    if (name == "planned_on")
        return days.planned_on;
    return name == "decided_on" ? days.decided_on : days.left_on;
}

bool one_of(const std::string& value, std::initializer_list<const char*> names) {
    return std::ranges::any_of(names, [&](const char* name) { return value == name; });
}

class Checker {
public:
    Checker(const DischargeText& text, const DischargeCheck& check, std::vector<core::FieldError>& errors)
        : text_(text), check_(check), errors_(errors) {}

    void days() {
        not_future(text_.decided_on, "decided_on");
        not_future(text_.left_on, "left_on");
        in_order(text_.admitted_on, text_.planned_on, "planned_on");
        in_order(text_.admitted_on, text_.decided_on, "decided_on");
        in_order(text_.admitted_on, text_.left_on, "left_on");
        if (text_.decided_on && text_.left_on && *text_.left_on < *text_.decided_on)
            fault("decided_on", "date_order", text_.left_on->str());
        if (text_.decided_on && !text_.planned_on && !text_.left_on)
            fault("planned_on", "required");
        if ((text_.decided_on || text_.left_on) && !text_.destination)
            fault("destination", "required");
    }

    void parties(const DischargeText& old) {
        if (text_.parties.size() > most_parts)
            fault("parties", "too_many", std::to_string(most_parts));
        for (std::size_t i = 0; i < text_.parties.size(); ++i) {
            const Party& party = text_.parties[i];
            const std::string place = "parties/" + std::to_string(i);
            const bool kept =
                std::ranges::any_of(old.parties, [&](const Party& one) { return one.role == party.role; });
            check_.codes.check(party.role, check_.today, check_.root + "/" + place + "/role", errors_, kept);
            if (party.affiliation.empty() && party.name.empty())
                fault(place + "/affiliation", "required");
        }
    }

    void papers(const DischargeText& old) {
        if (text_.papers.size() > most_parts)
            fault("papers", "too_many", std::to_string(most_parts));
        for (std::size_t i = 0; i < text_.papers.size(); ++i) {
            const Paper& paper = text_.papers[i];
            const std::string place = "papers/" + std::to_string(i);
            const bool kept = std::ranges::any_of(old.papers, [&](const Paper& one) { return one.kind == paper.kind; });
            check_.codes.check(paper.kind, check_.today, check_.root + "/" + place + "/kind", errors_, kept);
            not_future(paper.asked_on, place + "/asked_on");
            not_future(paper.received_on, place + "/received_on");
            if (paper.due_by_hand && !paper.due_on)
                fault(place + "/due_on", "required");
            if (paper.not_needed && paper.received_on)
                fault(place + "/not_needed", "not_allowed");
        }
    }

private:
    void fault(const std::string& field, const char* reason, const std::string& limit = {}) {
        errors_.push_back({check_.root + "/" + field, reason, limit});
    }

    void not_future(const std::optional<core::Date>& day, const std::string& field) {
        if (day && *day > check_.latest_day)
            fault(field, "future", check_.latest_day.str());
    }

    void in_order(const std::optional<core::Date>& first, const std::optional<core::Date>& then, const char* field) {
        if (first && then && *then < *first)
            fault(field, "date_order", first->str());
    }

    const DischargeText& text_;              // NOLINT: lives as long as the check
    const DischargeCheck& check_;            // NOLINT
    std::vector<core::FieldError>& errors_;  // NOLINT
};

/// What one line adds up.
struct Sums {
    FiguresLine line;
    std::vector<int> to_decision;
    std::vector<int> to_leaving;
    std::vector<int> stay;
};

DayFigure figure_of(std::vector<int> days) {
    DayFigure figure;
    figure.count = static_cast<std::int64_t>(days.size());
    if (days.empty())
        return figure;
    std::ranges::sort(days);
    double sum = 0;
    for (const int one : days)
        sum += one;
    figure.mean = sum / static_cast<double>(days.size());
    const std::size_t middle = days.size() / 2;
    figure.median = days.size() % 2 == 1 ? days[middle] : (days[middle - 1] + days[middle]) / 2.0;
    return figure;
}

FiguresLine finished(Sums sums) {
    sums.line.to_decision = figure_of(std::move(sums.to_decision));
    sums.line.to_leaving = figure_of(std::move(sums.to_leaving));
    sums.line.stay = figure_of(std::move(sums.stay));
    return sums.line;
}

bool by_time(FiguresBy by) {
    return by == FiguresBy::month || by == FiguresBy::fiscal_year;
}

/// 2026-11, or 2026 for its fiscal year.
std::string period_of(FiguresBy by, const core::Date& day) {
    return by == FiguresBy::month ? day.str().substr(0, 7) : std::to_string(day.fiscal_year());
}

std::string key_of(FiguresBy by, const CountedDischarge& one) {
    switch (by) {
        case FiguresBy::hospital:
            return one.hospital;
        case FiguresBy::destination:
            return one.destination ? one.destination->value : std::string();
        case FiguresBy::month:
        case FiguresBy::fiscal_year:
            return period_of(by, one.left_on);
    }
    return {};
}

void add(Sums& sums, const CountedDischarge& one, const std::vector<const CountedPaper*>& papers,
         const core::Date& today) {
    FiguresLine& line = sums.line;
    ++line.discharges;
    if (one.admitted_on && one.decided_on)
        sums.to_decision.push_back(one.decided_on->days_since(*one.admitted_on));
    if (one.decided_on)
        sums.to_leaving.push_back(one.left_on.days_since(*one.decided_on));
    if (one.admitted_on)
        sums.stay.push_back(one.left_on.days_since(*one.admitted_on));
    bool missed = false;
    for (const CountedPaper* paper : papers) {
        const bool over = paper->due_on < today;
        if (!paper->received_on && !over)
            continue;
        ++line.papers;
        if (!paper->received_on) {
            ++line.missing;
            missed = true;
        } else if (*paper->received_on <= paper->due_on) {
            ++line.in_time;
        } else {
            ++line.late;
        }
    }
    line.missed += missed ? 1 : 0;
    line.readmitted += one.readmitted_after && *one.readmitted_after <= readmission_days ? 1 : 0;
}

}  // namespace

std::vector<PaperRule> read_paper_rules(const std::filesystem::path& folder) {
    const auto file = folder / "discharge_papers.yaml";
    auto rules = packs::value_of_yaml_file<PaperFile>(file).papers;
    for (const PaperRule& rule : rules) {
        const auto fail = [&](const std::string& what) {
            throw std::runtime_error(file.string() + ": the paper `" + rule.kind.value + "` " + what);
        };
        if (rule.from.empty() || !std::ranges::all_of(rule.from, [](const std::string& name) {
                return one_of(name, {"admitted_on", "planned_on", "decided_on", "left_on"});
            }))
            fail("counts from days that there are not");
        if (!one_of(rule.count, {"calendar", "working"}) || !one_of(rule.closed, {"next", "previous", "stays"}))
            fail("counts in a way that there is not");
        if (rule.days < -366 || rule.days > 366)
            fail("is due too far away");
        if (std::ranges::count(rules, rule.kind, &PaperRule::kind) > 1)
            fail("stands twice");
    }
    return rules;
}

std::optional<core::Date> due_day(const std::vector<PaperRule>& rules, const record::Code<"discharge_paper">& kind,
                                  const DayQuery& days, const holidays::WorkingDays& working) {
    const auto rule = std::ranges::find(rules, kind, &PaperRule::kind);
    if (rule == rules.end())
        return std::nullopt;
    std::optional<core::Date> from;
    for (const std::string& name : rule->from) {
        if (!from)
            from = day_named(days, name);
    }
    if (!from)
        return std::nullopt;
    const int count = static_cast<int>(rule->days);
    const core::Date day = rule->count == "working" ? working.plus(*from, count) : from->plus_days(count);
    if (rule->closed == "next")
        return working.on_or_after(day);
    return rule->closed == "previous" ? working.on_or_before(day) : day;
}

DayQuery days_of(const DischargeText& text) {
    return {text.admitted_on, text.planned_on, text.decided_on, text.left_on};
}

void set_due_days(DischargeText& text, const std::vector<PaperRule>& rules, const holidays::WorkingDays& working) {
    const DayQuery days = days_of(text);
    for (Paper& paper : text.papers) {
        if (!paper.due_by_hand)
            paper.due_on = due_day(rules, paper.kind, days, working);
    }
}

std::vector<std::string> handover_kinds(const std::vector<PaperRule>& rules) {
    std::vector<std::string> kinds;
    for (const PaperRule& rule : rules) {
        if (rule.handover)
            kinds.push_back(rule.kind.value);
    }
    return kinds;
}

std::vector<core::FieldError> check(const DischargeText& text, const DischargeCheck& check) {
    static const DischargeText nothing;
    const DischargeText& old = check.before == nullptr ? nothing : *check.before;
    std::vector<core::FieldError> errors;
    check.codes.check(text.destination, check.today, check.root + "/destination", errors,
                      text.destination == old.destination);
    Checker checker(text, check, errors);
    checker.days();
    checker.parties(old);
    checker.papers(old);
    return errors;
}

DischargeState state_by_days(const DischargeText& text) {
    if (text.left_on)
        return DischargeState::discharged;
    return text.decided_on ? DischargeState::decided : DischargeState::planning;
}

bool is_closed(DischargeState state) {
    return state == DischargeState::ended || state == DischargeState::readmitted || state == DischargeState::cancelled;
}

DischargeState after_step(DischargeState state, const DischargeText& text, const DischargeStateChange& change) {
    const auto need_reason = [&] {
        if (core::is_blank(change.reason.str()))
            throw core::invalid({{"/reason", "required", ""}});
    };
    const auto refuse = [&] { throw core::not_allowed_in_state(record::to_text(state)); };
    switch (change.step) {
        case DischargeStep::end:
            if (state != DischargeState::discharged)
                refuse();
            return DischargeState::ended;
        case DischargeStep::cancel:
            if (state != DischargeState::planning && state != DischargeState::decided)
                refuse();
            need_reason();
            return DischargeState::cancelled;
        case DischargeStep::take_up:
            if (state != DischargeState::ended && state != DischargeState::cancelled)
                refuse();
            need_reason();
            return state_by_days(text);
    }
    return state;
}

DischargeState state_before_readmission(const std::vector<std::string>& kinds) {
    auto state = DischargeState::discharged;
    for (const std::string& kind : kinds) {
        if (kind == "ended")
            state = DischargeState::ended;
        else if (kind == "taken_up")
            state = DischargeState::discharged;
    }
    return state;
}

void withhold_names(DischargeText& text) {
    for (Party& party : text.parties) {
        party.name = {};
        party.contact = {};
    }
    for (Paper& paper : text.papers)
        paper.with_whom = {};
}

DischargeFigures figures_of(const FiguresQuery& query, const std::vector<CountedDischarge>& discharges,
                            const std::vector<CountedPaper>& papers, const core::Date& today) {
    std::map<std::string, std::vector<const CountedPaper*>> of_discharge;
    for (const CountedPaper& paper : papers)
        of_discharge[paper.discharge_id.str()].push_back(&paper);
    DischargeFigures figures;
    figures.by = query.by.value_or(FiguresBy::month);
    figures.from = query.from;
    figures.to = query.to;
    std::map<std::string, Sums> lines;
    if (by_time(figures.by)) {
        for (core::Date day = query.from; day <= query.to; day = day.plus_days(1))
            lines[period_of(figures.by, day)];
    }
    Sums total;
    for (const CountedDischarge& one : discharges) {
        const auto& own = of_discharge[one.id.str()];
        add(lines[key_of(figures.by, one)], one, own, today);
        add(total, one, own, today);
    }
    for (auto& [key, sums] : lines) {
        figures.lines.push_back(finished(std::move(sums)));
        figures.lines.back().key = key;
    }
    if (!by_time(figures.by))
        std::ranges::stable_sort(figures.lines, std::ranges::greater(), &FiguresLine::discharges);
    figures.total = finished(std::move(total));
    return figures;
}

}  // namespace tsunagi::discharges
