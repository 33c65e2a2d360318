// SPDX-License-Identifier: Apache-2.0
// The table of docs/security.md against what the program does, in both directions.
#include "modules/access/scope.hpp"

#include <fstream>
#include <map>
#include <set>

#include "modules/access/access_rules.hpp"
#include "modules/access/access_store.hpp"
#include "tests/support/test_database.hpp"

namespace tsunagi::access {
namespace {

using Names = std::set<std::string>;
/// permission → role → scope word
using Table = std::map<std::string, std::map<std::string, std::string>>;

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> result;
    for (std::size_t start = 1; start < line.size();) {
        const std::size_t end = std::min(line.find('|', start), line.size());
        std::string cell = line.substr(start, end - start);
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        result.push_back(cell);
        start = end + 1;
    }
    return result;
}

Table read_table() {
    std::ifstream in(std::string(TSUNAGI_SOURCE_DIR) + "/docs/security.md");
    std::vector<std::string> roles;
    Table table;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("| permission |")) {
            roles = cells(line);
        } else if (!roles.empty() && !line.starts_with("|")) {
            break;
        } else if (!roles.empty() && !line.starts_with("|---")) {
            const auto row = cells(line);
            for (std::size_t i = 1; i < row.size() && i < roles.size(); ++i)
                table[row[0]][roles[i]] = row[i];
        }
    }
    return table;
}

const std::vector<Role> all_roles{Role::coordinator, Role::lead,      Role::municipal,    Role::prefectural,
                                  Role::advisor,     Role::committee, Role::administrator};

/// The tests speak of records by short names; stored they are UUIDs.
std::map<std::string, std::string>& names_by_uuid() {
    static std::map<std::string, std::string> names;
    return names;
}

std::string uuid_of(const std::string& name) {
    static std::map<std::string, std::string> uuids;
    std::string& uuid = uuids[name];
    if (uuid.empty()) {
        std::string number = std::to_string(uuids.size());
        uuid = "00000000-0000-7000-8000-" + std::string(12 - number.size(), '0') + number;
        names_by_uuid()[uuid] = name;
    }
    return uuid;
}

template <class Id>
Id id_of(const std::string& name) {
    return Id(uuid_of(name));
}

bool holds_id(const std::string& column) {
    return column == "id" || column.ends_with("_id") || column.ends_with("_by");
}

/// A row of any table with the given columns; every other column that must not be NULL gets '' or 0.
void insert_minimal(db::WriteTx& tx, const std::string& table, const std::map<std::string, std::string>& values) {
    const std::string columns_sql =
        tx.engine() == db::Engine::sqlite
            ? "SELECT name || ' ' || type FROM pragma_table_info('" + table + "') WHERE \"notnull\" = 1"
            : "SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = '" + table +
                  "' AND table_schema = current_schema() AND is_nullable = 'NO'";
    std::map<std::string, std::string> row;
    for (const std::string& column : tx.rows<std::string>(columns_sql)) {
        const std::size_t blank = column.find(' ');
        const bool text = column.find("TEXT") != std::string::npos || column.find("text") != std::string::npos;
        row[column.substr(0, blank)] = text ? "''" : "0";
    }
    for (const auto& [name, value] : values)
        row[name] = "'" + (holds_id(name) ? uuid_of(value) : value) + "'";
    std::string names;
    std::string literals;
    for (const auto& [name, value] : row) {
        names += (names.empty() ? "\"" : ", \"") + name + "\"";
        literals += (literals.empty() ? "" : ", ") + value;
    }
    tx.execute("INSERT INTO " + table + " (" + names + ") VALUES (" + literals + ")");
}

/// Two municipalities of one prefecture and one of another. `a` has a centre, its station and a desk of another body.
class ScopeTest : public test::DatabaseTest {
protected:
    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped())
            return;
        database().write([&](db::WriteTx& tx) {
            places(tx);
            cases(tx);
            shared_records(tx);
            meeting(tx, "m_now", "2026-11-01", {{"issue", "i_agenda"}, {"measure", "me_agenda"}});
            meeting(tx, "m_case", "2026-10-18", {{"consultation", "c_ob"}, {"consultation", "c_ca_draft"}});
            meeting(tx, "m_old", "2026-10-17", {{"consultation", "c_cc"}, {"issue", "i_c"}});
            insert_minimal(tx, "issue_evidence",
                           {{"issue_id", "i_agenda"}, {"consultation_id", "c_ca"}, {"candidate", "0"}});
            insert_minimal(tx, "issue_evidence",
                           {{"issue_id", "i_agenda"}, {"consultation_id", "c_sa"}, {"candidate", "1"}});
        });
    }

    static void places(db::WriteTx& tx) {
        for (const auto& [id, parent, kind] : std::vector<std::array<std::string, 3>>{{"p", "", "prefecture"},
                                                                                      {"q", "", "prefecture"},
                                                                                      {"area", "p", "medical_area"},
                                                                                      {"a", "area", "municipality"},
                                                                                      {"b", "p", "municipality"},
                                                                                      {"c", "q", "municipality"}}) {
            std::map<std::string, std::string> region{{"id", id}, {"kind", kind}};
            if (!parent.empty())
                region["parent_id"] = parent;
            insert_minimal(tx, "regions", region);
        }
        for (const auto& [id, parent, city] : std::vector<std::array<std::string, 3>>{
                 {"ca", "", "a"}, {"sa", "ca", "a"}, {"oa", "", "a"}, {"ob", "", "b"}, {"cc", "", "c"}}) {
            std::map<std::string, std::string> desk{{"id", id}, {"municipality_id", city}};
            if (!parent.empty())
                desk["parent_id"] = parent;
            insert_minimal(tx, "desks", desk);
        }
        for (const Role role : all_roles) {
            const std::string name = record::to_text(role);
            insert_minimal(tx, "users", {{"id", name}, {"login", name}, {"active", "1"}});
            std::map<std::string, std::string> place{
                {"id", "at_" + name}, {"user_id", name}, {"role", name}, {"from_on", "2020-04-01"}};
            if (role == Role::coordinator)
                place["desk_id"] = "sa";
            if (role == Role::lead)
                place["desk_id"] = "ca";
            if (role == Role::prefectural)
                place["region_id"] = "p";
            if (role == Role::municipal || role == Role::advisor || role == Role::committee)
                place["region_id"] = "a";
            insert_minimal(tx, "assignments", place);
        }
        insert_minimal(tx, "users", {{"id", "nobody"}, {"login", "nobody"}, {"active", "1"}});
    }

    static void cases(db::WriteTx& tx) {
        for (const auto& [desk, city] :
             std::map<std::string, std::string>{{"ca", "a"}, {"sa", "a"}, {"oa", "a"}, {"ob", "b"}, {"cc", "c"}}) {
            for (const std::string state : {"open", "draft"}) {
                insert_minimal(tx, "consultations",
                               {{"id", "c_" + desk + (state == "draft" ? "_draft" : "")},
                                {"desk_id", desk},
                                {"municipality_id", city},
                                {"state", state},
                                {"created_by", "nobody"},
                                {"updated_by", "nobody"}});
            }
        }
    }

    static void shared_records(db::WriteTx& tx) {
        const auto insert = [&](const std::string& table, const std::string& id, const std::string& desk,
                                const std::string& city, std::map<std::string, std::string> more = {}) {
            more.insert({{"id", id}, {"desk_id", desk}, {"municipality_id", city}});
            if (table != "bodies")
                more.insert({{"created_by", "nobody"}, {"updated_by", "nobody"}});
            insert_minimal(tx, table, more);
        };
        insert("issues", "i_a", "oa", "a");
        insert("issues", "i_agenda", "ob", "b");
        insert("issues", "i_c", "cc", "c");
        insert("measures", "me_a", "oa", "a");
        insert("measures", "me_agenda", "ob", "b");
        insert("indicators", "in_a", "oa", "a");
        insert("indicators", "in_issue", "ob", "b");
        insert("indicators", "in_measure", "ob", "b");
        insert_minimal(tx, "indicator_issues", {{"indicator_id", "in_issue"}, {"issue_id", "i_agenda"}});
        insert_minimal(tx, "indicator_measures", {{"indicator_id", "in_measure"}, {"measure_id", "me_agenda"}});
        insert("evaluations", "e_a", "oa", "a");
        insert("evaluations", "e_issue", "ob", "b", {{"issue_id", "i_agenda"}});
        insert("evaluations", "e_measure", "ob", "b", {{"measure_id", "me_agenda"}});
        insert("bodies", "bo_a", "oa", "a");
        insert("bodies", "bo_b", "ob", "b");
        insert("meetings", "m_a", "oa", "a", {{"body_id", "bo_a"}, {"held_on", "2026-11-01"}});
    }

    static void meeting(db::WriteTx& tx, const std::string& id, const std::string& held_on,
                        const std::vector<std::pair<std::string, std::string>>& agenda) {
        insert_minimal(tx, "meetings",
                       {{"id", id},
                        {"body_id", "bo_b"},
                        {"municipality_id", "b"},
                        {"held_on", held_on},
                        {"created_by", "nobody"},
                        {"updated_by", "nobody"}});
        int position = 0;
        for (const std::string user : {"advisor", "committee"}) {
            insert_minimal(tx, "attendances",
                           {{"meeting_id", id}, {"position", std::to_string(position++)}, {"user_id", user}});
        }
        for (const auto& [kind, subject] : agenda) {
            insert_minimal(tx, "agenda_items",
                           {{"id", id + subject}, {"meeting_id", id}, {"subject", kind}, {"subject_id", subject}});
        }
    }

    [[nodiscard]] Actor actor_of(const std::string& user, const char* today = "2026-11-17") {
        return database().read([&](db::ReadTx& tx) {
            Actor actor;
            actor.user_id = id_of<core::UserId>(user);
            actor.today = core::Date::parse(today).value();
            apply_places(actor, places_of(tx, actor.user_id, actor.today));
            std::vector<core::RegionId> prefectures;
            for (const auto& assignment : actor.assignments) {
                if (assignment.role == Role::prefectural)
                    prefectures.push_back(*assignment.region_id);
            }
            actor.prefecture_municipalities = municipalities_below(tx, prefectures);
            return actor;
        });
    }

    /// Ids of the table's rows that meet the condition.
    Names visible(const std::string& table, const std::function<std::string(record::Params&)>& condition) {
        return database().read([&](db::ReadTx& tx) {
            record::Params params;
            const std::string where = condition(params);
            Names result;
            for (const auto& id : tx.rows<std::string>("SELECT x.id FROM " + table + " x WHERE " + where, params))
                result.insert(names_by_uuid().at(id));
            return result;
        });
    }

    Names cases_of(const Actor& actor) {
        return visible("consultations", [&](record::Params& p) { return consultations_visible(actor, "x", p); });
    }

    Names counted_by(const Actor& actor) {
        return visible("consultations", [&](record::Params& p) { return consultations_countable(actor, "x", p); });
    }

    Names shared_of(const Actor& actor, Shared kind, const std::string& table) {
        return visible(table, [&](record::Params& p) { return shared_visible(actor, kind, "x", p); });
    }

    static Names changeable(const Actor& actor) {
        Names result;
        for (const auto& [desk, city] :
             std::map<std::string, std::string>{{"ca", "a"}, {"sa", "a"}, {"oa", "a"}, {"ob", "b"}, {"cc", "c"}}) {
            if (may_change(actor, id_of<core::DeskId>(desk), id_of<core::RegionId>(city)))
                result.insert(desk);
        }
        return result;
    }

    /// What a scope word means in this world, for each kind of permission.
    static Names meant_cases(const std::string& word) {
        static const std::map<std::string, Names> meaning{
            {"desk", {"c_sa", "c_sa_draft"}},
            {"desk and stations", {"c_ca", "c_ca_draft", "c_sa", "c_sa_draft"}},
            {"municipality", {"c_ca", "c_sa", "c_oa"}},
            {"prefecture", {"c_ca", "c_sa", "c_oa", "c_ob"}},
            {"agenda", {"c_ca", "c_ob"}},
            {"—", {}}};
        return meaning.at(word);
    }

    static Names meant_desks(const std::string& word) {
        static const std::map<std::string, Names> meaning{
            {"desk", {"sa"}}, {"desk and stations", {"ca", "sa"}}, {"municipality", {"ca", "oa", "sa"}}, {"—", {}}};
        return meaning.at(word);
    }
};

TSUNAGI_BOTH_ENGINES(ScopeTest);

TEST(SecurityTableTest, NamesEveryPermissionOfEveryRoleAndNoOther) {
    const Table table = read_table();
    ASSERT_FALSE(table.empty());
    Names written;
    for (const auto& [permission, roles] : table) {
        written.insert(permission);
        ASSERT_EQ(roles.size(), all_roles.size()) << permission;
        for (const Role role : all_roles) {
            const auto& held = permissions_of(role);
            const bool has = std::ranges::find(held, permission) != held.end();
            EXPECT_EQ(roles.at(record::to_text(role)) != "—", has) << permission << " " << record::to_text(role);
        }
    }
    EXPECT_EQ(written, Names(all_permissions().begin(), all_permissions().end()));
}

TEST_P(ScopeTest, EveryCellOfTheTableHolds) {
    for (const auto& [permission, roles] : read_table()) {
        for (const auto& [role, word] : roles) {
            const Actor actor = actor_of(role);
            const std::string place = permission + " " + role;
            if (permission == "consultations.read") {
                EXPECT_EQ(cases_of(actor), meant_cases(word)) << place;
            }
            if (permission == "figures.read" && word != "—") {
                EXPECT_EQ(counted_by(actor), meant_cases(word)) << place;
            }
            if (permission == "consultations.write") {
                Names desks;
                for (const auto& desk : actor.desks)
                    desks.insert(names_by_uuid().at(desk.str()));
                EXPECT_EQ(desks, meant_desks(word)) << place;
            }
            if (permission == "issues.write" || permission == "meetings.write" || permission == "measures.write" ||
                permission == "indicators.write") {
                EXPECT_EQ(changeable(actor), meant_desks(word)) << place;
            }
            const bool near = word == "municipality";
            const bool agenda = word == "agenda";
            if (permission == "issues.read") {
                EXPECT_EQ(shared_of(actor, Shared::issue, "issues"), near     ? Names{"i_a"}
                                                                     : agenda ? Names{"i_agenda"}
                                                                              : Names{})
                    << place;
            }
            if (permission == "meetings.read") {
                EXPECT_EQ(shared_of(actor, Shared::meeting, "meetings"), near     ? Names{"m_a"}
                                                                         : agenda ? (Names{"m_now", "m_case"})
                                                                                  : Names{})
                    << place;
                EXPECT_EQ(shared_of(actor, Shared::body, "bodies"), near     ? Names{"bo_a"}
                                                                    : agenda ? Names{"bo_b"}
                                                                             : Names{})
                    << place;
            }
            if (permission == "measures.read") {
                EXPECT_EQ(shared_of(actor, Shared::measure, "measures"), near     ? Names{"me_a"}
                                                                         : agenda ? Names{"me_agenda"}
                                                                                  : Names{})
                    << place;
            }
            if (permission == "indicators.read") {
                EXPECT_EQ(shared_of(actor, Shared::indicator, "indicators"), near ? Names{"in_a"}
                                                                             : agenda
                                                                                 ? (Names{"in_issue", "in_measure"})
                                                                                 : Names{})
                    << place;
                EXPECT_EQ(shared_of(actor, Shared::evaluation, "evaluations"), near ? Names{"e_a"}
                                                                               : agenda
                                                                                   ? (Names{"e_issue", "e_measure"})
                                                                                   : Names{})
                    << place;
            }
        }
    }
}

TEST_P(ScopeTest, WhoHoldsNoRoleSeesNothing) {
    const Actor actor = actor_of("nobody");
    EXPECT_EQ(cases_of(actor), Names{});
    EXPECT_EQ(counted_by(actor), Names{});
    EXPECT_EQ(shared_of(actor, Shared::issue, "issues"), Names{});
    EXPECT_TRUE(actor.permissions.empty());
}

TEST_P(ScopeTest, PrefecturalCountsHaveNoCasesBehindThem) {
    const Actor actor = actor_of("prefectural");
    EXPECT_EQ(cases_of(actor), Names{});
    EXPECT_EQ(actor.prefecture_municipalities, (std::vector{id_of<core::RegionId>("a"), id_of<core::RegionId>("b")}));
}

TEST_P(ScopeTest, AnAgendaIsClosedThirtyDaysAfterTheMeeting) {
    // Held on 2026-10-17: the thirtieth day is 2026-11-16.
    EXPECT_TRUE(cases_of(actor_of("advisor", "2026-11-16")).contains("c_cc"));
    EXPECT_FALSE(cases_of(actor_of("advisor", "2026-11-17")).contains("c_cc"));
    EXPECT_EQ(cases_of(actor_of("advisor", "2027-01-01")), Names{});
}

TEST_P(ScopeTest, RolesAddUpAndEndWithTheirPeriod) {
    database().write([](db::WriteTx& tx) {
        insert_minimal(tx, "assignments",
                       {{"id", "more"},
                        {"user_id", "advisor"},
                        {"role", "coordinator"},
                        {"desk_id", "cc"},
                        {"from_on", "2026-11-10"},
                        {"until_on", "2026-11-17"}});
    });
    EXPECT_EQ(cases_of(actor_of("advisor")), (Names{"c_ca", "c_ob", "c_cc", "c_cc_draft"}));
    EXPECT_FALSE(actor_of("advisor").disclosed_only);
    EXPECT_EQ(cases_of(actor_of("advisor", "2026-11-09")).contains("c_cc_draft"), false);
    EXPECT_EQ(cases_of(actor_of("advisor", "2026-11-18")).contains("c_cc_draft"), false);
    EXPECT_TRUE(actor_of("advisor", "2026-11-18").disclosed_only);
}

TEST_P(ScopeTest, SeveralPredicatesFitIntoOneStatement) {
    const Actor actor = actor_of("advisor");
    const auto rows = database().read([&](db::ReadTx& tx) {
        record::Params params;
        const std::string sql =
            "SELECT count(*) FROM issues i JOIN issue_evidence e ON e.issue_id = i.id "
            "JOIN consultations c ON c.id = e.consultation_id WHERE " +
            shared_visible(actor, Shared::issue, "i", params) + " AND " + consultations_visible(actor, "c", params);
        return tx.number(sql, params);
    });
    EXPECT_EQ(rows, 1);
}

TEST_P(ScopeTest, NewRecordsGoWhereThePersonWorks) {
    EXPECT_EQ(desk_for_new_record(actor_of("coordinator"), {}), id_of<core::DeskId>("sa"));
    EXPECT_EQ(desk_for_new_record(actor_of("lead"), id_of<core::DeskId>("sa")), id_of<core::DeskId>("sa"));
    EXPECT_EQ(desk_for_new_record(actor_of("municipal"), id_of<core::DeskId>("oa")), id_of<core::DeskId>("oa"));
    EXPECT_THROW((void)desk_for_new_record(actor_of("lead"), {}), core::Error);
    EXPECT_THROW((void)desk_for_new_record(actor_of("coordinator"), id_of<core::DeskId>("ca")), core::Error);
    EXPECT_THROW((void)desk_for_new_record(actor_of("municipal"), id_of<core::DeskId>("ob")), core::Error);
    EXPECT_THROW((void)desk_for_new_record(actor_of("advisor"), {}), core::Error);
}

}  // namespace
}  // namespace tsunagi::access
