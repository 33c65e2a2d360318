// SPDX-License-Identifier: Apache-2.0
#include "modules/analysis/analysis_service.hpp"

#include <algorithm>

#include "modules/access/demonstration_service.hpp"
#include "modules/analysis/figures_store.hpp"

namespace tsunagi::analysis {
namespace {

using consultations::ConsultationFilter;
using consultations::Purpose;
using consultations::Selection;

constexpr std::int64_t most_cases_listed = 500;
constexpr std::int64_t cases_at_first = 100;

/// Counts through the prefecture alone, so small counts are withheld. Whoever has cases of their own sees exact figures
/// of these and no others.
bool counts_only(const access::Actor& actor) {
    return actor.desks.empty() && actor.municipalities.empty() && !actor.prefecture_municipalities.empty();
}

std::vector<core::RegionId> municipalities_of(const access::Actor& actor) {
    if (counts_only(actor))
        return actor.prefecture_municipalities;
    std::vector<core::RegionId> result = actor.desk_municipalities;
    result.insert(result.end(), actor.municipalities.begin(), actor.municipalities.end());
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

/// Refuses every filter but the fiscal year.
void require_fiscal_year_alone(const ConsultationFilter& filter) {
    std::vector<core::FieldError> errors;
    record::for_each_member<ConsultationFilter>([&](auto member) {
        const auto& value = filter.*member.pointer;
        using Value = std::remove_cvref_t<decltype(value)>;
        bool given = false;
        if constexpr (record::is_optional<Value>::value) {
            given = value.has_value();
        } else {
            given = !value.empty();
        }
        if (given && std::string_view(member.name) != "fiscal_year")
            errors.push_back({std::string("?") + member.name, "not_allowed", ""});
    });
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

/// A table has no pages and an order of its own.
void refuse_paging(const ConsultationFilter& filter, bool with_limit) {
    std::vector<core::FieldError> errors;
    const auto refuse = [&](const char* name, bool given) {
        if (given)
            errors.push_back({std::string("?") + name, "not_allowed", ""});
    };
    refuse("sort", !filter.sort.empty());
    refuse("limit", filter.limit && !with_limit);
    refuse("after", !filter.after.empty());
    if (with_limit && filter.limit && (*filter.limit < 1 || *filter.limit > most_cases_listed))
        errors.push_back({"?limit", "range", "1-" + std::to_string(most_cases_listed)});
    if (!errors.empty())
        throw core::invalid(std::move(errors));
}

/// The filter with its period said in days.
ConsultationFilter within(const ConsultationFilter& filter, const Period& period) {
    ConsultationFilter result = filter;
    result.fiscal_year.reset();
    result.from = period.from;
    result.to = period.to;
    return result;
}

/// The matrix is asked for a period, or for all times, or for single cases.
ConsultationFilter matrix_filter(const MatrixQuery& query) {
    ConsultationFilter filter = query;
    filter.id.insert(filter.id.end(), query.cases.begin(), query.cases.end());
    return filter;
}

std::vector<consultations::Numbering::Number> element_marks(const consultations::FactWords& words) {
    std::vector<consultations::Numbering::Number> numbers;
    for (const auto& [number, element] : marks_of(words, "element"))
        numbers.push_back(number);
    return numbers;
}

/// What a period the filter does not name would be.
Period matrix_period(const MatrixQuery& query, const core::Date& today) {
    if (query.fiscal_year)
        return period_of(query, today);
    return {.from = query.from.value_or(today), .to = query.to.value_or(today)};
}

/// The days above the exported matrix: those asked for, else those of its cases.
Period shown_period(const MatrixQuery& query, const Matrix& matrix, const Period& period) {
    Period shown = period;
    if (query.fiscal_year || matrix.cases.empty())
        return shown;
    if (!query.from)
        shown.from = matrix.cases.back().received_on.value_or(shown.from);
    if (!query.to)
        shown.to = matrix.cases.front().received_on.value_or(shown.to);
    return shown;
}

/// `month_table_2026-04-01_2027-03-31.csv`; a CSV has no room for words above its table, so the name of every file
/// says that its data are fictitious.
std::string file_name(const std::string& table, const Period& period, bool fictitious) {
    return table + "_" + period.from.str() + "_" + period.to.str() + (fictitious ? "_fictitious" : "");
}

}  // namespace

AnalysisService::AnalysisService(db::Database& database, const audit::AuditService& audit,
                                 const packs::PacksService& packs,
                                 const consultations::ConsultationService& consultations,
                                 const std::filesystem::path& words)
    : database_(database), audit_(audit), packs_(packs), consultations_(consultations), words_(words) {}

MonthTable AnalysisService::months(const access::Actor& actor, const ConsultationFilter& filter) const {
    access::require(actor, "figures.read");
    const Period period = period_of(filter, actor.today);
    return database_.read([&](db::ReadTx& tx) { return months(tx, actor, filter, period); });
}

MonthTable AnalysisService::months(db::ReadTx& tx, const access::Actor& actor, const ConsultationFilter& filter,
                                   const Period& period) const {
    const bool withheld = counts_only(actor);
    if (withheld)
        require_fiscal_year_alone(filter);
    refuse_paging(filter, false);
    const auto codes = packs_.codes();
    const Selection selection =
        consultations_.select(tx, actor, within(filter, period), withheld ? Purpose::counting : Purpose::cases);
    auto municipalities = municipalities_of(actor);
    if (!filter.desk.empty()) {
        const auto asked = store::municipalities_of(tx, filter.desk);
        std::erase_if(municipalities, [&](const auto& one) { return std::ranges::find(asked, one) == asked.end(); });
    }
    MonthSource source = count_months(selection, period);
    source.regions = store::regions(tx, municipalities, period.from, withheld);
    MonthTable table = month_table(period, source, *codes,
                                   {.total = words_.label("total"), .not_filled_in = words_.label("not_filled_in")});
    if (withheld)
        suppress(table);
    return table;
}

Matrix AnalysisService::matrix(const access::Actor& actor, const MatrixQuery& query) const {
    access::require(actor, "consultations.read");
    const Period period = matrix_period(query, actor.today);
    return database_.read([&](db::ReadTx& tx) { return matrix(tx, actor, query, period); });
}

Matrix AnalysisService::matrix(db::ReadTx& tx, const access::Actor& actor, const MatrixQuery& query,
                               const Period& period) const {
    refuse_paging(query, true);
    const auto codes = packs_.codes();
    const ConsultationFilter filter = matrix_filter(query);
    Selection selection = consultations_.select(tx, actor, filter, Purpose::cases);
    if (filter.id.empty())
        selection.conditions.require_mark(element_marks(*selection.words));
    Matrix result = count_matrix(selection, period, *codes);
    result.cases = newest_cases(tx, actor, selection, query.limit.value_or(cases_at_first));
    result.truncated = result.total > static_cast<std::int64_t>(result.cases.size());
    name_cases(result);
    return result;
}

std::vector<consultations::CaseBackground> AnalysisService::newest_cases(db::ReadTx& tx, const access::Actor& actor,
                                                                         const Selection& selection,
                                                                         std::int64_t most) const {
    return consultations_.backgrounds(tx, actor, find_newest(selection, static_cast<std::size_t>(most)));
}

ReportHead AnalysisService::head(db::ReadTx& tx, const access::Actor& actor, Language language, const Period& period,
                                 const std::vector<core::DeskId>& desks) const {
    ReportHead head{.language = language,
                    .period = period,
                    .desks = {},
                    .printed_on = actor.today,
                    .limited = false,
                    .fictitious = access::is_demonstration(tx)};
    head.desks = store::desk_names(tx, desks.empty() ? actor.desks : desks, municipalities_of(actor));
    return head;
}

void AnalysisService::record_export(const access::Actor& actor, const std::string& subject, FileFormat format,
                                    const Period& period) const {
    database_.write([&](db::WriteTx& tx) {
        audit_.record(tx, {.actor_id = actor.user_id,
                           .actor_name = actor.name,
                           .action = "export",
                           .subject_kind = subject,
                           .subject_id = "",
                           .detail = record::to_text(format) + " " + period.from.str() + "/" + period.to.str()});
    });
}

record::ExportedFile AnalysisService::export_months(const access::Actor& actor, const MonthExportQuery& query) const {
    access::require(actor, "export");
    const ConsultationFilter& filter = query;
    const Period period = period_of(filter, actor.today);
    const auto codes = packs_.codes();
    bool fictitious = false;
    const auto sheets = database_.read([&](db::ReadTx& tx) {
        const MonthTable table = months(tx, actor, filter, period);
        ReportHead head = this->head(tx, actor, query.lang, period, filter.desk);
        fictitious = head.fictitious;
        const bool behind = actor.may("consultations.read") && !table.suppressed;
        std::vector<ReportSheet> result;
        result.push_back(month_sheet(table, head, words_, behind ? words_.text("cases", query.lang) : ""));
        if (behind && query.format == FileFormat::xlsx) {
            const Selection selection = consultations_.select(tx, actor, within(filter, period), Purpose::cases);
            const auto cases = newest_cases(tx, actor, selection, most_cases_listed);
            head.limited = table.total.counts.front().value_or(0) > static_cast<std::int64_t>(cases.size());
            result.push_back(case_sheet(cases, head, words_, *codes));
        }
        return result;
    });
    auto file = exported(query.format, file_name("month_table", period, fictitious), sheets);
    record_export(actor, "month_table", query.format, period);
    return file;
}

record::ExportedFile AnalysisService::export_matrix(const access::Actor& actor, const MatrixExportQuery& query) const {
    access::require(actor, "export");
    Period period = matrix_period(query, actor.today);
    const auto codes = packs_.codes();
    bool fictitious = false;
    const auto sheets = database_.read([&](db::ReadTx& tx) {
        MatrixQuery whole = query;
        whole.limit = most_cases_listed;
        const Matrix table = matrix(tx, actor, whole, period);
        period = shown_period(query, table, period);
        ReportHead head = this->head(tx, actor, query.lang, period, query.desk);
        head.limited = table.truncated;
        fictitious = head.fictitious;
        return std::vector<ReportSheet>{matrix_sheet(table, head, words_, words_.text("cases", query.lang)),
                                        case_sheet(table.cases, head, words_, *codes)};
    });
    auto file = exported(query.format, file_name("matrix", period, fictitious), sheets);
    record_export(actor, "matrix", query.format, period);
    return file;
}

}  // namespace tsunagi::analysis
