// SPDX-License-Identifier: Apache-2.0
// Many consultations at once: prepared in pieces, taken together, taken back together.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "modules/access/actor.hpp"
#include "modules/consultations/consultation.hpp"

namespace tsunagi::consultations {

/// A consultation that waits to be taken, by its line in the file it comes from. Its number comes when it is taken.
struct Prepared {
    std::int64_t line = 0;
    Consultation consultation;
    std::optional<Person> person;
};

/// A prepared line that says what a record of the desk says already: same day, caller and first
/// letters; where it has neither caller nor request, the same codes and texts.
struct RepeatedLine {
    std::int64_t line = 0;
    std::string number;  ///< of that record
};
BOOST_DESCRIBE_STRUCT(RepeatedLine, (), (line, number))

struct NumbersTaken {
    std::int64_t fiscal_year = 0;
    std::string first;
    std::string last;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(NumbersTaken, (), (fiscal_year, first, last, count))

/// Who takes a batch when, and what its records' first version says of it.
struct Taking {
    core::UserId by;
    core::Instant at;
    std::string reason;
};

enum class Use { changed, cited };
BOOST_DESCRIBE_ENUM(Use, changed, cited)

/// A record that cannot be taken back any more.
struct RecordInUse {
    core::ConsultationId id;
    std::string number;
    Use use{};
};
BOOST_DESCRIBE_STRUCT(RecordInUse, (), (id, number, use))

/// The caller of this service has decided who may do it, opens the transactions and writes the audit.
class PreparedService {
public:
    /// `person_key` is the key that seals the data of persons, 32 bytes.
    PreparedService(db::Database& database, std::string person_key);

    /// Puts them beside the records. Nothing of them is seen anywhere yet.
    void prepare(db::WriteTx& tx, const std::string& batch, const std::vector<Prepared>& records) const;
    /// Throws away what was prepared, in transactions of its own, so that nobody waits.
    void discard(const std::string& batch) const;
    void discard_lines(db::WriteTx& tx, const std::string& batch, const std::vector<std::int64_t>& lines) const;
    [[nodiscard]] std::vector<std::string> batches(db::ReadTx& tx) const;
    [[nodiscard]] std::vector<RepeatedLine> repeated(db::ReadTx& tx, const std::string& batch) const;
    /// Makes records of the whole batch, numbered in the order of their days, as one change of its desk.
    std::vector<NumbersTaken> take(db::WriteTx& tx, const std::string& batch, const Taking& taking) const;
    /// Callers that a batch brought in can be found after this.
    void complete_callers() const;
    /// Records of a batch that somebody has changed since, or that something points to; at most a hundred.
    [[nodiscard]] std::vector<RecordInUse> in_use(db::ReadTx& tx, const std::string& batch) const;
    /// Takes them away. Their numbers are not given out again.
    std::int64_t take_back(db::WriteTx& tx, const std::string& batch) const;

private:
    db::Database& database_;  // NOLINT: the application owns it
    std::string person_key_;
};

}  // namespace tsunagi::consultations
