// SPDX-License-Identifier: Apache-2.0
// The confirmed words of cases that the reader sees; `confirmed_texts` stands in consultation_service.hpp, because the
// stores of other modules show cases too.
#include <algorithm>

#include "modules/consultations/consultation_service.hpp"
#include "record/json_reader.hpp"
#include "record/sql_text.hpp"

namespace tsunagi::consultations {
namespace {

struct Row {
    core::ConsultationId id;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, document))

constexpr std::size_t most_at_once = 200;

}  // namespace

ConfirmedTexts confirmed_texts(db::ReadTx& tx, const access::Actor& actor,
                               const std::vector<core::ConsultationId>& ids) {
    ConfirmedTexts result;
    if (!access::sees_agendas(actor))
        return result;
    for (std::size_t at = 0; at < ids.size(); at += most_at_once) {
        const std::vector<core::ConsultationId> part(
            ids.begin() + static_cast<std::ptrdiff_t>(at),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), at + most_at_once)));
        record::Params params;
        const std::string list = record::in_list("c.id", part, "id", params);
        const std::string scope = access::consultations_visible(actor, "c", params);
        for (auto& row : tx.rows<Row>("SELECT c.id, a.document FROM consultations c JOIN anonymised_texts a "
                                      "ON a.consultation_id = c.id WHERE " +
                                          list + " AND " + scope,
                                      params))
            result.emplace(std::move(row.id), record::from_stored_json<ConfirmedText>(row.document));
    }
    return result;
}

}  // namespace tsunagi::consultations
